"""How many places an edition has: in all, for a stakeholder group, for a country."""

from __future__ import annotations

from django.db import models

from majlis.kernel.constraints import one_of
from majlis.registration.states import QuotaKind
from majlis.series.models import Edition


class Quota(models.Model):
    """At most so many confirmed places; `key` is the group or the country that they are for."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="quotas")
    kind = models.CharField(max_length=12, choices=QuotaKind.pairs)
    key = models.CharField(max_length=20, blank=True)
    most = models.PositiveIntegerField()

    class Privacy:
        public: set[str] = set()
        personal: set[str] = set()
        internal = {"edition", "kind", "key", "most"}

    class Meta:
        ordering = ["kind", "key"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "kind", "key"], name="quota_once_per_key"),
            models.CheckConstraint(name="quota_kind_known", condition=one_of("kind", QuotaKind)),
        ]

    def __str__(self) -> str:
        return f"{self.most} {self.kind} {self.key}"
