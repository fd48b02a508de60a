import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from opinionspace import TooLittle, Votes, polis
from opinionspace.export import read_export
from tests.conftest import examples


def two_camps(n=40, m=12, seed=5):
    """A log in which two camps differ on most statements, as three lists."""
    rng = np.random.default_rng(seed)
    log = [
        (voice, statement, int(rng.choice([1, 0, -1], p=[0.92, 0.04, 0.04])))
        for voice in range(n)
        for statement in rng.permutation(m)[: rng.integers(5, m)]
    ]
    return [
        [one[0] for one in log],
        [one[1] for one in log],
        [one[2] * (-1 if one[0] % 2 and one[1] < 9 else 1) for one in log],
    ]


def test_analysis_finds_two_camps():
    result = polis.analyse(Votes.from_events(*two_camps()))

    group = result.group_of_voice[result.included]
    camp = result.voice_ids[result.included] % 2
    assert result.k == 2
    assert (group == (camp ^ camp[0])).all()


def test_counts_of_groups_and_of_all_are_those_of_the_table():
    votes = Votes.from_events(*two_camps())
    result, table = polis.analyse(votes), votes.dense()

    for group in range(result.k):
        part = table[result.group_of_voice == group]
        assert result.counts.agree[group].tolist() == (part == 1).sum(axis=0).tolist()
        assert result.counts.disagree[group].tolist() == (part == -1).sum(axis=0).tolist()
        assert result.counts.seen[group].tolist() == (~np.isnan(part)).sum(axis=0).tolist()
    assert result.total.agree.tolist() == (table == 1).sum(axis=0).tolist()
    assert result.total.seen.tolist() == (~np.isnan(table)).sum(axis=0).tolist()


def test_the_same_votes_give_the_same_digest_and_stay_as_they_were():
    log = two_camps()
    votes = Votes.from_events(*log)
    before = votes.facts()

    first, second = polis.analyse(votes), polis.analyse(Votes.from_events(*log))

    assert first.digest() == second.digest()
    assert votes.facts() == before
    assert polis.analyse(votes.with_vote(3, 4, 0)).digest() != first.digest()


def test_results_are_read_only():
    result = polis.analyse(Votes.from_events(*two_camps()))

    for array in (
        result.priorities,
        result.axes.projections,
        result.counts.agree,
        result.people.coreness,
    ):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


@settings(max_examples=examples(20), deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_turning_every_vote_around_turns_only_what_has_a_sign(seed):
    voices, statements, stances = two_camps(seed=seed)
    one = polis.analyse(Votes.from_events(voices, statements, stances))
    other = polis.analyse(Votes.from_events(voices, statements, [-stance for stance in stances]))

    assert_allclose(other.axes.center, -one.axes.center, atol=1e-12)
    assert_allclose(other.axes.projections, -one.axes.projections, atol=1e-8)
    assert_array_equal(other.group_of_voice, one.group_of_voice)
    assert_array_equal(other.counts.agree, one.counts.disagree)
    assert [pick.statement for pick in other.consensus_agree] == [
        pick.statement for pick in one.consensus_disagree
    ]


def test_votes_of_an_order_unknown_are_analysed_in_the_order_of_ids():
    votes = Votes.from_events(*two_camps())

    result = polis.analyse(votes.without_order())

    assert result.k == 2


def test_statements_without_votes_stay_without_weight():
    voices, statements, stances = two_camps()
    votes = Votes.from_events(voices, statements, stances, statements=range(14))
    result, plain = polis.analyse(votes), polis.analyse(Votes.from_events(*two_camps()))

    assert_allclose(result.axes.projections, plain.axes.projections)
    assert result.priorities[12:].tolist() == [1, 1]
    assert result.axes.extremity[12:].tolist() == [0, 0]
    assert result.total.seen[12:].tolist() == [0, 0]


def test_voices_without_votes_stay_outside():
    voices, statements, stances = two_camps()
    result = polis.analyse(Votes.from_events(voices, statements, stances, voices=range(42)))

    assert not result.included[40:].any()
    assert result.group_of_voice[40:].tolist() == [-1, -1]
    assert np.isnan(result.people.extremeness[40:]).all()
    assert result.axes.projections[40:].tolist() == [[0, 0], [0, 0]]


def test_moderated_and_meta_statements_are_counted_but_never_put_forward():
    votes = Votes.from_events(*two_camps()).with_marks(mod={0: -1, 1: -1}, is_meta={2: True})
    result = polis.analyse(votes)

    picked = {pick.statement for group in result.representative for pick in group}
    picked |= {pick.statement for pick in result.consensus_agree + result.consensus_disagree}
    assert not picked & {0, 1, 2}
    assert result.axes.center[:3].tolist() == [0, 0, 0]
    assert (result.total.seen[:3] > 0).all()
    assert result.priorities[2] == 49
    assert result.priorities[0] != 49


def test_participant_statistics_are_distances_on_the_map():
    result = polis.analyse(Votes.from_events(*two_camps()))
    inside = result.included
    x, group = result.axes.projections[inside], result.group_of_voice[inside]

    middle = x.mean(axis=0)
    own = np.array([x[group == g].mean(axis=0) for g in range(result.k)])
    off = x - own[group]
    out = (own - middle) / np.linalg.norm(own - middle, axis=1)[:, None]
    assert_allclose(result.people.centricness[inside], 1 - np.linalg.norm(x - middle, axis=1))
    assert_allclose(result.people.coreness[inside], 1 - np.linalg.norm(off, axis=1))
    assert_allclose(result.people.extremeness[inside], (off * out[group]).sum(axis=1), atol=1e-12)
    assert np.isnan(result.people.coreness[~inside]).all()


@pytest.mark.parametrize(
    "table",
    [
        pytest.param([[1, -1, 0]], id="one voice"),
        pytest.param([[1], [-1], [1]], id="one statement"),
        pytest.param([[0, 0, 0]] * 5, id="all passes"),
        pytest.param([[1, -1, 0]] * 5, id="constant columns"),
    ],
)
def test_analyse_says_when_there_is_too_little(table):
    with pytest.raises(TooLittle):
        polis.analyse(Votes.from_matrix(table))


def test_two_voices_are_enough_for_a_result():
    result = polis.analyse(Votes.from_matrix([[1, -1], [-1, 1]]))

    assert result.k == 2
    assert result.axes.variances.tolist() == [2, 0]


def test_voices_in_one_place_are_one_group():
    table = np.array([[1.0, -1, np.nan]] * 20 + [[np.nan, np.nan, 1.0]])
    votes = Votes.from_matrix(np.vstack([table, [[np.nan, -1, 0]]]))

    assert polis.analyse(votes).k >= 1


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("15-per-hour-seattle", 0.97),
        # Six people who are in no conversation have a group there: an earlier state.
        ("brexit-consensus", 0.969),
    ],
)
def test_published_groups_lie_together_on_our_map(shared, name, least):
    export = read_export(shared("openData", name))
    votes = export.votes()
    place, group = polis.analyse(votes).axes.projections, export.groups(votes)
    middles = np.array([place[group == one].mean(axis=0) for one in range(group.max() + 1)])
    nearest = ((place[:, None] - middles) ** 2).sum(axis=2).argmin(axis=1)

    assert (nearest == group)[group >= 0].mean() >= least
