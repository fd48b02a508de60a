"""A series, and one held seminar of it."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q

from majlis.kernel.clock import now
from majlis.kernel.constraints import one_of
from majlis.kernel.disclosure import Audience, smallest_cell
from majlis.kernel.texts import TextField
from majlis.kernel.words import Language
from majlis.series.states import Agreement, EditionState, Moment, PolicyMoment


def all_languages() -> list[str]:
    """Every language of the project: what an edition is published in unless it says otherwise."""
    return list(Language.values)


class Series(models.Model):
    """A flagship series of policy dialogues."""

    slug = models.SlugField(max_length=60, unique=True)
    title = TextField()
    about = TextField()

    class Privacy:
        public: set[str] = {"slug", "title", "about"}
        personal: set[str] = set()
        internal: set[str] = set()

    class Meta:
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return str(self.title)


NIGHT_ENDS = time(6)
"""Until then a session that began the evening before may go on."""


class Edition(models.Model):
    """One held seminar of a series."""

    series = models.ForeignKey(Series, models.PROTECT, related_name="editions")
    slug = models.SlugField(max_length=60, unique=True)
    title = TextField()
    place = TextField()
    country = models.CharField(max_length=2)
    starts_on = models.DateField()
    ends_on = models.DateField()
    time_zone = models.CharField(max_length=40, default="UTC")
    languages = models.JSONField(default=all_languages)
    authoritative_language = models.CharField(
        max_length=2, choices=Language.pairs, default=Language.EN
    )
    smallest_cell_room = models.PositiveSmallIntegerField(default=5)
    smallest_cell_public = models.PositiveSmallIntegerField(default=10)
    state = models.CharField(
        max_length=12, choices=EditionState.pairs, default=EditionState.ANNOUNCED
    )
    policy_moment = models.CharField(max_length=12, choices=PolicyMoment.pairs, blank=True)
    agreement = models.CharField(max_length=12, choices=Agreement.pairs, blank=True)
    feeds_decision = TextField()
    is_rehearsal = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False)
    is_sealed = models.BooleanField(default=False)
    registration_open = models.BooleanField(default=True)
    pack_digests = models.JSONField(default=dict, blank=True)
    rehearsal = models.JSONField(default=dict, blank=True)  # cells of the pack, by file
    made_at = models.DateTimeField(default=now)

    class Privacy:
        public: set[str] = {
            "series", "slug", "title", "place", "country", "starts_on", "ends_on", "time_zone",
            "languages", "authoritative_language", "smallest_cell_room", "smallest_cell_public",
            "state", "policy_moment", "agreement", "feeds_decision", "is_rehearsal", "is_demo",
            "is_sealed", "registration_open",
        }  # fmt: skip
        personal: set[str] = set()
        internal = {"pack_digests", "rehearsal", "made_at"}

    class Meta:
        ordering = ["-starts_on", "slug"]
        constraints = [
            models.CheckConstraint(
                name="edition_ends_after_start", condition=Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="edition_state_known", condition=one_of("state", EditionState)
            ),
            models.CheckConstraint(
                name="edition_never_lowers_smallest_cell",
                condition=Q(smallest_cell_room__gte=5, smallest_cell_public__gte=10),
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def is_public(self) -> bool:
        return self.state != EditionState.DRAFT

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def moment(self, at: datetime) -> Moment:
        """Before, during or after, by the calendar of the edition's own time zone.

        The last night belongs to it, since a session may end after midnight.
        """
        begins, is_over = self._turns()
        if at < begins:
            return Moment.BEFORE
        return Moment.DURING if at < is_over else Moment.AFTER

    def changes_at(self, at: datetime) -> datetime | None:
        """The next instant after `at` at which `moment` changes, or None."""
        return next((turn for turn in self._turns() if turn > at), None)

    def _turns(self) -> tuple[datetime, datetime]:
        """When it begins, and when it is over."""
        morning_after = self.ends_on + timedelta(days=1)
        return (
            datetime.combine(self.starts_on, time(), self.zone),
            datetime.combine(morning_after, NIGHT_ENDS, self.zone),
        )

    def smallest(self, audience: Audience) -> int:
        """The smallest cell this edition shows to an audience."""
        return smallest_cell(
            audience, participants=self.smallest_cell_room, public=self.smallest_cell_public
        )


class PackUpload(models.Model):
    """A pack that was handed in for an edition and is not loaded yet; the next one replaces it."""

    edition = models.OneToOneField(Edition, models.CASCADE, related_name="pack_upload")
    content = models.BinaryField()
    made_at = models.DateTimeField(default=now)

    class Privacy:
        public: set[str] = set()
        personal: set[str] = set()
        internal = {"edition", "content", "made_at"}

    def __str__(self) -> str:
        return f"pack for {self.edition.slug}"
