"""Whatever is written into a pack reads back as it was."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given
from hypothesis import strategies as st

from majlis.kernel.pack import Faults, PackFolder, PackTable, Translated, code, line
from majlis.kernel.pack.pages import read_texts, write_texts
from majlis.kernel.texts import Text, TextStatus, Wording
from majlis.kernel.words import Language
from tests.kernel.pack.strategies import anything, one_line, texts

COLUMNS = (code(), line("note", "a note"), Translated("title"))
SHEET = PackTable("sheet.csv", "rows", COLUMNS)
KEYS = PackTable("keys.yaml", "one row", COLUMNS)
SPOKEN = list(Language.values)


def read_back(table: PackTable, content: bytes) -> list[dict[str, object]]:
    with TemporaryDirectory() as root:
        (Path(root) / table.file).write_bytes(content)
        faults = Faults()
        rows = table.read(PackFolder(Path(root), faults), SPOKEN)
        assert str(faults) == ""
        return [dict(row.values) for row in rows]


@given(st.lists(st.tuples(anything, texts()), max_size=4))
def test_table_reads_back_as_it_was_written(rows):
    values = [
        {"id": f"r{number}", "note": note, "title": title}
        for number, (note, title) in enumerate(rows)
    ]

    content = SHEET.write([SHEET.cells(one) for one in values])

    assert read_back(SHEET, content) == values


@given(anything, texts())
@example("=", Text({"ar": Wording("<<", TextStatus.ORIGINAL, 1)}))  # YAML has a meaning for both
def test_yaml_reads_back_as_it_was_written(note, title):
    values = {"id": "r1", "note": note, "title": title}

    assert read_back(KEYS, KEYS.write([KEYS.cells(values)])) == [values]


@given(texts(words=one_line), texts())
def test_pages_read_back_as_they_were_written(title, body):
    with TemporaryDirectory() as root:
        (Path(root) / "texts").mkdir()
        for name, content in write_texts("about", title, body).items():
            (Path(root) / name).write_bytes(content)
        faults = Faults()

        found = read_texts(PackFolder(Path(root), faults), "about", SPOKEN)

        assert str(faults) == ""
        assert found == {"title": title, "body": body}
