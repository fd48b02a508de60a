"""Questions about persons and organisations."""

from __future__ import annotations

import unicodedata

from majlis.people.models import Organisation, Person


def person_by_email(email: str) -> Person | None:
    """The active person with this address, whatever its capitals."""
    return Person.objects.filter(email=email.strip().lower(), is_active=True).first()


def organisation_like(name: str, country: str) -> Organisation | None:
    """An organisation of the country whose name differs in nothing but capitals and accents."""
    wanted = _bare(name)
    for organisation in Organisation.objects.filter(country=country).order_by("pk"):
        if _bare(organisation.name) == wanted:
            return organisation
    return None


def organisation_names(limit: int = 500) -> list[str]:
    """Names to choose from while typing, for the desk only: they tell who is coming."""
    names = Organisation.objects.order_by("name").values_list("name", flat=True)
    return list(dict.fromkeys(names[:limit]))


def _bare(name: str) -> str:
    letters = unicodedata.normalize("NFKD", " ".join(name.split()).casefold())
    return "".join(c for c in letters if not unicodedata.combining(c))
