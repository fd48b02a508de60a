"""What the audit log says was done is a declared word with a label."""

import ast
from collections import defaultdict
from pathlib import Path

from django.utils.functional import Promise

from majlis.kernel.models import Act
from majlis.kernel.words import verb_tables

CODE = Path(__file__).resolve().parents[2] / "src" / "majlis"


def test_every_verb_is_marked_for_translation_and_says_one_thing():
    labels = defaultdict(set)
    for table in verb_tables():
        for verb in table:
            assert isinstance(verb._label_, Promise), verb
            labels[verb.value].add(str(verb.label))

    assert {code: said for code, said in labels.items() if len(said) > 1} == {}


def test_every_verb_written_is_declared():
    for path in CODE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "record":
                assert not isinstance(node.args[0], ast.Constant), (path.name, node.lineno)


def test_a_line_of_the_ledger_says_what_was_done():
    known, unknown = Act(verb="closed round"), Act(verb="a word of an older version")

    assert [known.done, unknown.done] == ["closed", "a word of an older version"]
