"""Questions about persons and organisations."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from majlis.kernel.analysis import fold
from majlis.kernel.clock import now
from majlis.mail.addresses import normal_address
from majlis.people.models import Organisation, Person, SignIn


def person_by_email(email: str) -> Person | None:
    """The active person with this address, however it is spelled."""
    return Person.objects.filter(email=normal_address(email), is_active=True).first()


def sign_ins_of(person: Person) -> QuerySet[SignIn]:
    """Where the person is signed in, newest first."""
    return person.sign_ins.filter(expire_date__gt=now()).order_by("-since", "pk")


def organisation_like(
    name: str, country: str, *, among: QuerySet[Organisation]
) -> Organisation | None:
    """An organisation of the country whose name differs in nothing but capitals and accents."""
    wanted = fold(name).split()
    for organisation in among.filter(country=country).order_by("pk"):
        if fold(organisation.name).split() == wanted:
            return organisation
    return None


def doer_names(doers: Iterable[str]) -> dict[str, str]:
    """Names of persons by the doers that acts carry; whoever is not found is left out."""
    codes = {doer.partition(":")[2] for doer in doers if doer.startswith("person:")}
    found = Person.objects.filter(code__in=codes).values_list("code", "name")
    return {f"person:{code}": name for code, name in found}
