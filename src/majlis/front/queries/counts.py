"""How much there is of everything at an edition, and how much of it waits: one query."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import F, Func, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from majlis.briefs.models import Publication
from majlis.dialogue.models import Contribution, Round, Statement
from majlis.dialogue.states import ContributionState, RoundState, StatementState
from majlis.mail.models import Message
from majlis.mail.states import MessageState
from majlis.recommendations.models import Recommendation
from majlis.recommendations.states import TAKEN, TextState
from majlis.registration.models import Device, Registration
from majlis.registration.states import RegistrationState
from majlis.series.models import Edition

ANY = -1  # the key of no edition
LOST = (MessageState.REFUSED, MessageState.GIVEN_UP)


@dataclass(frozen=True, slots=True)
class DeskCounts:
    """Counts of an edition, as the menu of the desk and its overview show them."""

    confirmed: int
    arrived: int
    to_approve: int
    disowned: int
    contributions: int
    to_moderate: int
    statements: int
    open_rounds: int
    unshown_rounds: int
    recommendations: int
    in_review: int
    to_decide: int
    taken: int
    publications: int
    lost_emails: int

    @property
    def moderated(self) -> int:
        return self.contributions - self.to_moderate

    @property
    def places(self) -> int:
        """Registrations that are confirmed or may still be."""
        return self.confirmed + self.to_approve

    @property
    def registrations_waiting(self) -> int:
        """What an organiser has to look at among the registrations."""
        return self.to_approve + self.disowned


def counts_of(edition: Edition) -> DeskCounts:
    """Every count of an edition, in one query."""
    names, asked, given = _asked()
    with connection.cursor() as cursor:
        of = [edition.pk if one == ANY else one for one in given]
        cursor.execute("SELECT " + asked, of)
        return DeskCounts(**dict(zip(names, cursor.fetchone(), strict=True)))


@cache
def _asked() -> tuple[list[str], str, tuple[Any, ...]]:
    """What is counted, the query, and what it is asked with, where `ANY` stands for an edition.

    Every page of the desk asks it, and putting it together takes longer than the answer.
    """
    counted = {f"n_{name}": _n_of(rows) for name, rows in _rows().items()}
    found = Edition.objects.filter(pk=ANY).annotate(**counted).values_list(*counted)
    asked, given = found.query.sql_with_params()
    return list(_rows()), asked.removeprefix("SELECT "), given


def _rows() -> dict[str, QuerySet[Any]]:
    here = {"edition": OuterRef("pk")}
    places = Registration.objects.filter(**here)
    confirmed = places.filter(state=RegistrationState.CONFIRMED)
    said = Contribution.objects.filter(**here)
    rounds = Round.objects.filter(**here)
    recs = Recommendation.objects.filter(**here)
    return {
        "confirmed": confirmed,
        "arrived": confirmed.filter(arrived_at__isnull=False),
        "to_approve": places.filter(state=RegistrationState.WAITING),
        "disowned": Device.objects.filter(
            voice__edition=OuterRef("pk"), disowned_at__isnull=False, seen_at__isnull=True
        ),
        "contributions": said,
        "to_moderate": said.filter(state=ContributionState.CAPTURED),
        "statements": Statement.objects.filter(**here, state=StatementState.CAPTURED),
        "open_rounds": rounds.filter(state=RoundState.OPEN),
        "unshown_rounds": rounds.filter(state=RoundState.CLOSED),
        "recommendations": recs.exclude(state=TextState.WITHDRAWN),
        "in_review": recs.filter(state=TextState.IN_REVIEW),
        "to_decide": recs.filter(state=TextState.FINAL_LIST),
        "taken": recs.filter(state__in=TAKEN),
        "publications": Publication.objects.filter(**here),
        "lost_emails": Message.objects.filter(edition=OuterRef("slug"), state__in=LOST),
    }


def _n_of(rows: QuerySet[Any]) -> Coalesce:
    """How many rows there are, beside the edition."""
    counted = Func(F("pk"), function="COUNT", output_field=IntegerField())  # groups nothing
    return Coalesce(Subquery(rows.order_by().annotate(n=counted).values("n")), 0)
