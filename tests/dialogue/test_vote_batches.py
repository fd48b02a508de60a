"""A list of votes is written at once; each is answered as if it had come alone."""

from __future__ import annotations

import random

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from majlis.dialogue import actions
from majlis.dialogue.actions import KeptVote, SentVote, write_votes
from majlis.dialogue.models import RoundClosed, StaleVote, VoteEvent
from majlis.kernel.errors import MajlisError, RuleBroken
from majlis.kernel.ledger import CLOCK
from tests.factories.dialogue import RoundFactory, StatementFactory
from tests.factories.registration import VoiceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    """An open round with two statements, and three voices."""
    round = RoundFactory()
    statements = [StatementFactory(round=round, edition=round.edition) for _ in range(2)]
    return round, statements, [VoiceFactory(edition=round.edition) for _ in range(3)]


def sent(voice, statement, *, seq=1, key="k", stance=1) -> SentVote:
    return SentVote(voice.pk, statement.pk, statement.round_id, stance, seq, key)


def told(answer: KeptVote | MajlisError) -> object:
    """An answer by what a phone learns from it."""
    if isinstance(answer, StaleVote):
        return "stale", answer.standing.key
    return answer if isinstance(answer, KeptVote) else type(answer)


def test_votes_of_a_batch_are_kept_and_answered_in_order(place):
    _, (one, two), voices = place
    batch = [sent(v, s, stance=n) for n, v in zip((-1, 0, 1), voices, strict=True) for s in (one,)]
    batch.append(sent(voices[0], two, key="k2", stance=0))

    assert write_votes(batch) == [KeptVote(vote.stance, vote.seq) for vote in batch]
    assert VoteEvent.objects.count() == 4
    assert VoteEvent.objects.values_list("at", flat=True).distinct().count() == 1


def test_bad_vote_does_not_fail_its_batch(place):
    round, (one, two), voices = place
    write_votes([sent(voices[0], one, seq=5, key="newer")])
    closed = StatementFactory(edition=round.edition)
    actions.close_round(closed.round, by=CLOCK)

    answers = write_votes(
        [
            sent(voices[0], one, seq=5, key="older"),
            sent(voices[1], closed),
            sent(voices[0], two, key="newer"),
            sent(voices[2], two),
        ]
    )

    assert list(map(told, answers)) == [("stale", "newer"), RoundClosed, RuleBroken, KeptVote(1, 1)]


def test_repeat_gives_what_was_kept_first_in_one_batch_and_in_two(place):
    _, (one, _), voices = place
    first, again = sent(voices[0], one), sent(voices[0], one, seq=7, stance=-1)

    assert write_votes([first, again]) == [KeptVote(1, 1)] * 2
    assert write_votes([again]) == [KeptVote(1, 1)]
    assert VoteEvent.objects.count() == 1


def test_repeat_after_the_close_gives_what_was_kept(place):
    round, (one, _), voices = place
    write_votes([sent(voices[0], one)])
    actions.close_round(round, by=CLOCK)

    answers = write_votes([sent(voices[0], one), sent(voices[1], one)])

    assert list(map(told, answers)) == [KeptVote(1, 1), RoundClosed]


def test_two_votes_of_a_voice_on_a_statement_count_in_the_order_they_came(place):
    _, (one, _), voices = place

    answers = write_votes(
        [sent(voices[0], one, seq=2, key="b", stance=-1), sent(voices[0], one, seq=1, key="a")]
    )

    assert list(map(told, answers)) == [KeptVote(-1, 2), ("stale", "b")]


@pytest.mark.parametrize("seed", range(12))
def test_batch_of_any_size_leaves_what_single_votes_leave(place, seed):
    _, statements, voices = place
    dice = random.Random(seed)
    votes = [
        sent(
            dice.choice(voices), dice.choice(statements), seq=dice.randint(1, 4),
            key=f"key-{dice.randint(1, 12)}", stance=dice.choice((-1, 0, 1)),
        )
        for _ in range(30)
    ]  # fmt: skip

    def outcome(sizes: list[int]) -> tuple[list[object], list[tuple[int, int, int, int, str]]]:
        waiting = list(votes)
        answers: list[object] = []
        with transaction.atomic():
            while waiting:
                size = sizes[len(answers) % len(sizes)]
                answers += map(told, write_votes(waiting[:size]))
                del waiting[:size]
            kept = VoteEvent.objects.order_by("voice", "key")
            rows = list(kept.values_list("voice", "statement", "stance", "seq", "key"))
            transaction.set_rollback(True)
        return answers, rows

    assert outcome([1]) == outcome([7, 3, 11]) == outcome([30])


def test_batch_asks_the_database_a_fixed_number_of_times(place):
    _, statements, _ = place

    def queries(n: int) -> int:
        voices = [VoiceFactory(edition=statements[0].edition) for _ in range(n)]
        with CaptureQueriesContext(connection) as asked:
            write_votes([sent(v, s, key=s.code) for v in voices for s in statements])
        return len(asked)

    assert queries(2) == queries(40) <= 3
