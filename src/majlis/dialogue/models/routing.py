"""What is worth asking next in a round, as the analysis handed it down."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models

from majlis.dialogue.models.rounds import Round
from majlis.dialogue.states import RoutingMethod
from majlis.kernel.clock import now
from majlis.kernel.constraints import one_of
from majlis.registration.models import Voice

EVERYBODY = ""  # the cell of voices without a family, or without one that is told apart


class Routing(models.Model):
    """Weights with which the statements of a round are drawn for a voice; one row per round.

    `weights` go from a family, or `EVERYBODY`, to statement codes to positive numbers: twice the
    weight is drawn before the other two times out of three. `revision` is how many votes of the
    round they were made of. Made by the clock and made again, so it is never part of a result.
    """

    round = models.OneToOneField(Round, models.CASCADE, related_name="routing")
    method = models.CharField(max_length=8, choices=RoutingMethod.pairs)
    weights = models.JSONField()
    revision = models.PositiveBigIntegerField()
    made_at = models.DateTimeField(default=now)

    class Privacy:
        public: set[str] = set()
        personal: set[str] = set()
        internal = {"round", "method", "weights", "revision", "made_at"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="routing_method_known", condition=one_of("method", RoutingMethod)
            ),
        ]

    def __str__(self) -> str:
        return f"routing of {self.round_id}"

    def weights_for(self, voice: Voice) -> Mapping[str, float]:
        """Weights by statement code, for the voice's own family where it is told apart."""
        cells: Mapping[str, Mapping[str, float]] = self.weights
        return cells.get(voice.family or EVERYBODY, cells.get(EVERYBODY, {}))
