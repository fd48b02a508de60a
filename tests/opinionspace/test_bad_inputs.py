"""What cannot be analysed is refused in one sentence, by every way in, and nothing changes."""

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from opinionspace import BadVotes, TooLittle, Votes, polis, room
from opinionspace.__main__ import main
from opinionspace.export import export_of, write_export

nan = np.nan
HEADER = "comment-id,voter-id,vote\n"
LITTLE = {
    "one voice": ([[1, -1, 0]], "one voice cannot be compared with anybody"),
    "one statement": ([[1], [-1], [0]], "all votes are on one statement"),
    "all passes": (np.zeros((20, 10)), "took the same stance on it"),
    "all agree": (np.ones((20, 10)), "took the same stance on it"),
    "constant columns": (np.tile([1, -1, 0, 1], (20, 1)), "took the same stance on it"),
}


@pytest.mark.parametrize(
    ("log", "message"),
    [
        pytest.param(
            ([7, 8], [1, 1], [1, 2]),
            r"vote 2 of the log: a stance is \+1 \(agree\), 0 \(pass\) or -1 \(disagree\), not 2",
            id="stance outside the three",
        ),
        pytest.param(
            ([7, 8], [1, 1], np.array([1, 5], np.int8)), "vote 2 of the log: .*, not 5", id="int8"
        ),
        pytest.param(
            ([7, nan], [1, 1], [1, 1]),
            "voice id 2 of 2 is nan: every vote needs its voice, so name it or leave the vote out",
            id="nan voice",
        ),
        pytest.param(([7, 8], [1, nan], [1, 1]), "statement id 2 of 2 is nan", id="nan statement"),
        pytest.param((["a", None], [1, 1], [1, 1]), "voice id 2 of 2 is missing", id="no voice"),
        pytest.param(([2**70], [1], [1]), r"voice id \d+ is too large", id="huge"),
        pytest.param(
            (np.array([2**63], np.uint64), [1], [1]), r"voice id \d+ is too large", id="uint64"
        ),
        pytest.param(
            ([[1], [1, 2]], [1, 2], [1, 1]), "must form one list, not several", id="ragged"
        ),
        pytest.param(([], [], []), "there are no votes", id="empty"),
    ],
)
def test_a_log_is_refused_with_the_place_of_the_fault(log, message):
    before = repr(log)

    with pytest.raises(BadVotes, match=message):
        Votes.from_events(*log)

    assert repr(log) == before


@pytest.mark.parametrize(
    ("table", "ids", "message"),
    [
        pytest.param([[1, 0], [nan, 3]], {}, r"voice 1 on statement 1: .* not 3", id="stance"),
        pytest.param([[1, np.inf]], {}, "voice 0 on statement 1: .* not inf", id="infinite"),
        pytest.param(
            [[1, 0]], {"statement_ids": ["a", "a"]}, "statement a is given twice", id="column twice"
        ),
        pytest.param([[1], [0]], {"voice_ids": [3, 3]}, "voice 3 is given twice", id="row twice"),
        pytest.param([[1], [0]], {"voice_ids": [3, nan]}, "voice id 2 of 2 is nan", id="nan id"),
        pytest.param([[1, 0], [1]], {}, "lines differ in length", id="ragged"),
        pytest.param(np.array([[1j, 1]]), {}, "1, 0, -1 and nan only", id="complex"),
        pytest.param(np.empty((0, 3)), {}, "there are no votes", id="no rows"),
        pytest.param(np.full((3, 3), nan), {}, "there are no votes", id="nothing voted"),
    ],
)
def test_a_table_is_refused_with_the_place_of_the_fault(table, ids, message):
    before = [list(row) for row in table]

    with pytest.raises(BadVotes, match=message):
        Votes.from_matrix(table, **ids)

    for row, was in zip(table, before, strict=True):
        assert_array_equal(row, was)


@pytest.mark.parametrize("mark", ["x", nan, 0.5, 2, None])
def test_a_mark_that_is_none_is_refused(mark):
    with pytest.raises(BadVotes, match=r"mod of statement 4 is .*, not one of"):
        Votes.from_events([1], [4], [1], mod={4: mark})


@pytest.mark.parametrize("name", LITTLE)
def test_too_little_for_a_map_is_said_by_the_recipe_and_the_room_still_speaks(name):
    table, message = LITTLE[name]
    votes = Votes.from_matrix(table)
    before = votes.facts()

    with pytest.raises(TooLittle, match=message):
        polis.analyse(votes)
    told = room.analyse(votes)

    assert "counts_only" in {sentence.code for sentence in told.sentences}
    assert told.counts.whole.seen.tolist() == votes.counts().seen.tolist()
    assert votes.facts() == before


def test_a_conversation_with_everything_moderated_out_has_no_map():
    table = np.random.default_rng(1).choice([-1.0, 1.0], (20, 6))

    with pytest.raises(TooLittle, match="every statement that has votes is moderated out"):
        polis.analyse(Votes.from_matrix(table, mod=[-1] * 6))


@pytest.mark.parametrize("name", LITTLE)
def test_the_command_says_it_in_one_line_and_leaves_the_folder_alone(name, tmp_path, capsys):
    table, message = LITTLE[name]
    write_export(export_of(Votes.from_matrix(table)), tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}

    assert main([str(tmp_path)]) == 2

    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert message in said.err
    assert main([str(tmp_path), "--room"]) == 0
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(HEADER, "there are no votes", id="no votes"),
        pytest.param("", "no column comment-id", id="empty file"),
        pytest.param(HEADER + "1,1,1\n1,2,nan\n", "line 3: vote must be a whole number", id="nan"),
        pytest.param(HEADER + "1,1,1\n1,,1\n", "line 3: voter-id must be a whole", id="no voter"),
        pytest.param(HEADER + "1,1,1\n1,2,2\n", "line 3: vote must be 1 (agree)", id="vote 2"),
        pytest.param("comment-id," + HEADER, "column comment-id is there twice", id="twice"),
        pytest.param("id;votes\n1;3\n", "no column comment-id", id="another tool"),
    ],
)
@pytest.mark.parametrize("mode", [[], ["--room"], ["--json"]])
def test_the_command_names_file_line_and_fault(text, message, mode, tmp_path, capsys):
    (tmp_path / "votes.csv").write_text(text)

    assert main([str(tmp_path), *mode]) == 2

    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert message in said.err


def test_the_command_says_that_a_folder_is_not_there(tmp_path, capsys):
    assert main([str(tmp_path / "nowhere")]) == 2
    assert "nowhere: no such folder" in capsys.readouterr().err
