"""What a statement was made of, back to the words said; and what became of what was said.

Steps that were undone are left out: they made nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from majlis.dialogue.models import Contribution, LineageEdge, LineageStep, Statement
from majlis.dialogue.states import LineageKind, StatementState
from majlis.series.models import Edition

GAVE_WAY = frozenset({StatementState.MERGED, StatementState.REPLACED})


@dataclass(frozen=True, slots=True)
class Lineage:
    """A statement, the step that made it, and what that step took.

    `step` is None and `sources` empty where the statement was made by no step: a demo statement
    of a pack, or an imported one. A source is a contribution, or an earlier statement with a
    lineage of its own, through every merge, split, rewording and carrying.
    """

    statement: Statement
    step: LineageStep | None
    sources: tuple[Contribution | Lineage, ...]

    @property
    def said(self) -> tuple[Contribution, ...]:
        """The contributions directly taken by the step."""
        return tuple(s for s in self.sources if isinstance(s, Contribution))

    @property
    def earlier(self) -> tuple[Lineage, ...]:
        """The earlier statements directly taken by the step."""
        return tuple(s for s in self.sources if isinstance(s, Lineage))

    def walk(self) -> Iterator[Lineage]:
        """This lineage and all earlier ones, each statement once, nearest first."""
        seen: set[int] = set()
        level: list[Lineage] = [self]
        while level:
            fresh = [one for one in level if one.statement.pk not in seen]
            level = []
            for one in fresh:
                if one.statement.pk not in seen:
                    seen.add(one.statement.pk)
                    yield one
                    level.extend(one.earlier)

    @property
    def contributions(self) -> tuple[Contribution, ...]:
        """Everything that was said and leads here, each once, in the order it was offered."""
        found = {c.pk: c for one in self.walk() for c in one.said}
        return tuple(sorted(found.values(), key=lambda c: (c.offered_at, c.pk)))

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Every earlier statement that leads here, each once, nearest first."""
        return tuple(one.statement for one in self.walk())[1:]

    @property
    def n_contributions(self) -> int:
        return len(self.contributions)


def lineage_of(statement: Statement) -> Lineage:
    """All sources of a statement, back to the contributions."""
    return lineages_of(statement.edition, [statement])[statement.pk]


def lineages_of(edition: Edition, statements: Iterable[Statement]) -> dict[int, Lineage]:
    """Lineages of several statements of one edition, by primary key, in two queries."""
    wanted = list(statements)
    into: dict[int, list[LineageEdge]] = defaultdict(list)
    for edge in _edges(edition).filter(made__in=_behind(edition, wanted)):
        if edge.made_id is not None:
            into[edge.made_id].append(edge)
    known: dict[int, Lineage] = {}
    return {s.pk: _trace(s, into, known) for s in wanted}


def _behind(edition: Edition, statements: Iterable[Statement]) -> set[int]:
    """The keys of statements and of every earlier one that leads to them."""
    made_of: dict[int, list[int]] = defaultdict(list)
    edges = LineageEdge.objects.filter(
        step__edition=edition, step__undone_at__isnull=True, statement__isnull=False
    )
    for made, earlier in edges.exclude(made=None).values_list("made_id", "statement_id"):
        made_of[made].append(earlier)
    found: set[int] = set()
    level = {s.pk for s in statements}
    while level:
        found |= level
        level = {earlier for pk in level for earlier in made_of[pk]} - found
    return found


def _trace(
    statement: Statement, into: Mapping[int, list[LineageEdge]], known: dict[int, Lineage]
) -> Lineage:
    if statement.pk not in known:
        edges = into.get(statement.pk, [])
        sources: list[Contribution | Lineage] = []
        for edge in edges:
            if edge.contribution is not None:
                sources.append(edge.contribution)
            elif edge.statement is not None:
                sources.append(_trace(edge.statement, into, known))
        step = edges[0].step if edges else None
        known[statement.pk] = Lineage(statement, step, tuple(sources))
    return known[statement.pk]


def _edges(edition: Edition) -> QuerySet[LineageEdge]:
    """Every edge of an edition whose step stands, in the order of the steps."""
    return (
        LineageEdge.objects.filter(step__edition=edition, step__undone_at__isnull=True)
        .select_related(
            "step",
            "contribution__session",
            "contribution__theme",
            "contribution__challenge",
            "statement__round",
            "statement__theme",
        )
        .order_by("step__at", "pk")
    )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was made of one contribution: the first step taken, and the statements of today.

    `statements` are those that stand now, followed through later wordings and merges; where none
    stands any more, the last ones there were.
    """

    step: LineageStep
    statements: tuple[Statement, ...]


def outcomes_of(contributions: Iterable[Contribution]) -> dict[int, Outcome]:
    """What was made of each of some contributions, by primary key.

    One query, and one more for each wording that gave way to a later one.
    """
    first: dict[int, list[LineageEdge]] = defaultdict(list)
    for edge in _standing_edges().filter(contribution__in=list(contributions)):
        if edge.contribution_id is not None:
            first[edge.contribution_id].append(edge)
    onward = _onward([e.made for edges in first.values() for e in edges if e.made])
    return {
        pk: Outcome(edges[0].step, tuple(_latest([e.made for e in edges if e.made], onward)))
        for pk, edges in first.items()
    }


def _standing_edges() -> QuerySet[LineageEdge]:
    """Edges of steps that were not undone, in the order of the steps."""
    edges = LineageEdge.objects.filter(step__undone_at__isnull=True)
    return edges.select_related("step", "made").order_by("step__at", "pk")


def _onward(made: Iterable[Statement]) -> dict[int, list[Statement]]:
    """For each statement that gave way, and for those after it, what was made of it."""
    onward: dict[int, list[Statement]] = {}
    level = {s.pk for s in made if s.state in GAVE_WAY}
    while level:
        onward |= {pk: [] for pk in level}
        edges = _standing_edges().filter(statement__in=level, made__isnull=False)
        for edge in edges.exclude(step__kind=LineageKind.CARRIED):
            if edge.statement_id is not None and edge.made is not None:
                onward[edge.statement_id].append(edge.made)
        found = {s.pk for pk in level for s in onward[pk] if s.state in GAVE_WAY}
        level = found - onward.keys()
    return onward


def _latest(made: Iterable[Statement], onward: Mapping[int, list[Statement]]) -> list[Statement]:
    """Follow statements that gave way to what was made of them, each once, by number."""
    found: dict[int, Statement] = {}
    todo = list(made)
    while todo:
        statement = todo.pop()
        if onward.get(statement.pk):
            todo.extend(onward[statement.pk])
        else:
            found[statement.pk] = statement
    return sorted(found.values(), key=lambda s: s.number)
