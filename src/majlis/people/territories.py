"""Countries by their ISO code and their time zones, named by CLDR in the reader's language."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from importlib.resources import files

from babel import Locale
from babel.dates import get_timezone_location
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from majlis.kernel.analysis import sort_key

MAGHREB = ("DZ", "LY", "MA", "MR", "TN")
MEDITERRANEAN = (
    "AL", "BA", "CY", "EG", "ES", "FR", "GR", "HR", "IL", "IT", "JO", "LB", "ME", "MT", "PS",
    "PT", "SI", "SY", "TR",
)  # fmt: skip
_NOT_COUNTRIES = frozenset(
    {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
)
# The project's own list of countries says Palestine.
_OWN_NAMES = {"PS": {"en": "Palestine", "fr": "Palestine", "ar": "فلسطين"}}

Choice = tuple[str, str]


def _locale(lang: str | None) -> Locale:
    code = (lang or get_language() or "en").split("-")[0]
    return Locale.parse({"ar": "ar_TN", "fr": "fr_FR"}.get(code, "en_GB"))


def country_name(code: str, lang: str | None = None) -> str:
    """The name of a country in `lang`, or in the language of the moment."""
    if not code:
        return ""
    locale = _locale(lang)
    own = _OWN_NAMES.get(code, {}).get(locale.language)
    return own or str(locale.territories.get(code, code))


def country_codes() -> frozenset[str]:
    """Every code that a country may have here."""
    codes = {str(code) for code in Locale.parse("en_GB").territories}
    return frozenset(c for c in codes if len(c) == 2 and c.isalpha()) - _NOT_COUNTRIES


def country_choices() -> list[tuple[str | Promise, list[Choice]]]:
    """All countries for a list to choose from: the Maghreb, the Mediterranean, then the rest."""
    rest = country_codes() - set(MAGHREB) - set(MEDITERRANEAN)
    groups = [(_("Maghreb"), MAGHREB), (_("Mediterranean"), MEDITERRANEAN), (_("World"), rest)]
    return [(label, countries_by_name(codes)) for label, codes in groups]


def countries_by_name(codes: Collection[str]) -> list[Choice]:
    """Codes with names, in the reader's order; the Arabic article does not count."""
    named = [(code, country_name(code)) for code in codes]
    return sorted(named, key=lambda pair: sort_key(pair[1].removeprefix("ال")))


@lru_cache(maxsize=1)
def zones_by_country() -> dict[str, tuple[str, ...]]:
    """The time zones of each country as IANA lists them for choosing: none twice, no old names."""
    listed = (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="ascii")
    found: dict[str, list[str]] = {}
    for line in listed.splitlines():
        if not line.startswith("#"):
            country, _where, zone = line.split("\t")[:3]
            found.setdefault(country, []).append(zone)
    return {country: tuple(zones) for country, zones in found.items()}


def zone_name(zone: str) -> str:
    """The place that a time zone is named after, in the reader's language."""
    return str(get_timezone_location(zone, locale=_locale(None), return_city=True))
