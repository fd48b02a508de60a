"""Casting votes: what counts, what is refused, what a repeat is told."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from majlis.dialogue import actions, queries
from majlis.dialogue.models import RoundClosed, StaleVote, VoteEvent
from majlis.dialogue.states import Channel, RoundState, Stance
from majlis.kernel.clock import now
from majlis.kernel.errors import NotFound, RuleBroken
from tests.conftest import examples
from tests.factories.dialogue import RoundFactory, StatementFactory
from tests.factories.registration import VoiceFactory


@pytest.fixture
def statement(db):
    return StatementFactory()


@pytest.fixture
def voice(statement):
    return VoiceFactory(edition=statement.edition)


def test_cast_vote_appends_an_event(statement, voice):
    vote = actions.cast_vote(statement=statement, voice=voice, stance=Stance.AGREE, seq=1, key="k1")

    assert list(
        VoteEvent.objects.values_list("pk", "voice", "statement", "stance", "seq", "key", "channel")
    ) == [(vote.pk, voice.pk, statement.pk, 1, 1, "k1", Channel.PHONE)]


def test_cast_vote_again_with_a_higher_seq_keeps_both_and_counts_the_newer(statement, voice):
    actions.cast_vote(statement=statement, voice=voice, stance=Stance.AGREE, seq=1, key="k1")
    actions.cast_vote(statement=statement, voice=voice, stance=Stance.PASS, seq=2, key="k2")

    assert VoteEvent.objects.count() == 2
    assert [v.stance for v in queries.standing_votes(statement.round)] == [Stance.PASS]


def test_cast_vote_repeated_under_its_key_returns_the_first_answer(statement, voice):
    first = actions.cast_vote(
        statement=statement, voice=voice, stance=Stance.AGREE, seq=1, key="k1"
    )

    again = actions.cast_vote(
        statement=statement, voice=voice, stance=Stance.DISAGREE, seq=7, key="k1"
    )

    assert (again.pk, again.stance) == (first.pk, Stance.AGREE)
    assert VoteEvent.objects.count() == 1


def test_cast_vote_repeated_after_the_close_still_returns_the_first_answer(statement, voice, world):
    first = actions.cast_vote(
        statement=statement, voice=voice, stance=Stance.AGREE, seq=1, key="k1"
    )
    actions.close_round(statement.round, by=world.ada)

    again = actions.cast_vote(
        statement=statement, voice=voice, stance=Stance.AGREE, seq=1, key="k1"
    )

    assert again.pk == first.pk


@pytest.mark.parametrize("seq", [1, 2, 3])
def test_cast_vote_with_a_used_or_lower_seq_is_stale_and_shows_what_counts(statement, voice, seq):
    newest = actions.cast_vote(
        statement=statement, voice=voice, stance=Stance.AGREE, seq=3, key="k1"
    )

    with pytest.raises(StaleVote) as refused:
        actions.cast_vote(
            statement=statement, voice=voice, stance=Stance.DISAGREE, seq=seq, key="k2"
        )

    assert refused.value.standing == newest
    assert refused.value.status == 409
    assert VoteEvent.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("state", [RoundState.CLOSED, RoundState.DRAFT])
def test_cast_vote_in_a_round_not_open_is_refused_and_leaves_no_trace(state):
    statement = StatementFactory(
        round__state=state, round__closed_at=now() if state == RoundState.CLOSED else None
    )
    voice = VoiceFactory(edition=statement.edition)

    with pytest.raises(RoundClosed, match="still count"):
        actions.cast_vote(statement=statement, voice=voice, stance=Stance.AGREE, seq=1, key="k1")

    assert list(VoteEvent.objects.all()) == []


def test_cast_vote_of_another_edition_finds_nothing(statement):
    stranger = VoiceFactory()

    with pytest.raises(NotFound):
        actions.cast_vote(statement=statement, voice=stranger, stance=1, seq=1, key="k1")

    assert list(VoteEvent.objects.all()) == []


def test_cast_vote_does_not_take_one_key_for_two_statements(statement, voice):
    other = StatementFactory(round=statement.round)
    actions.cast_vote(statement=statement, voice=voice, stance=1, seq=1, key="k1")

    with pytest.raises(RuleBroken):
        actions.cast_vote(statement=other, voice=voice, stance=1, seq=1, key="k1")

    assert VoteEvent.objects.count() == 1


def test_two_voices_may_use_the_same_key_and_seq(statement, voice):
    other = VoiceFactory(edition=statement.edition)

    for who in (voice, other):
        actions.cast_vote(statement=statement, voice=who, stance=1, seq=1, key="k1")

    assert queries.counts_of(statement.round)[statement.pk].agree == 2


@st.composite
def _tellings(draw):
    """What a voice meant, event by event, and an order in which it arrived, with repeats."""
    stances = draw(st.lists(st.sampled_from(list(Stance)), min_size=1, max_size=6))
    events = [(seq, f"k{seq}", stance) for seq, stance in enumerate(stances, start=1)]
    repeats = draw(st.lists(st.sampled_from(events), max_size=6))
    return events, draw(st.permutations(events + repeats))


class AnyOrderTest(TestCase):
    @settings(
        max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
    @given(_tellings())
    def test_any_order_and_repetition_of_events_gives_the_same_standing_stance(self, telling):
        events, arrivals = telling
        statement = StatementFactory(round=RoundFactory())
        voice = VoiceFactory(edition=statement.edition)

        for seq, key, stance in arrivals:
            with suppress(StaleVote):
                actions.cast_vote(statement=statement, voice=voice, stance=stance, seq=seq, key=key)

        standing = queries.standing_vote(voice, statement)
        highest_seq, highest_key, meant = events[-1]
        assert standing is not None
        assert (standing.seq, standing.key) == (highest_seq, highest_key)
        assert standing.stance == meant
        assert VoteEvent.objects.filter(voice=voice).count() <= len(events)
