"""Counts are shown once, for all statements of a round at the same time."""

from __future__ import annotations

import pytest
from django.db import IntegrityError

from majlis.dialogue import actions, queries
from majlis.dialogue.models import Showing
from majlis.dialogue.states import RoundState
from majlis.kernel.disclosure import Audience, Counts
from majlis.kernel.disclosure.ranges import ranges_of
from majlis.kernel.errors import RuleBroken, WrongMove
from majlis.kernel.ledger import acts_on
from majlis.people.states import Constituency
from tests.factories.dialogue import RoundFactory, StatementFactory, VoteEventFactory
from tests.factories.recommendations import WRITER
from tests.factories.registration import VoiceFactory

pytestmark = pytest.mark.django_db


def cast(statement, *stances, constituency=Constituency.SME, country="TN"):
    """One voice for each stance; the voices."""
    voices = [
        VoiceFactory(edition=statement.edition, constituency=constituency, country=country)
        for _ in stances
    ]
    for voice, stance in zip(voices, stances, strict=True):
        VoteEventFactory(statement=statement, voice=voice, stance=stance)
    return voices


def seen(statement, audience=Audience.PARTICIPANTS):
    shown = queries.shown_in(statement.round).get(statement.pk)
    return queries.breakdown(shown, audience)


def shown(round):
    round.refresh_from_db()
    return actions.show_results(actions.close_round(round, by=WRITER), by=WRITER)


def test_closing_shows_nothing_and_showing_shows_every_statement_at_once():
    round = RoundFactory()
    statements = [StatementFactory(round=round) for _ in range(2)]
    for statement in statements:
        cast(statement, *[1] * 6)

    closed = actions.close_round(round, by=WRITER)
    assert [seen(s).total for s in statements] == [None, None]
    actions.show_results(closed, by=WRITER)

    assert [seen(s).total for s in statements] == [Counts(agree=6)] * 2
    assert [act.verb for act in acts_on(round)] == ["closed round", "showed results"]


def test_a_round_that_shows_at_its_close_does():
    statement = StatementFactory(round__shows_at_close=True)
    cast(statement, *[1] * 6)

    closed = actions.close_round(statement.round, by=WRITER)

    assert (closed.state, seen(statement).total) == (RoundState.SHOWN, Counts(agree=6))


@pytest.mark.parametrize("state", [RoundState.DRAFT, RoundState.OPEN])
def test_results_of_a_round_that_is_not_closed_are_not_shown(state):
    statement = StatementFactory(round__state=state)
    cast(statement, *[1] * 6)

    with pytest.raises(WrongMove):
        actions.show_results(statement.round, by=WRITER)

    assert list(Showing.objects.all()) == []


def test_a_round_that_was_shown_is_not_reopened_and_not_shown_again():
    statement = StatementFactory()
    cast(statement, *[1] * 6)
    round = shown(statement.round)

    with pytest.raises(RuleBroken, match="stays closed"):
        actions.open_round(round, by=WRITER)
    with pytest.raises(WrongMove):
        actions.show_results(round, by=WRITER)

    round.refresh_from_db()
    assert (round.state, Showing.objects.count()) == (RoundState.SHOWN, 1)


def test_the_database_keeps_one_showing_of_a_statement():
    statement = StatementFactory()
    cast(statement, *[1] * 6)
    shown(statement.round)

    with pytest.raises(IntegrityError):
        Showing.objects.create(statement=statement, revision=7, counts=[], level="room")


def test_what_is_shown_after_reopening_counts_the_late_votes():
    statement = StatementFactory()
    cast(statement, *[1] * 6)
    actions.close_round(statement.round, by=WRITER)
    actions.open_round(statement.round, by=WRITER)
    cast(statement, -1)

    shown(statement.round)

    assert seen(statement).total == Counts(agree=6, disagree=1)


def test_a_round_by_country_tells_countries_apart_and_no_groups():
    statement = StatementFactory(round__breakdown="country")
    cast(statement, *[1] * 5, constituency=Constituency.SME, country="TN")
    cast(statement, *[-1] * 5, constituency=Constituency.BANK, country="MA")

    shown(statement.round)

    assert seen(statement).level == "country"
    assert seen(statement).cells == {
        "TN": ranges_of(Counts(agree=5)),
        "MA": ranges_of(Counts(disagree=5)),
    }


def test_shown_log_holds_the_standing_votes_of_statements_that_are_shown():
    round = RoundFactory()
    many, few = (StatementFactory(round=round) for _ in range(2))
    voices = cast(many, *[1] * 6)
    VoteEventFactory(statement=many, voice=voices[0], stance=-1, seq=2)
    cast(few, 1)
    shown(round)

    log = queries.shown_log(round)

    assert set(log.statements.tolist()) == {many.pk}
    assert log.stances.tolist() == [-1, 1, 1, 1, 1, 1]
    assert log.statement_ids == (many.pk, few.pk)


def test_showing_shows_the_counts_at_the_finest_level_at_which_every_cell_passes():
    statement = StatementFactory()
    cast(statement, *[1] * 4, constituency=Constituency.SME)
    cast(statement, *[1] * 6, constituency=Constituency.CLUSTER)
    cast(statement, *[-1] * 5, constituency=Constituency.MINISTRY)

    shown(statement.round)

    assert seen(statement).level == "family"
    assert seen(statement).cells == {
        "firms": ranges_of(Counts(agree=10)),
        "authorities": ranges_of(Counts(disagree=5)),
    }
    assert seen(statement, Audience.PUBLIC).level == "room"


def test_one_voice_of_unknown_constituency_keeps_the_whole_room_whole():
    statement = StatementFactory()
    cast(statement, *[1] * 6, constituency=Constituency.SME)
    cast(statement, *[1] * 6, constituency=Constituency.MINISTRY)
    unknown = VoiceFactory(edition=statement.edition, registration=None, constituency="")
    VoteEventFactory(statement=statement, voice=unknown, stance=-1)

    shown(statement.round)

    assert (seen(statement).level, seen(statement).total) == ("room", Counts(12, 1, 0))


def test_fewer_voices_than_the_smallest_cell_leave_no_showing():
    statement = StatementFactory()
    cast(statement, 1, 1, 1, -1)

    shown(statement.round)

    assert (seen(statement).total, list(Showing.objects.all())) == (None, [])


def test_a_smallest_cell_that_was_raised_takes_back_what_had_passed():
    statement = StatementFactory()
    cast(statement, *[1] * 6, constituency=Constituency.SME)
    cast(statement, *[1] * 6, constituency=Constituency.BANK)
    shown(statement.round)
    assert seen(statement).level == "constituency"

    statement.edition.smallest_cell_room = 8
    statement.edition.save()

    assert seen(statement).level == "room"
