"""What may be shown of a result: the full distribution from ten raters, less from fewer.

Everything about a result that leaves for a page or a file is made here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from majlis.dialogue.queries.showings import WAYS
from majlis.dialogue.states import BrokenDownBy
from majlis.dialogue.views.labels import cell_label, cell_order
from majlis.kernel.disclosure import Audience, Counts, Detail, Range, broken_down
from majlis.ratings.models import MinorityStatement, Option, Rating
from majlis.ratings.queries import outcome, results_about
from majlis.ratings.rules import rule_of
from majlis.ratings.states import GRADES, Grade, MethodKind, PanelClass, Quadrant, Verdict
from majlis.ratings.wording import (
    asked_label,
    reason_text,
    rule_lines,
    short,
    step_label,
)
from majlis.series.models import Edition
from majlis.ui.formats import number
from majlis.ui.tables import Column


@dataclass(frozen=True, slots=True)
class Bar:
    """How many gave one step of a scale; `share` of all who rated, from 0 to 1."""

    label: str
    n: int
    share: float


@dataclass(frozen=True, slots=True)
class Distribution:
    """All ratings on one thing asked; `label` is empty where only one thing is."""

    label: str
    bars: Sequence[Bar]


@dataclass(frozen=True, slots=True)
class Group:
    """A declared group: how many rated, and how many of them are for and against, as ranges."""

    label: str
    n: int
    in_favour: str
    against: str


@dataclass(frozen=True, slots=True)
class Result:
    """What everybody may see of one option."""

    option: Option
    n: int
    verdict: Verdict
    outcome: str
    said: str
    place: int | None
    is_ordered: bool = False
    facts: Sequence[tuple[str, str]] = ()
    distributions: Sequence[Distribution] = ()
    abstained: int | None = None
    against: int | None = None
    groups: Sequence[Group] = ()
    minority: Sequence[MinorityStatement] = ()

    @property
    def headline(self) -> str:
        """What came out, where the sentence after it does not say so."""
        return self.outcome if self.is_ordered else ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A whole result: the rule in words, each option in its order, and what was filed about all."""

    rating: Rating
    rule: Sequence[str]
    results: Sequence[Result]
    raters: int
    smallest: int
    progress: str = ""
    sensitivity: Mapping[str, Any] = field(default_factory=dict)
    minority: Sequence[MinorityStatement] = ()
    is_whole: bool = True


def about(edition: Edition, subject: str) -> list[tuple[Rating, Result]]:
    """What ratings made of one subject, as everybody may see it, oldest first. Three queries."""
    found = results_about(edition, subject).prefetch_related("options", "minority_statements")
    made = []
    for rating in found:
        filed = list(rating.minority_statements.all())
        option = next(one for one in rating.options.all() if one.subject == subject)
        smallest = edition.smallest(Audience.PUBLIC)
        if one := outcome(rating, subject):
            made.append((rating, _result(rating, option, one, smallest, filed)))
    return made


def shown(rating: Rating, known: Collection[str] | None = None) -> Shown:
    """What may be seen of a rating whose results are shown. Three queries.

    Participants and the team see every option they rated; `known` names those that this reader may
    know of, where that is not all.
    """
    rating.require_shown()
    smallest = rating.edition.smallest(Audience.PUBLIC)
    filed = list(rating.minority_statements.all())
    options = {one.subject: one for one in rating.options.all()}
    content: Mapping[str, Any] = rating.result or {}
    results = [
        _result(rating, options[one["option"]], one, smallest, filed)
        for one in sorted(
            content.get("outcomes", ()), key=lambda one: one["place"] or len(options) + 1
        )
        if known is None or one["option"] in known
    ]
    is_whole = len(results) == len(options)
    overall = content.get("overall") or {}
    return Shown(
        rating,
        rule_lines(rule_of(rating)),
        results,
        content.get("took_part", 0),
        smallest,
        progress=reason_text(overall["reason"]) if "reason" in overall else "",
        sensitivity=_sensitivity(overall, options) if is_whole and "criteria" in overall else {},
        is_whole=is_whole,
        minority=[one for one in filed if one.option_id is None],
    )


ORDERED = frozenset({"unasked", "among_first", "after_first", "tie_at_limit"})
"""Reasons that speak of the order, or of nothing, and not of what came out."""


def _result(
    rating: Rating,
    option: Option,
    one: Mapping[str, Any],
    smallest: int,
    filed: Sequence[MinorityStatement],
) -> Result:
    is_full = one["n"] >= smallest
    is_decided = one["details"] is not None
    return Result(
        option,
        one["n"],
        Verdict(one["verdict"]),
        _outcome(one["details"], is_full=is_full) if is_decided else "",
        reason_text(one["reason"]),
        one["place"],
        is_ordered=one["reason"]["code"] in ORDERED,
        facts=_facts(rating.kind, one["details"]) if is_full and is_decided else (),
        distributions=_distributions(rating, one) if is_full else (),
        abstained=one["abstained"] if is_full else None,
        against=_against(rating.kind, one["distribution"]) if is_full else None,
        groups=_groups(rating, option.subject) if is_full else (),
        minority=[each for each in filed if each.option_id == option.pk],
    )


def _outcome(details: Mapping[str, Any], *, is_full: bool) -> str:
    """What came out, in one word; sums only beside the full distribution, since those of few
    raters give them away."""
    if "grade" in details:
        return str(Grade(details["grade"]).label)
    if "category" in details:
        return str(PanelClass(details["category"]).label)
    if "quadrant" in details:
        return str(Quadrant(details["quadrant"]).label)
    if "score" in details and is_full:
        return _("score %(score)s") % {"score": number(round(Fraction(details["score"])))}
    if "points" in details and is_full:
        return _("points: %(points)s") % {"points": short(details["points"])}
    if "consensus" in details:
        said = {"in": _("consensus for it"), "out": _("consensus against it")}
        return said.get(details["consensus"], _("no consensus"))
    return ""


def _facts(kind: MethodKind, found: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What the method found besides, with its numbers: only beside the full distribution."""
    match kind:
        case MethodKind.MAJORITY:
            return [
                (_("better than the median grade"), short(found["above"], is_share=True)),
                (_("worse than the median grade"), short(found["below"], is_share=True)),
            ]
        case MethodKind.RAND:
            return [
                (_("median"), short(found["median"])),
                (_("ratings 1 to 3"), number(found["low"])),
                (_("ratings 7 to 9"), number(found["high"])),
                (_("middle range, and the widest without disagreement"),
                 f"{short(found['ipr'])} / {short(found['ipras'])}"),
            ]  # fmt: skip
        case MethodKind.DELPHI:
            moved = found["change"]
            return [
                (_("median"), short(found["spread"]["median"])),
                (_("in favour"), short(found["in_favour"], is_share=True)),
                (_("against"), short(found["against"], is_share=True)),
                *(
                    [(_("moved since the last round"), short(moved, is_share=True))]
                    if moved is not None
                    else []
                ),
            ]
        case MethodKind.RANKING:
            return [
                (_("ranked by"), number(found["support"])),
                (_("put first by"), number(found["firsts"])),
            ]
        case MethodKind.IMPACT:
            return [
                (_("Impact"), short(found["impact"]["median"])),
                (_("Feasibility"), short(found["feasibility"]["median"])),
            ]
    return [(asked_label(name), short(part)) for name, part in found["parts"].items()]


def _distributions(rating: Rating, one: Mapping[str, Any]) -> list[Distribution]:
    made = []
    for asked, counts in one["distribution"].items():
        steps = counts
        if rating.method == MethodKind.CRITERIA:  # only the numbers given are stored
            steps = {str(n): counts.get(str(n), 0) for n in range(1, 10)}
        order = reversed(GRADES) if rating.method == MethodKind.MAJORITY else steps
        bars = [
            Bar(step_label(rating.method, step), steps[step], steps[step] / (one["n"] or 1))
            for step in order
        ]
        made.append(Distribution(asked_label(asked), bars))
    return made


def _against(kind: MethodKind, distribution: Mapping[str, Mapping[str, int]]) -> int | None:
    """How many rated against it: “poor” or worse, or 1 to 3."""
    if kind == MethodKind.MAJORITY:
        return sum(distribution["rating"][grade] for grade in GRADES[:2])
    if kind in {MethodKind.RAND, MethodKind.DELPHI}:
        return sum(distribution["rating"][step] for step in ("1", "2", "3"))
    return None


def _groups(rating: Rating, subject: str) -> list[Group]:
    stored = rating.groups.get(subject)
    if not stored or not stored["level"]:
        return []
    table = {(row[0], row[1]): Counts(*row[2:]) for row in stored["counts"]}
    found = broken_down(
        table,
        Detail(stored["level"], stored["two_words"]),
        WAYS[BrokenDownBy.CONSTITUENCY],
        smallest=rating.edition.smallest(Audience.PUBLIC),
    )
    return [
        Group(cell_label(found.level, key), ranges.answers, _range(ranges.agree),
              _range(ranges.disagree))
        for key, ranges in sorted(
            found.cells.items(), key=lambda item: cell_order(found.level, item[0])
        )
    ]  # fmt: skip


def _range(one: Range) -> str:
    ends = number(one.low) if one.low == one.high else f"{number(one.low)}–{number(one.high)}"
    return f"{one.word.label} ({ends})" if one.word else ends


def _sensitivity(found: Mapping[str, Any], options: Mapping[str, Option]) -> dict[str, Any]:
    """Who leads as one weight changes, and the smallest change that brings another level."""
    flip = found["leader"]
    return {
        "criteria": [
            {
                "label": asked_label(one["criterion"]),
                "weight": short(one["weight"], is_share=True),
                "leading": [
                    {
                        "options": [options[subject] for subject in each["options"]],
                        "low": short(each["low"], is_share=True),
                        "high": short(each["high"], is_share=True),
                    }
                    for each in one["leading"]
                ],
            }
            for one in found["criteria"]
        ],
        "flip": flip
        and {
            "criterion": asked_label(flip["criterion"]),
            "now": short(Fraction(flip["at"]) - Fraction(flip["change"]), is_share=True),
            "at": short(flip["at"], is_share=True),
            "ahead": options[flip["ahead"]],
            "behind": options[flip["behind"]],
        },
    }


@dataclass(frozen=True, slots=True)
class FileRow:
    """One line of the file: an option, or one step of one thing asked of it."""

    result: Result
    digest: str
    asked: str = ""
    step: str = ""
    count: int | None = None


COLUMNS: list[Column[FileRow]] = [
    Column("recommendation", gettext_lazy("Recommendation"), lambda r: r.result.option.subject),
    Column("title", gettext_lazy("Title"), lambda r: str(r.result.option.title)),
    Column("place", gettext_lazy("Place"), lambda r: r.result.place),
    Column("outcome", gettext_lazy("Outcome"), lambda r: r.result.outcome),
    Column("threshold", gettext_lazy("Threshold"), lambda r: str(r.result.verdict.label)),
    Column("reason", gettext_lazy("Reason"), lambda r: r.result.said),
    Column("ratings", gettext_lazy("Ratings"), lambda r: r.result.n),
    Column("asked", gettext_lazy("Asked"), lambda r: r.asked),
    Column("step", gettext_lazy("Step of the scale"), lambda r: r.step),
    Column("count", gettext_lazy("Raters"), lambda r: r.count),
    Column("rule", gettext_lazy("Fingerprint of the rule"), lambda r: r.digest),
]


def rows_of(found: Shown) -> list[FileRow]:
    """A line for each step where the full distribution is shown, else one for the option."""
    rows = []
    for one in found.results:
        steps = [
            FileRow(one, found.rating.digest, each.label, bar.label, bar.n)
            for each in one.distributions
            for bar in each.bars
        ]
        rows += steps or [FileRow(one, found.rating.digest)]
    return rows
