"""A kept reading, cut to what one audience may see."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from majlis.dialogue import queries as dialogue
from majlis.dialogue.models import Round, Statement
from majlis.kernel.disclosure import Audience, Breakdown, Counts, passes
from majlis.opinion.models import Result
from majlis.opinion.queries.reading import Json, content_of
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
class CellRead:
    """Counts of one cell and what they say of it; no estimate under five answers."""

    key: str
    counts: Counts
    agree: Estimate | None = None
    disagree: Estimate | None = None

    @classmethod
    def of(cls, entry: Json) -> CellRead:
        return cls(
            entry["key"],
            Counts(*entry["counts"]),
            Estimate.of(entry["agree"]),
            Estimate.of(entry["disagree"]),
        )


@dataclass(frozen=True, slots=True)
class StatementRead:
    """What one statement's counts say, as one audience may see them.

    `whole` is None when too few have answered. `bridging` is the chance that a majority of every
    family agrees, `spread` how far families lie apart, `divisiveness` how far opinion groups do,
    or, without groups, how evenly the room is split; None where the counts may not tell. `apart`
    names families that agree more (+1) or disagree more (-1) than the rest. `families` are the
    cells by family, also where `cells` are finer.
    """

    code: str
    level: str = "room"
    whole: CellRead | None = None
    cells: tuple[CellRead, ...] = ()
    families: tuple[CellRead, ...] = ()
    groups: tuple[CellRead, ...] = ()
    bridging: float | None = None
    spread: float | None = None
    divisiveness: float | None = None
    apart: tuple[tuple[str, int], ...] = ()

    @classmethod
    def of(cls, entry: Json, *, smallest: int = 0) -> StatementRead:
        """Read one kept entry; a smallest cell that was raised since takes away what it must."""
        whole = CellRead.of({"key": "", "counts": entry["total"], **_estimates(entry)})
        if whole.counts.answers < smallest:
            return cls(entry["code"])
        tables = [
            tuple(CellRead.of(one) for one in entry[name])
            for name in ("cells", "families", "groups")
        ]
        cells, families, groups = (
            table if passes((one.counts.answers for one in table), smallest) else ()
            for table in tables
        )
        told = bool(cells)
        return cls(
            entry["code"],
            entry["level"] if told else "room",
            whole,
            cells,
            families,
            groups,
            entry["bridging"] if told else None,
            entry["spread"] if told else None,
            entry["divisiveness"],
            tuple((one["key"], one["direction"]) for one in entry["apart"]) if told else (),
        )

    @property
    def breakdown(self) -> Breakdown:
        """The counts alone."""
        return Breakdown(
            self.level,
            {one.key: one.counts for one in self.cells},
            self.whole.counts if self.whole else None,
        )


def _estimates(entry: Json) -> Json:
    return {"agree": entry["agree"], "disagree": entry["disagree"]}


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of a reading: its code, its numbers, and the statement it names, if any."""

    code: str
    numbers: Mapping[str, float | int | str]
    statement: Statement | None


@dataclass(frozen=True, slots=True)
class GroupRead:
    """An opinion group: its label, its size, and statements on which it stands apart, with +1
    where it agrees more than the others and -1 where it disagrees more."""

    label: str
    size: int
    apart: tuple[tuple[Statement, int], ...]

    @property
    def agrees(self) -> list[Statement]:
        """Statements on which it agrees more than the others, the surest first."""
        return [statement for statement, direction in self.apart if direction > 0]

    @property
    def disagrees(self) -> list[Statement]:
        """Statements on which it disagrees more than the others, the surest first."""
        return [statement for statement, direction in self.apart if direction < 0]


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a voice lies: one number or two, each with its interval. `group` may be empty."""

    at: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    group: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a closed round's votes carry, for one audience.

    `lines` holds every statement of the round in the desk's order with what may be seen of it.
    `seats` are for the room only, and empty where no axis is real or too few people voted;
    `anchors` are the statements whose agree side is positive on each axis.
    """

    result: Result
    said: Sequence[Said]
    lines: Sequence[tuple[Statement, StatementRead]]
    groups: Sequence[GroupRead]
    seats: Sequence[Seat]
    anchors: Sequence[Statement]

    @property
    def n_axes(self) -> int:
        return len(self.seats[0].at) if self.seats else 0


def newest_result(round: Round, *, mode: Mode = Mode.ROOM) -> Result | None:
    """The kept result for the votes as they have been shown, or None while the tick has it to make.

    A result of an earlier version of the maths stands until it has been made anew.
    """
    return (
        Result.objects.filter(round=round, mode=mode, revision=dialogue.shown_revision(round))
        .order_by("-made_at", "-pk")
        .first()
    )


def kept_results(round: Round) -> list[Result]:
    """Every kept result of a round, the newest first; without what is in them."""
    return list(Result.objects.filter(round=round).defer("content").order_by("-made_at", "-pk"))


def contents_now(rounds: Iterable[Round]) -> dict[int, tuple[int, Json]]:
    """The revision and the reading of each round whose results may be seen, by primary key.

    Three queries for all of them; a reading that is not kept is made now, and not kept.
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
        content = kept[newest[pk]].content if pk in newest else content_of(seen[pk], seed=SEED)
        if content is not None:
            found[pk] = (revision, content)
    return found


def reading_of(round: Round, audience: Audience) -> Reading | None:
    """The kept reading of a closed round, or None while it has not been made."""
    result = newest_result(round)
    if result is None:
        return None
    content: Any = result.content  # JSON
    table = content["tables"][audience]
    smallest = round.edition.smallest(audience)
    statements = [s for s in dialogue.statements_in(round) if not s.is_moderated_out]
    by_code = {s.code: s for s in statements}
    entries = {
        entry["code"]: StatementRead.of(entry, smallest=smallest) for entry in table["statements"]
    }
    groups = [
        GroupRead(
            one["label"],
            one["size"],
            tuple((by_code[a["code"]], a["direction"]) for a in one["apart"]),
        )
        for one in table["groups"]
        if one["size"] >= smallest
    ]
    return Reading(
        result,
        [_said(one, by_code) for one in table["sentences"]],
        [(s, entries.get(s.code, StatementRead(s.code))) for s in statements],
        groups,
        [_seat(one) for one in content["voices"]] if audience == Audience.ROOM else [],
        [by_code[code] for code in content["anchors"] if code in by_code],
    )


def seat_of(result: Result, voice: Voice) -> Seat | None:
    """Where one voice lies, for its own eyes; None where it has no place."""
    found = next((one for one in result.content["voices"] if one["code"] == voice.code), None)
    return _seat(found) if found else None


def _seat(one: Json) -> Seat:
    return Seat(tuple(one["at"]), tuple(one["low"]), tuple(one["high"]), one["group"])


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
    "agreement": lambda read: (read.breakdown.total or Counts()).agreement or 0.0,
    "disagreement": lambda read: (read.breakdown.total or Counts()).disagreement or 0.0,
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
