"""What somebody typed for an address that is known already, until its owner confirms it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from majlis.kernel.clock import now
from majlis.kernel.codes import CodeField
from majlis.kernel.words import Language
from majlis.people.states import Constituency
from majlis.registration.answers import Answers
from majlis.registration.states import Capacity
from majlis.series.models import Edition


class PendingAnswers(models.Model):
    """The answers of one form, set aside: they touch no person, no place and no permission.

    Each letter confirms the answers it was sent for, so that nobody can slip others under it.
    """

    code = CodeField()
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="pending_answers")
    email = models.EmailField(_("email address"), db_index=True)
    name = models.CharField(_("name"), max_length=120)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    constituency = models.CharField(
        _("stakeholder group"), max_length=20, choices=Constituency.pairs
    )
    country = models.CharField(_("country"), max_length=2)
    capacity = models.CharField(_("capacity"), max_length=10, choices=Capacity.pairs)
    languages = models.JSONField(_("languages"), default=list)
    consents = models.JSONField(_("permissions"), default=list)
    language = models.CharField(_("language of emails"), max_length=2, choices=Language.pairs)
    more = models.JSONField(_("further answers"), null=True, blank=True)
    asked_at = models.DateTimeField(_("registered on"), default=now)

    class Privacy:
        public: set[str] = set()
        personal = {
            "email", "name", "organisation", "constituency", "country", "capacity", "languages",
            "consents", "language", "more", "asked_at",
        }  # fmt: skip
        internal = {"code", "edition"}

    def __str__(self) -> str:
        return f"pending answers {self.code}"

    @property
    def answers(self) -> Answers:
        return Answers(
            name=self.name,
            email=self.email,
            organisation=self.organisation,
            constituency=self.constituency,
            country=self.country,
            capacity=self.capacity,
            languages=tuple(self.languages),
            more=self.more,
        )
