"""What an edition is about, and the order of its day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import models
from django.db.models import F, Q

from majlis.kernel.clock import now
from majlis.kernel.constraints import one_of
from majlis.kernel.disclosure import AttributionRule
from majlis.kernel.texts import TextField
from majlis.series.models.editions import NIGHT_ENDS, Edition
from majlis.series.models.speakers import Speaker
from majlis.series.states import FOR_EVERYBODY, WITHOUT_WORDS, PersonPart, SessionType


class Theme(models.Model):
    """What an edition is about."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="themes")
    code = models.CharField(max_length=12)
    title = TextField()
    about = TextField()
    position = models.PositiveSmallIntegerField(default=0)
    is_retired = models.BooleanField(default=False)

    class Privacy:
        public: set[str] = {"edition", "code", "title", "about", "position", "is_retired"}
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
    is_retired = models.BooleanField(default=False)

    class Privacy:
        public: set[str] = {"edition", "code", "title", "about", "position", "is_retired"}
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


RULE_ICONS: dict[str, str] = {AttributionRule.PUBLIC: "eye", AttributionRule.CLOSED: "lock"}


@dataclass(frozen=True, slots=True)
class InPart:
    """Somebody with their part in a session."""

    part: PersonPart
    speaker: Speaker

    @property
    def key(self) -> str:
        return f"{self.part}:{self.speaker.code}"


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
    people = models.JSONField(default=list, blank=True)  # [part, code of a speaker], in order
    spoken = models.JSONField(default=list, blank=True)
    interpreted = models.JSONField(default=list, blank=True)
    attribution_rule = models.CharField(
        max_length=16, choices=AttributionRule.pairs, default=AttributionRule.CHATHAM_HOUSE
    )
    source_note = models.TextField(blank=True)
    source_url = models.URLField(max_length=400, blank=True)

    cast: Sequence[InPart] = ()  # `programme.with_casts` fills it
    documents: Sequence[Any] = ()  # `queries.with_files` does
    clashes: Sequence[Any] = ()  # `clashes.mark_clashes` does

    class Privacy:
        public: set[str] = {
            "edition", "code", "on_date", "starts", "ends", "kind", "theme", "parallel_group",
            "title", "method", "roles", "artefact_in", "artefact_out", "room", "people", "spoken",
            "interpreted", "attribution_rule", "source_note", "source_url",
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
    def rule(self) -> str:
        """The rule of attribution in words; nothing where nobody speaks to the room."""
        is_told = self.kind not in WITHOUT_WORDS
        return str(AttributionRule(self.attribution_rule).label) if is_told else ""

    @property
    def kind_said(self) -> str:
        """The kind in words; for long lists, where `get_kind_display` takes too long."""
        return str(SessionType(self.kind).label)

    @property
    def rule_icon(self) -> str:
        """The sign beside the rule of attribution."""
        return RULE_ICONS.get(self.attribution_rule, "speech")

    @property
    def tiles(self) -> int:
        """Which of the three patterns stands for its theme."""
        return (self.theme.position - 1) % 3 + 1 if self.theme else 1

    @property
    def is_for_everybody(self) -> bool:
        """A meal, a prayer, a transfer: while it lasts, nobody is wanted elsewhere."""
        return self.kind in FOR_EVERYBODY

    @property
    def starts_at(self) -> datetime:
        return datetime.combine(self.on_date, self.starts, tzinfo=self.edition.zone)

    @property
    def ends_at(self) -> datetime:
        night = timedelta(days=self.ends < self.starts)
        return datetime.combine(self.on_date + night, self.ends, tzinfo=self.edition.zone)


@dataclass(frozen=True, slots=True)
class Placing:
    """Where and when a session is: what the time grid moves."""

    on_date: date
    starts: time
    ends: time
    room: str

    @classmethod
    def of(cls, session: Session) -> Placing:
        return cls(session.on_date, session.starts, session.ends, session.room)

    @property
    def mark(self) -> str:
        """The same in one line, for a form to carry; `read` is its inverse."""
        return f"{self.on_date} {self.starts:%H:%M} {self.ends:%H:%M} {self.room}".strip()

    @classmethod
    def read(cls, mark: str) -> Placing | None:
        """The placing of a mark, or None where it is none."""
        try:
            on, starts, ends, *room = mark.split(" ", 3)
            hours = time.fromisoformat(starts), time.fromisoformat(ends)
            return cls(date.fromisoformat(on), *hours, "".join(room))
        except ValueError:
            return None


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
