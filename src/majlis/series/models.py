"""Series, editions and what their public pages say. No people's data."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q

from majlis.kernel.clock import now
from majlis.kernel.constraints import one_of
from majlis.kernel.disclosure import AttributionRule, Audience, smallest_cell
from majlis.kernel.texts import TextField
from majlis.kernel.words import Language
from majlis.series.states import LinkDirection, Moment, PartnerRole, SessionType, TextKind


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
            "is_rehearsal", "is_demo", "is_sealed", "registration_open",
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
                name="edition_never_lowers_smallest_cell",
                condition=Q(smallest_cell_room__gte=5, smallest_cell_public__gte=10),
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

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


class Theme(models.Model):
    """What an edition is about."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="themes")
    code = models.CharField(max_length=12)
    title = TextField()
    about = TextField()
    position = models.PositiveSmallIntegerField(default=0)

    class Privacy:
        public: set[str] = {"edition", "code", "title", "about", "position"}
        personal: set[str] = set()
        internal: set[str] = set()

    class Meta:
        ordering = ["position", "code"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="theme_code_once_per_edition")
        ]

    def __str__(self) -> str:
        return str(self.title)


class Challenge(models.Model):
    """A problem the edition names."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="challenges")
    code = models.CharField(max_length=12)
    title = TextField()
    about = TextField()
    position = models.PositiveSmallIntegerField(default=0)

    class Privacy:
        public: set[str] = {"edition", "code", "title", "about", "position"}
        personal: set[str] = set()
        internal: set[str] = set()

    class Meta:
        ordering = ["position", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "code"], name="challenge_code_once_per_edition"
            )
        ]

    def __str__(self) -> str:
        return str(self.title)


class Session(models.Model):
    """A stretch of the programme. Its attribution rule holds for all that is said in it.

    It belongs to the day it begins on. One that ends before it begins ends in the night after.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="sessions")
    code = models.CharField(max_length=12)
    on_date = models.DateField()
    starts = models.TimeField()
    ends = models.TimeField()
    kind = models.CharField(max_length=24, choices=SessionType.pairs)
    theme = models.ForeignKey(
        Theme, models.RESTRICT, null=True, blank=True, related_name="sessions"
    )
    parallel_group = models.CharField(max_length=12, blank=True)
    title = TextField()
    method = TextField()
    roles = TextField()
    artefact_in = TextField()
    artefact_out = TextField()
    room = models.CharField(max_length=80, blank=True)
    attribution_rule = models.CharField(
        max_length=16, choices=AttributionRule.pairs, default=AttributionRule.CHATHAM_HOUSE
    )
    source_note = models.TextField(blank=True)
    source_url = models.URLField(max_length=400, blank=True)

    class Privacy:
        public: set[str] = {
            "edition", "code", "on_date", "starts", "ends", "kind", "theme", "parallel_group",
            "title", "method", "roles", "artefact_in", "artefact_out", "room", "attribution_rule",
            "source_note", "source_url",
        }  # fmt: skip
        personal: set[str] = set()
        internal: set[str] = set()

    class Meta:
        ordering = ["on_date", "starts", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "code"], name="session_code_once_per_edition"
            ),
            models.CheckConstraint(
                name="session_ends_after_start",
                condition=Q(ends__gt=F("starts")) | Q(ends__lt=F("starts"), ends__lte=NIGHT_ENDS),
            ),
            models.CheckConstraint(
                name="session_rule_known", condition=one_of("attribution_rule", AttributionRule)
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def starts_at(self) -> datetime:
        return datetime.combine(self.on_date, self.starts, tzinfo=self.edition.zone)

    @property
    def ends_at(self) -> datetime:
        night = timedelta(days=self.ends < self.starts)
        return datetime.combine(self.on_date + night, self.ends, tzinfo=self.edition.zone)


class ProgrammeVersion(models.Model):
    """The programme as it was published once: a frozen copy with its number."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="programme_versions")
    number = models.PositiveIntegerField()
    published_at = models.DateTimeField(default=now)
    note = models.TextField(blank=True)
    content = models.JSONField()

    class Privacy:
        public: set[str] = {"edition", "number", "published_at", "note", "content"}
        personal: set[str] = set()
        internal: set[str] = set()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "number"], name="programme_version_once_per_edition"
            )
        ]

    def __str__(self) -> str:
        return f"{self.edition.slug} programme {self.number}"


class PublicText(models.Model):
    """One public text of an edition; several of a kind stand in order of position."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="texts")
    kind = models.CharField(max_length=16, choices=TextKind.pairs)
    code = models.CharField(max_length=24)
    title = TextField()
    body = TextField()
    position = models.PositiveSmallIntegerField(default=0)
    is_confirmed = models.BooleanField(default=True)

    class Privacy:
        public: set[str] = {
            "edition", "kind", "code", "title", "body", "position", "is_confirmed",
        }  # fmt: skip
        personal: set[str] = set()
        internal: set[str] = set()

    class Meta:
        ordering = ["kind", "position", "code"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="text_code_once_per_edition")
        ]

    def __str__(self) -> str:
        return str(self.title)


class Partner(models.Model):
    """A body behind an edition. Its emblem is a slot: files are never shipped.

    Where `is_confirmed` is false the row itself is a slot: it says that there are such bodies and
    that they are not known yet.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="partners")
    code = models.CharField(max_length=24)
    name = TextField()
    about = TextField()
    role = models.CharField(max_length=12, choices=PartnerRole.pairs)
    website = models.URLField(max_length=400, blank=True)
    emblem = models.FileField(upload_to="emblems/", blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    is_confirmed = models.BooleanField(default=True)

    class Privacy:
        public: set[str] = {
            "edition", "code", "name", "about", "role", "website", "emblem", "position",
            "is_confirmed",
        }  # fmt: skip
        personal: set[str] = set()
        internal: set[str] = set()

    class Meta:
        ordering = ["position", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "code"], name="partner_code_once_per_edition"
            ),
            models.CheckConstraint(
                name="partner_role_known", condition=one_of("role", PartnerRole)
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def emblem_name(self) -> str:
        """What the emblem's file is called in a pack: the code and the ending.

        Nothing while the slot is empty, and when the file was lost.
        """
        if not self.emblem or not self.emblem.storage.exists(self.emblem.name):
            return ""
        return f"{self.code}{PurePosixPath(self.emblem.name).suffix}"

    @emblem_name.setter
    def emblem_name(self, name: str) -> None:
        """Empty the slot; to fill it is to save a file, which an action does."""
        if not name:
            self.emblem = ""


class EditionLink(models.Model):
    """What fed an edition, or what it feeds: a meeting elsewhere, a dialogue, another edition."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="links")
    code = models.CharField(max_length=24)
    direction = models.CharField(max_length=8, choices=LinkDirection.pairs)
    title = TextField()
    about = TextField()
    website = models.URLField(max_length=400, blank=True)
    other = models.ForeignKey(
        Edition, models.SET_NULL, null=True, blank=True, related_name="links_from_others"
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Privacy:
        public: set[str] = {
            "edition", "code", "direction", "title", "about", "website", "other", "position",
        }  # fmt: skip
        personal: set[str] = set()
        internal: set[str] = set()

    class Meta:
        ordering = ["direction", "position", "code"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="link_code_once_per_edition"),
            models.CheckConstraint(
                name="link_direction_known", condition=one_of("direction", LinkDirection)
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)


class GlossaryTerm(models.Model):
    """A term of the field in the languages of an edition, with where it was read and how sure."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="glossary")
    code = models.CharField(max_length=12)
    category = models.CharField(max_length=24)
    term = TextField()
    variants = models.TextField(blank=True)
    definition = models.TextField(blank=True)
    source = models.CharField(max_length=400, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Privacy:
        public: set[str] = {
            "edition", "code", "category", "term", "variants", "definition", "source", "position",
        }  # fmt: skip
        personal: set[str] = set()
        internal: set[str] = set()

    class Meta:
        ordering = ["position", "code"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="term_code_once_per_edition")
        ]

    def __str__(self) -> str:
        return str(self.term)
