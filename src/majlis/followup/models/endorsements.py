"""Organisations that were asked to endorse a recommendation, and what they confirmed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from majlis.followup.states import Support
from majlis.kernel.clock import now
from majlis.kernel.codes import CodeField
from majlis.kernel.constraints import one_of
from majlis.kernel.errors import RuleBroken
from majlis.kernel.words import Language
from majlis.recommendations.models import Recommendation


class Endorsement(models.Model):
    """An organisation asked by a personal link; `support` is what a person of theirs confirmed.

    The name and function of that person are published with it: a signature without one is none.
    """

    code = CodeField()
    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="endorsements")
    organisation = models.CharField(_("organisation"), max_length=200)
    email = models.EmailField(_("email address"))
    secret_digest = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField(default=now)
    support = models.CharField(max_length=11, choices=Support.pairs, blank=True)
    reservation = models.TextField(blank=True)
    language = models.CharField(max_length=2, choices=Language.pairs, blank=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    function = models.CharField(_("function"), max_length=200, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Privacy:
        public: set[str] = {
            "code", "recommendation", "organisation", "support", "reservation", "language",
            "confirmed_on",
        }  # fmt: skip
        personal = {"name", "function", "email"}
        internal = {"secret_digest", "asked_at", "ended_at"}

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="endorsement_support_known",
                condition=Q(support="") | one_of("support", Support),
            ),
            models.CheckConstraint(
                name="endorsement_confirmed_by_somebody",
                condition=Q(support="", confirmed_on__isnull=True)
                | (~Q(support="") & Q(confirmed_on__isnull=False) & ~Q(name="")),
            ),
        ]

    def __str__(self) -> str:
        return f"endorsement {self.code}"

    @property
    def doer(self) -> str:
        """How the audit log names whoever holds its link."""
        return f"link:{self.code}"

    def require_open(self) -> None:
        if self.ended_at is not None or self.support:
            raise RuleBroken(_("This request was answered or ended before. Nothing was saved."))
