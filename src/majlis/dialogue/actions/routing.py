"""Taking what the analysis says is worth asking next."""

from __future__ import annotations

import math
from collections.abc import Mapping

from django.db import IntegrityError, transaction

from majlis.dialogue.models import Round, Routing
from majlis.dialogue.states import RoundState, RoutingMethod
from majlis.kernel.clock import now


def set_routing(
    round: Round,
    *,
    weights: Mapping[str, Mapping[str, float]],
    method: RoutingMethod,
    revision: int,
) -> bool:
    """Keep the weights of an open round's statements; whether they were kept.

    Weights older than those kept, and weights of a round that is not open, are left aside. What
    is kept follows from the votes and nobody does it, so no audit log tells of it. The round is
    not held: votes go on, and a round that closes meanwhile keeps weights that nobody asks for.

    Raises `ValueError` for a weight that is not positive and finite.
    """
    if not all(0 < w < math.inf for cell in weights.values() for w in cell.values()):
        raise ValueError("a weight is a positive, finite number")
    made = {"weights": weights, "method": str(method), "revision": revision, "made_at": now()}
    newer = Routing.objects.filter(
        round=round.pk, round__state=RoundState.OPEN, revision__lte=revision
    )
    if newer.update(**made):
        return True
    if not Round.objects.filter(pk=round.pk, state=RoundState.OPEN, routing=None).exists():
        return False
    try:
        with transaction.atomic():
            Routing.objects.create(round_id=round.pk, **made)
    except IntegrityError:  # somebody else was faster by a moment; the next one is newer
        return False
    return True
