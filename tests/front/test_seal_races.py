"""Sealing against votes and contributions under way: each counts before, or is refused."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest
from django.db import transaction

from majlis.dialogue import actions
from majlis.dialogue.models import Contribution, Showing, VoteEvent
from majlis.dialogue.states import ContributionKind, RoundState
from majlis.front import sealing
from majlis.kernel import ledger
from majlis.kernel.errors import MajlisError
from majlis.kernel.ledger import CLOCK
from majlis.registration.models import Voice
from majlis.series.models import Edition
from tests.dialogue.test_vote_races import THREADS, at_once
from tests.factories.dialogue import StatementFactory, VoteEventFactory
from tests.factories.registration import VoiceFactory
from tests.waiting import PATIENCE

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE = 6


@pytest.fixture
def statement():
    """A statement of an open round that six voices have answered."""
    made = StatementFactory(round__state=RoundState.OPEN)
    for _ in range(BEFORE):
        VoteEventFactory(statement=made, voice=VoiceFactory(edition=made.edition))
    return made


def finish(statement) -> Edition:
    """Close the round, show its results and seal the edition, as an organiser in a hurry does."""
    closed = actions.close_round(statement.round, by=CLOCK)
    actions.show_results(closed, by=CLOCK)
    return sealing.seal_edition(statement.edition, by=CLOCK)


def vote_of(voice, statement) -> Callable[[], object]:
    return lambda: actions.cast_vote(
        statement=statement, voice=voice, stance=1, seq=1, key=f"key-{voice.pk}"
    )


def is_as_sealed(statement, former: set[int], n: int) -> None:
    """No voice of before is left in what is kept, and as many votes as were counted and shown."""
    kept = VoteEvent.objects.filter(statement=statement)
    assert Edition.objects.get(pk=statement.edition_id).is_sealed
    assert not former & set(kept.values_list("voice", flat=True))
    assert not Voice.objects.filter(pk__in=former).exists()
    counts = Showing.objects.get(statement=statement).table().values()
    assert kept.count() == n == sum(c.answers for c in counts)


def test_sealing_waits_for_a_vote_on_its_way_and_keeps_it_among_the_counted(statement):
    voice = VoiceFactory(edition=statement.edition)
    former = set(Voice.objects.values_list("pk", flat=True))
    is_cast = threading.Event()

    def slow_vote() -> object:
        with transaction.atomic():
            cast = vote_of(voice, statement)()
            is_cast.set()
            time.sleep(0.5)
        return cast

    def seal() -> object:
        is_cast.wait(PATIENCE)
        return finish(statement)

    cast, sealed = at_once([slow_vote, seal])

    assert isinstance(cast, VoteEvent)
    assert isinstance(sealed, Edition)
    is_as_sealed(statement, former, BEFORE + 1)


def test_vote_and_contribution_that_come_while_an_edition_is_sealed_are_refused(
    statement, monkeypatch
):
    voice = VoiceFactory(edition=statement.edition)
    former = set(Voice.objects.values_list("pk", flat=True))
    is_cutting = threading.Event()
    record = ledger.record

    def slow_record(*args, **facts):
        is_cutting.set()
        time.sleep(0.5)
        return record(*args, **facts)

    def late(call: Callable[[], object]) -> Callable[[], object]:
        def wait() -> object:
            assert is_cutting.wait(PATIENCE)
            return call()

        return wait

    def seal() -> object:
        closed = actions.close_round(statement.round, by=CLOCK)
        actions.show_results(closed, by=CLOCK)
        monkeypatch.setattr(ledger, "record", slow_record)
        return sealing.seal_edition(statement.edition, by=CLOCK)

    def offer() -> object:
        return actions.offer_contribution(
            voice, words="Too late.", kind=ContributionKind.PROPOSAL, language="en", key="late"
        )

    sealed, vote, offered = at_once([seal, late(vote_of(voice, statement)), late(offer)])

    assert isinstance(sealed, Edition)
    assert isinstance(vote, MajlisError)
    assert isinstance(offered, Exception)
    assert not Contribution.objects.exists()
    is_as_sealed(statement, former, BEFORE)


def test_of_votes_at_the_moment_of_sealing_each_counts_or_is_refused(statement):
    voices = [VoiceFactory(edition=statement.edition) for _ in range(THREADS)]
    former = set(Voice.objects.values_list("pk", flat=True))

    answers = at_once([vote_of(voice, statement) for voice in voices] + [lambda: finish(statement)])

    taken = [one for one in answers if isinstance(one, VoteEvent)]
    refused = [one for one in answers if isinstance(one, MajlisError)]
    assert len(taken) + len(refused) == THREADS
    is_as_sealed(statement, former, BEFORE + len(taken))
