"""Stored results of the opinion maths, each with what is needed to make it again."""

from django.db import models

from majlis.dialogue.models import Round
from majlis.kernel.clock import now
from majlis.kernel.codes import CodeField


class Result(models.Model):
    """What the maths made of one revision of a round. Immutable."""

    code = CodeField()
    round = models.ForeignKey(Round, models.CASCADE, related_name="results")
    mode = models.CharField(max_length=8)
    revision = models.PositiveBigIntegerField()
    package_version = models.CharField(max_length=20)
    seed = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64)
    content = models.JSONField()
    made_at = models.DateTimeField(default=now)

    class Privacy:
        public: set[str] = set()
        personal: set[str] = set()
        internal = {
            "code", "round", "mode", "revision", "package_version", "seed", "digest", "content",
            "made_at",
        }  # fmt: skip

    class Meta:
        ordering = ["-revision"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "mode", "revision", "package_version", "seed"],
                name="result_once_per_revision",
            )
        ]

    def __str__(self) -> str:
        return f"{self.mode} result {self.code}"
