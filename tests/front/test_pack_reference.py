"""The reference page describes every file and column as the code reads them."""

from pathlib import Path

import pytest

from majlis.dialogue.pack import STATEMENTS
from majlis.dialogue.rehearsal import ROUNDS
from majlis.kernel.pack import PackTable, Plain, Translated
from majlis.registration.pack import QUOTAS, WORDINGS
from majlis.registration.rehearsal import PEOPLE
from majlis.series.pack import TABLES

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "edition-pack.md"


def described(table: PackTable) -> str:
    """The page's table of one file's columns."""
    lines = ["| Column | Holds | Takes | Required |", "|---|---|---|---|"]
    for column in table.columns:
        if isinstance(column, Plain):
            name, takes = f"`{column.name}`", column.takes
        else:
            name = f"`{column.name}_en`, `_fr`, `_ar`, `_status`"
            assert isinstance(column, Translated)
            takes = f"a text by language, {column.longest} letters each"
        required = "yes" if column.required else ""
        lines.append(f"| {name} | {column.meaning} | {takes} | {required} |")
    return "\n".join(lines)


@pytest.mark.parametrize(
    "table", [*TABLES, QUOTAS, WORDINGS, STATEMENTS, PEOPLE, ROUNDS], ids=lambda table: table.file
)
def test_reference_page_describes_every_column(table):
    page = PAGE.read_text()

    _, _, section = page.partition(f"### `{table.file}`\n")
    assert described(table) in section.split("\n### ")[0]
