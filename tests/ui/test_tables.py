"""Lists leave as files that nothing is run from, and tables come in as people have them."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import UTC, date, datetime
from operator import itemgetter

import openpyxl
import pytest
from django.utils import timezone, translation

from majlis.kernel.errors import NotFound
from majlis.ui.tables import BadTable, Column, read_paste, read_table, table_file
from majlis.ui.tables.reading import MOST_COLUMNS, MOST_ROWS

pytestmark = pytest.mark.once

COLUMNS = [Column(str(at), f"=Head {at}", itemgetter(at)) for at in range(4)]
ROW = ("=1+1", date(2026, 3, 25), datetime(2026, 3, 25, 9, 30, tzinfo=UTC), 7)
FORMULAS = [
    "=1", "+1", "-1", "@SUM(A1)", "\t=1", "\r1", " =1", "\u00a0=1", "\u3000+1", "\u200b@x",
    "\ufeff=1", "＝1", "＋1", "－1", "＠x", "\u2800=1", "\u202e=1", "\x01=1",
]  # fmt: skip


def workbook(*rows, merged=(), title="Guests"):
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    for cells in merged:
        book.active.merge_cells(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def opened(answer):
    return openpyxl.load_workbook(io.BytesIO(answer.content)).active


def test_a_workbook_has_days_numbers_and_words_as_such_and_no_formula():
    with timezone.override("Africa/Tunis"):
        sheet = opened(table_file("xlsx", COLUMNS, iter([ROW]), name="guests"))

    assert [cell.value for cell in sheet[2]] == [
        "=1+1",
        datetime.fromisoformat("2026-03-25"),
        datetime.fromisoformat("2026-03-25T10:30"),
        7,
    ]  # fmt: skip
    assert [cell.data_type for cell in sheet[2]] == ["s", "d", "d", "n"]
    assert sheet["B2"].number_format == "yyyy-mm-dd"
    assert {cell.data_type for cell in sheet[1]} == {"s"}
    assert sheet.freeze_panes == "A2"


@pytest.mark.parametrize("words", FORMULAS)
def test_no_cell_is_run_by_a_spreadsheet(words):
    columns = [Column("words", "Words", lambda row: row)]
    found = csv.reader(
        io.StringIO(table_file("csv", columns, [words], name="x").content.decode("utf-8-sig"))
    )
    assert list(found)[1][0].startswith("'")
    assert opened(table_file("xlsx", columns, [words], name="x"))["A2"].data_type != "f"


def test_a_csv_read_with_another_separator_begins_no_formula_either():
    columns = [Column("words", "Words", lambda row: row)]
    text = table_file("csv", columns, ["a;=1+1\n@x"], name="x").content.decode()
    assert ";=" not in text
    assert "\n@" not in text


def test_an_arabic_list_runs_from_the_right_under_a_name_in_its_letters():
    with translation.override("ar"):
        answer = table_file("xlsx", COLUMNS, [ROW], name="تسجيلات تونس")
    assert opened(answer).sheet_view.rightToLeft
    assert "filename*=utf-8''%D8%AA" in answer["Content-Disposition"]


def test_another_kind_of_file_does_not_exist():
    with pytest.raises(NotFound):
        table_file("ods", COLUMNS, [], name="x")


def test_titles_merged_headings_and_empty_rows_and_columns_are_seen_through():
    raw = workbook(
        ["Guest list, Tunis"],
        [],
        [None, "Name", None, None, "Contact", None],
        [None, None, None, None, "Email", "Phone"],
        [],
        [None, "Ada", "Lovelace", None, "ada@example.org", 21671000000],
        [None, "Ben", "Salah", None, "ben@example.org", date(2026, 3, 25)],
        merged=("A1:F1", "B3:C4", "E3:F3"),
    )
    read = read_table("guests.xlsx", raw, knows={"Name", "Email", "Phone"}.__contains__)

    assert read.headings == ["Name", "Email", "Phone"]
    assert read.header_row == 4
    assert read.rows == {
        6: ["Ada Lovelace", "ada@example.org", "21671000000"],
        7: ["Ben Salah", "ben@example.org", "2026-03-25"],
    }


def test_a_cell_merged_over_several_rows_counts_for_each():
    raw = workbook(["Name", "Organisation"], ["Ada", "Agency"], ["Ben"], merged=("B2:B3",))
    assert read_table("g.xlsx", raw).rows[3] == ["Ben", "Agency"]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Nom;Pays\nHélène Çelik;Maroc\n", "cp1252"),
        ("الاسم;البلد\nليلى بن صالح;تونس\n", "cp1256"),
        ("Name\tCountry\nHélène\tالمغرب\n", "utf-16"),
        ("Name,Country\r\nHélène,المغرب\r\n", "utf-8-sig"),
        ("sep=;\nName;Country\nA, B;TN\n", "utf-8"),
    ],
)
def test_a_csv_is_read_however_its_program_saved_it(text, encoding):
    read = read_table("guests.csv", text.encode(encoding))
    plain = [line for line in text.splitlines() if not line.startswith("sep=")]
    separator = max(";\t,", key=plain[0].count)
    assert [read.headings, *read.rows.values()] == [line.split(separator) for line in plain]


def test_what_was_pasted_without_headings_has_columns_by_letter():
    read = read_paste("Ada\tada@example.org\nBen\tben@example.org")
    assert read.header_row == 0
    assert read.headings == ["Column A", "Column B"]
    assert len(read.rows) == 2


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"\xd0\xcf\x11\xe0" + b"x" * 600, "old kind"),
        (b"PK\x03\x04 nothing", "cannot be opened"),
        (b"", "nothing"),
        (b"a,b\n" + b"1,2\n" * (MOST_ROWS + 1), "rows"),
        (b"a," * (MOST_COLUMNS + 2) + b"b\n", "columns"),
        (b"Nom\nAnd\x82\n", "letters"),
    ],
)
def test_what_is_no_table_is_said_in_a_sentence(raw, said):
    with pytest.raises(BadTable, match=said):
        read_table("guests", raw)


def test_a_workbook_that_unpacks_to_a_flood_is_refused_before_it_is_unpacked():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "x")
        for at in range(9):
            archive.writestr(f"xl/{at}.xml", b"\0" * 10_000_000)
    with pytest.raises(BadTable, match="too large"):
        read_table("bomb.xlsx", out.getvalue())


def test_entities_of_a_workbook_are_not_expanded():
    source = zipfile.ZipFile(io.BytesIO(workbook(["Name"], ["Ada"])))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in source.namelist():
            part = source.read(name)
            if name.endswith("workbook.xml"):
                part = b'<!DOCTYPE x [<!ENTITY a "aa">]>' + part
            archive.writestr(name, part)
    with pytest.raises(BadTable, match="cannot be opened"):
        read_table("g.xlsx", out.getvalue())


def test_a_workbook_that_names_a_far_cell_is_read_without_making_all_between():
    book = openpyxl.Workbook()
    book.active["A1"], book.active["A2"] = "Name", "Ada"
    book.active["XFD1048576"] = "far"
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(BadTable, match="rows"):
        read_table("far.xlsx", out.getvalue())
