from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from majlis.ui import formats

NBSP, NNBSP, LRI, RLI, PDI = "\u00a0", "\u202f", "\u2066", "\u2067", "\u2069"
WHEN = datetime(2026, 10, 20, 13, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("lang", "shown"), [("en", "1,234.5"), ("fr", f"1{NNBSP}234,5"), ("ar", "1.234,5")]
)
def test_number_uses_the_separators_of_the_language_and_western_digits(lang: str, shown: str):
    assert formats.number(1234.5, lang=lang) == shown


def test_number_keeps_the_minus_of_a_negative_number_on_its_side_in_arabic():
    assert formats.number(-3, lang="ar") == f"{LRI}-3{PDI}"


def test_number_with_digits_fixes_the_decimals():
    assert formats.number(2, lang="en", digits=2) == "2.00"


@pytest.mark.parametrize(
    ("lang", "shown"),
    [("en", "62%"), ("fr", f"62{NBSP}%"), ("ar", f"{LRI}62%{PDI}")],
)
def test_percent_puts_the_sign_where_the_language_puts_it(lang: str, shown: str):
    assert formats.percent(0.615, lang=lang) == shown


def test_percent_with_digits():
    assert formats.percent(0.6154, lang="en", digits=1) == "61.5%"


def test_number_range_goes_from_low_to_high_in_reading_order():
    assert formats.number_range(7, 12, lang="en") == "7–12"
    assert formats.number_range(7, 12, lang="ar") == f"{RLI}7–12{PDI}"
    assert formats.number_range(7, 7, lang="ar") == "7"


@pytest.mark.parametrize(
    ("lang", "shown"),
    [("en", "20 October 2026"), ("fr", "20 octobre 2026"), ("ar", "20 أكتوبر 2026")],
)
def test_day_uses_the_month_names_of_the_maghreb(lang: str, shown: str):
    assert formats.day(date(2026, 10, 20), lang=lang) == shown


def test_day_with_weekday():
    assert formats.day(date(2026, 10, 20), lang="en", weekday=True) == "Tuesday 20 October 2026"


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        (date(2026, 10, 20), date(2026, 10, 20), "20 October 2026"),
        (date(2026, 10, 20), None, "20 October 2026"),
        (date(2026, 10, 20), date(2026, 10, 21), "20–21 October 2026"),
        (date(2026, 9, 30), date(2026, 10, 2), "30 September – 2 October 2026"),
        (date(2026, 12, 31), date(2027, 1, 2), "31 December 2026 – 2 January 2027"),
    ],
)
def test_day_range_says_what_is_common_once(first: date, last: date | None, shown: str):
    assert formats.day_range(first, last, lang="en") == shown


@pytest.mark.parametrize(
    ("lang", "shown"),
    [
        ("en", "20 October 2026, 14:30"),
        ("fr", "20 octobre 2026 à 14:30"),
        ("ar", "20 أكتوبر 2026، 14:30"),
    ],
)
def test_moment_is_told_in_the_active_time_zone(lang: str, shown: str):
    with timezone.override(ZoneInfo("Africa/Tunis")):
        assert formats.moment(WHEN, lang=lang) == shown


def test_the_day_of_an_instant_is_the_day_of_the_active_time_zone():
    late = datetime(2026, 10, 20, 23, 30, tzinfo=UTC)
    with timezone.override(ZoneInfo("Africa/Tunis")):
        assert formats.day(late, lang="en") == "21 October 2026"


def test_clock_range_without_an_end_is_one_time():
    assert formats.clock_range(WHEN, None, lang="fr") == "13:30"
    assert formats.clock_range(WHEN, WHEN.replace(hour=15), lang="fr") == "13:30–15:30"
