"""What people call the browser they came with, such as "Firefox, Android"."""

from __future__ import annotations

from majlis.kernel.punctuation import joined

# The first that stands in what the browser says of itself: later ones pretend to be earlier ones.
BROWSERS = {
    "WhatsApp": "WhatsApp",
    "Telegram": "Telegram",
    "Instagram": "Instagram",
    "LinkedInApp": "LinkedIn",
    "FBAN": "Facebook",
    "FBAV": "Facebook",
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


def device_of(user_agent: str) -> str:
    """A browser and a system by their `User-Agent`, or nothing: no word of it is kept as it is."""
    found = (
        next((name for mark, name in names.items() if mark in user_agent), "")
        for names in (BROWSERS, SYSTEMS)
    )
    return joined(filter(None, found), "en")  # names of products
