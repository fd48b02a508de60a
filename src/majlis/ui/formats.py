"""Numbers, shares, days and times in words, by the rules of CLDR through Babel.

The same functions serve pages, figures and documents, so a number never looks different in two
places. Instants are shown in the active time zone. `lang` defaults to the language of the moment.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from babel.dates import format_date, format_datetime, format_time
from babel.numbers import format_decimal, format_percent
from django.utils import timezone

from majlis.kernel.punctuation import POP
from majlis.ui.languages import LTR_ISOLATE, facts, isolate, locale_of

Number = int | float | Decimal


def number(value: Number, *, lang: str | None = None, digits: int | None = None) -> str:
    """`1 234,5`: with the separators of the language; `digits` fixes the decimals."""
    pattern = None if digits is None else "#,##0" + ("." + "0" * digits if digits else "")
    shown = format_decimal(value, format=pattern, locale=locale_of(lang))
    return _isolated(shown, lang) if value < 0 else shown


def percent(share: Number, *, lang: str | None = None, digits: int = 0) -> str:
    """A share in [0, 1] as `62 %`, with the sign where the language puts it."""
    pattern = locale_of(lang).percent_formats[None].pattern
    if digits:
        pattern = pattern.replace("#,##0", "#,##0." + "0" * digits)
    shown = format_percent(share, format=pattern, locale=locale_of(lang))
    return _isolated(shown, lang)


def number_range(low: int, high: int, *, lang: str | None = None) -> str:
    """`7–12`, always from the low one to the high one; one number where they are equal."""
    if low == high:
        return number(low, lang=lang)
    shown = f"{number(low, lang=lang)}–{number(high, lang=lang)}"
    return isolate(shown, "ar") if facts(lang).direction == "rtl" else shown


def day(value: date | datetime, *, lang: str | None = None, weekday: bool = False) -> str:
    """`20 October 2026`, or with its weekday."""
    pattern = "EEEE d MMMM y" if weekday else "d MMMM y"
    return format_date(_local_date(value), format=pattern, locale=locale_of(lang))


def quarter(value: date, *, lang: str | None = None) -> str:
    """`3rd quarter 2026`: the quarter in which a day lies."""
    return format_date(value, "QQQQ y", locale=locale_of(lang))


def clock(value: datetime, *, lang: str | None = None) -> str:
    """`14:30` in the active time zone."""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return format_time(local, format="HH:mm", tzinfo=local.tzinfo, locale=locale_of(lang))


def moment(value: datetime, *, lang: str | None = None) -> str:
    """`20 October 2026, 14:30` in the active time zone."""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    joined = {"ar": "d MMMM y، HH:mm", "fr": "d MMMM y 'à' HH:mm"}
    return format_datetime(
        local,
        format=joined.get(facts(lang).code, "d MMMM y, HH:mm"),
        tzinfo=local.tzinfo,
        locale=locale_of(lang),
    )


def day_range(
    first: date | datetime, last: date | datetime | None, *, lang: str | None = None
) -> str:
    """`20–21 October 2026`; one day when both are the same or the last is not known."""
    start = _local_date(first)
    end = start if last is None else _local_date(last)
    if start == end:
        return day(start, lang=lang)
    locale = locale_of(lang)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{format_date(end, format='d MMMM y', locale=locale)}"
    shown = "d MMMM" if start.year == end.year else "d MMMM y"
    opening = format_date(start, format=shown, locale=locale)
    return f"{opening} – {format_date(end, format='d MMMM y', locale=locale)}"


def clock_range(first: datetime, last: datetime | None, *, lang: str | None = None) -> str:
    """`09:30–11:00` in the active time zone; in Arabic text the first stands on the right."""
    if last is None:
        return clock(first, lang=lang)
    return f"{clock(first, lang=lang)}–{clock(last, lang=lang)}"


def _local_date(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


def _isolated(shown: str, lang: str | None) -> str:
    """Signs and percent marks keep their side of the number inside right-to-left text."""
    if facts(lang).direction == "ltr":
        return shown
    return LTR_ISOLATE + shown.replace("\u200e", "").replace("\u200f", "") + POP
