"""What lets a device in to a voice, and the devices that were let in."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from majlis.kernel.clock import now
from majlis.kernel.codes import CodeField
from majlis.kernel.constraints import one_of
from majlis.kernel.errors import RuleBroken
from majlis.registration.models.voices import Voice
from majlis.registration.states import AdmissionKind

CODE_SHOWN = timedelta(minutes=2)  # on one device, for another


class AdmissionSpent(RuleBroken):
    """The letter, card or code connects no further device."""


class Admission(models.Model):
    """A letter, card or code that connects so many devices to a voice, and then no more.

    Its secret is a seal over its code, so nothing secret is stored and an unused card prints
    again as it was. `opens_earlier` tells that whoever holds it may see what the voice said
    before: it went to the confirmed address, or came from a device that may.
    """

    code = CodeField()
    voice = models.ForeignKey(Voice, models.CASCADE, related_name="admissions")
    kind = models.CharField(max_length=8, choices=AdmissionKind.pairs)
    left = models.PositiveSmallIntegerField(default=1)
    opens_earlier = models.BooleanField(default=False)
    is_again = models.BooleanField(default=False)
    given_by = models.CharField(max_length=40)
    given_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Privacy:
        public: set[str] = set()
        personal: set[str] = set()
        internal = {
            "code", "voice", "kind", "left", "opens_earlier", "is_again", "given_by", "given_at",
            "expires_at", "ended_at",
        }  # fmt: skip

    class Meta:
        ordering = ["given_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="admission_kind_known", condition=one_of("kind", AdmissionKind)
            )
        ]

    def __str__(self) -> str:
        return f"admission {self.code}"

    def is_over(self, *, at: datetime) -> bool:
        """Whether it was ended or its time has passed."""
        return self.ended_at is not None or (self.expires_at is not None and at >= self.expires_at)

    def admits(self, *, at: datetime) -> bool:
        return self.left > 0 and not self.is_over(at=at)

    def spend(self, *, at: datetime) -> None:
        """Count one device."""
        if not self.admits(at=at):
            raise AdmissionSpent(
                _("This link or code has been used or has expired. No device was connected.")
            )
        self.left -= 1

    def open_again(self, *, by: str, at: datetime) -> None:
        """Once more, for one device that sees nothing earlier."""
        self.left, self.opens_earlier, self.is_again = 1, False, True
        self.given_by, self.given_at = by, at


class Device(models.Model):
    """A browser that speaks and votes with a voice. Only the digest of its secret is kept.

    A limited device sees and changes only what it did itself: nobody has shown that its holder
    is who spoke before. `known_at` notes that an earlier device said “that was me”,
    `disowned_at` that one said “that was not me”, and `seen_at` that an organiser has read so.
    """

    code = CodeField()
    voice = models.ForeignKey(Voice, models.CASCADE, related_name="devices")
    admission = models.ForeignKey(Admission, models.CASCADE, related_name="devices")
    secret_digest = models.CharField(max_length=64, unique=True)
    press_digest = models.CharField(max_length=64)
    is_limited = models.BooleanField(default=False)
    label = models.CharField(_("device"), max_length=60, blank=True)
    admitted_at = models.DateTimeField(_("connected on"), default=now)
    known_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(_("disconnected on"), null=True, blank=True)
    disowned_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Privacy:
        public: set[str] = set()
        personal = {"label", "admitted_at", "ended_at"}
        internal = {
            "code", "voice", "admission", "secret_digest", "press_digest", "is_limited",
            "known_at", "disowned_at", "seen_at",
        }  # fmt: skip

    class Meta:
        ordering = ["admitted_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["admission", "press_digest"], name="device_once_per_press"
            )
        ]

    def __str__(self) -> str:
        return f"device {self.code}"

    def end(self, *, at: datetime) -> None:
        """Disconnect it; what sort of device it was is forgotten."""
        self.ended_at, self.label = at, ""
