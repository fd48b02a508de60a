"""The pseudonym a participant speaks and votes with."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from majlis.kernel.codes import CodeField, new_key
from majlis.kernel.constraints import one_of
from majlis.people.states import Constituency, Family, family_of
from majlis.registration.models.registrations import Registration
from majlis.registration.states import Capacity
from majlis.series.models import Edition


class Voice(models.Model):
    """The pseudonym a participant speaks and votes with.

    It keeps its own copy of constituency, country and capacity, taken at confirmation, so that
    *sealing* the edition can cut `registration` for good. `paper_code` names it on a paper ballot
    and opens nothing. `is_address_own` is lost when an organiser writes another address: from then
    on mail no longer shows who it is. Keys are random: numbers in the order of confirmation would
    lead from a voice back to its person after the cut.
    """

    id = models.BigIntegerField(primary_key=True, default=new_key, editable=False)
    code = CodeField()
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="voices")
    registration = models.OneToOneField(
        Registration, models.SET_NULL, null=True, blank=True, related_name="voice"
    )
    constituency = models.CharField(
        _("stakeholder group"), max_length=20, choices=Constituency.pairs, blank=True
    )
    country = models.CharField(_("country"), max_length=2, blank=True)
    capacity = models.CharField(_("capacity"), max_length=10, choices=Capacity.pairs, blank=True)
    language = models.CharField(_("language"), max_length=2, blank=True)
    paper_code = CodeField()
    is_address_own = models.BooleanField(default=True)
    is_imported = models.BooleanField(default=False)

    class Privacy:
        public: set[str] = set()
        personal = {"constituency", "country", "capacity", "language"}
        internal = {
            "code", "edition", "registration", "paper_code", "is_address_own", "is_imported",
        }  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="voice_constituency_known",
                condition=Q(constituency="")
                | one_of("constituency", Constituency)
                | one_of("constituency", Family),
            )
        ]

    def __str__(self) -> str:
        return f"voice {self.code}"

    @property
    def doer(self) -> str:
        return f"voice:{self.code}"

    @property
    def family(self) -> Family | None:
        return family_of(self.constituency)

    @property
    def opens_by_email(self) -> bool:
        """Whether who reads the mail of the registration's address is who spoke before."""
        registration = self.registration
        is_confirmed = registration is not None and registration.address_confirmed_at is not None
        return is_confirmed and self.is_address_own

    def take_snapshot(self, registration: Registration) -> None:
        """Keep a copy of what counts are broken down by."""
        self.constituency = registration.constituency
        self.country = registration.country
        self.capacity = registration.capacity
