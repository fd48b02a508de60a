"""The measures M07 to M09, M11 to M17 and M20 of the method, each with its caution.

What is answered and done is counted by pairs of a recommendation and an addressee.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from majlis.dialogue.models import Statement
from majlis.followup.models import PlannedAction
from majlis.followup.queries.standing import Standing, standing
from majlis.followup.states import ANSWERS, Progress, Response
from majlis.recommendations.models import Pair, Recommendation, Relation
from majlis.recommendations.queries import action_checks
from majlis.recommendations.queries.brief import citations_of_all
from majlis.recommendations.states import TAKEN, RelationKind, TextState
from majlis.series.models import Edition

ADOPTED_EVER = TAKEN | {TextState.SUPERSEDED}
RECENT = timedelta(days=183)


@dataclass(frozen=True, slots=True)
class Metric:
    """One measure: `part` of `of`, or a `value` in a unit; `caution` is read beside it."""

    code: str
    label: str | Promise
    part: int = 0
    of: int = 0
    value: float | None = None
    unit: str | Promise = ""
    note: str | Promise = ""
    caution: str | Promise = ""

    @property
    def share(self) -> float | None:
        """`part` of `of` in [0, 1]; None where there is nothing to count."""
        return self.part / self.of if self.of else None


def metrics_of(editions: Collection[Edition], today: date) -> list[Metric]:
    """The measures over some editions, in a fixed number of queries."""
    recs = list(
        Recommendation.objects.filter(edition__in=editions, state__in=ADOPTED_EVER)
        .select_related("edition", "theme")
        .prefetch_related("addressees", citations_of_all())
    )
    rows = Pair.objects.filter(recommendation__in=[rec.pk for rec in recs])
    pairs = rows.select_related("recommendation__edition", "addressee", "follow")
    stands = [standing(pair, today) for pair in pairs]
    planned = PlannedAction.objects.filter(pair__in=[one.pair.pk for one in stands])
    return [
        *_sources(recs, Statement.objects.filter(edition__in=editions).count()),
        *_answers(stands),
        *_done(stands, list(planned), today),
        _record(recs, stands, today),
        _repeated(recs),
    ]


def _sources(recs: Collection[Recommendation], n_statements: int) -> Iterable[Metric]:
    cited = {c.statement_id for rec in recs for c in rec.citations.all() if c.statement_id}
    traced = sum(_is_traced(rec) for rec in recs)
    tests = [action_checks(rec) for rec in recs]
    passed = [sum(test.passed for test in each) / len(each) for each in tests]
    yield Metric(
        "M07",
        _("Statements that led to an adopted recommendation"),
        len(cited),
        n_statements,
        caution=_("A low share is not bad: merging is work."),
    )
    yield Metric(
        "M08", _("Traceable: at least one statement and one piece of evidence"), traced, len(recs)
    )
    yield Metric(
        "M09",
        _("Actionable: mean share of the ten tests passed"),
        value=sum(passed) / len(passed) if passed else None,
        of=len(recs),
        caution=_("Read the ten tests, not only the mean. It is no measure of worth."),
    )


def _is_traced(rec: Recommendation) -> bool:
    citations = list(rec.citations.all())
    return any(c.statement_id for c in citations) and any(c.citable.is_evidence for c in citations)


def _answers(stands: Collection[Standing]) -> Iterable[Metric]:
    sent = [one for one in stands if one.response != Response.NOT_SENT]
    answered = [one for one in sent if one.response in ANSWERS]
    known = [
        (one.follow.sent_on, one.follow.answered_on, one.follow.answer_due_on) for one in answered
    ]
    in_time = [on for _sent, on, due in known if on and due and on <= due]
    days = [(on - sent_on).days for sent_on, on, _due in known if sent_on and on]
    partly = sum(one.response == Response.PARTIALLY_ACCEPTED for one in answered)
    fully = sum(one.response == Response.ACCEPTED for one in answered)
    n_open = len(sent) - len(answered)
    yield Metric("M11", _("Responses received by the date"), len(in_time), len(sent))
    yield Metric(
        "M12",
        _("Time to respond, median"),
        value=float(median(days)) if days else None,
        unit=_("days"),
        part=n_open,
        of=len(sent),
        note=_("still open"),
        caution=_("The median is that of the responses received. Open ones are counted beside it."),
    )
    yield Metric(
        "M13",
        _("Accepted or partly accepted, of the responses"),
        fully + partly,
        len(answered),
        value=float(partly),
        note=_("of them partly"),
    )


def _done(
    stands: Collection[Standing], planned: Collection[PlannedAction], today: date
) -> Iterable[Metric]:
    verified = sum(_was_verified(one) for one in stands)
    declared = sum(_was_declared(one) for one in stands)
    open_ones = [one for one in planned if one.done_on is None]
    late = sum(one.is_overdue(today) for one in open_ones)
    caution = _("Always read with the age of the recommendations.")
    yield Metric("M14", _("Implemented, as declared"), declared, len(stands), caution=caution)
    yield Metric("M14", _("Implemented, verified"), verified, len(stands), caution=caution)
    yield Metric("M15", _("Planned actions that are overdue"), late, len(open_ones))
    yield Metric("M16", _("Verified, of those declared implemented"), verified, declared)


def _was_declared(one: Standing) -> bool:
    return bool(one.follow.declared_by) and one.progress in {
        Progress.DECLARED,
        Progress.VERIFIED,
        Progress.CLOSED,
    }


def _was_verified(one: Standing) -> bool:
    return bool(one.follow.verified_by) and one.progress in {Progress.VERIFIED, Progress.CLOSED}


def _record(recs: Collection[Recommendation], stands: Collection[Standing], today: date) -> Metric:
    fresh = {
        one.rec.pk
        for one in stands
        if one.follow.updated_on and one.follow.updated_on > today - RECENT
    }
    fresh |= {
        rec.pk for rec in recs if rec.published_at and rec.published_at.date() > today - RECENT
    }
    shown = sum(rec.published_at is not None and rec.pk in fresh for rec in recs)
    return Metric(
        "M17",
        _("Public page updated in the last six months"),
        shown,
        len(recs),
        caution=_(
            "For comparison: 72 in 100 audit offices track recommendations, and 45 publish what "
            "they find."
        ),
    )


def _repeated(recs: Collection[Recommendation]) -> Metric:
    """New ones that continue one which was sent and is not answered."""
    links = Relation.objects.filter(
        recommendation__in=[rec.pk for rec in recs], kind=RelationKind.CONTINUES
    ).values_list("recommendation_id", "other_id")
    pairs = list(links)
    answered = set(
        Pair.objects.filter(
            recommendation__in=[other for _rec, other in pairs], follow__response__in=ANSWERS
        ).values_list("recommendation_id", flat=True)
    )
    repeats = {rec for rec, other in pairs if other not in answered}
    return Metric(
        "M20",
        _("New recommendations that continue one without a response"),
        len(repeats),
        len(recs),
        caution=_("A sign of an issue that is stuck."),
    )
