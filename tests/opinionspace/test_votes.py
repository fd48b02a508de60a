from unittest import mock

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from opinionspace import BadVotes, Votes
from opinionspace._tables import fold_log

events = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 5), st.sampled_from([-1, 0, 1])), min_size=1
)


def columns(log):
    return [list(column) for column in zip(*log, strict=True)]


@given(events)
def test_votes_keep_the_last_vote_of_each_cell(log):
    votes = Votes.from_events(*columns(log))

    expected = {(voice, statement): stance for voice, statement, stance in log}
    cells = zip(
        votes.voice_ids[votes.voice_index].tolist(),
        votes.statement_ids[votes.statement_index].tolist(),
        votes.stance.tolist(),
        strict=True,
    )
    assert {(voice, statement): stance for voice, statement, stance in cells} == expected


@given(events)
def test_votes_folded_in_bundles_of_voices_are_those_folded_at_once(log):
    voice, statement, stance = map(np.array, columns(log))
    stance = stance.astype(np.int8)

    whole = fold_log(voice, statement, stance, 7, 6)
    with mock.patch("opinionspace._tables.BLOCK", 2):
        bundled = fold_log(voice, statement, stance, 7, 6)

    for name in ("indptr", "column", "stance", "log"):
        assert_array_equal(getattr(whole, name), getattr(bundled, name))


@given(events)
def test_votes_arrival_is_the_first_vote_of_each_cell(log):
    votes = Votes.from_events(*columns(log))

    cells = list(
        zip(
            votes.voice_ids[votes.voice_index].tolist(),
            votes.statement_ids[votes.statement_index].tolist(),
            strict=True,
        )
    )
    log_cells = [(voice, statement) for voice, statement, _ in log]
    assert votes.arrival.tolist() == [log_cells.index(cell) for cell in cells]


@given(events)
def test_votes_from_a_matrix_are_the_votes_of_its_cells(log):
    votes = Votes.from_events(*columns(log))

    again = Votes.from_matrix(
        votes.dense(), voice_ids=votes.voice_ids, statement_ids=votes.statement_ids
    )

    assert_array_equal(again.dense(), votes.dense())
    assert again.facts() == votes.facts()
    assert again.arrival is None


@given(events, st.randoms())
def test_votes_do_not_depend_on_the_order_of_different_cells(log, random):
    last = list(
        {
            (voice, statement): (voice, statement, stance) for voice, statement, stance in log
        }.values()
    )
    shuffled = random.sample(last, len(last))

    assert (
        Votes.from_events(*columns(last)).facts() == Votes.from_events(*columns(shuffled)).facts()
    )


def test_votes_leave_their_inputs_unchanged_and_are_read_only():
    voices, statements, stances = np.array([1, 0]), np.array([0, 1]), np.array([1, -1], np.int8)
    votes = Votes.from_events(voices, statements, stances)

    assert voices.tolist() == [1, 0]
    assert voices.flags.writeable
    assert stances.flags.writeable
    with pytest.raises(ValueError, match="read-only"):
        votes.stance[0] = 0


def test_votes_take_text_ids_sparse_numbers_and_whole_floats():
    text = Votes.from_events(["zoe", "ada"], ["s2", "s1"], [1, -1])
    sparse = Votes.from_events([10**12, 5], [-3, 8], [1, -1])
    floats = Votes.from_events([2.0, 1.0], [1, 1], [1.0, -1.0])

    assert text.voice_ids.tolist() == ["ada", "zoe"]
    assert sparse.voice_ids.tolist() == [5, 10**12]
    assert floats.voice_ids.tolist() == [1, 2]


def test_numbers_that_were_left_out_are_no_voices_and_no_statements():
    votes = Votes.from_events([3, 1, 3], [5, 2, 2], [1, 0, -1])

    assert (votes.voice_ids.tolist(), votes.statement_ids.tolist()) == ([1, 3], [2, 5])
    assert_array_equal(votes.dense(), [[0, np.nan], [-1, 1]])
    assert votes.arrival.tolist() == [1, 2, 0]


@pytest.mark.parametrize("n_statements", [300, 70_000])
def test_many_revotes_of_many_voices_leave_the_last_vote(n_statements):
    rng = np.random.default_rng(4)
    voice, statement = rng.integers(0, 20_000, 60_000), rng.integers(0, n_statements, 60_000)
    voice[20_000:], statement[20_000:] = voice[:40_000], statement[:40_000]
    stance = rng.integers(-1, 2, 60_000)

    votes = Votes.from_events(
        voice, statement, stance, voices=range(20_000), statements=range(n_statements)
    )

    last = dict(zip(zip(voice.tolist(), statement.tolist(), strict=True), stance, strict=True))
    cells = sorted(last)
    assert list(zip(votes.voice_index, votes.statement_index, strict=True)) == cells
    assert votes.stance.tolist() == [last[cell] for cell in cells]


@given(events, st.sets(st.integers(0, 6)), st.sets(st.integers(0, 5)))
def test_select_keeps_the_order_of_the_votes_it_keeps(log, voices, statements):
    votes = Votes.from_events(*columns(log), voices=range(7), statements=range(6))

    part = votes.select(
        voices=np.isin(np.arange(7), list(voices)),
        statements=np.isin(np.arange(6), list(statements)),
    )

    kept = [one for one in log if one[0] in voices and one[1] in statements]
    if kept:
        again = Votes.from_events(
            *columns(kept), voices=sorted(voices), statements=sorted(statements)
        )
        assert part.log.tolist() == again.log.tolist()
        assert part.facts() == again.facts()
    else:
        assert part.arrival.tolist() == []


def test_votes_know_voices_and_statements_without_a_vote():
    votes = Votes.from_events([1], [4], [1], voices=[3, 1], statements=[4, 2], mod={2: -1})

    assert_array_equal(votes.dense(), [[np.nan, 1], [np.nan, np.nan]])
    assert votes.mod.tolist() == [-1, 0]


def test_marks_given_as_an_array_follow_the_statements_as_given():
    votes = Votes.from_events([1], [4], [1], statements=[4, 2], mod=[1, -1], is_meta=[True, False])

    assert votes.mod.tolist() == [-1, 1]
    assert votes.is_meta.tolist() == [False, True]


def test_counts_separate_agree_disagree_and_all():
    votes = Votes.from_matrix([[1, -1], [1, np.nan], [0, 1]])

    assert [part.tolist() for part in votes.counts()] == [[2, 1], [0, 1], [3, 2]]


def test_select_keeps_rows_columns_and_marks():
    table = np.array([[1, -1, 0], [np.nan, 1, 1], [0, 0, np.nan]])
    votes = Votes.from_matrix(table, mod=[0, -1, 1])

    part = votes.select(
        voices=np.array([True, False, True]), statements=np.array([False, True, True])
    )

    assert_array_equal(part.dense(), table[[0, 2]][:, 1:])
    assert part.mod.tolist() == [-1, 1]
    with pytest.raises(BadVotes, match="one value for each of the 3 voices"):
        votes.select(voices=np.array([True]))


@given(events, st.integers(0, 6), st.integers(0, 5), st.sampled_from([-1, 0, 1]))
def test_with_vote_is_the_log_with_one_more_line(log, voice, statement, stance):
    known = {"voices": range(7), "statements": range(6)}
    votes = Votes.from_events(*columns(log), **known)

    more = votes.with_vote(voice, statement, stance)

    folded = Votes.from_events(*columns([*log, (voice, statement, stance)]), **known)
    assert more.facts() == folded.facts()
    assert more.arrival.tolist() == folded.arrival.tolist()
    assert more.whole_log().tolist() == folded.log.tolist()
    assert more.select().log.tolist() == folded.log.tolist()
    assert more.without_order().arrival is None
    agree, disagree, seen = more.counts()
    assert more.counts_of(statement) == (agree[statement], disagree[statement], seen[statement])


@pytest.mark.parametrize(
    ("vote", "message"),
    [
        ((9, 1, 1), "no voice 9"),
        ((1, 9, 1), "no statement 9"),
        (("1", 1, 1), "no voice 1"),
        ((1, 1, 2), "not 2"),
    ],
)
def test_with_vote_refuses(vote, message):
    with pytest.raises(BadVotes, match=message):
        Votes.from_events([1], [1], [1]).with_vote(*vote)


def test_with_marks_changes_only_the_marks():
    votes = Votes.from_events([1, 2], [4, 5], [1, 0])
    marked = votes.with_marks(mod={5: -1}, is_meta={4: True})

    assert marked.mod.tolist() == [0, -1]
    assert marked.is_meta.tolist() == [True, False]
    assert votes.mod.tolist() == [0, 0]
    assert marked.log is votes.log


@pytest.mark.parametrize(
    ("given", "message"),
    [
        pytest.param(([1], [1], [2]), "not 2", id="stance outside the three"),
        pytest.param(([1], [1], [0.5]), "not 0.5", id="stance between"),
        pytest.param(([1], [1], [np.nan]), "not nan", id="nan stance"),
        pytest.param(([1], [1], ["agree"]), "given as a number", id="stance in words"),
        pytest.param(([1], [1], np.array([-128], np.int8)), "not -128", id="lowest int8"),
        pytest.param(([np.nan], [1], [1]), "voice id 1 of 1 is nan", id="nan voice"),
        pytest.param(([1], [None], [1]), "statement id 1 of 1 is missing", id="no statement"),
        pytest.param(([1.5], [1], [1]), "whole numbers", id="half a voice"),
        pytest.param(([1, 2], [[1], [2]], [1, 1]), "one list", id="nested ids"),
        pytest.param(([True], [1], [1]), "whole numbers", id="boolean voice"),
        pytest.param((np.array([1, "a"], object), [1, 1], [1, 1]), "all be text", id="mixed ids"),
        pytest.param(([1, 2], [1], [1]), "one entry per vote", id="lengths differ"),
        pytest.param(([], [], []), "no votes", id="empty"),
    ],
)
def test_from_events_refuses(given, message):
    with pytest.raises(BadVotes, match=message):
        Votes.from_events(*given)


@pytest.mark.parametrize(
    ("extra", "message"),
    [
        ({"voices": [1, 1]}, "voice 1 is given twice"),
        ({"statements": [1, 2, 2]}, "statement 2 is given twice"),
        ({"voices": [2]}, "names voice 1"),
        ({"voices": ["1"]}, "text in one place"),
        ({"mod": {9: 1}}, "statement 9"),
        ({"mod": {1: 3}}, "is 3"),
        ({"statements": [1, 2], "is_meta": [True]}, "one value for each"),
    ],
)
def test_from_events_refuses_contradictions(extra, message):
    with pytest.raises(BadVotes, match=message):
        Votes.from_events([1], [1], [1], **extra)


@pytest.mark.parametrize(
    ("table", "extra", "message"),
    [
        ([1, 0], {}, "two dimensions"),
        ([[2, 0]], {}, "not 2"),
        ([["x", "y"]], {}, "nan only"),
        ([[np.nan, np.nan]], {}, "no votes"),
        (np.empty((0, 0)), {}, "no votes"),
        ([[1, 0]], {"statement_ids": [4, 4]}, "statement 4 is given twice"),
        ([[1, 0]], {"statement_ids": [4]}, "needs 1 voice ids and 2"),
    ],
)
def test_from_matrix_refuses(table, extra, message):
    with pytest.raises(BadVotes, match=message):
        Votes.from_matrix(table, **extra)
