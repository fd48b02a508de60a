"""Casting votes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from majlis.dialogue.models import NotThisDevices, Round, StaleVote, Statement, VoteEvent
from majlis.dialogue.queries.votes import standing_vote
from majlis.dialogue.states import Channel, Stance
from majlis.kernel.clock import now
from majlis.kernel.errors import MajlisError, NotFound, RuleBroken
from majlis.kernel.locks import held_for_share
from majlis.kernel.ratelimit import Limit, TooMany
from majlis.registration.models import Device, Voice

COLUMNS = ("voice_id", "statement_id", "stance", "seq", "key", "channel", "at", "device_id")
# An event that has been overtaken is not written, nor one whose key or `seq` is taken.
WRITE = """
WITH sent ({columns}) AS (VALUES {rows})
INSERT INTO {table} ({columns}) SELECT {typed} FROM sent
WHERE NOT EXISTS (
    SELECT 1 FROM {table} AS kept
    WHERE kept.voice_id = sent.voice_id AND kept.statement_id = sent.statement_id
    AND kept.seq >= sent.seq
)
ON CONFLICT DO NOTHING RETURNING voice_id, key
"""


# What a thumb does, with room for an outbox that was out of reach for hours.
PACE = Limit(
    "votes of a voice",
    times=240,
    seconds=120,
    said=_("Your answers are arriving faster than we can take them. Try again in two minutes."),
)
CHANGES = Limit(
    "changes of an answer",
    times=30,
    seconds=3600,
    said=_(
        "You have changed this answer many times. Your last answer counts. You can change it "
        "again in an hour."
    ),
)


@dataclass(frozen=True, slots=True)
class SentVote:
    """A vote that is to be written; voice, statement, its round and device by their primary keys.

    A limited device changes only what it answered itself.
    """

    voice: int
    statement: int
    round: int
    stance: int
    seq: int
    key: str
    channel: Channel = Channel.PHONE
    device: int | None = None
    is_limited: bool = False

    @property
    def name(self) -> tuple[int, str]:
        """What makes it one vote, however often it is sent."""
        return self.voice, self.key


@dataclass(frozen=True, slots=True)
class KeptVote:
    """What is kept under the key of a vote that was sent: its first writing, if it came twice."""

    stance: int
    seq: int


def write_votes(
    sent: Sequence[SentVote], *, require: Callable[[Round], None] = Round.require_open
) -> list[KeptVote | MajlisError]:
    """Append votes inside the caller's transaction, and answer each by itself.

    The event with the highest `seq` is the one that counts. A repeat under the same `key` gives
    what was kept first, also after the round has closed. The answer is `StaleVote`, with the event
    that counts, when another key already used this `seq` or a higher one, `NotThisDevices` when a
    limited device would change what was answered elsewhere, and what `require` raises when the
    round takes no such votes; what is recorded already stays and still counts. The rounds are
    held, so that none closes before this transaction ends.
    """
    rounds = held_for_share(Round, {vote.round for vote in sent})
    refusals = {pk: _refusal(require, round) for pk, round in rounds.items()}
    answers: dict[int, KeptVote | MajlisError] = {}
    for places in _one_by_one(sent):
        not_theirs = [place for place in places if _is_answered_elsewhere(sent[place])]
        answers |= {place: NotThisDevices() for place in not_theirs}
        places = [place for place in places if place not in not_theirs]
        wanted = [sent[place] for place in places if refusals[sent[place].round] is None]
        written = _write(wanted) if wanted else set()
        for place in places:
            vote = sent[place]
            if vote.name in written:
                answers[place] = KeptVote(vote.stance, vote.seq)
            else:
                answers[place] = _answer_again(vote, refusals[vote.round])
    return [answers[place] for place in range(len(sent))]


def cast_vote(
    *,
    statement: Statement,
    voice: Voice,
    stance: Stance | int,
    seq: int,
    key: str,
    channel: Channel = Channel.PHONE,
    device: Device | None = None,
) -> VoteEvent:
    """Append one vote of a voice and return its event, or raise what `write_votes` answers."""
    if statement.round_id is None or voice.edition_id != statement.edition_id:
        raise NotFound
    vote = SentVote(
        voice.pk,
        statement.pk,
        statement.round_id,
        int(Stance(stance)),
        seq,
        key,
        channel,
        device=device.pk if device is not None else None,
        is_limited=device is not None and device.is_limited,
    )
    with transaction.atomic():
        (answer,) = write_votes([vote])
    if isinstance(answer, MajlisError):
        raise answer
    return VoteEvent.objects.get(voice=voice, key=key)


def keep_pace(voice: str, statement: str) -> None:
    """Refuse a vote that comes faster than people answer; the phone sends it again later.

    Voice and statement by their codes.
    For votes from phones: imports and paper come as fast as they can be read.
    """
    PACE.take(voice)
    try:
        CHANGES.take(voice, statement)
    except TooMany:
        PACE.give_back(voice)
        raise


def give_back_pace(voice: str, statement: str) -> None:
    """Count a vote less that was not written: it comes again another way."""
    PACE.give_back(voice)
    CHANGES.give_back(voice, statement)


def _one_by_one(sent: Sequence[SentVote]) -> Iterator[list[int]]:
    """Places of votes that can be written together: one of each voice on each statement."""
    waiting = list(range(len(sent)))
    while waiting:
        seen: set[tuple[int, object]] = set()
        now_: list[int] = []
        later: list[int] = []
        for place in waiting:
            vote = sent[place]
            same = {(vote.voice, vote.statement), vote.name}
            (later if same & seen else now_).append(place)
            seen |= same
        yield now_
        waiting = later


def _write(votes: Sequence[SentVote]) -> set[tuple[int, str]]:
    """Append what can be appended, with one statement; return the names of what was."""
    at = connection.ops.adapt_datetimefield_value(now())
    row = f"({','.join(['%s'] * len(COLUMNS))})"
    values = [
        value
        for v in votes
        for value in (v.voice, v.statement, v.stance, v.seq, v.key, str(v.channel), at, v.device)
    ]
    columns = ",".join(COLUMNS)
    typed = columns.replace("device_id", "CAST(device_id AS bigint)")  # when all are null
    query = WRITE.format(
        columns=columns, typed=typed, rows=",".join([row] * len(votes)), table=_TABLE
    )
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return {(voice, key) for voice, key in cursor.fetchall()}


_TABLE = VoteEvent._meta.db_table


def _is_answered_elsewhere(vote: SentVote) -> bool:
    """Whether a limited device has sent this about a statement that others have answered.

    The voice is held, so that no vote of another device comes between this and the writing.
    """
    if not vote.is_limited:
        return False
    Voice.objects.select_for_update().get(pk=vote.voice)
    events = VoteEvent.objects.filter(voice=vote.voice, statement=vote.statement)
    return events.exclude(device=vote.device).exists()


def _refusal(require: Callable[[Round], None], round: Round) -> MajlisError | None:
    try:
        require(round)
    except MajlisError as refused:
        return refused
    return None


def _answer_again(vote: SentVote, refusal: MajlisError | None) -> KeptVote | MajlisError:
    """What is kept under this key already, or why nothing is."""
    first = VoteEvent.objects.filter(voice=vote.voice, key=vote.key).first()
    if first is not None and first.statement_id != vote.statement:
        return RuleBroken("A key names one vote on one statement.")
    if first is not None:
        return KeptVote(first.stance, first.seq)
    if refusal is not None:
        return refusal
    standing = standing_vote(vote.voice, vote.statement)
    return StaleVote(standing) if standing is not None else NotFound()
