"""The languages of the project: their own names, their direction, their number and date rules."""

from __future__ import annotations

from dataclasses import dataclass

from babel import Locale
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from majlis.kernel.punctuation import POP
from majlis.kernel.words import direction_of


@dataclass(frozen=True, slots=True)
class LanguageFacts:
    """One language as a page needs it. `locale` is the CLDR locale for numbers and dates."""

    code: str
    own_name: str
    name: str | Promise
    locale: str

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`."""
        return direction_of(self.code)


LANGUAGES: dict[str, LanguageFacts] = {
    "en": LanguageFacts("en", "English", _("English"), "en_GB"),
    "fr": LanguageFacts("fr", "Français", _("French"), "fr_FR"),
    # Western digits and the month names of the Maghreb.
    "ar": LanguageFacts("ar", "العربية", _("Arabic"), "ar_TN"),
}
DEFAULT = "en"

RTL_ISOLATE, LTR_ISOLATE = "\u2067", "\u2066"


def facts(lang: str | None = None) -> LanguageFacts:
    """The facts of `lang`, or of the language of the moment; English for an unknown one."""
    code = (lang or get_language() or DEFAULT).split("-")[0]
    return LANGUAGES.get(code, LANGUAGES[DEFAULT])


def locale_of(lang: str | None = None) -> Locale:
    """The CLDR locale whose number, date and plural rules a reader of `lang` expects."""
    return Locale.parse(facts(lang).locale)


def isolate(text: str, lang: str) -> str:
    """`text` wrapped to run in the direction of `lang`, whatever stands beside it."""
    return (RTL_ISOLATE if facts(lang).direction == "rtl" else LTR_ISOLATE) + text + POP


def attrs_of(lang: str) -> dict[str, str]:
    """What a field or element says of the language of its words."""
    return {"lang": lang, "dir": direction_of(lang)}
