"""What a reading says, as figures: the same on pages, on the stage and in documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from majlis.dialogue.views.labels import cell_label, cell_order
from majlis.kernel.disclosure import Counts
from majlis.kernel.punctuation import isolated
from majlis.opinion.queries import CellRead, Estimate, Reading, Seat, StatementRead
from majlis.people.states import FAMILY_OF, Constituency, Family
from majlis.ui import figures, formats
from majlis.ui.figures import Drawing


def finding(counts: Counts) -> str:
    """What the counts of the whole room say, in one short line."""
    agree, disagree = counts.agreement or 0.0, counts.disagreement or 0.0
    facts = {"agree": formats.percent(agree), "disagree": formats.percent(disagree)}
    if agree > 0.5:
        return _("Most agree: %(agree)s; %(disagree)s disagree") % facts
    if disagree > 0.5:
        return _("Most disagree: %(disagree)s; %(agree)s agree") % facts
    return _("No majority: %(agree)s agree, %(disagree)s disagree") % facts


def whole_figure(read: StatementRead, lang: str) -> Drawing | None:
    """The counts of the whole room as one bar; None where too few have answered."""
    if read.whole is None:
        return None
    return figures.vote_bar(_counts("", read.whole), title=finding(read.whole.counts), lang=lang)


def groups_figure(read: StatementRead, lang: str) -> Drawing | None:
    """Agreement and disagreement by group or country; None where none may be told apart."""
    if read.whole is None or not read.cells:
        return None
    rows = _group_rows(read.level, read.cells)
    return _beside_the_room(read.whole, rows, groups_finding(read), lang)


@dataclass(frozen=True, slots=True)
class FamilyStrip:
    """A family on the screen: its name, its two intervals as a strip, its two shares."""

    label: str
    strip: SafeString
    agree: float
    disagree: float


def family_strips(read: StatementRead, lang: str) -> list[FamilyStrip]:
    """The families and the whole room, for a screen; empty where none may be told apart."""
    if read.whole is None or not read.families:
        return []
    room = _row(_("Whole room"), read.whole)
    return [
        FamilyStrip(
            row.counts.label,
            figures.interval_strip(row, lang=lang, room=None if row is room else room),
            row.agree.share,
            row.disagree.share,
        )
        for row in (room, *_group_rows("family", read.families))
        if row.agree is not None and row.disagree is not None
    ]


def _group_rows(level: str, cells: Sequence[CellRead]) -> list[figures.StanceRow]:
    return [
        _row(cell_label(level, cell.key), cell, *_mark(level, cell.key))
        for cell in sorted(cells, key=lambda cell: cell_order(level, cell.key))
    ]


def opinion_groups_figure(read: StatementRead, lang: str) -> Drawing | None:
    """The same by opinion group."""
    if read.whole is None or not read.groups:
        return None
    rows = [
        _row(group_name(cell.key), cell, 1 + place % 4, place)
        for place, cell in enumerate(read.groups)
    ]
    return _beside_the_room(read.whole, rows, _("By opinion group"), lang)


def _beside_the_room(
    whole: CellRead, rows: Sequence[figures.StanceRow], title: str, lang: str
) -> Drawing:
    room = _row(_("Whole room"), whole)
    return figures.stance_intervals(rows, title=title, lang=lang, room=room)


def seats_figure(reading: Reading, lang: str, own: Seat | None = None) -> Drawing | None:
    """The opinion map where groups were found, else one axis, else None. `own` is the reader's."""
    if reading.n_axes == 2 and reading.groups:
        labels = [group.label for group in reading.groups]
        return figures.scatter_map(
            [_point(seat, labels) for seat in reading.seats],
            title=_("People who vote alike stand close together"),
            lang=lang,
            group_names=[group_name(label) for label in labels],
            own=_point(own, labels) if own is not None and len(own.at) == 2 else None,
        )
    if reading.n_axes != 1 or not reading.anchors:
        return None
    anchor = reading.anchors[0].wording.shown(lang).text
    return figures.axis_strip(
        [seat.at[0] for seat in reading.seats],
        title=_("People differ along one line, without distinct groups"),
        lang=lang,
        ends=(
            _("rather against: “%(words)s”") % {"words": isolated(anchor, lang)},
            _("rather for: “%(words)s”") % {"words": isolated(anchor, lang)},
        ),
        own=figures.Interval(own.at[0], own.low[0], own.high[0]) if own is not None else None,
    )


def group_name(label: str) -> str:
    """What an opinion group is called."""
    return _("Group %(n)s") % {"n": label}


def _point(seat: Seat, labels: Sequence[str]) -> figures.Point:
    group = labels.index(seat.group) if seat.group in labels else None
    return figures.Point(seat.at[0], seat.at[1], group)


def groups_finding(read: StatementRead) -> str:
    """What the groups show, in one line."""
    told = [cell for cell in read.cells if cell.agree is not None]
    if read.apart:
        key, direction = read.apart[0]
        facts = {"group": cell_label("family", key)}
        if direction > 0:
            return _("%(group)s: more agreement than among the others") % facts
        return _("%(group)s: more disagreement than among the others") % facts
    if told and all(cell.agree is not None and cell.agree.low > 0.5 for cell in told):
        return _("A majority of every group agrees")
    if told and all(cell.disagree is not None and cell.disagree.low > 0.5 for cell in told):
        return _("A majority of every group disagrees")
    return _("No group stands clearly apart")


def _counts(label: str, cell: CellRead) -> figures.Counts:
    return figures.Counts(label, cell.counts.agree, cell.counts.disagree, cell.counts.passed)


def _row(label: str, cell: CellRead, tone: int = 0, shape: int = 0) -> figures.StanceRow:
    return figures.StanceRow(
        _counts(label, cell), _interval(cell.agree), _interval(cell.disagree), tone, shape
    )


def _interval(of: Estimate | None) -> figures.Interval | None:
    return None if of is None else figures.Interval(of.share, of.low, of.high)


def _mark(level: str, key: str) -> tuple[int, int]:
    """Colour of the family, and a marker that tells its constituencies apart."""
    if not key:
        return 0, 0
    if level == "country":
        return 2, 0
    if level == "family":
        return 1 + Family.values.index(key), Family.values.index(key)
    family = FAMILY_OF[Constituency(key)]
    alike = [str(one) for one, of in FAMILY_OF.items() if of == family]
    return 1 + Family.values.index(str(family)), alike.index(key)
