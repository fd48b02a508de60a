"""A small set of line icons, 24 units square, drawn in the colour of the text."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

PATHS: dict[str, str] = {
    "agree": "M12 5v14M5 12h14",
    "disagree": "M5 12h14",
    "pass": "M12 6a6 6 0 1 0 0 12a6 6 0 1 0 0-12",
    "check": "M5 13l4.5 4.5L19 7",
    "cross": "M6 6l12 12M18 6L6 18",
    "next": "M5 12h14M13 6l6 6-6 6",
    "back": "M19 12H5M11 6l-6 6 6 6",
    "down": "M6 9l6 6 6-6",
    "plus": "M12 5v14M5 12h14",
    "undo": "M9 7L5 11l4 4M5 11h9a5 5 0 0 1 0 10h-3",
    "edit": "M5 19h4L19 9l-4-4L5 15zM13 7l4 4",
    "remove": "M5 7h14M10 7V5h4v2M7 7l1 12h8l1-12M10 11v5M14 11v5",
    "copy": "M9 9h10v10H9zM5 15V5h10",
    "print": "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
    "download": "M12 4v11M7 11l5 5 5-5M5 20h14",
    "document": "M7 3h7l4 4v14H7zM14 3v4h4M10 12h5M10 16h5",
    "link": "M10 14l4-4M8.5 12.5L6 15a3 3 0 0 0 4 4l3-3M15.5 11.5L18 9a3 3 0 0 0-4-4l-3 3",
    "search": "M10.5 5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11M15 15l5 5",
    "info": "M12 4a8 8 0 1 0 0 16a8 8 0 1 0 0-16M12 11v5M12 8v.5",
    "warning": "M12 4l9 16H3zM12 10v5M12 17.5v.5",
    "lock": "M6 11h12v9H6zM9 11V8a3 3 0 0 1 6 0v3",
    "clock": "M12 4a8 8 0 1 0 0 16a8 8 0 1 0 0-16M12 8v4l3 2",
    "calendar": "M5 6h14v14H5zM5 10h14M9 4v4M15 4v4",
    "place": "M12 21s6-6.5 6-11a6 6 0 0 0-12 0c0 4.500 6 11 6 11zM12 8a2 2 0 1 0 0 4a2 2 0 1 0 0-4",
    "person": "M12 4a4 4 0 1 0 0 8a4 4 0 1 0 0-8M5 21a7 7 0 0 1 14 0",
    "people": "M9 5a3.500 3.500 0 1 0 0 7a3.500 3.500 0 1 0 0-7M3 20a6 6 0 0 1 12 0"
    "M16 5.500a3.500 3.500 0 0 1 0 6.500M18 14.500a6 6 0 0 1 3 5.500",
    "speech": "M4 5h16v11H11l-4 4v-4H4z",
    "globe": "M12 4a8 8 0 1 0 0 16a8 8 0 1 0 0-16M4 12h16M12 4c4 5 4 11 0 16M12 4c-4 5-4 11 0 16",
    "screen": "M4 5h16v11H4zM9 20h6M12 16v4",
    "phone": "M8 3h8v18H8zM11 18h2",
    "chart": "M5 20V4M5 20h15M9 17v-5M13 17V8M17 17v-7",
    "mail": "M4 6h16v12H4zM4 7l8 6 8-6",
    "send": "M4 12l16-7-6 15-3-6z",
    "offline": "M4 4l16 16M5 10a11 11 0 0 1 3-2M19 10a11 11 0 0 0-7-3M8 13.500a6 6 0 0 1 3-1.500"
    "M12 18v.5",
    "eye": "M3 12s3.500-6 9-6 9 6 9 6-3.500 6-9 6-9-6-9-6zM12 9.500a2.500 2.500 0 1 0 0 5"
    "a2.500 2.500 0 1 0 0-5",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "home": "M4 11l8-7 8 7M6 10v9h4.500v-5h3v5H18v-10",
    "card": "M4 8h12v12H4zM8 8V4h12v12h-4",
    "list": "M9 6h11M9 12h11M9 18h11M4 6h.5M4 12h.5M4 18h.5",
    "scale": "M12 4v16M8 20h8M5 7h14M5 7l-2.500 6h5zM19 7l-2.500 6h5z",
    "flag": "M6 21V4h12l-2.500 4 2.500 4H6",
    "settings": "M4 8h9M17 8h3M15 6v4M4 16h3M11 16h9M9 14v4",
    "more": "M5 12h.5M12 12h.5M19 12h.5",
    "help": "M12 4a8 8 0 1 0 0 16a8 8 0 1 0 0-16M9.500 10a2.500 2.500 0 1 1 3.500 2.300"
    "c-.7.300-1 .7-1 1.500M12 16.500v.5",
    "split": "M12 20v-6M12 14L6 8V4M12 14l6-6V4",
    "merge": "M12 4v6M12 10l-6 6v4M12 10l6 6v4",
    "source": "M6 4v16M6 8h8a4 4 0 0 1 4 4v8",
}
POINTING = frozenset({"next", "back", "undo", "send"})  # turned round in right-to-left text


def icon(name: str, title: str = "") -> SafeString:
    """The icon as inline SVG; silent to screen readers unless it is given a title."""
    turned = " icon--directional" if name in POINTING else ""
    said = (
        format_html('role="img" aria-label="{}"', title)
        if title
        else mark_safe('aria-hidden="true"')
    )
    return format_html(
        '<svg class="icon{}" {} viewBox="0 0 24 24" fill="none" stroke="currentColor" '
        'stroke-width="2" stroke-linecap="round" stroke-linejoin="round" focusable="false">'
        '<path d="{}"/></svg>',
        turned,
        said,
        PATHS[name],
    )
