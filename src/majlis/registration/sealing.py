"""What becomes of the list of names when an edition is sealed: it stays, with days for times.

Whoever knows who arrived when, or in which order, could look for words and votes that came then.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Model, Q

from majlis.kernel.models import Act
from majlis.mail.actions import forget_messages
from majlis.mail.models import Message
from majlis.people.models import Person, SignIn, SignInLink
from majlis.registration.models import (
    Admission,
    Consent,
    Device,
    Guest,
    PendingAnswers,
    PeopleImport,
    Registration,
    Role,
    Voice,
)
from majlis.series.models import Edition
from majlis.series.sealing import LOT, SealingPart, day_of

AT_ONCE = 500
FACTS_KEPT = {"given", "taken_back"}
"""Of the lines about a registration: which permissions a person gave and took back."""


def _seal(edition: Edition) -> None:
    places = list(Registration.objects.filter(edition=edition).select_related("person"))
    guests = list(Guest.objects.filter(edition=edition))
    consents = list(Consent.objects.filter(registration__edition=edition))
    people = [place.person for place in places]
    _keep_days(
        edition,
        places,
        "asked_at",
        "address_confirmed_at",
        "listed_at",
        "confirmed_at",
        "arrived_at",
        "emails_ended_at",
    )
    Registration.objects.filter(edition=edition).update(chosen=[])
    _keep_days(edition, consents, "at")
    _keep_days(edition, guests, "added_at", "sent_at", "answered_at")
    _keep_days(edition, people, "created_at", "last_login")
    _forget_ways_in(edition, people)
    edition.pending_answers.all().delete()
    edition.imports.all().delete()
    _keep_days_of_lines(edition, places)


def _keep_days(edition: Edition, rows: Sequence[Model], *names: str) -> None:
    for row in rows:
        for name in names:
            at = getattr(row, name)
            setattr(row, name, at and day_of(at, edition))
    if rows:
        type(rows[0])._base_manager.bulk_update(rows, names, batch_size=AT_ONCE)


def _forget_ways_in(edition: Edition, people: Iterable[Person]) -> None:
    """Sign-in links, sign-ins and messages tell when somebody was here; the team stays in."""
    keys = {person.pk for person in people}
    SignInLink.objects.filter(person__in=keys).delete()
    team = Role.objects.filter(edition=edition, revoked_at__isnull=True).values("person")
    SignIn.objects.filter(person__in=keys).exclude(person__in=team).delete()
    forget_messages(edition=edition.slug)
    addresses = [person.email for person in people if person.email]
    Message.objects.filter(edition="", recipient__in=addresses).delete()


def _keep_days_of_lines(edition: Edition, places: list[Registration]) -> None:
    """Write the lines about participants anew at the end of the log, in an order by lot."""
    codes = [place.person.code for place in places]
    doers = [place.person.doer for place in places]
    lines = list(
        Act.objects.filter(
            Q(edition=edition.slug, object_kind__in=["registration", "guest"])
            | Q(edition__in=["", edition.slug], object_kind="person", object_code__in=codes)
            | Q(edition=edition.slug, doer__in=doers)
        )
    )
    Act.objects.filter(pk__in=[line.pk for line in lines]).delete()
    LOT.shuffle(lines)
    for line in lines:
        line.pk, line.at = None, day_of(line.at, edition)
        line.facts = {name: fact for name, fact in line.facts.items() if name in FACTS_KEPT}
    Act.objects.bulk_create(sorted(lines, key=lambda line: line.at), batch_size=AT_ONCE)


PART = SealingPart(
    changed=(
        Act, Admission, Consent, Device, Guest, Message, PendingAnswers, PeopleImport, Person,
        Registration, SignIn, SignInLink, Voice,
    ),
    seal=_seal,
)  # fmt: skip
