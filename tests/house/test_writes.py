"""Only actions write: by the syntax tree, managers, `save`, `delete` and SQL included."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.conftest import ROOT

SRC = ROOT / "src" / "majlis"
WRITERS = {"actions", "management", "migrations", "rehearsal", "sealing"}
MANAGERS = {"create", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
ROWS = {"save", "delete"}
WRITING = {name for verb in MANAGERS | ROWS | {"update"} for name in (verb, f"a{verb}")}
EXCEPTIONS = {
    "briefs/slides.py": "it saves slides into a file",
    "briefs/word.py": "it saves a document into a file",
    "config/backup/restoring.py": "restoring puts the rows back as they were",
    "config/backup/staging.py": "the step that decides a restore is a note in the database",
    "kernel/files.py": "it deletes files that no row names, not rows",
    "kernel/jobs.py": "`ask` is what actions call, and the rest is about jobs themselves",
    "kernel/ledger.py": "`record` is what actions call",
    "kernel/prepared.py": "it asks a SELECT that was put together once",
    "kernel/presses.py": "`take` is what `record` calls",
    "people/sessions.py": "Django calls it to end a session",
    "ui/pictures.py": "it saves a picture into memory",
    "ui/tables/sending.py": "it saves a workbook into a file",
    "people/models.py": "`save` writes an address in its one form, whoever saves",
}


def writes_in(source: str) -> list[str]:
    """The calls that may write rows, as they stand in the source."""
    return [
        ast.unparse(node)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and is_write(node)
    ]


def is_write(call: ast.Call) -> bool:
    assert isinstance(call.func, ast.Attribute)
    name, on = call.func.attr, ast.unparse(call.func.value)
    if name == "execute":
        sql = call.args[0] if call.args else None
        while isinstance(sql, ast.BinOp):  # what is put together does what it begins with
            sql = sql.left
        asks = isinstance(sql, ast.Constant) and str(sql.value).startswith(("SELECT", "PRAGMA"))
        return "cursor" in on and not asks
    if name in {"update", "aupdate"}:  # rows take names only; `attrs` and `setdefault` are dicts
        is_dict = on.endswith("attrs") or ".setdefault(" in on
        return bool(call.keywords) and not call.args and not is_dict
    return name in WRITING


@pytest.mark.parametrize(
    "source",
    [
        "Round.objects.create(title=1)",
        "await Round.objects.acreate(title=1)",
        "rounds.bulk_create(many)",
        "Round.objects.filter(pk=1).update(state=2)",
        "rows.update(state=2)",
        "round.save(update_fields=['state'])",
        "edition.rounds.all().delete()",
        "cursor.execute(f'DROP TABLE {name}')",
        "cursor.execute('DELETE FROM a WHERE ' + where + also)",
    ],
)
def test_the_law_sees_what_writes(source):
    assert len(writes_in(source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        "found.update(other)",
        "self.widget.attrs.update(lang=lang)",
        "digest.update(b'x')",
        "cursor.execute('SELECT 1')",
        "cursor.execute('SELECT 1 WHERE ' + where + also, of)",
        "Round.objects.filter(pk=1)",
    ],
)
def test_the_law_lets_pass_what_does_not_write(source):
    assert writes_in(source) == []


def is_excepted(path: Path) -> bool:
    return path.relative_to(SRC).as_posix().startswith(tuple(EXCEPTIONS))


def test_only_actions_write():
    found = {
        path.relative_to(SRC).as_posix(): writes_in(path.read_text("utf-8"))
        for path in sorted(SRC.rglob("*.py"))
        if not WRITERS & {*path.parts, path.stem} and not is_excepted(path)
    }

    assert {path: writes for path, writes in found.items() if writes} == {}


@pytest.mark.parametrize("place", EXCEPTIONS)
def test_every_exception_is_still_needed(place):
    paths = [SRC / place] if place.endswith(".py") else sorted((SRC / place).rglob("*.py"))

    assert any(writes_in(path.read_text("utf-8")) for path in paths)
