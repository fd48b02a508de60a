"""Questions about series and editions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Model, Q, QuerySet

from majlis.series.models import (
    Challenge,
    Edition,
    ProgrammeVersion,
    PublicText,
    Series,
    Session,
    Theme,
)
from majlis.series.states import EditionState, TextKind


@dataclass(frozen=True, slots=True)
class Block:
    """Sessions that begin together: one, or several in parallel."""

    sessions: tuple[Session, ...]

    @property
    def first(self) -> Session:
        return self.sessions[0]

    @property
    def is_parallel(self) -> bool:
        return len(self.sessions) > 1


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a programme, its blocks in order of time."""

    on: date
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class NowNext:
    """What runs at an instant and what begins next, by the edition's own clock.

    until  the instant at which one of both becomes another
    """

    now: tuple[Session, ...]
    next: tuple[Session, ...]
    until: datetime


def series_list() -> Sequence[Series]:
    """Every series, by title."""
    return list(Series.objects.order_by("slug"))


def editions_of(series: Series) -> Sequence[Edition]:
    """Editions of a series that everybody sees, newest first; rehearsals are not among them."""
    shown = series.editions.filter(is_rehearsal=False).exclude(state=EditionState.DRAFT)
    return list(shown.select_related("series"))


def sessions_of(edition: Edition) -> list[Session]:
    """Sessions in order of time, each knowing its edition."""
    sessions = list(edition.sessions.select_related("theme"))
    for session in sessions:
        session.edition = edition
    return sessions


def programme(edition: Edition) -> tuple[Day, ...]:
    """The programme by day; sessions of one parallel group stand side by side."""
    days: dict[date, list[list[Session]]] = {}
    for session in sessions_of(edition):
        blocks = days.setdefault(session.on_date, [])
        last = blocks[-1][-1] if blocks else None
        together = (
            last is not None
            and session.parallel_group != ""
            and session.parallel_group == last.parallel_group
        )
        if together:
            blocks[-1].append(session)
        else:
            blocks.append([session])
    return tuple(Day(on, tuple(Block(tuple(b)) for b in blocks)) for on, blocks in days.items())


def newest_programme(edition: Edition) -> ProgrammeVersion | None:
    """The programme as it was last published, or None."""
    return edition.programme_versions.order_by("-number").first()


def now_and_next(edition: Edition, *, at: datetime) -> NowNext:
    """Sessions running at `at`, and those that begin next on the same day."""
    sessions = sessions_of(edition)
    running = tuple(s for s in sessions if s.starts_at <= at < s.ends_at)
    today = at.astimezone(edition.zone).date()
    ahead = [s for s in sessions if s.starts_at > at and s.on_date == today]
    soonest = min((s.starts_at for s in ahead), default=None)
    midnight = datetime.combine(today + timedelta(days=1), time(), edition.zone)
    ends = (instant for s in sessions for instant in (s.starts_at, s.ends_at) if instant > at)
    return NowNext(
        running, tuple(s for s in ahead if s.starts_at == soonest), min([midnight, *ends])
    )


def texts_by_kind(edition: Edition, *kinds: TextKind) -> dict[str, list[PublicText]]:
    """Public texts of these kinds, or of all, in order; a kind without texts has an empty list."""
    found: dict[str, list[PublicText]] = {kind: [] for kind in kinds or TextKind.values}
    for text in edition.texts.filter(kind__in=found).order_by("position", "code"):
        found[text.kind].append(text)
    return found


def texts_of(edition: Edition, kind: TextKind) -> list[PublicText]:
    """Public texts of one kind, in order."""
    return list(edition.texts.filter(kind=kind).order_by("position", "code"))


def text_of(edition: Edition, kind: TextKind) -> PublicText | None:
    """The first public text of a kind, or None."""
    return edition.texts.filter(kind=kind).order_by("position", "code").first()


def offered_themes(edition: Edition, *named: Theme | None) -> QuerySet[Theme]:
    """Themes that can be chosen: a retired one only where it is `named` already."""
    return edition.themes.filter(_is_offered(named))


def offered_challenges(edition: Edition, *named: Challenge | None) -> QuerySet[Challenge]:
    """Challenges that can be chosen: a retired one only where it is `named` already."""
    return edition.challenges.filter(_is_offered(named))


def _is_offered(named: Iterable[Model | None]) -> Q:
    return Q(is_retired=False) | Q(pk__in=[one.pk for one in named if one])
