"""The programme as everybody sees it: its newest version, by day, and what runs now."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from majlis.kernel.analysis import sort_key
from majlis.kernel.words import Language, Words
from majlis.series import pack
from majlis.series.models import Edition, ProgrammeVersion, Session, Speaker, Theme
from majlis.series.models.programme import InPart
from majlis.series.states import PersonPart
from majlis.ui import formats
from majlis.ui.languages import facts

VERSIONS_KEPT = 20
GLANCE = 24  # sessions


@dataclass(frozen=True, slots=True)
class Block:
    """Sessions that begin together: one, or several in parallel."""

    sessions: tuple[Session, ...]

    @property
    def first(self) -> Session:
        return self.sessions[0]

    @property
    def ends_at(self) -> datetime:
        return max(session.ends_at for session in self.sessions)

    @property
    def is_parallel(self) -> bool:
        return len(self.sessions) > 1


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a programme, its blocks in order of time."""

    on: date
    blocks: tuple[Block, ...]
    at: datetime | None = None

    @property
    def past(self) -> list[Block]:
        """What is over at `at`."""
        return [block for block in self.blocks if self.at and block.ends_at <= self.at]

    @property
    def ahead(self) -> list[Block]:
        """What runs then or is still to come."""
        return [block for block in self.blocks if not self.at or block.ends_at > self.at]


@dataclass(frozen=True, slots=True)
class NowNext:
    """What runs at an instant and what begins next, by the edition's own clock.

    until  the instant at which one of both becomes another
    """

    now: tuple[Session, ...]
    next: tuple[Session, ...]
    until: datetime


def sessions_of(edition: Edition) -> list[Session]:
    """Sessions as the programme was last published, in order of time, each knowing its edition.

    What is changed on the desk shows once it is published.
    """
    return published(edition)[1]


def published(edition: Edition) -> tuple[ProgrammeVersion | None, list[Session]]:
    """The programme as it was last published, or None, and its sessions."""
    version = edition.programme_versions.order_by("-number").first()
    return version, _as_published(version, edition, _rows(edition)) if version else []


Rows = tuple[dict[str, int], dict[str, Theme]]


def _rows(edition: Edition) -> Rows:
    """Keys of the sessions and themes of an edition, by their identifiers."""
    keys = dict(edition.sessions.values_list("code", "pk"))
    return keys, {theme.code: theme for theme in edition.themes.all()}


def of_cells(edition: Edition, content: list[dict[str, str]]) -> list[Session]:
    """Sessions of frozen cells, of whatever version."""
    return _made([pack.read_session(cells, edition) for cells in content], edition, _rows(edition))


def _as_published(version: ProgrammeVersion, edition: Edition, rows: Rows) -> list[Session]:
    """The sessions of a version, in order of time."""
    return _made(_frozen(version, edition), edition, rows)


def _made(content: list[dict[str, Any]], edition: Edition, rows: Rows) -> list[Session]:
    keys, themes = rows
    sessions = []
    for number, values in enumerate(content, start=1):
        code, theme = values["id"], themes.get(values["theme"])
        facts = {name: value for name, value in values.items() if name not in {"id", "theme"}}
        key = keys.get(code, -number)  # taken away on the desk, and public until that is published
        sessions.append(Session(pk=key, code=code, edition=edition, theme=theme, **facts))
    return sessions


_read: OrderedDict[object, list[dict[str, Any]]] = OrderedDict()


def _frozen(version: ProgrammeVersion, edition: Edition) -> list[dict[str, Any]]:
    """The values of the sessions of a version; the newest few are read once, as none changes."""
    name = (version.pk, version.published_at, tuple(edition.languages))
    if name not in _read:
        _read[name] = [pack.read_session(cells, edition) for cells in version.content]
        while len(_read) > VERSIONS_KEPT:
            _read.popitem(last=False)
    return _read[name]


def planned_sessions(edition: Edition) -> list[Session]:
    """Sessions as they stand on the desk, in order of time, each knowing its edition."""
    sessions = sorted(
        edition.sessions.select_related("theme"),
        key=lambda one: (one.on_date, one.starts, len(one.code), one.code),  # S9 before S10
    )
    for session in sessions:
        session.edition = edition
    return sessions


def with_casts(sessions: Iterable[Session], speakers: Iterable[Speaker]) -> list[Session]:
    """The sessions, each knowing who of these people has which part in it."""
    by_code = {speaker.code: speaker for speaker in speakers}
    found = list(sessions)
    for session in found:
        session.cast = tuple(
            InPart(PersonPart(part), by_code[code])
            for part, code in session.people
            if code in by_code
        )
    return found


def by_day(sessions: Iterable[Session], at: datetime | None = None) -> tuple[Day, ...]:
    """Sessions by day; those of one parallel group stand side by side."""
    days: dict[date, list[list[Session]]] = {}
    for session in sessions:
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
    return tuple(Day(on, tuple(Block(tuple(b)) for b in blocks), at) for on, blocks in days.items())


def at_a_glance(sessions: Iterable[Session]) -> tuple[Day, ...]:
    """What a page shows in passing: no breaks, and nothing of a programme too long for that."""
    shown = [session for session in sessions if not session.is_for_everybody]
    return by_day(shown) if 2 < len(shown) <= GLANCE else ()


@dataclass(frozen=True, slots=True)
class Filter:
    """One narrowing of the programme as a link."""

    label: str
    address: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """Of which theme and in which language sessions are asked for; empty asks for all."""

    theme: str = ""
    spoken: str = ""

    def of(self, sessions: Iterable[Session]) -> list[Session]:
        """Those that fit; what is for everybody always does."""
        return [session for session in sessions if session.is_for_everybody or self._fits(session)]

    def _fits(self, session: Session) -> bool:
        heard = {*session.spoken, *session.interpreted}
        theme = session.theme.code if session.theme else ""
        return self.theme in {"", theme} and (not self.spoken or self.spoken in heard)

    def filters(self, sessions: Iterable[Session]) -> list[Filter]:
        """Links for each theme and language of the sessions; the one that is on leads back."""
        sessions = list(sessions)
        themes = {s.theme.code: s.theme for s in sessions if s.theme}
        heard = {lang for s in sessions for lang in (*s.spoken, *s.interpreted)}
        wanted = [("theme", code, str(themes[code].title)) for code in sorted(themes)]
        wanted += [
            ("spoken", lang, str(facts(lang).name)) for lang in Language.values if lang in heard
        ]
        return [self._link(name, value, label) for name, value, label in wanted]

    def _link(self, name: str, value: str, label: str) -> Filter:
        is_on = getattr(self, name) == value
        query = {"theme": self.theme, "spoken": self.spoken} | {name: "" if is_on else value}
        return Filter(label, "?" + urlencode({k: v for k, v in query.items() if v}), is_on)


def now_and_next(edition: Edition, *, at: datetime) -> NowNext:
    """Sessions running at `at`, and those that begin next on the same day."""
    return now_in(sessions_of(edition), edition, at=at)


def now_in(sessions: list[Session], edition: Edition, *, at: datetime) -> NowNext:
    """The same of sessions that were read already."""
    running = tuple(s for s in sessions if s.starts_at <= at < s.ends_at)
    today = at.astimezone(edition.zone).date()
    ahead = [s for s in sessions if s.starts_at > at and s.on_date == today]
    soonest = min((s.starts_at for s in ahead), default=None)
    midnight = datetime.combine(today + timedelta(days=1), time(), edition.zone)
    ends = (instant for s in sessions for instant in (s.starts_at, s.ends_at) if instant > at)
    return NowNext(
        running, tuple(s for s in ahead if s.starts_at == soonest), min([midnight, *ends])
    )


def hours_of(sessions: list[Session]) -> tuple[datetime, datetime] | None:
    """When the first day begins and ends."""
    first = [session for session in sessions if session.on_date == sessions[0].on_date]
    if not first:
        return None
    return min(s.starts_at for s in first), max(s.ends_at for s in first)


def rooms_of(edition: Edition) -> list[str]:
    """Names of rooms in use, as the reader's language sorts."""
    rooms = edition.sessions.exclude(room="").values_list("room", flat=True).distinct()
    return sorted(rooms.order_by(), key=sort_key)


class Change(Words):
    """What became of a session from one version of the programme to the next."""

    ADDED = "added", _("new")
    REMOVED = "removed", _("cancelled")
    MOVED = "moved", _("moved to %(day)s, %(time)s")
    ROOM = "room", _("now in %(room)s")
    NO_ROOM = "no_room", _("room to be announced")
    PEOPLE = "people", _("other speakers")
    LANGUAGES = "languages", _("other languages")
    OTHER = "other", _("description changed")


@dataclass(frozen=True, slots=True)
class SessionChange:
    """A session and what became of it: `kinds` say it, the session is as it is now."""

    session: Session
    kinds: tuple[Change, ...]

    @property
    def said(self) -> list[str]:
        """In the words of the reader's language."""
        facts = {
            "day": formats.day(self.session.on_date, weekday=True),
            "time": formats.clock_range(self.session.starts_at, self.session.ends_at),
            "room": self.session.room,
        }
        return [str(kind.label) % facts for kind in self.kinds]


def changes(before: Iterable[Session], after: Iterable[Session]) -> list[SessionChange]:
    """What became of each session that is not as it was, in order of time."""
    was = {session.code: session for session in before}
    found = []
    for session in after:
        former = was.pop(session.code, None)
        kinds = _changed(former, session) if former else (Change.ADDED,)
        if kinds:
            found.append(SessionChange(session, kinds))
    gone = [SessionChange(session, (Change.REMOVED,)) for session in was.values()]
    return sorted([*found, *gone], key=lambda one: (one.session.starts_at, one.session.code))


_TIME = ("on_date", "starts", "ends")
_LANGUAGES = ("spoken", "interpreted")
_WORDS = ("title", "method", "roles", "artefact_in", "artefact_out", "kind", "attribution_rule")


def _changed(former: Session, session: Session) -> tuple[Change, ...]:
    kinds = []
    if any(getattr(former, name) != getattr(session, name) for name in _TIME):
        kinds.append(Change.MOVED)
    if former.room != session.room:
        kinds.append(Change.ROOM if session.room else Change.NO_ROOM)
    if former.people != session.people:
        kinds.append(Change.PEOPLE)
    if any(list(getattr(former, n)) != list(getattr(session, n)) for n in _LANGUAGES):
        kinds.append(Change.LANGUAGES)
    themes = [one.theme.code if one.theme else "" for one in (former, session)]
    if themes[0] != themes[1] or any(getattr(former, n) != getattr(session, n) for n in _WORDS):
        kinds.append(Change.OTHER)
    return tuple(kinds)


def newest(
    edition: Edition,
) -> tuple[ProgrammeVersion | None, list[Session], list[SessionChange]]:
    """The newest version, its sessions, and what it changed of the one before."""
    versions = list(edition.programme_versions.order_by("-number")[:2])
    if not versions:
        return None, [], []
    rows = _rows(edition)
    sessions = _as_published(versions[0], edition, rows)
    former = [_as_published(version, edition, rows) for version in versions[1:]]
    return versions[0], sessions, changes(former[0], sessions) if former else []


def changes_of(version: ProgrammeVersion) -> list[SessionChange]:
    """What a version changed of the one before it; nothing where it is the first."""
    before = version.edition.programme_versions.filter(number__lt=version.number)
    former = before.order_by("-number").first()
    return _between(former, version) if former else []


def changes_since(edition: Edition, number: int) -> list[SessionChange]:
    """What became of the programme since its version `number`; nothing where there is none."""
    newest = edition.programme_versions.order_by("-number").first()
    if newest is None or number in {0, newest.number}:
        return []
    former = edition.programme_versions.filter(number=number).first()
    return _between(former, newest) if former else []


def _between(former: ProgrammeVersion, version: ProgrammeVersion) -> list[SessionChange]:
    edition = version.edition
    rows = _rows(edition)
    return changes(_as_published(former, edition, rows), _as_published(version, edition, rows))
