"""Stored results of the opinion maths, each with what is needed to make it again."""

from django.db import models

from majlis.dialogue.models import Round
from majlis.kernel.clock import now
from majlis.kernel.codes import CodeField
from majlis.kernel.constraints import one_of
from majlis.opinion.states import Mode


class Result(models.Model):
    """What the maths made of one revision of a round. Kept once, never changed.

    `revision` is that which the round has shown: with the seed and the version that is all it
    takes to make the same `content` again, and `digest` is taken over it. `places` say where each
    voice lies, for its own eyes; a sealed edition has none.
    """

    code = CodeField()
    round = models.ForeignKey(Round, models.CASCADE, related_name="results")
    mode = models.CharField(max_length=8, choices=Mode.pairs)
    revision = models.PositiveBigIntegerField()
    package_version = models.CharField(max_length=20)
    seed = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64)
    content = models.JSONField()
    places = models.JSONField(default=list)
    made_at = models.DateTimeField(default=now)

    class Privacy:
        public: set[str] = set()
        personal: set[str] = set()
        internal = {
            "code", "round", "mode", "revision", "package_version", "seed", "digest",
            "content", "places", "made_at",
        }  # fmt: skip

    class Meta:
        ordering = ["-revision"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "mode", "revision", "package_version", "seed"],
                name="result_once_per_revision",
            ),
            models.CheckConstraint(name="result_mode_known", condition=one_of("mode", Mode)),
        ]

    def __str__(self) -> str:
        return f"{self.mode} result {self.code}"
