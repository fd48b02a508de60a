"""Steps of the desk, ready to be read: who did what to which sources, when and why."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from majlis.dialogue.models import Contribution, LineageEdge, LineageStep, Statement
from majlis.dialogue.queries.statements import why_not_undone
from majlis.kernel.errors import RuleBroken
from majlis.people.queries import doer_names
from majlis.series.models import Edition


@dataclass(frozen=True, slots=True)
class StepRead:
    """One step with its sources and what it made, each once; and why it cannot be undone."""

    step: LineageStep
    by: str
    undone_by: str
    contributions: tuple[Contribution, ...]
    statements: tuple[Statement, ...]
    made: tuple[Statement, ...]
    why_not_undone: RuleBroken | None = None


def steps_of(edition: Edition, *, first: int = 0, most: int = 50) -> list[StepRead]:
    """Steps of an edition, newest first, undone ones among them."""
    steps = LineageStep.objects.filter(edition=edition).order_by("-at", "-pk")
    return _read(list(steps[first : first + most]))


def steps_on(statement: Statement) -> list[StepRead]:
    """Steps that made a statement or used it, oldest first, undone ones among them."""
    edges = LineageEdge.objects.filter(Q(statement=statement) | Q(made=statement))
    return _read(list(LineageStep.objects.filter(pk__in=edges.values("step"))))


def _read(steps: list[LineageStep]) -> list[StepRead]:
    names = doer_names({s.by for s in steps} | {s.undone_by for s in steps})
    edges: dict[int, list[LineageEdge]] = {step.pk: [] for step in steps}
    found = LineageEdge.objects.filter(step__in=steps).order_by("pk")
    for edge in found.select_related("contribution__session", "statement", "made__round"):
        edges[edge.step_id].append(edge)
    kept = why_not_undone({e.made for some in edges.values() for e in some if e.made})
    return [
        StepRead(
            step,
            names.get(step.by, step.by),
            names.get(step.undone_by, step.undone_by),
            tuple({e.contribution_id: e.contribution for e in mine if e.contribution}.values()),
            tuple({e.statement_id: e.statement for e in mine if e.statement}.values()),
            tuple({e.made_id: e.made for e in mine if e.made}.values()),
            next((kept[e.made_id] for e in mine if e.made_id in kept), None),
        )
        for step in steps
        for mine in (edges[step.pk],)
    ]
