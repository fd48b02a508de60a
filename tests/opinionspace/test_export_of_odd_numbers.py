"""Numbers, times, signs and columns out of the ordinary: read for what they are, or refused."""

from __future__ import annotations

import csv

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from opinionspace import BadExport, BadVotes, Votes
from opinionspace.__main__ import main
from opinionspace.export import read_export, write_export

LOG = "timestamp,comment-id,voter-id,vote\n"


@pytest.fixture
def folder(tmp_path):
    """Function that writes the given files and returns their folder."""

    def write(**files):
        for name, text in files.items():
            (tmp_path / f"{name.replace('_', '-')}.csv").write_bytes(text.encode())
        return tmp_path

    return write


@pytest.mark.parametrize(
    ("times", "milliseconds"),
    [
        pytest.param([1500000000001, 1500000000000], [1500000000001, 1500000000000], id="ms"),
        pytest.param([1500000000000001, 1500000000000000], [1500000000000] * 2, id="microseconds"),
        pytest.param([1500000000000000001, 1500000000000000000], [1500000000000] * 2, id="ns"),
        pytest.param([-1, -86400000], [-1, -86400000], id="before 1970"),
        pytest.param([-1, -62135596800000], [-1, -62135596800000], id="year 1"),
        pytest.param([2, 1], [2, 1], id="counted"),
        pytest.param([253402300799000, 0], [253402300799000, 0], id="9999"),
        pytest.param([9223372036854775807, 0], [9223372036854, 0], id="largest"),
    ],
)
def test_times_are_read_in_their_units_and_order_the_votes(folder, times, milliseconds, tmp_path):
    lines = "".join(f"{t},1,1,{vote}\n" for t, vote in zip(times, (-1, 1), strict=True))
    export = read_export(folder(votes=LOG + lines))

    assert export.log.milliseconds.tolist() == milliseconds
    assert export.votes().stance.tolist() == [-1]  # the later one is the first line

    write_export(export, tmp_path / "again")
    with (tmp_path / "again" / "votes.csv").open() as stream:
        assert [int(one["timestamp"]) for one in csv.DictReader(stream)] == times


def test_times_in_several_units_are_refused(folder):
    path = folder(votes=LOG + "1500000000000000,1,1,1\n1500000000000,1,2,1\n")

    with pytest.raises(BadExport, match="times are in several units: 1500000000000 and 15000000"):
        read_export(path)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        pytest.param("1" + "0" * 30 + ",1,2,1", "timestamp is too large", id="time"),
        pytest.param("1,1,2,9999999999999999999999999", "vote is too large", id="vote"),
        pytest.param("1,1,9223372036854775808,1", "voter-id is too large", id="voter"),
        pytest.param("1,1,1_0,1", "voter-id must be a whole number, not '1_0'", id="1_0"),
        pytest.param('1,1,"1\n",1', r"voter-id must be a whole number, not '1\\n'", id="line end"),
        pytest.param('1,"a\nb",1,1', r"comment-id .* not 'a\\nb'", id="line end inside"),
        pytest.param("1,1,\u0663,1", "voter-id must be a whole number", id="digits of Arabic"),
        pytest.param("1,1,1e3,1", "voter-id must be a whole number", id="exponent"),
        pytest.param("1,1,0x1,1", "voter-id must be a whole number", id="hexadecimal"),
        pytest.param("1.5,1,1,1", "timestamp must be a whole number", id="half a millisecond"),
        pytest.param("1,1,\x1b[2J,1", "voter-id must be a whole number", id="escape"),
    ],
)
def test_what_is_no_number_is_refused_with_its_line(folder, line, message, capsys):
    path = folder(votes=f"{LOG}1,1,1,1\n{line}\n")

    with pytest.raises(BadExport, match=f"votes.csv, line 3: {message}") as caught:
        read_export(path)

    assert str(caught.value).isprintable()


@pytest.mark.parametrize("mode", [[], ["--room"], ["--json"], ["--html"]])
def test_a_body_reaches_no_terminal_raw(folder, mode, capsys):
    votes = "".join(
        f"{i},{c},{v},{1 - 2 * (v % 2)}\n" for i, (c, v) in enumerate(np.ndindex(3, 20))
    )
    body = "\x1b[2J\x1b[31mowned\x9b0m \u202eturned, \u0646\u0639\u0645\u200c"
    path = folder(
        votes=LOG + votes,
        comments=f'comment-id,comment-body\n1,"{body}"\n',
        summary=f'topic,"{body}"\n',
    )

    assert main([str(path), *mode]) == 0

    shown = capsys.readouterr().out
    assert not set(shown) & set("\x1b\x9b\u202e")
    assert "owned" in shown


@pytest.mark.parametrize("name", ["votes", "participants_votes"])
@pytest.mark.parametrize("mode", [[], ["--room"]])
def test_a_header_alone_is_said_with_its_file(folder, name, mode, capsys):
    header = {"votes": LOG, "participants_votes": "participant,group-id,0,1\n"}[name]
    path = folder(**{name: header})

    assert main([str(path), *mode]) == 2

    assert capsys.readouterr().err.endswith(
        f"{name.replace('_', '-')}.csv: there are no votes, only a header\n"
    )


TURNED = {
    "comments": "comment-id,agrees,disagrees\n1,2,0\n2,1,1\n",
    "participants_votes": "participant,n-agree,n-disagree,1,2\n7,2,0,1,1\n8,1,1,1,-1\n",
}
VOTES = {
    1: LOG + "1,1,7,1\n2,2,7,1\n3,1,8,1\n4,2,8,-1\n",
    -1: LOG + "1,1,7,-1\n2,2,7,-1\n3,1,8,-1\n4,2,8,1\n",
}
RIGHT = [[1, 1], [1, -1]]


@pytest.mark.parametrize("beside", TURNED)
def test_votes_with_the_sign_turned_are_noticed_by_their_counts(folder, beside, capsys):
    path = folder(votes=VOTES[-1], **{beside: TURNED[beside]})

    with pytest.raises(BadExport, match=r"votes.csv: the counts .* say the opposite .* agree=-1"):
        Votes.read(path)

    assert_array_equal(Votes.read(path, agree=-1).dense(), RIGHT)
    assert_array_equal(Votes.read(path, agree=1).dense(), -np.array(RIGHT))
    assert main([str(path)]) == 2
    assert main([str(path), "--agree", "-1"]) == 0
    with pytest.raises(ValueError, match="agree is written as 1 or -1, not 0"):
        Votes.read(path, agree=0)


@pytest.mark.parametrize(
    "comments",
    [
        pytest.param("comment-id,agrees,disagrees\n1,2,0\n2,1,1\n", id="as counted"),
        pytest.param("comment-id,agrees,disagrees\n1,3,1\n2,2,1\n", id="overwritten votes counted"),
        pytest.param("comment-id,agrees,disagrees\n1,0,0\n2,0,0\n", id="nothing counted"),
        pytest.param("comment-id,agrees,disagrees\n1,,\n2,NA,1\n", id="not told"),
        pytest.param("comment-id\n1\n2\n", id="no counts"),
        pytest.param("comment-id,agrees,disagrees\n8,0,9\n", id="of another statement"),
    ],
)
def test_votes_as_they_are_counted_are_read(folder, comments):
    assert_array_equal(Votes.read(folder(votes=VOTES[1], comments=comments)).dense()[:, :2], RIGHT)


def test_a_real_export_is_noticed_when_it_is_turned_and_not_otherwise(open_data, tmp_path):
    assert Votes.read(open_data) == Votes.read(open_data, agree=1)

    turned = read_export(open_data, agree=-1)
    write_export(turned, tmp_path)
    (tmp_path / "participants-votes.csv").unlink()

    with pytest.raises(BadExport, match="say the opposite"):
        Votes.read(tmp_path)
    assert_array_equal(Votes.read(tmp_path, agree=-1).stance, Votes.read(open_data).stance)


def test_an_export_by_person_alone_is_read_without_an_order(open_data, tmp_path):
    by_person = tmp_path / "2025-06-19-1201-3phdex2kjf-participant-votes.csv"
    by_person.write_bytes((open_data / "participants-votes.csv").read_bytes())

    whole, alone = Votes.read(open_data), Votes.read(by_person)

    known = np.isin(whole.statement_ids, alone.statement_ids)
    assert_array_equal(whole.select(statements=known).dense(), alone.dense())
    assert alone.log is None
    assert Votes.read(tmp_path) == alone


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("participant,group-id\n1,2\n", "line 1: no column holds the votes on a statement"),
        ("participant,1,01\n1,1,1\n", "line 1: two columns are of one statement"),
        ("participant,1\n1,1\n1,0\n", "line 3: participant 1 is listed twice"),
        ("participant,1\n1,2\n", "line 2: vote must be 1 "),
        ("participant,1\n1,x\n", "line 2: vote must be a whole number"),
        ("participant,1\n1\n", "line 2: 1 fields"),
        ("participant," + "9" * 19 + "\n1,1\n", "a statement is too large"),
    ],
)
def test_an_export_by_person_that_is_broken_is_refused(folder, text, message):
    with pytest.raises(BadExport, match=message):
        Votes.read(folder(participants_votes=text))


IMPORTANT = "timestamp,comment-id,voter-id,vote,important\n"


def test_importance_is_read_kept_and_weighs_on_request(folder, tmp_path):
    lines = "1,1,7,1,TRUE\n2,1,8,-1,\n3,2,7,1,0.5\n4,2,8,0,false\n5,1,7,-1,1\n6,1,7,1,0.25\n"
    path = folder(votes=IMPORTANT + lines, comments="comment-id,importance\n1,0.4\n2,\n")
    export = read_export(path)
    votes = export.votes()

    assert votes.importance.tolist() == [0.25, 0.5, 0, 0]  # the last vote counts
    assert [one.importance for one in export.comments] == [0.4, None]
    agree, disagree, seen = votes.weighted_counts()
    assert (agree.tolist(), disagree.tolist(), seen.tolist()) == ([1.25, 1.5], [1, 0], [2.25, 2.5])
    assert votes.weighted_counts(0)[0].tolist() == votes.counts().agree.tolist()
    assert votes.select(voices=[True, False]).importance.tolist() == [0.25, 0.5]
    assert votes.with_vote(7, 1, -1).importance.tolist() == [0, 0.5, 0, 0]
    assert votes != read_export(path).votes().with_importance(np.zeros(6))

    write_export(export, tmp_path / "again")
    assert Votes.read(tmp_path / "again") == votes


@pytest.mark.parametrize("told", ["-1", "much", "1e99999", "inf", "0x1"])
def test_importance_that_is_none_is_refused(folder, told):
    with pytest.raises(BadExport, match="line 2: important must be a number from 0"):
        Votes.read(folder(votes=IMPORTANT + f"1,1,7,1,{told}\n"))


@pytest.mark.parametrize("given", [[1], [-1, 0], [np.nan, 0], [[1, 0]]])
def test_importance_of_other_votes_is_refused(given):
    votes = Votes.from_events([1, 2], [1, 1], [1, 0])

    with pytest.raises(BadVotes, match="importance"):
        votes.with_importance(given)
    with pytest.raises(BadVotes, match="these votes have none, only a table"):
        votes.without_order().with_importance([1, 0])
    with pytest.raises(ValueError, match=r"emphasis is a number from 0 to 1e.99, not -1"):
        votes.weighted_counts(-1)
