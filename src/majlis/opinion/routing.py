"""What is worth asking next in open rounds: weights made of the votes, handed to the dialogue.

In room mode the weights follow from how many of each family have answered, never from what they
answered, so the order of a ballot tells nothing of anybody's stance while the round is open.
Rounds too large for room mode follow the recipe of Polis on the votes as they stand.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from majlis.dialogue import actions as dialogue
from majlis.dialogue.models import Round, Statement
from majlis.dialogue.models.routing import EVERYBODY
from majlis.dialogue.states import RoundState, RoutingMethod
from majlis.kernel.lazily import lazily
from majlis.opinion.eventlog import EventLog
from majlis.people.states import Family
from majlis.registration.models import Voice

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    import opinionspace
    from opinionspace import Votes, polis, room
else:
    np = lazily("numpy")
    opinionspace = lazily("opinionspace")
    polis = lazily("opinionspace.polis")
    room = lazily("opinionspace.room")

LEAVES = 3.0  # times as long as a refreshing took is left to votes before the next one

Weights = dict[str, dict[str, float]]


@dataclass(slots=True)
class Followed:
    """One open round: its log, what was last kept of it, and when it may be looked at again."""

    log: EventLog
    families: dict[int, str] = field(default_factory=dict)
    kept: int = 0
    next_at: float = 0.0


_followed: dict[str, Followed] = {}  # by code: a number is given again to another round


def refresh_routing() -> int:
    """Bring the routing of open rounds up to their newest votes; how many were kept.

    Reads what is new, holds no round, and waits between two refreshings of a round for as long
    as they take, so that votes come first. Rounds that have closed are forgotten.

    Libraries are read when a round has opened, not when its first vote is here: they take half a
    second of the interpreter, which votes would wait for.
    """
    kept = 0
    open_now = {round.code: round for round in Round.objects.filter(state=RoundState.OPEN)}
    for code in _followed.keys() - open_now.keys():
        del _followed[code]
    if open_now:
        read_libraries()
    for code, round in open_now.items():
        followed = _followed.setdefault(code, Followed(EventLog(round)))
        if time.monotonic() < followed.next_at:
            continue
        followed.log.read_on()
        if followed.log.revision != followed.kept:
            begin = time.monotonic()
            kept += _keep(round, followed)
            end = time.monotonic()
            followed.next_at = end + LEAVES * (end - begin)
    return kept


@cache
def read_libraries() -> None:
    """Read what calculates, by following the votes of three voices on two statements."""
    voices, statements = np.divmod(np.arange(6), 2)
    votes = opinionspace.Votes.from_events(voices, statements, np.array([1, -1, -1, 1, 1, 1]))
    polis.current_priorities(votes)
    room.expected_variance(votes.counts_by(np.zeros(3, np.int64), 1).seen)
    gc.freeze()  # they stay


def forget_all() -> None:
    """Forget every round that is followed; the next refreshing reads from the start."""
    _followed.clear()


def _keep(round: Round, followed: Followed) -> bool:
    log = followed.log
    method, weights = routing_of(round, log, followed.families)
    told = dialogue.set_routing(round, weights=weights, method=method, revision=log.revision)
    followed.kept = log.revision
    return told


def routing_of(
    round: Round, log: EventLog, families: dict[int, str]
) -> tuple[RoutingMethod, Weights]:
    """The method for so many voices, and its weights by family and statement code.

    `families` are those of voices known already; those of others are added.
    """
    statements = list(
        Statement.objects.filter(round=round)
        .order_by("number")
        .values_list("pk", "code", "is_moderated_out")
    )
    codes = {pk: code for pk, code, _is_out in statements}
    voted = [codes[pk] for pk in log.statement_ids]
    votes = log.votes(moderated_out=[pk for pk, _code, is_out in statements if is_out])
    if votes.n_voices > room.MOST_PLACED:
        try:
            weights = polis.current_priorities(votes)
        except opinionspace.TooLittle:  # nobody differs from anybody
            pass
        else:
            unvoted = dict.fromkeys(codes.values(), polis.UNSEEN_PRIORITY)
            return RoutingMethod.POLIS, {EVERYBODY: unvoted | _named(voted, weights)}
    families |= _families([pk for pk in log.voice_ids if pk not in families])
    cells = [*Family.values, EVERYBODY]
    answers = answers_by_cell(votes, [families[pk] for pk in log.voice_ids], cells)
    unvoted = dict.fromkeys(codes.values(), float(room.expected_variance(0)))
    return RoutingMethod.ROOM, {
        cell: unvoted | _named(voted, room.expected_variance(of_cell))
        for cell, of_cell in zip(cells, answers, strict=True)
    }


def answers_by_cell(
    votes: Votes, families: Sequence[str], cells: Sequence[str]
) -> npt.NDArray[np.int64]:
    """How many voices of each cell have answered each statement; of everybody, all voices.

    Stances are not looked at. Shape: (cells, statements).
    """
    place = {cell: n for n, cell in enumerate(cells)}
    of_voice = np.array([place[family] for family in families], dtype=np.int64)
    answers = votes.counts_by(of_voice, len(cells)).seen[:-1]
    answers[place[EVERYBODY]] = answers.sum(axis=0)
    return answers


def _families(voices: Sequence[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for start in range(0, len(voices), 500):
        some = Voice.objects.filter(pk__in=voices[start : start + 500])
        found |= {voice.pk: str(voice.family or "") for voice in some.only("pk", "constituency")}
    return found


def _named(codes: Sequence[str], weights: npt.NDArray[np.float64]) -> dict[str, float]:
    return {
        code: float(f"{weight:.9g}") for code, weight in zip(codes, weights.tolist(), strict=True)
    }
