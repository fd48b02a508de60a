"""What the screen shows, as frozen facts ready for the template."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from majlis.dialogue import queries as dialogue
from majlis.dialogue.models import Round, Statement
from majlis.dialogue.states import RoundState
from majlis.kernel.disclosure import Audience, Counts
from majlis.opinion import drawings
from majlis.opinion.queries import StatementRead, reading_of
from majlis.opinion.wording import Heading, headline
from majlis.series.queries import NowNext, now_and_next
from majlis.stage.models import Scene, Stage
from majlis.ui.figures import Drawing


@dataclass(frozen=True, slots=True)
class Row:
    """A statement with its counts, and its families where they may be told apart.

    No counts where too few answered to be shown.
    """

    statement: Statement
    counts: Counts | None
    groups: Drawing | None


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything the scene needs. Fields that the scene does not use are empty.

    Results begin with the headline, a part a page, go on with one statement a page in the desk's
    order, and end with the opinion map where there is one.
    """

    now_next: NowNext | None = None
    turnout: dialogue.Turnout | None = None
    heading: Heading | None = None
    row: Row | None = None
    map: Drawing | None = None
    page: int = 1
    pages: int = 1


def picture(stage: Stage, *, at: datetime) -> Picture:
    """What is on the screen at an instant."""
    if stage.scene == Scene.NOW_NEXT:
        return Picture(now_next=now_and_next(stage.edition, at=at))
    if stage.round is None:
        return Picture()
    if stage.scene == Scene.TURNOUT:
        return Picture(turnout=dialogue.turnout(stage.round))
    if stage.scene == Scene.RESULTS and stage.round.state == RoundState.CLOSED:
        return _results(stage, stage.round)
    return Picture()


def _results(stage: Stage, round: Round) -> Picture:
    round.edition = stage.edition
    reading = reading_of(round, Audience.ROOM)
    if reading is None:
        return Picture()
    said = headline(reading, smallest=round.edition.smallest(Audience.ROOM))
    drawn = drawings.seats_figure(reading, stage.language)
    pages = len(said) + len(reading.lines) + (drawn is not None)
    page = min(stage.page, pages)
    if page <= len(said):
        return Picture(heading=said[page - 1], page=page, pages=pages)
    if page <= len(said) + len(reading.lines):
        row = _row(*reading.lines[page - len(said) - 1], stage.language)
        return Picture(row=row, page=page, pages=pages)
    return Picture(map=drawn, page=page, pages=pages)


def _row(statement: Statement, read: StatementRead, lang: str) -> Row:
    counts = read.whole.counts if read.whole is not None else None
    return Row(statement, counts, drawings.groups_figure(read, lang, families_only=True))
