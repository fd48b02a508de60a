"""Counts become visible moment by moment, so that nobody's vote can be told from two of them."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from majlis.dialogue import actions, queries
from majlis.dialogue.models import Showing
from majlis.dialogue.states import ResultsShown, RoundState
from majlis.kernel.clock import now
from majlis.kernel.disclosure import Audience, Counts
from majlis.people.states import Constituency
from tests.conftest import examples
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


def change(statement, voices, stance):
    for voice in voices:
        seq = queries.standing_vote(voice, statement).seq + 1
        VoteEventFactory(statement=statement, voice=voice, stance=stance, seq=seq)


def seen(statement, audience=Audience.ROOM):
    return queries.breakdown(
        queries.shown_in(statement.round, audience).get(statement.pk),
        audience,
        smallest=statement.edition.smallest(audience),
    )


def closed(round):
    round.refresh_from_db()
    return actions.close_round(round, by=WRITER)


def reopened(round):
    round.refresh_from_db()
    return actions.open_round(round, by=WRITER)


def test_closing_shows_the_counts_at_the_finest_level_at_which_every_cell_passes():
    statement = StatementFactory()
    cast(statement, *[1] * 4, constituency=Constituency.SME)
    cast(statement, *[1] * 6, constituency=Constituency.CLUSTER)
    cast(statement, *[-1] * 5, constituency=Constituency.MINISTRY)

    closed(statement.round)

    assert seen(statement).level == "family"
    assert seen(statement).cells == {"firms": Counts(agree=10), "authorities": Counts(disagree=5)}
    assert seen(statement, Audience.PUBLIC).level == "room"


def test_one_voice_of_unknown_constituency_keeps_the_whole_room_whole():
    statement = StatementFactory()
    cast(statement, *[1] * 6, constituency=Constituency.SME)
    cast(statement, *[1] * 6, constituency=Constituency.MINISTRY)
    unknown = VoiceFactory(edition=statement.edition, registration=None, constituency="")
    VoteEventFactory(statement=statement, voice=unknown, stance=-1)

    closed(statement.round)

    assert (seen(statement).level, seen(statement).total) == ("room", Counts(12, 1, 0))


def test_fewer_voices_than_the_smallest_cell_leave_no_showing():
    statement = StatementFactory()
    cast(statement, 1, 1, 1, -1)

    closed(statement.round)

    assert (seen(statement).total, list(Showing.objects.all())) == (None, [])


def test_one_late_vote_counts_but_is_not_shown():
    statement = StatementFactory()
    cast(statement, *[1] * 8)
    closed(statement.round)

    reopened(statement.round)
    cast(statement, -1)
    closed(statement.round)

    assert seen(statement).total == Counts(agree=8)
    assert queries.counts_of(statement.round)[statement.pk].whole == Counts(agree=8, disagree=1)


def test_changed_minds_are_shown_once_they_are_enough():
    statement = StatementFactory()
    voices = cast(statement, *[1] * 8)
    closed(statement.round)

    reopened(statement.round)
    change(statement, voices[:5], -1)
    closed(statement.round)

    assert seen(statement).total == Counts(agree=3, disagree=5)


def test_who_goes_back_to_an_earlier_answer_has_not_changed_it():
    """Five change and four go back: the third moment differs from the first by one voice."""
    statement = StatementFactory()
    voices = cast(statement, *[1] * 10)
    closed(statement.round)
    reopened(statement.round)
    change(statement, voices[:5], -1)
    closed(statement.round)

    reopened(statement.round)
    change(statement, voices[:4], 1)
    change(statement, voices[5:6], -1)
    closed(statement.round)

    assert Showing.objects.count() == 2
    assert seen(statement).total == Counts(agree=5, disagree=5)


def test_changes_of_few_in_each_group_are_shown_for_the_whole_room_only():
    statement = StatementFactory()
    firms = cast(statement, *[1] * 10, constituency=Constituency.SME)
    banks = cast(statement, *[1] * 10, constituency=Constituency.BANK)
    closed(statement.round)
    assert seen(statement).level == "constituency"

    reopened(statement.round)
    change(statement, [*firms[:3], *banks[:3]], -1)
    closed(statement.round)

    assert (seen(statement).level, seen(statement).total) == ("room", Counts(14, 6, 0))


def test_the_public_sees_a_change_later_than_the_room():
    statement = StatementFactory()
    voices = cast(statement, *[1] * 20)
    closed(statement.round)

    reopened(statement.round)
    change(statement, voices[:6], -1)
    closed(statement.round)

    assert seen(statement).total == Counts(14, 6, 0)
    assert seen(statement, Audience.PUBLIC).total == Counts(agree=20)


def test_a_smallest_cell_that_was_raised_takes_back_what_had_passed():
    statement = StatementFactory()
    cast(statement, *[1] * 6, constituency=Constituency.SME)
    cast(statement, *[1] * 6, constituency=Constituency.BANK)
    closed(statement.round)
    assert seen(statement).level == "constituency"

    statement.edition.smallest_cell_room = 8
    statement.edition.save()

    assert seen(statement).level == "room"


def test_live_counts_stay_a_smallest_cell_behind():
    statement = StatementFactory(round__results_shown=ResultsShown.LIVE)
    cast(statement, *[1] * 9)
    assert actions.show_due() == 0

    cast(statement, -1, -1)
    assert actions.show_due() == 1
    assert seen(statement).total == Counts(agree=6)

    closed(statement.round)
    assert seen(statement).total == Counts(agree=9, disagree=2)


def test_rounds_that_show_results_after_the_close_show_nothing_before():
    statement = StatementFactory()
    cast(statement, *[1] * 30)

    assert (actions.show_due(), seen(statement).total) == (0, None)


def test_show_due_catches_up_with_a_closed_round_once():
    statement = StatementFactory(round__state=RoundState.CLOSED, round__closed_at=now())
    cast(statement, *[1] * 5)

    assert [actions.show_due(), actions.show_due()] == [1, 0]


def test_show_due_looks_once_at_a_closed_round_of_which_nothing_may_be_shown(
    django_assert_num_queries,
):
    statement = StatementFactory(round__state=RoundState.CLOSED, round__closed_at=now())
    cast(statement, *[1] * 4)
    actions.show_due()

    with django_assert_num_queries(2):
        assert actions.show_due() == 0


def test_shown_log_holds_the_votes_that_are_shown_and_no_later_ones():
    round = RoundFactory()
    stays, moves = (StatementFactory(round=round) for _ in range(2))
    cast(stays, *[1] * 6)
    voices = cast(moves, *[1] * 6)
    closed(round)
    first = queries.shown_revision(round)
    reopened(round)
    cast(stays, -1)
    change(moves, voices, -1)
    closed(round)

    now_, then = queries.shown_log(round), queries.shown_log(round, revision=first)

    assert sorted(zip(now_.statements.tolist(), now_.stances.tolist(), strict=True)) == sorted(
        [(stays.pk, 1)] * 6 + [(moves.pk, -1)] * 6
    )
    assert sorted(zip(then.statements.tolist(), then.stances.tolist(), strict=True)) == sorted(
        [(stays.pk, 1)] * 6 + [(moves.pk, 1)] * 6
    )
    assert (then.revision, now_.revision) == (12, 19)


class Live(TestCase):
    @settings(max_examples=examples(15), deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        st.lists(st.tuples(st.integers(0, 14), st.sampled_from([1, -1, 0])), max_size=60),
        st.integers(1, 7),
    )
    def test_any_two_showings_differ_by_five_voices_or_none(self, votes, every):
        statement = StatementFactory(round__results_shown=ResultsShown.LIVE)
        voices = [VoiceFactory(edition=statement.edition) for _ in range(15)]
        for n, (who, stance) in enumerate(votes, start=1):
            newest = queries.standing_vote(voices[who], statement)
            VoteEventFactory(
                statement=statement,
                voice=voices[who],
                stance=stance,
                seq=(newest.seq if newest else 0) + 1,
            )
            if n % every == 0:
                actions.show_due()
        closed(statement.round)

        states = [stances_at(statement, s.horizon) for s in Showing.objects.order_by("pk")]
        for place, one in enumerate(states):
            for other in states[:place]:
                differ = {v for v in one.keys() | other.keys() if one.get(v) != other.get(v)}
                assert len(differ) >= 5


def stances_at(statement, horizon):
    found = {}
    for vote in statement.votes.filter(pk__lte=horizon).order_by("seq"):
        found[vote.voice_id] = vote.stance
    return found
