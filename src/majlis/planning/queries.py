"""Questions of an organiser about what an edition is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Model

from majlis.kernel.analysis import sort_key
from majlis.kernel.texts import Text, TextStatus
from majlis.planning.parts import PARTS, Part
from majlis.series import pack
from majlis.series.fields import USUAL
from majlis.series.models import Edition, Session, Speaker
from majlis.series.models.pages import PictureSlot
from majlis.series.models.programme import Placing
from majlis.ui.pictures import is_whole


@dataclass(frozen=True, slots=True)
class InLanguage:
    """How a row stands in one language; `status` is None where a text is missing."""

    lang: str
    status: TextStatus | None
    is_behind: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a part with its name and its languages."""

    thing: Any  # of one of the models behind the pack
    title: Text
    languages: tuple[InLanguage, ...]

    @property
    def code(self) -> str:
        return str(self.thing.code)

    @property
    def is_retired(self) -> bool:
        return bool(getattr(self.thing, "is_retired", False))

    @property
    def emblem_is_broken(self) -> bool:
        return emblem_is_broken(self.thing)

    @property
    def is_unnamed(self) -> bool:
        """Whether it is a person who has not agreed yet to be named in public."""
        return isinstance(self.thing, Speaker) and not self.thing.has_agreed

    @property
    def kind(self) -> str:
        """What kind of row it is, where there are several."""
        if isinstance(self.thing, Speaker):
            return str(self.thing.organisation)
        for name in ("kind", "role", "direction"):
            if hasattr(self.thing, name):
                return str(getattr(self.thing, f"get_{name}_display")())
        return str(getattr(self.thing, "category", ""))


@dataclass(frozen=True, slots=True)
class PartState:
    """A table of an edition: how many rows it has, and how many are not in every language."""

    part: Part
    n: int
    n_open: int


def rows_of(part: Part, edition: Edition) -> list[Row]:
    """Every row of a table in an edition, in order."""
    return [
        Row(
            thing,
            getattr(thing, part.title),
            tuple(_in_language(part, thing, lang) for lang in edition.languages),
        )
        for thing in pack.things_of(part.binding, edition)
    ]


def _in_language(part: Part, thing: Any, lang: str) -> InLanguage:
    texts = [text for column in part.columns if (text := getattr(thing, column.name))]
    there = [text[lang].status for text in texts if lang in text]
    whole = there and len(there) == len(texts)
    least = min(there, key=list(TextStatus).index) if whole else None
    if whole and TextStatus.DRAFT in there:
        least = TextStatus.DRAFT
    return InLanguage(lang, least, any(text.is_behind(lang) for text in texts))


def parts_of(edition: Edition) -> list[PartState]:
    """Every table of an edition, with how much of it is there."""
    found = []
    for part in PARTS.values():
        rows = [row for row in rows_of(part, edition) if not row.is_retired]
        n_open = sum(any(s.status is None or s.is_behind for s in row.languages) for row in rows)
        found.append(PartState(part, len(rows), n_open))
    return found


def usual_of(edition: Edition) -> dict[str, str]:
    """How each usual question of the registration form stands: off, asked or required."""
    rows = {row.code: row for row in edition.questions.filter(is_retired=False)}
    return {
        code: ("required" if rows[code].is_required else "asked") if code in rows else "off"
        for code in USUAL
    }


def emblem_is_broken(row: Any) -> bool:
    """Whether the row has a picture whose file is lost or is no whole picture: nobody sees it."""
    picture = isinstance(row, PictureSlot) and getattr(row, row.picture_field)
    if not picture:
        return False
    if not row.picture_name:
        return True
    with picture.open("rb") as file:
        return not is_whole(file.read())


@dataclass(frozen=True, slots=True)
class Card:
    """A session on the grid: its room as a number (0: all rooms), minutes of its day."""

    session: Session
    column: int
    starts: int
    ends: int

    @property
    def mark(self) -> str:
        return Placing.of(self.session).mark


@dataclass(frozen=True, slots=True)
class Grid:
    """One day by room; `rooms` ends with an empty name while a session has none."""

    days: list[date]
    day: date
    rooms: list[str]
    hours: range
    cards: list[Card]


def grid_of(sessions: list[Session], edition: Edition, day: date | None) -> Grid:
    """The grid of one day of the edition, its first one unless another is named."""
    n_days = (edition.ends_on - edition.starts_on).days + 1
    days = [edition.starts_on + timedelta(days=n) for n in range(n_days)]
    shown = day if day in days else next((s.on_date for s in sessions), days[0])
    if shown not in days:
        shown = days[0]
    names = {s.room for s in sessions if s.room or not s.is_for_everybody}
    rooms = sorted(names - {""}, key=sort_key) + [""] * ("" in names or not names)
    of_day = [s for s in sessions if s.on_date == shown]
    cards = [_card(session, rooms) for session in of_day]
    first = min([8 * 60, *(card.starts for card in cards)]) // 60
    last = -(-max([18 * 60, *(card.ends for card in cards)]) // 60)
    return Grid(days, shown, rooms, range(first, last + 1), cards)


def _card(session: Session, rooms: list[str]) -> Card:
    is_across = session.is_for_everybody and not session.room
    column = 0 if is_across else rooms.index(session.room) + 1
    starts = session.starts.hour * 60 + session.starts.minute
    ends = session.ends.hour * 60 + session.ends.minute
    return Card(session, column, starts, ends if ends > starts else ends + 24 * 60)


def uses_of(row: Model) -> int:
    """How many things name this row, so that it cannot be deleted."""
    relations: Any = row._meta.related_objects
    return sum(
        relation.related_model._default_manager.filter(**{relation.field.name: row}).count()
        for relation in relations
    )
