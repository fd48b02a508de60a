"""Removing a rehearsal: its rows, its ledger lines, its files; one line says that it was."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from majlis.dialogue.models import (
    Contribution,
    LineageEdge,
    LineageStep,
    Round,
    Statement,
    VoteEvent,
)
from majlis.front.states import Verb
from majlis.kernel import ledger
from majlis.kernel.errors import RuleBroken
from majlis.kernel.ledger import Doer
from majlis.kernel.models import Act
from majlis.mail.actions import forget_messages
from majlis.people.models import Person
from majlis.recommendations.models import Citation, CitedLink, Recommendation
from majlis.registration.models import Registration, Voice
from majlis.series.models import Edition


@transaction.atomic
def remove_rehearsal(edition: Edition, *, by: Doer) -> None:
    """Remove everything of a rehearsal. Raises `RuleBroken` for an edition that is none."""
    if not edition.is_rehearsal:
        raise RuleBroken(
            _("“%(edition)s” is not a rehearsal. Only rehearsals can be removed."),
            edition=edition,
        )
    slug = edition.slug
    files = [file.file for p in edition.publications.all() for file in p.files.all()]
    Citation.objects.filter(recommendation__edition=edition).delete()
    Recommendation.objects.filter(edition=edition).update(addressee=None)
    Recommendation.objects.filter(edition=edition).delete()
    CitedLink.objects.filter(edition=edition).delete()
    VoteEvent.objects.filter(statement__edition=edition).delete()
    LineageEdge.objects.filter(step__edition=edition).delete()
    for model in (LineageStep, Contribution, Statement, Round, Voice):
        model.objects.filter(edition=edition).delete()
    invented = list(
        Person.objects.filter(registrations__edition=edition, registrations__is_simulated=True)
    )
    Registration.objects.filter(edition=edition).delete()
    Act.objects.filter(object_kind="person", object_code__in=[p.code for p in invented]).delete()
    for person in invented:
        person.delete()
    edition.sessions.all().delete()
    edition.delete()
    forget_messages(edition=slug)
    Act.objects.filter(edition=slug).delete()
    for file in files:
        transaction.on_commit(lambda file=file: file.storage.delete(file.name))  # type: ignore[misc]
    ledger.record(Verb.REMOVED, edition, by=by, edition="", removed=slug)
