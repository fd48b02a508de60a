"""A kept reading, cut to what one audience may see."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from majlis.dialogue import queries as dialogue
from majlis.dialogue.models import Round, Statement
from majlis.kernel.disclosure import Amount, Audience, Counts, Range, passes
from majlis.kernel.errors import RuleBroken
from majlis.kernel.jobs import newest as newest_job
from majlis.kernel.models import Job
from majlis.opinion.models import Result
from majlis.opinion.queries.reading import Json, made_of, smallest_group
from majlis.opinion.states import Mode
from majlis.registration.models import Voice

SEED = 1


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share of all answers and its 90 % interval, all in [0, 1]."""

    share: float
    low: float
    high: float

    @classmethod
    def of(cls, numbers: Sequence[float] | None) -> Estimate | None:
        return cls(*numbers) if numbers is not None else None


@dataclass(frozen=True, slots=True)
class WholeRead:
    """The exact counts of everybody, and their shares; no estimate under five answers."""

    counts: Counts
    agree: Estimate | None = None
    disagree: Estimate | None = None


@dataclass(frozen=True, slots=True)
class RangeRead:
    """A range of counts, and the widest interval of the share over it; None under five answers."""

    counts: Range
    likely: tuple[float, float] | None = None

    @classmethod
    def of(cls, entry: Json) -> RangeRead:
        word = Amount(entry["word"]) if entry["word"] else None
        likely = tuple(entry["likely"]) if entry["likely"] else None
        return cls(Range(entry["low"], entry["high"], word), likely)


@dataclass(frozen=True, slots=True)
class GroupRead:
    """What is shown of a declared group: how many answered, and two ranges."""

    key: str
    answers: int
    agree: RangeRead
    disagree: RangeRead

    @classmethod
    def of(cls, entry: Json) -> GroupRead:
        agree, disagree = RangeRead.of(entry["agree"]), RangeRead.of(entry["disagree"])
        return cls(entry["key"], entry["answers"], agree, disagree)


@dataclass(frozen=True, slots=True)
class StatementRead:
    """What is shown of one statement to one audience, and what follows from it.

    `whole` is None when too few have answered. `cells` are the groups at `level`, `families` the
    same by family where `cells` are constituencies. `bridging` is the least chance that a majority
    of every family (or country) agrees, `spread` how far the two furthest apart lie apart at the
    least, `divisiveness` how evenly all are split; None where that cannot be told.
    `apart` names families that agree more (+1) or disagree more (-1) than the rest, whatever the
    counts in their ranges.
    """

    code: str
    level: str = "room"
    whole: WholeRead | None = None
    cells: tuple[GroupRead, ...] = ()
    families: tuple[GroupRead, ...] = ()
    bridging: float | None = None
    spread: float | None = None
    divisiveness: float | None = None
    apart: tuple[tuple[str, int], ...] = ()

    @classmethod
    def of(cls, entry: Json, *, smallest: int = 0) -> StatementRead:
        """Read one kept entry; a smallest cell that was raised since takes away what it must.

        Entries cited under 0.1 hold exact counts of groups: of those nothing is shown any more.
        """
        estimates = (Estimate.of(entry[name]) for name in ("agree", "disagree"))
        whole = WholeRead(Counts(*entry["total"]), *estimates)
        if whole.counts.answers < smallest:
            return cls(entry["code"])
        told = [one for one in entry["cells"] if "answers" in one]
        if not told or not passes((one["answers"] for one in told), smallest):
            return cls(entry["code"], whole=whole, divisiveness=entry["divisiveness"])
        return cls(
            entry["code"],
            entry["level"],
            whole,
            tuple(GroupRead.of(one) for one in told),
            tuple(GroupRead.of(one) for one in entry["families"]),
            entry["bridging"],
            entry["spread"],
            entry["divisiveness"],
            tuple((one["key"], one["direction"]) for one in entry["apart"]),
        )

    @property
    def total(self) -> Counts | None:
        """The exact counts of everybody; None when too few have answered."""
        return self.whole.counts if self.whole else None


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of a reading: its code, its numbers, and the statement it names, if any."""

    code: str
    numbers: Mapping[str, float | int | str]
    statement: Statement | None


@dataclass(frozen=True, slots=True)
class OpinionGroup:
    """An opinion group: its label, its size, and a few statements on which it stands apart, with
    +1 where it agrees more than the others and -1 where it disagrees more. `area` is where about
    two thirds of it lie on the map; None without a map."""

    label: str
    size: int
    apart: tuple[tuple[Statement, int], ...]
    area: Mapping[str, float] | None = None

    @property
    def agrees(self) -> list[Statement]:
        """Statements on which it agrees more than the others, the surest first."""
        return [statement for statement, direction in self.apart if direction > 0]

    @property
    def disagrees(self) -> list[Statement]:
        """Statements on which it disagrees more than the others, the surest first."""
        return [statement for statement, direction in self.apart if direction < 0]


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """Where the reader's own voice lies: one number or two, each with its interval. `group` may be
    empty."""

    at: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    group: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a round's votes carry, for one audience.

    `lines` holds every statement of the round in the desk's order with what may be seen of it.
    `bands` say where `people` lie along one axis; only participants see them, as they see the map;
    empty where there is no axis, or a map. `anchors` are the statements whose agree side is
    positive on each axis.
    """

    result: Result
    said: Sequence[Said]
    lines: Sequence[tuple[Statement, StatementRead]]
    groups: Sequence[OpinionGroup]
    anchors: Sequence[Statement]
    bands: Sequence[float] = ()
    people: int = 0


class ResultBeingMade(RuleBroken):
    """The result of a large round is not there yet."""

    def __init__(self, round: Round) -> None:
        super().__init__(
            _(
                "The results of “%(round)s” are being calculated. This takes up to a minute. "
                "Nothing was changed. Please try again in a moment."
            ),
            round=round,
        )


def newest_result(round: Round, *, mode: Mode = Mode.ROOM) -> Result | None:
    """The kept result for the votes as they have been shown, or None while the tick has it to make.

    A result of an earlier version of the maths stands until it has been made anew.
    """
    return (
        Result.objects.filter(round=round, mode=mode, revision=dialogue.shown_revision(round))
        .defer("content", "places")
        .order_by("-made_at", "-pk")
        .first()
    )


def job_of(round: Round) -> Job | None:
    """The job that makes the reading of a large round; None where there was none."""
    return newest_job(Mode.ROOM.job, round.code)


def is_being_made(round: Round) -> bool:
    """Whether jobs are at results of this round."""
    jobs = (newest_job(mode.job, round.code) for mode in Mode)
    return any(job is not None and job.is_unfinished for job in jobs)


def kept_results(round: Round) -> list[Result]:
    """Every kept result of a round, the newest first; without what is in them."""
    return list(Result.objects.filter(round=round).defer("content").order_by("-made_at", "-pk"))


def contents_now(rounds: Iterable[Round]) -> dict[int, tuple[int, Json]]:
    """The revision and the reading of each round whose results may be seen, by primary key.

    Three queries for all of them; a reading that is not kept is made now, and not kept. Raises
    `ResultBeingMade` for a large one: a job makes it in a moment.
    """
    seen = {round.pk: round for round in rounds if round.is_shown}
    if not seen:
        return {}
    shown = dialogue.Showing.objects.filter(statement__round__in=seen).order_by()
    revisions = dict(shown.values_list("statement__round").annotate(Max("revision")))
    rows = Result.objects.filter(round__in=seen, mode=Mode.ROOM).order_by("made_at", "pk")
    newest = {
        round: pk
        for round, pk, revision in rows.values_list("round", "pk", "revision")
        if revision == revisions.get(round)
    }
    kept = Result.objects.in_bulk(newest.values())
    found: dict[int, tuple[int, Json]] = {}
    for pk, revision in revisions.items():
        if pk not in newest and dialogue.is_large(revision):
            raise ResultBeingMade(seen[pk])
        made = kept[newest[pk]] if pk in newest else made_of(seen[pk], seed=SEED)
        if made is not None:
            found[pk] = (revision, made.content)
    return found


def reading_of(round: Round, audience: Audience) -> Reading | None:
    """The kept reading of a round, or None while it has not been made."""
    result = newest_result(round)
    if result is None:
        return None
    content = _content(result.pk, result.digest)
    table = content["tables"][audience]
    smallest = round.edition.smallest(audience)
    statements = [s for s in dialogue.statements_in(round) if not s.is_moderated_out]
    by_code = {s.code: s for s in statements}
    entries = _entries(result.pk, result.digest, audience, smallest)
    areas = content["areas"] if audience == Audience.PARTICIPANTS else {}
    groups = [
        OpinionGroup(
            one["label"],
            one["size"],
            tuple((by_code[a["code"]], a["direction"]) for a in one["apart"]),
            areas.get(one["label"]),
        )
        for one in table["groups"]
        if one["size"] >= smallest_group(round, audience)
    ]
    return Reading(
        result,
        [_said(one, by_code) for one in table["sentences"]],
        [(s, entries.get(s.code, StatementRead(s.code))) for s in statements],
        groups,
        [by_code[code] for code in content["anchors"] if code in by_code],
        areas.get("", ()),
        areas.get("people", 0),
    )


@lru_cache(maxsize=4)
def _content(pk: int, _digest: str) -> Any:  # JSON
    """The content of a result, read once: it never changes, and its digest is taken over it."""
    return Result.objects.values_list("content", flat=True).get(pk=pk)


@lru_cache(maxsize=16)
def _entries(
    pk: int, digest: str, audience: Audience, smallest: int
) -> Mapping[str, StatementRead]:
    """What an audience may see of each statement of a result, by code; read once."""
    entries = _content(pk, digest)["tables"][audience]["statements"]
    return {entry["code"]: StatementRead.of(entry, smallest=smallest) for entry in entries}


def manners_in(result: Result) -> list[Said]:
    """What the team alone is told of ways of voting; nothing in results made before 0.2."""
    return [_said(one, {}) for one in _content(result.pk, result.digest).get("manners", [])]


def own_place(result: Result, voice: Voice) -> OwnPlace | None:
    """Where one voice lies, for its own eyes; None where it has no place."""
    places = Result.objects.values_list("places", flat=True).get(pk=result.pk)
    one = next((one for one in places if one["code"] == voice.code), None)
    if one is None:
        return None
    return OwnPlace(tuple(one["at"]), tuple(one["low"]), tuple(one["high"]), one["group"])


def _said(one: Json, by_code: Mapping[str, Statement]) -> Said:
    return Said(one["code"], one["numbers"], by_code.get(str(one["numbers"].get("statement", ""))))


Order = Callable[[StatementRead], float]


def _number(name: str) -> Order:
    def worth(read: StatementRead) -> float:
        value = getattr(read, name)
        return -1.0 if value is None else float(value)

    return worth


ORDERS: dict[str, Order] = {
    "bridging": _number("bridging"),
    "divides": _number("divisiveness"),
    "between": _number("spread"),
    "agreement": lambda read: (read.total or Counts()).agreement or 0.0,
    "disagreement": lambda read: (read.total or Counts()).disagreement or 0.0,
    "number": lambda _read: 0.0,
}
"""Ways to sort statements, the largest first; equal ones stand in the desk's order."""


def orders_of(reading: Reading) -> list[str]:
    """The ways in which the statements of this reading can be told apart."""
    return [
        name
        for name, worth in ORDERS.items()
        if name not in {"bridging", "between"}
        or any(worth(read) >= 0 for _s, read in reading.lines)
    ]


def sorted_lines(reading: Reading, order: str) -> list[tuple[Statement, StatementRead]]:
    """The statements in one of the `ORDERS`; those that may not be shown come last."""
    worth = ORDERS[order]
    return sorted(
        reading.lines, key=lambda line: (line[1].whole is None, -round(worth(line[1]), 9))
    )
