"""Casting votes."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from majlis.dialogue.models import Round, StaleVote, Statement, VoteEvent
from majlis.dialogue.queries.votes import standing_vote
from majlis.dialogue.states import Channel, Stance
from majlis.kernel.errors import NotFound, RuleBroken
from majlis.kernel.locks import held_for_share
from majlis.registration.models import Voice


@transaction.atomic
def cast_vote(
    *,
    statement: Statement,
    voice: Voice,
    stance: Stance | int,
    seq: int,
    key: str,
    channel: Channel = Channel.PHONE,
) -> VoteEvent:
    """Append a voice's stance; the event with the highest `seq` is the one that counts.

    A repeat under the same `key` returns the first event, also after the round has closed.
    Raises `StaleVote`, with the event that counts, when another key already used this `seq` or a
    higher one, and `RoundClosed` when the round takes no votes; events already recorded stay and
    still count.
    """
    if statement.round is None or voice.edition_id != statement.edition_id:
        raise NotFound
    first = _first_under(key, voice, statement)
    if first is not None:
        return first
    hold_open(statement.round)
    newest = standing_vote(voice, statement)
    if newest is not None and seq <= newest.seq:
        return _answer_again(key, voice, statement)
    try:
        with transaction.atomic():
            return VoteEvent.objects.create(
                voice=voice,
                statement=statement,
                stance=Stance(stance),
                seq=seq,
                key=key,
                channel=channel,
            )
    except IntegrityError:  # another request of the same voice was faster by a moment
        return _answer_again(key, voice, statement)


def hold_open(round: Round) -> Round:
    """Hold the round so that it cannot close before this transaction ends; it must be open."""
    held = held_for_share(round)
    held.require_open()
    return held


def _first_under(key: str, voice: Voice, statement: Statement) -> VoteEvent | None:
    first = VoteEvent.objects.filter(voice=voice, key=key).first()
    if first is not None and first.statement_id != statement.pk:
        raise RuleBroken("A key names one vote on one statement.")
    return first


def _answer_again(key: str, voice: Voice, statement: Statement) -> VoteEvent:
    """The event already kept under this key, or `StaleVote` with the one that counts."""
    first = _first_under(key, voice, statement)
    if first is not None:
        return first
    standing = standing_vote(voice, statement)
    if standing is None:  # a statement of this name cannot be: events are never removed
        raise NotFound
    raise StaleVote(standing)
