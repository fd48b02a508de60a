"""What the screen shows, as frozen facts ready for the template."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from majlis.dialogue import queries as dialogue
from majlis.dialogue.models import Round, Statement
from majlis.followup.queries import Earlier, earlier_of
from majlis.kernel.disclosure import Audience, Counts
from majlis.opinion import drawings
from majlis.opinion.drawings import FamilyStrip
from majlis.opinion.queries import StatementRead, reading_of
from majlis.opinion.wording import Heading, headline
from majlis.series.programme import NowNext, now_and_next
from majlis.stage.models import Scene, Stage
from majlis.ui.figures import Drawing


@dataclass(frozen=True, slots=True)
class ScreenRow:
    """A statement and its counts; no counts where too few answered to be shown."""

    statement: Statement
    counts: Counts | None


@dataclass(frozen=True, slots=True)
class Families:
    """A statement by family: the finding, and a strip for each."""

    statement: Statement
    finding: str
    strips: Sequence[FamilyStrip]


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything the scene needs. Fields that the scene does not use are empty.

    Results begin with the headline, a part a page, go on with the statements in the desk's order,
    each with a page of its families where they may be told apart, and end with the opinion map
    where there is one.
    """

    now_next: NowNext | None = None
    turnout: dialogue.Turnout | None = None
    heading: Heading | None = None
    row: ScreenRow | None = None
    families: Families | None = None
    map: Drawing | None = None
    earlier: Earlier | None = None
    page: int = 1
    pages: int = 1


def picture(stage: Stage, *, at: datetime) -> Picture:
    """What is on the screen at an instant."""
    if stage.scene == Scene.NOW_NEXT:
        return Picture(now_next=now_and_next(stage.edition, at=at))
    if stage.scene == Scene.EARLIER:
        return Picture(earlier=earlier_of(stage.edition, with_metrics=False))
    if stage.round is None:
        return Picture()
    if stage.scene == Scene.RESULTS and stage.round.is_shown:
        return _results(stage, stage.round)
    return Picture(turnout=dialogue.turnout(stage.round))


def _results(stage: Stage, round: Round) -> Picture:
    round.edition = stage.edition
    reading = reading_of(round, Audience.PARTICIPANTS)
    if reading is None:
        return Picture()
    said = headline(reading, smallest=round.edition.smallest(Audience.PARTICIPANTS))
    lang = stage.language
    drawn = drawings.map_figure(reading, lang)
    # what a page shows is drawn only for the page that is asked for: screens ask every two seconds
    pages: list[Callable[[], Picture]] = [partial(Picture, heading=one) for one in said]
    for statement, read in reading.lines:
        pages.append(partial(_row, statement, read))
        if read.cells:
            pages.append(partial(_families, statement, read, lang))
    if drawn is not None:
        pages.append(partial(Picture, map=drawn))
    page = min(stage.page, len(pages))
    return replace(pages[page - 1](), page=page, pages=len(pages))


def _row(statement: Statement, read: StatementRead) -> Picture:
    return Picture(row=ScreenRow(statement, read.total))


def _families(statement: Statement, read: StatementRead, lang: str) -> Picture:
    finding, strips = drawings.groups_finding(read), drawings.family_strips(read, lang)
    return Picture(families=Families(statement, finding, strips))
