"""Casting votes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from operator import methodcaller
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from majlis.dialogue.models import (
    NotThisDevices,
    Question,
    QuestionSet,
    Round,
    StaleVote,
    Statement,
    VoteEvent,
)
from majlis.dialogue.states import Channel, Stance
from majlis.kernel.clock import now
from majlis.kernel.errors import MajlisError, NotFound, RuleBroken
from majlis.kernel.locks import held_for_share
from majlis.kernel.ratelimit import Limit, TooMany
from majlis.registration.models import Device, Voice

COLUMNS = ("voice_id", "{asked}", "stance", "seq", "key", "channel", "at", "device_id")
# An event that has been overtaken is not written, nor one whose key or `seq` is taken.
WRITE = """
WITH sent ({columns}) AS (VALUES {rows})
INSERT INTO {table} ({columns}) SELECT {typed} FROM sent
WHERE NOT EXISTS (
    SELECT 1 FROM {table} AS kept
    WHERE kept.voice_id = sent.voice_id AND kept.{asked} = sent.{asked}
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


class Kind(NamedTuple):
    """A kind of answer: the column that names what is asked, and what holds and opens it."""

    column: str
    holder: type[Round | QuestionSet]


STANCE = Kind("statement_id", Round)
NUMBER = Kind("question_id", QuestionSet)
"""What an answer can be given to. Which numbers it may be, the statement or question says."""


@dataclass(frozen=True, slots=True)
class SentVote:
    """An answer that is to be written; voice, device, what is asked and its holder by their keys.

    Statements are held by a round, questions by a question set. A limited device changes only what
    it answered itself.
    """

    voice: int
    asked: int
    holder: int
    stance: int
    seq: int
    key: str
    channel: Channel = Channel.PHONE
    device: int | None = None
    is_limited: bool = False
    kind: Kind = STANCE

    @property
    def name(self) -> tuple[int, str]:
        """What makes it one vote, however often it is sent."""
        return self.voice, self.key


@dataclass(frozen=True, slots=True)
class KeptVote:
    """What is kept under the key of a vote that was sent: its first writing, if it came twice."""

    stance: int
    seq: int


REQUIRE_OPEN: Callable[[Any], None] = methodcaller("require_open")
REQUIRE_PAPER: Callable[[Any], None] = methodcaller("require_paper")


def write_votes(
    sent: Sequence[SentVote], *, require: Callable[[Any], None] = REQUIRE_OPEN
) -> list[KeptVote | MajlisError]:
    """Append answers inside the caller's transaction, and answer each by itself.

    The event with the highest `seq` is the one that counts. A repeat under the same `key` gives
    what was kept first, also after the round has closed. The answer is `StaleVote`, with the event
    that counts, when another key already used this `seq` or a higher one, `NotThisDevices` when a
    limited device would change what was answered elsewhere, and what `require` raises when the
    round or question set takes none; what is recorded already stays and still counts. Both are
    held, so that none closes before this transaction ends.
    """
    answers: dict[int, KeptVote | MajlisError] = {}
    for kind in dict.fromkeys(vote.kind for vote in sent):
        answers |= _write_kind(kind, sent, require)
    return [answers[place] for place in range(len(sent))]


def _write_kind(
    kind: Kind, sent: Sequence[SentVote], require: Callable[[Any], None]
) -> dict[int, KeptVote | MajlisError]:
    """Write the answers of one kind, each answered by its place among all that were sent."""
    mine = [place for place, vote in enumerate(sent) if vote.kind is kind]
    holders = held_for_share(kind.holder, {sent[place].holder for place in mine})
    refusals = {pk: _refusal(require, holder) for pk, holder in holders.items()}
    answers: dict[int, KeptVote | MajlisError] = {}
    for places in _one_by_one(sent, mine):
        not_theirs = [place for place in places if _is_answered_elsewhere(sent[place])]
        answers |= {place: NotThisDevices() for place in not_theirs}
        places = [place for place in places if place not in not_theirs]
        wanted = [sent[place] for place in places if refusals[sent[place].holder] is None]
        written = _write(kind, wanted) if wanted else set()
        for place in places:
            vote = sent[place]
            if vote.name in written:
                answers[place] = KeptVote(vote.stance, vote.seq)
            else:
                answers[place] = _answer_again(vote, refusals[vote.holder])
    return answers


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
    return _written(vote)


def cast_number(
    *,
    question: Question,
    voice: Voice,
    number: int,
    seq: int,
    key: str,
    channel: Channel = Channel.PHONE,
    device: Device | None = None,
) -> VoteEvent:
    """Append a voice's answer to a question and return its event, or raise as `cast_vote` does."""
    if voice.edition_id != question.asked_in.edition_id:
        raise NotFound
    if not question.allows(number):
        raise ValueError(f"{number} is not from {question.low} to {question.high}")
    return _written(
        SentVote(
            voice.pk,
            question.pk,
            question.asked_in_id,
            number,
            seq,
            key,
            channel,
            device=device.pk if device is not None else None,
            is_limited=device is not None and device.is_limited,
            kind=NUMBER,
        )
    )


def _written(vote: SentVote) -> VoteEvent:
    with transaction.atomic():
        (answer,) = write_votes([vote])
    if isinstance(answer, MajlisError):
        raise answer
    return VoteEvent.objects.get(voice=vote.voice, key=vote.key)


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


def _one_by_one(sent: Sequence[SentVote], waiting: list[int]) -> Iterator[list[int]]:
    """Places of those waiting that can be written together: one of each voice on each thing."""
    while waiting:
        seen: set[tuple[int, object]] = set()
        now_: list[int] = []
        later: list[int] = []
        for place in waiting:
            vote = sent[place]
            same = {(vote.voice, vote.asked), vote.name}
            (later if same & seen else now_).append(place)
            seen |= same
        yield now_
        waiting = later


def _write(kind: Kind, votes: Sequence[SentVote]) -> set[tuple[int, str]]:
    """Append what can be appended, with one statement; return the names of what was."""
    at = connection.ops.adapt_datetimefield_value(now())
    row = f"({','.join(['%s'] * len(COLUMNS))})"
    values = [
        value
        for v in votes
        for value in (v.voice, v.asked, v.stance, v.seq, v.key, str(v.channel), at, v.device)
    ]
    columns = ",".join(COLUMNS).format(asked=kind.column)
    typed = columns.replace("device_id", "CAST(device_id AS bigint)")  # when all are null
    query = WRITE.format(
        columns=columns,
        typed=typed,
        rows=",".join([row] * len(votes)),
        table=_TABLE,
        asked=kind.column,
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
    events = _events_of(vote)
    return events.exclude(device=vote.device).exists()


def _events_of(vote: SentVote) -> QuerySet[VoteEvent]:
    """What the voice has answered to what this vote answers."""
    return VoteEvent.objects.filter(voice=vote.voice, **{vote.kind.column: vote.asked})


def _refusal(require: Callable[[Any], None], holder: Any) -> MajlisError | None:
    try:
        require(holder)
    except MajlisError as refused:
        return refused
    return None


def _answer_again(vote: SentVote, refusal: MajlisError | None) -> KeptVote | MajlisError:
    """What is kept under this key already, or why nothing is."""
    first = VoteEvent.objects.filter(voice=vote.voice, key=vote.key).first()
    if first is not None and getattr(first, vote.kind.column) != vote.asked:
        return RuleBroken("A key names one answer to one thing asked.")
    if first is not None:
        return KeptVote(first.stance, first.seq)
    if refusal is not None:
        return refusal
    standing = _events_of(vote).order_by("-seq").first()
    return StaleVote(standing) if standing is not None else NotFound()
