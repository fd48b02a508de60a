"""Keeping a map: once per revision, from the votes alone."""

import pytest

from majlis.dialogue.states import RoundState, Stance
from majlis.kernel.clock import now
from majlis.opinion import actions, queries
from majlis.opinion.models import Result
from tests.factories.dialogue import RoundFactory, StatementFactory, VoteEventFactory
from tests.factories.registration import VoiceFactory

pytestmark = pytest.mark.django_db


def two_camps(n=24, n_statements=6):
    """A closed round in which half of `n` voices answer the opposite of the other half."""
    round = RoundFactory(state=RoundState.CLOSED, closed_at=now())
    statements = [StatementFactory(round=round) for _ in range(n_statements)]
    for i in range(n):
        voice = VoiceFactory(edition=round.edition)
        for j, statement in enumerate(statements):
            agrees = (i < n // 2) == (j % 2 == 0)
            VoteEventFactory(
                statement=statement,
                voice=voice,
                stance=Stance.AGREE if agrees else Stance.DISAGREE,
            )
    return round


def test_keep_map_finds_the_two_camps_and_keeps_them_once():
    round = two_camps()

    first, second = actions.keep_map(round), actions.keep_map(round)

    assert first == second
    assert Result.objects.count() == 1
    sizes = [group.size for group in queries.map_of(round).groups]
    assert sizes == [12, 12]


def test_keep_map_of_a_round_without_votes_keeps_nothing():
    round = RoundFactory(state=RoundState.CLOSED, closed_at=now())
    StatementFactory(round=round)

    assert actions.keep_map(round) is None
    assert list(Result.objects.all()) == []


def test_map_of_fewer_than_twenty_people_is_not_shown():
    round = two_camps(n=18)
    actions.keep_map(round)

    assert queries.map_of(round) is None


def test_refresh_stale_keeps_one_result_for_each_closed_round_and_then_nothing():
    round = two_camps(n=6)
    RoundFactory()

    assert [actions.refresh_stale(), actions.refresh_stale()] == [1, 0]
    assert Result.objects.get().round == round


def test_a_vote_after_reopening_makes_the_kept_result_old():
    round = two_camps()
    actions.keep_map(round)
    VoteEventFactory(statement=round.statements.first(), voice=VoiceFactory(edition=round.edition))

    assert queries.newest_result(round) is None
    assert actions.refresh_stale() == 1
