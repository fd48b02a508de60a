import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from opinionspace import BadVotes, Votes
from opinionspace.room import analyse
from tests.conftest import examples
from tests.opinionspace.rand import adjusted_rand
from tests.opinionspace.room.rooms import halves, nothing, one_axis


def codes(result):
    return [sentence.code for sentence in result.sentences]


def renamed(votes, names):
    """The same votes under other names of voices, hence in another order of rows."""
    return Votes.from_matrix(
        votes.dense(), voice_ids=names, statement_ids=votes.statement_ids, mod=votes.mod
    )


def test_a_split_room_shows_its_groups():
    votes, side = halves()
    found = analyse(votes)

    assert found.grouping.gate.opened
    assert [check.passed for check in found.grouping.gate.checks] == [True] * 4
    inside = found.grouping.group_of_voice >= 0
    assert adjusted_rand(found.grouping.group_of_voice[inside], side[inside]) >= 0.9
    assert found.counts.groups.cells.labels == ("1", "2")
    assert found.grouping.plane.n_axes == 2
    assert found.grouping.plane.position.shape == (40, 2)
    assert "groups" in codes(found)
    odd = [one.statement % 2 for one in found.counts.groups.standing]
    assert np.mean(odd) >= 0.8  # odd statements are the ones that differ
    assert len({one.statement for one in found.counts.groups.standing}) >= 12
    assert_array_equal(found.counts.divisiveness, found.counts.groups.spread)


def test_a_room_on_one_axis_shows_the_axis_and_no_groups():
    found = analyse(one_axis(n=60))

    assert found.counts.groups is None
    assert (found.grouping.group_of_voice == -1).all()
    assert found.grouping.plane.n_axes == 1
    assert found.grouping.plane.position.shape == (60, 1)
    assert (found.grouping.plane.lower < found.grouping.plane.position).all()
    assert (found.grouping.plane.position < found.grouping.plane.upper).all()
    gap = next(s.numbers["gap"] for s in found.sentences if s.code == "one_axis")
    assert gap == found.grouping.gate.detectable


def test_a_room_of_chance_shows_nothing_but_a_sentence():
    found = analyse(nothing(seed=3))

    assert (found.grouping.gate.axis_is_real, found.grouping.plane, found.counts.groups) == (
        False,
        None,
        None,
    )
    assert "no_groups" in codes(found)
    assert np.isnan([check.value for check in found.grouping.gate.checks[1:]]).all()


def test_three_people_get_counts_and_a_sentence():
    found = analyse(
        Votes.from_matrix([[1, -1, 0], [1, 1, np.nan], [1, 0, -1]]), {"side": ["a"] * 3}
    )

    assert (found.counts.whole.agree.tolist(), found.counts.whole.seen.tolist()) == (
        [3, 1, 0],
        [3, 3, 2],
    )
    assert codes(found) == ["nothing_shared", "counts_only", "no_claim"]
    assert found.small.all()
    assert np.isnan(found.counts.agreement.mean).all()
    assert found.grouping.plane is None


def test_a_small_room_with_a_real_axis_has_no_map_of_persons():
    side = np.repeat([1.0, -1.0], 7)
    rng = np.random.default_rng(2)
    table = side[:, None] * np.where(rng.random((14, 20)) < 0.95, 1, -1)
    found = analyse(Votes.from_matrix(table))

    assert found.grouping.gate.axis_is_real
    assert found.grouping.plane.position is None
    assert found.grouping.plane.lower is None
    assert found.counts.groups is None
    assert "few_on_the_map" in codes(found)


@settings(max_examples=examples(5))
@given(st.integers(0, 1000))
def test_the_names_of_voices_do_not_matter(seed):
    votes, _ = halves(seed=seed % 7)
    names = np.random.default_rng(seed).permutation(40)
    label = np.array(["x", "y", "z"])[np.arange(40) % 3]

    one = analyse(votes, {"side": label.tolist()})
    declared = dict(zip(names.tolist(), label.tolist(), strict=True))
    other = analyse(renamed(votes, names), {"side": declared})

    left, right = dict(one.facts()), dict(other.facts())
    assert_array_equal(right.pop("group_of_voice")[names], left.pop("group_of_voice"))
    assert_array_equal(right["plane"].position[names], left["plane"].position)
    assert right["plane"].anchors == left["plane"].anchors
    for name in ("agree", "seen", "divisiveness"):
        assert_array_equal(right[name], left[name])
    assert other.sentences == one.sentences
    assert other.grouping.gate == one.grouping.gate


def test_the_order_of_the_log_does_not_matter():
    votes, _ = halves()
    rows, columns, stances = votes.voice_index, votes.statement_index, votes.stance
    order = np.random.default_rng(4).permutation(len(stances))

    shuffled = Votes.from_events(rows[order], columns[order], stances[order])

    assert analyse(shuffled).digest() == analyse(votes).digest()


def test_same_votes_and_seed_are_the_same_bytes_and_another_seed_is_told():
    votes, _ = halves()

    assert analyse(votes, seed=3).digest() == analyse(votes, seed=3).digest()
    assert analyse(votes, seed=3).seed == 3
    assert analyse(votes, seed=3).digest() != analyse(votes, seed=4).digest()


def test_kept_digests_stay_the_same():
    found = analyse(
        Votes.from_matrix([[1, -1, 0], [1, 1, np.nan], [1, 0, -1]]), {"side": ["a", "b", "a"]}
    )

    assert found.digest() == ("07d58122094dee4a0ffd2c64061e233cb424f56b44b643ed20372635aa589e5c")


def test_groups_keep_their_names_and_axes_their_sign():
    votes, _ = halves()
    first = analyse(votes)
    flipped = votes.dense()
    flipped[0] = -flipped[0]
    later = Votes.from_matrix(np.vstack([flipped, flipped[3:5]]))

    second = analyse(later, previous=first.grouping.before)

    assert second.counts.groups.cells.labels == first.counts.groups.cells.labels
    both = (first.grouping.group_of_voice[1:] >= 0) & (second.grouping.group_of_voice[1:40] >= 0)
    assert_array_equal(
        second.grouping.group_of_voice[1:40][both], first.grouping.group_of_voice[1:][both]
    )
    assert second.grouping.plane.anchors[0] == first.grouping.plane.anchors[0]
    place = [int(first.counts.statement_ids.searchsorted(a)) for a in first.grouping.plane.anchors]
    assert (first.grouping.plane.loading[place, [0, 1]] > 0).all()


def test_rejected_statements_are_gone_and_meta_statements_only_counted():
    votes, _ = halves()
    marked = votes.with_marks(mod={1: -1}, is_meta={3: True})
    found = analyse(marked)

    assert 1 not in found.counts.statement_ids
    assert found.grouping.gate.n_statements == 48
    assert np.isnan(found.grouping.plane.loading[found.counts.statement_ids == 3]).all()
    assert found.counts.whole.seen[found.counts.statement_ids == 3] > 0


@pytest.mark.parametrize(
    "table",
    [
        pytest.param(np.zeros((30, 6)), id="all passes"),
        pytest.param(np.ones((30, 6)), id="constant columns"),
        pytest.param(np.ones((1, 6)), id="one voice"),
        pytest.param(np.where(np.arange(30) % 2, 1.0, -1.0)[:, None], id="one statement"),
        pytest.param(np.eye(30) * 2 - 1, id="one dissenter each"),
        pytest.param(np.where(np.eye(30), 1.0, np.nan), id="one vote each"),
    ],
)
def test_poor_votes_get_a_sentence_and_no_groups(table):
    found = analyse(Votes.from_matrix(table))

    assert found.counts.groups is None
    assert found.sentences
    assert len(found.digest()) == 64


@settings(max_examples=examples(30), deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 14), st.integers(0, 5), st.sampled_from([-1, 0, 1])), min_size=1
    )
)
def test_no_table_is_left_without_an_answer(log):
    found = analyse(Votes.from_events(*(list(column) for column in zip(*log, strict=True))))

    assert found.sentences
    assert not found.grouping.gate.opened
    assert found.digest() == found.digest()


def test_votes_are_unchanged_and_results_read_only():
    votes, _ = halves()
    before = votes.facts()
    found = analyse(votes, {"side": ["a", "b"] * 20})

    assert votes.facts() == before
    for array in (
        found.counts.whole.agree,
        found.counts.divisiveness,
        found.grouping.plane.position,
        found.grouping.group_of_voice,
    ):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


def test_too_large_a_room_is_told_so():
    rng = np.random.default_rng(0)
    found = analyse(Votes.from_matrix(rng.choice([1.0, -1.0], (520, 4))))

    assert (found.grouping.gate.asked, found.grouping.gate.n_placed, found.counts.groups) == (
        False,
        520,
        None,
    )
    assert "too_large" in codes(found)
    assert found.counts.agreement.claimed.all()


def test_declared_cells_come_by_name_and_the_first_given_steers_routing():
    votes, _ = halves()
    found = analyse(votes, {"side": ["a", "b"] * 20, "country": ["x"] * 40})

    assert list(found.counts.declared) == ["country", "side"]
    assert found.routing.attribute == "side"


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"seed": -1}, ValueError, "0 or more"),
        ({"smallest": 0}, ValueError, "one answer or more"),
        ({"attributes": {"side": ["a"]}}, BadVotes, "one value for each of the 2 voices"),
        ({"attributes": {"side": {99: "a"}}}, BadVotes, "voice 99"),
    ],
)
def test_analyse_refuses(options, error, message):
    with pytest.raises(error, match=message):
        analyse(Votes.from_matrix([[1], [0]]), **options)
