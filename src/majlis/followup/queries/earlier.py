"""What became of the recommendations of the editions before, ready to open the next one."""

from __future__ import annotations

from dataclasses import dataclass

from majlis.followup.queries.metrics import Metric, metrics_of
from majlis.followup.queries.register import (
    RegisterRow,
    public_editions,
    register,
    rows_for,
    with_pairs,
)
from majlis.followup.queries.standing import today_in
from majlis.followup.states import Progress, Response
from majlis.series.models import Edition

PARTS: tuple[tuple[str, frozenset[Progress]], ...] = (
    ("done", frozenset({Progress.DECLARED, Progress.VERIFIED, Progress.CLOSED})),
    ("going", frozenset({Progress.PLANNED, Progress.IN_PROGRESS, Progress.BLOCKED})),
)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What became of the recommendations adopted before an edition, by how far they are."""

    editions: tuple[Edition, ...]
    done: tuple[RegisterRow, ...]
    going: tuple[RegisterRow, ...]
    refused: tuple[RegisterRow, ...]
    waiting: tuple[RegisterRow, ...]
    metrics: tuple[Metric, ...]

    @property
    def n(self) -> int:
        return len(self.done) + len(self.going) + len(self.refused) + len(self.waiting)


def earlier_of(edition: Edition, *, with_metrics: bool = True) -> Earlier:
    """The public recommendations of the last edition before this one that has any."""
    today = today_in(edition)
    before = public_editions(edition.series).filter(starts_on__lt=edition.starts_on)
    last = (
        before.filter(recommendations__published_at__isnull=False)
        .select_related("series")
        .order_by("-starts_on")
        .first()
    )
    if last is None:
        return Earlier((), (), (), (), (), ())
    rows = rows_for(with_pairs(register([last], {}, today)), today)
    parts: dict[str, list[RegisterRow]] = {"done": [], "going": [], "refused": [], "waiting": []}
    for row in rows:
        parts[_part_of(row)].append(row)
    return Earlier(
        (last,),
        tuple(parts["done"]),
        tuple(parts["going"]),
        tuple(parts["refused"]),
        tuple(parts["waiting"]),
        tuple(metrics_of([last], today)) if with_metrics else (),
    )


def _part_of(row: RegisterRow) -> str:
    """Where a recommendation stands by the pair that is furthest."""
    reached = {one.progress for one in row.pairs}
    for name, states in PARTS:
        if reached & states:
            return name
    if row.pairs and all(
        one.response == Response.REJECTED
        or one.progress in {Progress.WILL_NOT, Progress.NOT_APPLICABLE}
        for one in row.pairs
    ):
        return "refused"
    return "waiting"
