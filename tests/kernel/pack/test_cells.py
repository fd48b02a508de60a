"""Kinds of cells: what they take, what they say when they do not."""

from datetime import date, time

import pytest

from majlis.kernel.pack import (
    Translated,
    address,
    code,
    country,
    day,
    hour,
    languages,
    line,
    slug,
    truth,
    whole,
    words,
    zone,
)
from majlis.kernel.texts import Text, TextStatus, Wording
from majlis.kernel.words import Language

ADDRESS = "an address that begins with https:// or http://, 400 letters at most"
STATUSES = "such as “en original; fr draft; ar missing”."


def read(column, cells, spoken=("en", "fr", "ar")):
    """The value of the cells and what was said of them."""
    said = []
    value = column.read(cells, lambda header, message: said.append(f"{header}: {message}"), spoken)
    return value, said


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        (code(), "T1", "T1"),
        (slug("slug", "a word"), "tunis-2026", "tunis-2026"),
        (day("on", "a day"), "2026-03-25", date(2026, 3, 25)),
        (hour("at", "a time"), "09:05", time(9, 5)),
        (whole("n", "a number", high=10), "10", 10),
        (truth("is", "yes or no", empty=False), "yes", True),
        (zone("zone", "a zone"), "Africa/Tunis", "Africa/Tunis"),
        (country("country", "a country"), "TN", "TN"),
        (languages("spoken", "languages"), "fr ar", ["fr", "ar"]),
        (words("language", Language, "a language"), "ar", "ar"),
        (address("web", "an address"), "https://example.org/?p=1", "https://example.org/?p=1"),
        (line("note", "a note"), "Two words", "Two words"),
    ],
)
def test_cell_reads_and_writes_back(column, cell, value):
    assert read(column, {column.name: cell}) == (value, [])
    assert column.write(value) == {column.name: cell}


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        (day("on", "a day"), "25/03/2026", date(2026, 3, 25)),
        (day("on", "a day"), "3/25/2026", date(2026, 3, 25)),
        (day("on", "a day"), "3.3.2026", date(2026, 3, 3)),
        (day("on", "a day"), "2026-03-25 00:00:00", date(2026, 3, 25)),
        (hour("at", "a time"), "9:05", time(9, 5)),
        (hour("at", "a time"), "09:05:00", time(9, 5)),
        (hour("at", "a time"), "12:05 AM", time(0, 5)),
        (hour("at", "a time"), "2:05 pm", time(14, 5)),
        (whole("n", "a number", high=10), "10,0", 10),
        (whole("n", "a number", high=10), "10.00", 10),
        (truth("is", "yes or no", empty=False), "VRAI", True),
        (truth("is", "yes or no", empty=True), "FALSE", False),
    ],
)
def test_cell_is_read_as_a_spreadsheet_spells_it(column, cell, value):
    assert read(column, {column.name: cell}) == (value, [])


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        (code(longest=4), "T/1", "letters, digits, dots and hyphens, 4 at most"),
        (
            slug("id", "a word"),
            "Tunis 2026",
            "small letters, digits and hyphens, 60 at most, such as tunis-2026",
        ),
        (day("id", "a day"), "03/04/2026", "a day such as 2026-03-25"),
        (whole("id", "a number"), "10,000", "a whole number from 0 to 30000"),
        (hour("id", "a time"), "09:00:30", "hours and minutes such as 09:30"),
        (day("id", "a day"), "2026-02-30", "a day such as 2026-03-25"),
        (hour("id", "a time"), "9h30", "hours and minutes such as 09:30"),
        (hour("id", "a time"), "25:00", "hours and minutes such as 09:30"),
        (whole("id", "a number", low=5, high=9), "4", "a whole number from 5 to 9"),
        (whole("id", "a number", high=9), "three", "a whole number from 0 to 9"),
        (truth("id", "", empty=True), "maybe", "yes or no"),
        (zone("id", ""), "Tunis", "the name of a time zone, such as Africa/Tunis"),
        (country("id", ""), "Tunisia", "two capital letters (ISO 3166), such as TN"),
        (languages("id", ""), "en en", "some of en fr ar, each once, with spaces between"),
        (words("id", Language, ""), "de", "one of en, fr, ar"),
        (address("id", ""), "javascript:alert(1)", ADDRESS),
        (address("id", ""), "http://[", ADDRESS),
        (line("id", "", longest=3), "four", "at most 3 letters (there are 4)"),
    ],
)
def test_cell_says_what_was_expected(column, cell, said):
    assert read(column, {"id": cell})[1] == [f"id: “{cell}” cannot be read; expected {said}."]


def test_cell_that_is_required_says_what_it_is_for():
    column = code(meaning="the theme's identifier")

    assert read(column, {})[1] == ["id: the value is missing; expected: the theme's identifier."]


TITLE = Translated("title", required=True, longest=20)


def cells(status="en original; fr draft; ar draft", **texts):
    given = {"en": "Seminar", "fr": "Séminaire", "ar": "ندوة"} | texts
    return {f"title_{lang}": text for lang, text in given.items()} | {"title_status": status}


def test_translated_reads_a_text_with_statuses_and_revisions():
    value, said = read(TITLE, cells("en original 2; fr reviewed; ar edited 2"))

    assert said == []
    assert [(w.text, w.status, w.source_revision) for w in value.values()] == [
        ("Seminar", TextStatus.ORIGINAL, 2),
        ("Séminaire", TextStatus.REVIEWED, 1),
        ("ندوة", TextStatus.EDITED, 2),
    ]


def test_translated_takes_a_language_that_is_declared_missing():
    value, said = read(TITLE, cells("en original; fr draft; ar missing", ar=""))

    assert (list(value), said) == (["en", "fr"], [])


def test_translated_that_is_not_required_may_be_empty():
    assert read(Translated("title"), {}) == (Text(), [])


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (cells(ar=""), "ar: the text is missing in ar, yet its status is draft."),
        (cells("en original; fr draft"), "ar: there is a text, but its status is not given."),
        (
            cells("en original; fr draft; ar missing"),
            "ar: there is a text, but its status is missing.",
        ),
        (
            cells(""),
            f"status: the value is missing; expected the status of each language, {STATUSES}",
        ),
        (
            cells("english"),
            f"status: “english” cannot be read; expected each language once, {STATUSES}",
        ),
        (
            cells("en draft; fr draft; ar draft"),
            "status: expected exactly one language with the status original.",
        ),
        (cells(fr="Séminaire " * 3), "fr: the text has 29 letters; at most 20 are taken."),
    ],
)
def test_translated_says_what_was_expected(given, said):
    assert read(TITLE, given)[1] == [f"title_{said}"]


def test_translated_asks_for_a_wording_or_a_word_that_it_is_missing():
    _, said = read(TITLE, cells("en original; fr draft", ar=""))

    expected = "expected a wording, or “ar missing” as its status."
    assert said == [f"title_ar: the text is missing in ar, a language of this edition; {expected}"]


def test_translated_names_the_statuses_there_are():
    _, said = read(TITLE, cells("en original; fr machine; ar draft"))

    there = "original, draft, edited, reviewed, missing"
    assert said == [f"title_status: “machine” is not a status; expected one of {there}."]


def test_translated_that_is_required_names_every_language_it_lacks():
    assert read(TITLE, {})[1] == [
        "title_en: the text is missing in en.",
        "title_fr: the text is missing in fr.",
        "title_ar: the text is missing in ar.",
    ]


def test_translated_writes_a_text_without_an_original_so_that_it_loads():
    orphan = Text({"fr": Wording("Séminaire", TextStatus.DRAFT)})

    written = TITLE.write(orphan)

    assert written["title_status"] == "en missing; fr original; ar missing"
    assert read(TITLE, written)[1] == []


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        (code(), "T١\u200f", "T1"),
        (whole("position", "its place"), "٤۲", 42),
        (day("on", "the day"), "٢٠٢٦-٠٣-٢٥", date(2026, 3, 25)),
        (country("country", "where"), "ＴＮ", "TN"),
        (line("room", "the room"), "قاعة ٣", "قاعة ٣"),
        (address("url", "where"), "https://ar.example/٣", "https://ar.example/٣"),
    ],
)
def test_cell_of_a_code_or_number_takes_the_digits_of_any_script(column, cell, value):
    assert read(column, {column.name: cell})[0] == value
