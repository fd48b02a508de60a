"""What the screen shows, as frozen facts ready for the template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from majlis.dialogue import queries as dialogue
from majlis.dialogue.models import Statement
from majlis.dialogue.states import RoundState
from majlis.kernel.disclosure import Audience
from majlis.series.queries import NowNext, now_and_next
from majlis.stage.models import Scene, Stage
from majlis.ui.figures import Counts, Drawing, vote_bar

PER_PAGE = 3


@dataclass(frozen=True, slots=True)
class Row:
    """A statement and its bar for the room; no bar where fewer answered than may be shown."""

    statement: Statement
    bar: Drawing | None


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything the scene needs. Fields that the scene does not use are empty."""

    now_next: NowNext | None = None
    turnout: dialogue.Turnout | None = None
    rows: Sequence[Row] = ()
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
        statements = [s for s in dialogue.statements_in(stage.round) if not s.is_moderated_out]
        pages = max(1, -(-len(statements) // PER_PAGE))
        page = min(stage.page, pages)
        shown = statements[(page - 1) * PER_PAGE : page * PER_PAGE]
        rows = [_row(stage, s) for s in shown]
        return Picture(rows=rows, page=page, pages=pages)
    return Picture()


def _row(stage: Stage, statement: Statement) -> Row:
    total = dialogue.breakdown(statement, Audience.ROOM).total
    if total is None:
        return Row(statement, None)
    counts = Counts("", total.agree, total.disagree, total.passed)
    title = statement.wording.shown(stage.language).text
    return Row(statement, vote_bar(counts, title=title, lang=stage.language))
