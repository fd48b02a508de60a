"""Where the programme wants a room or a person twice at one time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from majlis.kernel.analysis import fold
from majlis.kernel.words import Words
from majlis.series.models import Session
from majlis.series.states import PersonPart
from majlis.ui import formats


class ClashKind(Words):
    """What two sessions need at one time."""

    ROOM = "room", _("%(what)s is taken by “%(other)s”, %(time)s")
    PERSON = "person", _("%(what)s is also in “%(other)s”, %(time)s")
    INTERPRETER = "interpreter", _("%(what)s also interprets in “%(other)s”, %(time)s")
    BLOCK = "block", _("“%(other)s”, %(time)s, is for everybody")


@dataclass(frozen=True, slots=True)
class Clash:
    """A session, and what another one at the same time takes from it."""

    kind: ClashKind
    session: Session
    other: Session
    what: Any = ""

    @property
    def said(self) -> str:
        """In the words of the reader's language."""
        return str(self.kind.label) % {
            "what": self.what,
            "other": self.other.title,
            "time": formats.clock_range(self.other.starts_at, self.other.ends_at),
        }


def clashes(sessions: Iterable[Session]) -> list[Clash]:
    """Every clash, once from the side of each session; of people where the casts are known."""
    timed = sorted(
        ((s.starts_at, s.ends_at, s) for s in sessions), key=lambda one: (one[0], one[2].code)
    )
    found = []
    running: list[Any] = []
    for begins, ends, session in timed:
        running = [one for one in running if one[0] > begins]
        for _until, other in running:
            found += [*_between(session, other), *_between(other, session)]
        running.append((ends, session))
    return sorted(found, key=lambda one: (one.session.on_date, one.session.starts, one.kind))


def mark_clashes(sessions: list[Session]) -> list[Clash]:
    """Let each session know its clashes; all of them come back."""
    found = clashes(sessions)
    for session in sessions:
        session.clashes = [one for one in found if one.session is session]
    return found


def _between(one: Session, other: Session) -> Iterator[Clash]:
    room = fold(one.room.strip())
    if room and room == fold(other.room.strip()):
        yield Clash(ClashKind.ROOM, one, other, one.room.strip())
    elif other.is_for_everybody and not one.is_for_everybody:
        yield Clash(ClashKind.BLOCK, one, other)
    theirs = {in_part.speaker.pk for in_part in other.cast}
    interpreting = {i.speaker.pk for i in other.cast if i.part == PersonPart.INTERPRETER}
    for in_part in one.cast:
        person = in_part.speaker
        if person.pk in theirs:
            both = in_part.part == PersonPart.INTERPRETER and person.pk in interpreting
            kind = ClashKind.INTERPRETER if both else ClashKind.PERSON
            yield Clash(kind, one, other, person.name)
