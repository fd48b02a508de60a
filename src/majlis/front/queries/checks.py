"""The check list of an edition: what is due when, and what the product can tell is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from majlis.front.queries.counts import DeskCounts
from majlis.front.states import Verb as Front
from majlis.kernel.models import Act
from majlis.people.queries import doer_names
from majlis.registration.states import TEAM
from majlis.series import programme
from majlis.series.models import Edition
from majlis.series.queries import are_texts_whole, lacking_of_funder, open_questions
from majlis.series.states import Check, Moment, Verb

BEFORE: Mapping[Check, int] = {
    Check.QUESTIONS: 84,
    Check.MAP: 77,
    Check.EVIDENCE: 70,
    Check.FUNDING: 63,
    Check.ANNOUNCED: 56,
    Check.CALL: 56,
    Check.PAPER: 42,
    Check.TEXTS: 35,
    Check.PROGRAMME: 28,
    Check.INVITED: 28,
    Check.SENT: 14,
    Check.TEAM: 10,
    Check.REHEARSED: 7,
}
"""Days before the first day."""
AFTER: Mapping[Check, int] = {
    Check.ATTENDED: 0,
    Check.CLEANED: 2,
    Check.RETURNED: 10,
    Check.BRIEF: 14,
    Check.ADDRESSED: 21,
    Check.ANSWERED: 49,
    Check.PLANNED: 56,
    Check.SURVEYED: 182,
}
"""Days after the last day."""


@dataclass(frozen=True, slots=True)
class CheckLine:
    """A step of the check list, when it is due, and whether it is done.

    `tells` is whether the product can tell by itself; else somebody ticks it: `who`, at `when`.
    """

    check: Check
    due: date
    is_done: bool
    tells: bool
    is_late: bool
    when: datetime | None = None
    who: str = ""

    @property
    def url_name(self) -> str:
        """Where it is done, where there is such a page."""
        return _PLACES.get(self.check, "")


_PLACES = {
    Check.FUNDING: "planning:plan",
    Check.ANNOUNCED: "planning:plan",
    Check.TEXTS: "planning:plan",
    Check.PROGRAMME: "planning:programme",
    Check.INVITED: "registration:desk-registrations",
    Check.TEAM: "registration:desk-colleagues",
    Check.REHEARSED: "front:desk",
    Check.ATTENDED: "registration:desk-census",
    Check.BRIEF: "briefs:desk",
}


def checks_of(edition: Edition, counts: DeskCounts, *, at: datetime) -> list[CheckLine]:
    """The check list in the order in which it falls due."""
    today = at.astimezone(edition.zone).date()
    ticked = dict(edition.ticks.values_list("code", "ticked_at"))
    doers = _tickers(edition)
    names = doer_names(doers.values())
    lines = []
    for check, due in _days(edition).items():
        tells = _TELLS.get(check)
        is_done = tells(edition, counts) if tells else check in ticked
        who = names.get(doers.get(check, ""), "") if check in ticked else ""
        late = not is_done and due < today
        lines.append(
            CheckLine(check, due, is_done, tells is not None, late, ticked.get(check), who)
        )
    return lines


def due_checks(lines: list[CheckLine], *, today: date) -> list[CheckLine]:
    """What is not done and due within a week, or was due before."""
    return [line for line in lines if not line.is_done and line.due <= today + timedelta(days=7)]


def _days(edition: Edition) -> dict[Check, date]:
    before = {one: edition.starts_on - timedelta(days=days) for one, days in BEFORE.items()}
    after = {one: edition.ends_on + timedelta(days=days) for one, days in AFTER.items()}
    return before | after


def _tickers(edition: Edition) -> dict[str, str]:
    """Who ticked each step last."""
    acts = Act.objects.filter(edition=edition.slug, verb=Verb.TICKED).order_by("pk")
    return {facts.get("check", ""): doer for facts, doer in acts.values_list("facts", "doer")}


def _is_programme_public(edition: Edition, _counts: DeskCounts) -> bool:
    version, public = programme.published(edition)
    return version is not None and not programme.changes(
        public, programme.planned_sessions(edition)
    )


def _is_team_whole(edition: Edition, _counts: DeskCounts) -> bool:
    kinds = edition.roles.filter(revoked_at__isnull=True).values_list("kind", flat=True)
    return set(TEAM) <= set(kinds)


def _is_rehearsed(edition: Edition, _counts: DeskCounts) -> bool:
    return Act.objects.filter(verb=Front.MADE, facts__of=edition.slug).exists()


_TELLS: dict[Check, Callable[[Edition, DeskCounts], bool]] = {
    Check.QUESTIONS: lambda edition, _: not open_questions(edition),
    Check.FUNDING: lambda edition, _: not lacking_of_funder(edition),
    Check.ANNOUNCED: lambda edition, _: edition.is_public,
    Check.TEXTS: lambda edition, _: are_texts_whole(edition),
    Check.PROGRAMME: _is_programme_public,
    Check.INVITED: lambda _, counts: counts.places > 0,
    Check.TEAM: _is_team_whole,
    Check.REHEARSED: _is_rehearsed,
    Check.ATTENDED: lambda _, counts: counts.arrived > 0,
    Check.BRIEF: lambda _, counts: counts.publications > 0,
}


def by_moment(lines: list[CheckLine]) -> list[tuple[Moment, list[CheckLine]]]:
    """The check list before, and from the day on."""
    return [
        (Moment.BEFORE, [line for line in lines if line.check in BEFORE]),
        (Moment.AFTER, [line for line in lines if line.check in AFTER]),
    ]
