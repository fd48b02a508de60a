"""Whoever changed a row since the last load is right; where both did, the desk is."""

import pytest

from majlis.kernel.pack import Binding, Fate, Faults, Merge, PackRow, PackTable, code, line
from majlis.kernel.pack.merging import digest
from majlis.people.models import Organisation

TABLE = PackTable("bodies.csv", "bodies", (code(), line("name", "its name")))
BINDING = Binding(TABLE, Organisation)


def row(name: str) -> PackRow:
    return PackRow(TABLE.file, "b1", 2, {"id": "b1", "name": name}, Faults())


@pytest.mark.parametrize(
    ("loaded", "desk", "pack", "overwrite", "fate"),
    [
        (None, None, "A", False, Fate.ADDED),
        ("A", "A", "A", False, Fate.SAME),
        ("A", "A", "B", False, Fate.CHANGED),
        ("A", "C", "A", False, Fate.KEPT),
        ("A", "C", "B", False, Fate.KEPT),
        ("A", "B", "B", False, Fate.SAME),
        ("A", "C", "B", True, Fate.CHANGED),
        (None, "C", "A", False, Fate.KEPT),
        ("A", None, "A", False, Fate.GONE),
        ("A", None, "A", True, Fate.ADDED),
    ],
)
def test_row_meets_its_fate(loaded, desk, pack, overwrite, fate):
    digests = {} if loaded is None else {"bodies.csv:b1": digest({"id": "b1", "name": loaded})}
    there = None if desk is None else Organisation(code="b1", name=desk)
    merge = Merge(digests, overwrite)

    change = merge.decide(BINDING, row(pack), there)

    assert change.fate == fate
    remembered = loaded if fate in (Fate.KEPT, Fate.GONE) else pack
    assert merge.digests.get("bodies.csv:b1") == (
        None if remembered is None else digest({"id": "b1", "name": remembered})
    )


def test_change_names_the_columns_that_differ():
    merge = Merge({})

    change = merge.decide(BINDING, row("A"), Organisation(code="b1", name="C"))

    assert str(change) == "bodies.csv b1: kept as edited at the desk (name)"
