"""What a reading says, as figures: the same on pages, on the stage and in documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from majlis.dialogue.views.labels import cell_label, cell_order
from majlis.kernel.disclosure import Counts
from majlis.kernel.punctuation import isolated
from majlis.opinion.queries import (
    GroupRead,
    Map,
    OwnPlace,
    RangeRead,
    Reading,
    StatementRead,
    WholeRead,
)
from majlis.people.states import FAMILY_OF, Constituency, Family
from majlis.ui import figures, formats
from majlis.ui.figures import Drawing


def finding(counts: Counts) -> str:
    """What the counts of all participants say, in one short line."""
    agree, disagree = counts.agreement or 0.0, counts.disagreement or 0.0
    facts = {"agree": formats.percent(agree), "disagree": formats.percent(disagree)}
    if agree > 0.5:
        return _("Most agree: %(agree)s agree, %(disagree)s disagree") % facts
    if disagree > 0.5:
        return _("Most disagree: %(disagree)s disagree, %(agree)s agree") % facts
    return _("No majority either way: %(agree)s agree, %(disagree)s disagree") % facts


def whole_figure(read: StatementRead, lang: str) -> Drawing | None:
    """The counts of all participants as one bar; None where too few have answered."""
    if read.total is None:
        return None
    counts = figures.StanceCounts("", read.total.agree, read.total.disagree, read.total.passed)
    return figures.vote_bar(counts, title=finding(read.total), lang=lang)


def groups_figure(read: StatementRead, lang: str) -> Drawing | None:
    """Agreement and disagreement by group or country; None where none may be told apart."""
    if read.whole is None or not read.cells:
        return None
    rows = _group_rows(read.level, read.cells)
    whole = _whole_row(read.whole)
    return figures.group_ranges(rows, title=groups_finding(read), lang=lang, whole=whole)


@dataclass(frozen=True, slots=True)
class FamilyStrip:
    """A family on the screen: its name, its two ranges as a strip, the words for them."""

    label: str
    strip: SafeString
    agree: str
    disagree: str


def family_strips(read: StatementRead, lang: str) -> list[FamilyStrip]:
    """All participants and the families, or countries, for a screen; empty where none are shown."""
    if read.whole is None or not read.cells:
        return []
    whole = _whole_row(read.whole)
    level, cells = ("family", read.families) if read.families else (read.level, read.cells)
    return [
        FamilyStrip(
            row.label,
            figures.range_strip(row, lang=lang, whole=whole),
            *(span.shown(row.answers, lang) for _name, span in row.parts()),
        )
        for row in (whole, *_group_rows(level, cells))
    ]


def _whole_row(whole: WholeRead) -> figures.RangeRow:
    counts = whole.counts
    agree, disagree = (
        figures.Span(n, n, "", (of.low, of.high) if of else None)
        for n, of in ((counts.agree, whole.agree), (counts.disagree, whole.disagree))
    )
    return figures.RangeRow(_("All participants"), counts.answers, agree, disagree)


def _group_rows(level: str, cells: Sequence[GroupRead]) -> list[figures.RangeRow]:
    return [
        figures.RangeRow(
            cell_label(level, cell.key),
            cell.answers,
            _span(cell.agree),
            _span(cell.disagree),
            *_mark(level, cell.key),
        )
        for cell in sorted(cells, key=lambda cell: cell_order(level, cell.key))
    ]


def _span(of: RangeRead) -> figures.Span:
    word = str(of.counts.word.label) if of.counts.word else ""
    return figures.Span(of.counts.low, of.counts.high, word, of.likely)


def map_figure(reading: Reading, lang: str, own: OwnPlace | None = None) -> Drawing | None:
    """The opinion map where groups were found, else one axis, else None.

    Nobody's place is drawn but `own`, the reader's.
    """
    if areas := [(group, group.area) for group in reading.groups if group.area]:
        return figures.area_map(
            [figures.Area(group_name(g.label), g.size, **area) for g, area in areas],
            title=_("People who vote in a similar way are shown close together"),
            lang=lang,
            own=(own.at[0], own.at[1]) if own is not None and len(own.at) == 2 else None,
        )
    if not reading.bands or not reading.anchors:
        return None
    anchor = reading.anchors[0].wording.shown(lang).text
    return figures.axis_bands(
        reading.bands,
        reading.people,
        title=_("A range of opinions along one line"),
        lang=lang,
        ends=(
            _("leans against: “%(words)s”") % {"words": isolated(anchor, lang)},
            _("leans towards: “%(words)s”") % {"words": isolated(anchor, lang)},
        ),
        own=figures.AxisPlace(own.at[0], own.low[0], own.high[0]) if own is not None else None,
    )


def polis_figure(found: Map, lang: str) -> Drawing:
    """The map by the recipe of Polis, for comparison at the desk."""
    return figures.area_map(
        [
            figures.Area(group_name(str(group.number)), group.size, **asdict(group.area))
            for group in found.groups
        ],
        title=_("Opinion map by the Polis method: for comparison only"),
        lang=lang,
    )


def group_name(label: str) -> str:
    """What an opinion group is called."""
    return _("Group %(n)s") % {"n": label}


def groups_finding(read: StatementRead) -> str:
    """What the groups show, in one line, whatever the counts in their ranges."""
    if read.apart:
        key, direction = read.apart[0]
        facts = {"group": cell_label("country" if read.level == "country" else "family", key)}
        if direction > 0:
            return _("%(group)s: more agreement than in the other groups") % facts
        return _("%(group)s: more disagreement than in the other groups") % facts
    if all(2 * cell.agree.counts.low > cell.answers for cell in read.cells):
        return _("A majority in every group agrees")
    if all(2 * cell.disagree.counts.low > cell.answers for cell in read.cells):
        return _("A majority in every group disagrees")
    return _("No clear difference between groups")


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
