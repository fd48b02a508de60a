"""The day, step by step: what is done, what is going on, what comes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from majlis.dialogue.models import Round
from majlis.dialogue.states import RoundState
from majlis.front.queries.overview import Overview
from majlis.kernel.punctuation import listed
from majlis.series.models import Session
from majlis.series.states import SessionType
from majlis.ui.formats import clock, number

MOST_ROUNDS = 6  # as many as a day has; a list of more stands on its own page


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the day. The first that is not done is the one that is on."""

    name: str
    said: str
    is_done: bool
    url_name: str
    is_on: bool = False

    @property
    def state(self) -> Literal["done", "on", "ahead"]:
        if self.is_done:
            return "done"
        return "on" if self.is_on else "ahead"


def steps_of(overview: Overview) -> list[Step]:
    """Where the work of the day stands, in the order of the work."""
    steps = list(_steps(overview))
    on = next((i for i, step in enumerate(steps) if not step.is_done), None)
    return [replace(step, is_on=i == on) for i, step in enumerate(steps)]


def _steps(overview: Overview) -> Iterator[Step]:
    counts = overview.counts
    arrived = {"n": number(counts.arrived), "of": number(counts.confirmed)}
    yield Step(
        _("Check-in"),
        _("Checked in: %(n)s of %(of)s.") % arrived
        if counts.arrived
        else _planned(overview, SessionType.REGISTRATION, _("Nobody has been checked in yet.")),
        bool(counts.arrived),
        "registration:desk-census",
    )
    yield Step(
        _("Contributions"),
        ngettext("%(n)s received", "%(n)s received", counts.contributions)
        % {"n": number(counts.contributions)}
        if counts.contributions
        else _planned(overview, SessionType.SILENT_WRITING, _("None yet.")),
        bool(counts.contributions) and not counts.to_moderate,
        "dialogue:moderation",
    )
    yield from _rounds(overview)
    yield Step(
        _("Draft recommendations"),
        ngettext("%(n)s written", "%(n)s written", counts.recommendations)
        % {"n": number(counts.recommendations)}
        if counts.recommendations
        else _planned(overview, SessionType.PLENARY_REPORT, _("None yet.")),
        bool(counts.recommendations) and not counts.in_review,
        "recommendations:desk-list",
    )
    yield Step(
        _("Decisions"),
        ngettext("%(n)s adopted", "%(n)s adopted", counts.taken) % {"n": number(counts.taken)}
        if counts.taken
        else _planned(overview, SessionType.COMMITMENTS, _("None yet.")),
        bool(counts.taken) and not counts.to_decide,
        "recommendations:desk-list",
    )
    yield Step(
        _("Policy brief"),
        ngettext("%(n)s published", "%(n)s published", counts.publications)
        % {"n": number(counts.publications)}
        if counts.publications
        else _planned(overview, SessionType.CLOSING, _("Not published yet.")),
        bool(counts.publications),
        "briefs:desk",
    )


def _rounds(overview: Overview) -> Iterator[Step]:
    rounds = overview.rounds[:MOST_ROUNDS]
    if not rounds:
        said = _planned(overview, SessionType.PRIORITISATION, _("No round is prepared yet."))
        yield Step(_("Voting round"), said, is_done=False, url_name="dialogue:desk-rounds")
    for one in rounds:
        state = str(RoundState(one.state).label)
        said = listed([state, *_when(one)])
        yield Step(str(one), said, one.closed_at is not None, "dialogue:desk-rounds")


def _when(round: Round) -> list[str]:
    if round.state == RoundState.DRAFT and round.session:
        return [clock(round.session.starts_at)]
    return []


def _planned(overview: Overview, kind: SessionType, otherwise: str) -> str:
    """When the programme has it, or what to say where it does not."""
    first: Session | None = next((s for s in overview.sessions if s.kind == kind), None)
    return clock(first.starts_at) if first else otherwise
