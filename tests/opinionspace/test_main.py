import json
from html.parser import HTMLParser

import numpy as np
import pytest

from opinionspace import Votes, polis, room
from opinionspace.__main__ import main
from opinionspace.export import export_of, read_export, write_export
from opinionspace.report_room import WITHOUT_GAP, WORDS, in_words
from opinionspace.room import Sentence, sentences

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
    listed = [line for line in lines if line[:6].strip().isdigit()]
    assert len(listed) == 9  # the moderated one is not shown


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


def test_html_is_one_page_with_a_map_and_escaped_words(folder, capsys):
    class Tags(HTMLParser):
        def __init__(self):
            super().__init__()
            self.open, self.seen = [], []

        def handle_starttag(self, tag, attrs):
            self.seen.append(tag)
            if tag not in {"meta", "circle"}:
                self.open.append(tag)

        def handle_startendtag(self, tag, attrs):
            self.seen.append(tag)

        def handle_endtag(self, tag):
            assert self.open.pop() == tag

    assert main([str(folder), "--html"]) == 0

    page, tags = capsys.readouterr().out, Tags()
    tags.feed(page)
    assert tags.open == []
    result = polis.analyse(read_export(folder).votes())
    assert tags.seen.count("circle") == len(result.bases.sizes)
    assert "Ports &amp; roads &lt;3&gt; نعم" in page
    assert "<ports>" not in page


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
    result = room.analyse(read_export(folder).votes())
    said = [in_words(sentence) for sentence in result.sentences]
    assert lines[2 : 2 + len(said)] == said
    assert sum(line[:6].strip().isdigit() for line in lines) == len(result.counts.statement_ids)


def test_a_room_as_json_has_its_digest(folder, capsys):
    assert main([str(folder), "--room", "--json"]) == 0

    data = json.loads(capsys.readouterr().out)
    assert data["digest"] == room.analyse(read_export(folder).votes()).digest()
    assert len(data["seen"]) == len(data["statement_ids"])


def test_a_room_has_no_html_page(folder, capsys):
    assert main([str(folder), "--room", "--html"]) == 2
    assert "--room prints a table" in capsys.readouterr().err


def test_every_code_of_a_room_has_words():
    table = sentences.__doc__.split("\n==", 2)[2].rsplit("\n==", 1)[0]
    codes = {line.split()[0] for line in table.splitlines()[1:] if line[:1].strip()}

    assert set(WORDS) == codes
    assert all("gap" not in words for words in WITHOUT_GAP.values())
    assert in_words(Sentence("no_groups", {"gap": 0.0})) == "No distinct groups can be shown."
