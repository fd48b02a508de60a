"""Real threads on a real database: what two requests at the same moment leave behind."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest
from django.db import connections, transaction

from majlis.dialogue import actions, queries
from majlis.dialogue.models import PaperBallot, Round, RoundClosed, StaleVote, VoteEvent
from majlis.dialogue.states import RoundState
from majlis.kernel.disclosure import Counts
from majlis.kernel.errors import RuleBroken
from majlis.kernel.ledger import CLOCK, acts_on
from tests.factories.dialogue import StatementFactory, VoteEventFactory
from tests.factories.registration import VoiceFactory
from tests.waiting import PATIENCE

pytestmark = pytest.mark.django_db(transaction=True)

THREADS = 6


def at_once(calls: list[Callable[[], object]]) -> list[object]:
    """Run the calls at the same moment, each in a thread with its own connection."""
    start = threading.Barrier(len(calls))
    answers: list[object] = [None] * len(calls)

    def run(place: int, call: Callable[[], object]) -> None:
        start.wait()
        try:
            answers[place] = call()
        except Exception as error:
            answers[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(n, call)) for n, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    return answers


def test_one_key_sent_many_times_at_once_is_one_vote_and_one_answer():
    statement = StatementFactory()
    voice = VoiceFactory(edition=statement.edition)

    answers = at_once(
        [lambda: actions.cast_vote(statement=statement, voice=voice, stance=1, seq=1, key="k1").pk]
        * THREADS
    )

    assert len(set(answers)) == 1
    assert list(VoteEvent.objects.values_list("pk", flat=True)) == answers[:1]


def test_two_phones_of_one_person_with_one_seq_leave_one_vote_and_one_stale_answer():
    statement = StatementFactory()
    voice = VoiceFactory(edition=statement.edition)

    def phone(n: int) -> Callable[[], object]:
        return lambda: actions.cast_vote(
            statement=statement, voice=voice, stance=1 if n % 2 else -1, seq=1, key=f"phone-{n}"
        )

    answers = at_once([phone(n) for n in range(THREADS)])

    kept = VoteEvent.objects.get()
    assert [a for a in answers if isinstance(a, VoteEvent)] == [kept]
    stale = [a for a in answers if isinstance(a, StaleVote)]
    assert len(stale) == THREADS - 1
    assert {s.standing.pk for s in stale} == {kept.pk}


def test_rising_seqs_at_once_end_with_the_highest():
    statement = StatementFactory()
    voice = VoiceFactory(edition=statement.edition)

    def send(seq: int) -> Callable[[], object]:
        return lambda: actions.cast_vote(
            statement=statement, voice=voice, stance=(seq % 3) - 1, seq=seq, key=f"k{seq}"
        )

    answers = at_once([send(seq) for seq in range(1, THREADS + 1)])

    assert not [a for a in answers if not isinstance(a, VoteEvent | StaleVote)]
    standing = queries.standing_vote(voice, statement)
    assert standing is not None
    assert standing.seq == THREADS


def test_no_vote_is_acknowledged_after_the_close_and_none_acknowledged_is_lost():
    statement = StatementFactory()
    voices = [VoiceFactory(edition=statement.edition) for _ in range(THREADS)]

    def vote(n: int) -> Callable[[], object]:
        return lambda: actions.cast_vote(
            statement=statement, voice=voices[n], stance=1, seq=1, key="k1"
        )

    answers = at_once(
        [vote(n) for n in range(THREADS)] + [lambda: actions.close_round(statement.round, by=CLOCK)]
    )

    taken = [a for a in answers if isinstance(a, VoteEvent)]
    refused = [a for a in answers if isinstance(a, RoundClosed)]
    assert len(taken) + len(refused) == THREADS
    closed = Round.objects.get()
    assert closed.state == RoundState.CLOSED
    assert queries.revision(closed) == len(taken)
    assert queries.turnout(closed).voted == len(taken)


def test_close_waits_for_a_vote_on_its_way_and_counts_it():
    statement = StatementFactory()
    voice = VoiceFactory(edition=statement.edition)
    is_cast = threading.Event()

    def slow_vote() -> object:
        with transaction.atomic():
            vote = actions.cast_vote(statement=statement, voice=voice, stance=1, seq=1, key="k1")
            is_cast.set()
            time.sleep(0.5)  # the connection to the database is slow
        return vote

    def close() -> object:
        is_cast.wait(PATIENCE)
        return actions.close_round(statement.round, by=CLOCK)

    vote, closed = at_once([slow_vote, close])

    assert isinstance(vote, VoteEvent)
    assert isinstance(closed, Round)
    assert [act.facts for act in acts_on(closed)] == [{"voted": 1}]


def test_vote_that_comes_while_the_round_is_closing_reads_that_it_is_closed():
    statement = StatementFactory()
    voice = VoiceFactory(edition=statement.edition)
    is_closing = threading.Event()

    def slow_close() -> object:
        with transaction.atomic():
            closed = actions.close_round(statement.round, by=CLOCK)
            is_closing.set()
            time.sleep(0.5)
        return closed

    def vote() -> object:
        is_closing.wait(PATIENCE)
        return actions.cast_vote(statement=statement, voice=voice, stance=1, seq=1, key="k1")

    _closed, refused = at_once([slow_close, vote])

    assert isinstance(refused, RoundClosed)
    assert list(VoteEvent.objects.all()) == []


def test_no_sheet_is_taken_after_results_are_shown_and_none_taken_is_left_out():
    statement = StatementFactory()
    for _ in range(6):
        VoteEventFactory(statement=statement)
    round = actions.close_round(statement.round, by=CLOCK)

    def sheet(n: int) -> Callable[[], object]:
        stances = {statement.code: 1}
        return lambda: actions.type_ballot(round, number=n, stances=stances, by=CLOCK)

    answers = at_once(
        [sheet(n) for n in range(1, THREADS)] + [lambda: actions.show_results(round, by=CLOCK)]
    )

    taken = [a for a in answers if isinstance(a, PaperBallot)]
    refused = [a for a in answers if isinstance(a, RuleBroken)]
    assert len(taken) + len(refused) == THREADS - 1
    shown = queries.shown_in(round)[statement.pk]
    assert sum(shown.table().values(), Counts()) == Counts(agree=6 + len(taken), unread=len(taken))
