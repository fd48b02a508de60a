"""Keeping a map: once per revision, from the votes alone."""

import pytest
from django.urls import reverse

from majlis.dialogue.states import RoundState, Stance
from majlis.kernel.clock import now
from majlis.opinion import actions, queries
from majlis.opinion.models import Result
from tests.conftest import as_person
from tests.factories.dialogue import RoundFactory, StatementFactory, VoteEventFactory
from tests.factories.registration import RoleFactory, VoiceFactory

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

    assert [actions.refresh_stale(), actions.refresh_stale()] == [2, 0]
    assert {(r.round, r.mode) for r in Result.objects.all()} == {(round, "polis"), (round, "room")}


def test_a_vote_after_reopening_makes_the_kept_result_old():
    round = two_camps()
    actions.keep_map(round)
    VoteEventFactory(statement=round.statements.first(), voice=VoiceFactory(edition=round.edition))

    assert queries.newest_result(round) is None
    assert actions.refresh_stale() == 2


def test_keep_reading_says_the_same_of_the_same_votes_and_keeps_it_once():
    round = two_camps()

    first, second = actions.keep_reading(round), actions.keep_reading(round)

    assert first == second
    assert queries.reading_of(round).gate_opened is True
    assert [s.code for s in queries.reading_of(round).said][-1] != "no_groups"


def test_keep_reading_of_three_people_is_not_blank():
    round = two_camps(n=3)
    actions.keep_reading(round)

    assert "counts_only" in [s.code for s in queries.reading_of(round).said]


def test_keep_reading_without_votes_keeps_nothing():
    round = RoundFactory(state=RoundState.CLOSED, closed_at=now())
    StatementFactory(round=round)

    assert actions.keep_reading(round) is None


@pytest.mark.parametrize("order", ["agreement", "bridging", "divides", "number", "no such"])
def test_results_page_sorts_and_says_what_the_room_can_say(order):
    round = two_camps()
    actions.keep_reading(round)
    ada = RoleFactory(edition=round.edition).person
    path = reverse("opinion:results", kwargs={"edition": round.edition.slug, "code": round.code})

    page = as_person(ada).get(path, {"order": order}).content.decode()

    assert "What this room can say" in page
    assert page.count('class="figure') >= 6


def test_results_page_says_nothing_of_a_statement_with_too_few_answers():
    round = two_camps(n=4)
    actions.keep_reading(round)
    ada = RoleFactory(edition=round.edition).person
    path = reverse("opinion:results", kwargs={"edition": round.edition.slug, "code": round.code})

    page = as_person(ada).get(path)

    assert [statement for _text, statement in page.context["said"] if statement] == []
    assert "divides" not in page.context["orders"]
