"""In which order a voice is asked the statements of a round."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping

from majlis.dialogue.models import Round, Routing, Statement
from majlis.registration.models import Voice

UNWEIGHED = 1.0
_BITS = 52  # half of one step less than 1 is still told from 1


def weights_for(round: Round, voice: Voice) -> Mapping[str, float]:
    """Weights of the round's statements for this voice, by code; none while none are kept."""
    kept = Routing.objects.filter(round=round).first()
    return kept.weights_for(voice) if kept else {}


def drawn(
    statements: Iterable[Statement], voice: Voice, weights: Mapping[str, float]
) -> list[Statement]:
    """The statements in the order in which they are drawn for this voice, one after the other.

    A draw without putting back, each time with probability proportional to the weights of what is
    left: ascending by -ln(u)/w, with a `u` of its own for each voice and statement. The `u` come
    from a hash, so a voice has one order as long as the weights stay; without weights it is as
    random as shuffling.
    """
    return sorted(
        statements, key=lambda s: draw_key(voice.code, s.code, weights.get(s.code, UNWEIGHED))
    )


def draw_key(voice: str, statement: str, weight: float) -> tuple[float, bytes]:
    """What the draw sorts by; the hash itself parts what is equal."""
    drawn = _draw(voice, statement)
    u = ((int.from_bytes(drawn[:8]) >> (64 - _BITS)) + 0.5) / 2**_BITS
    return -math.log(u) / weight, drawn


def _draw(voice: str, statement: str) -> bytes:
    return hashlib.sha256(f"{voice} {statement}".encode()).digest()
