import json
import re
from dataclasses import replace

import numpy as np
import pytest

from opinionspace import Votes, polis, room
from opinionspace.__main__ import main
from opinionspace.export import export_of, read_export, write_export
from opinionspace.findings.polis import group_name

BODIES = {i: f"Ports & roads <{i}> نعم" for i in range(10)}


@pytest.fixture
def folder(tmp_path):
    rng = np.random.default_rng(2)
    table = np.where(rng.random((30, 10)) < 0.85, 1.0, -1.0)
    table[::2, :6] *= -1
    table[rng.random((30, 10)) < 0.2] = np.nan
    votes = Votes.from_matrix(table, mod=[0] * 9 + [-1])
    write_export(export_of(votes, bodies=BODIES, topic='Roads "and" <ports>'), tmp_path)
    return tmp_path


def test_table_names_groups_and_statements(folder, capsys):
    assert main([str(folder)]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == 'Roads "and" <ports>'
    assert lines[1].startswith("30 voices, 10 statements (1 moderated out), ")
    assert "not a finding" in lines[3]
    assert sum(line.startswith("Group ") for line in lines) == 2
    listed = [line for line in lines if re.match(r" *\d+  ", line)]
    assert len(listed) == 9  # the moderated one is not shown


@pytest.mark.parametrize("mode", ["polis", "room"])
def test_columns_of_a_table_stand_under_their_names(mode):
    ids = ["a", "a-much-longer-id", "c"]
    votes = Votes.from_matrix([[1, 1, -1]] * 6 + [[-1, 1, 1]] * 6, statement_ids=ids)
    texts = {"a": "Short.", "c": "Long " * 30}
    votes = votes.with_about(replace(votes.about, texts=texts))

    lines = votes.analyse(mode=mode).table().splitlines()
    table = lines[next(at for at, line in enumerate(lines) if line.endswith("statement")) :][:4]

    starts = {len(line) - len(line.split("  ")[-1]) for line in table if line[-1] in "t.…"}
    assert starts == {table[0].index("statement")}
    assert any(line.endswith("Long…") and len(line) - min(starts) <= 60 for line in table)


@pytest.mark.parametrize(("group", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (53, "BB")])
def test_groups_have_names_however_many(group, name):
    assert group_name(group) == name


def test_json_holds_every_number_of_the_analysis(folder, capsys):
    assert main([str(folder), "--json"]) == 0

    data = json.loads(capsys.readouterr().out)
    result = polis.analyse(read_export(folder).votes())
    assert data["digest"] == result.digest()
    assert data["k"] == result.k
    groups = [-1 if one["group"] is None else one["group"] for one in data["voices"]]
    assert groups == result.group_of_voice.tolist()
    assert [one["priority"] for one in data["statements"]] == result.priorities.tolist()
    assert data["statements"][3]["text"] == BODIES[3]


@pytest.mark.parametrize("mode", [[], ["--room"]])
def test_html_is_the_page_of_the_mode(folder, mode, capsys):
    assert main([str(folder), "--html", *mode]) == 0

    found = Votes.read(folder).analyse("room" if mode else "polis")
    assert capsys.readouterr().out == found.html()


def test_a_broken_export_is_said_in_one_line(folder, capsys):
    with (folder / "votes.csv").open("a") as stream:
        stream.write("1,2\n")

    assert main([str(folder)]) == 2

    said = capsys.readouterr().err
    assert said.startswith("opinionspace: ")
    assert "votes.csv, line " in said
    assert said.count("\n") == 1


def test_votes_that_hold_nothing_are_said_in_one_line(tmp_path, capsys):
    (tmp_path / "votes.csv").write_text("comment-id,voter-id,vote\n1,1,0\n2,1,0\n")

    assert main([str(tmp_path)]) == 2
    assert "one voice cannot be compared" in capsys.readouterr().err


def test_a_room_is_told_in_sentences(folder, capsys):
    assert main([str(folder), "--room"]) == 0

    lines = capsys.readouterr().out.splitlines()
    found = Votes.read(folder).analyse()
    said = list(found.sentences)
    assert lines[2 : 2 + len(said)] == said
    assert sum(line[:6].strip().isdigit() for line in lines) == len(found.statement_ids)


def test_a_room_as_json_has_its_digest(folder, capsys):
    assert main([str(folder), "--room", "--json"]) == 0

    data = json.loads(capsys.readouterr().out)
    assert data["digest"] == room.analyse(read_export(folder).votes()).digest()
    assert len(data["seen"]) == len(data["statement_ids"])
