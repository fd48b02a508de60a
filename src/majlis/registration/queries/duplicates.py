"""Registrations that are probably of one person, and what stands on either side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from majlis.kernel.analysis import fold, sort_key
from majlis.kernel.punctuation import joined
from majlis.people.territories import country_name
from majlis.registration.imports.cells import likeness
from majlis.registration.models import FormAnswer, Registration
from majlis.registration.states import RegistrationState
from majlis.series.models import Edition
from majlis.ui.languages import facts

STANDING = (RegistrationState.ASKED, RegistrationState.WAITING, RegistrationState.CONFIRMED)
EMPTY = "–"


def alike(email: str, name: str, organisation: str) -> Iterator[str]:
    """What two entries for one person are likely to share."""
    if email:
        yield likeness(email)
    if organisation:
        yield f"{' '.join(sorted(fold(name).split()))}, {fold(organisation)}"


def duplicates(edition: Edition) -> list[tuple[int, int]]:
    """Keys of registrations that share an address in another spelling, or name and organisation.

    Each pair once, by name; of three that are alike the first stands with each of the others.
    """
    rows = Registration.objects.filter(edition=edition, state__in=STANDING).values_list(
        "pk", "person__email", "name", "person__name", "organisation__name"
    )
    first: dict[str, int] = {}
    names: dict[int, str] = {}
    pairs: set[tuple[int, int]] = set()
    for pk, email, name, known_as, organisation in rows:
        names[pk] = name or known_as
        for key in alike(email or "", names[pk], organisation or ""):
            before = first.setdefault(key, pk)
            if before != pk:
                pairs.add((before, pk))
    return sorted(pairs, key=lambda pair: sort_key(names[pair[0]]))


@dataclass(frozen=True, slots=True)
class Compared:
    """One fact of two registrations: in the one that stays, and in the other."""

    name: str
    label: str | Promise
    first: str
    second: str

    @property
    def differs(self) -> bool:
        return self.first != self.second

    @property
    def is_better_second(self) -> bool:
        """Whether only the other one says anything."""
        return self.first == EMPTY


def compared(first: Registration, second: Registration) -> list[Compared]:
    """Every fact of which one can be kept: the usual ones, then the answers, by question."""
    sides = [_facts(place) for place in (first, second)]
    rows = [Compared(name, label, sides[0][name], sides[1][name]) for name, label in LABELS.items()]
    answers = [_answers(place) for place in (first, second)]
    asked = {code: one for side in answers for code, one in side.items()}
    for code, answer in asked.items():
        shown = [side[code].shown if code in side else EMPTY for side in answers]
        rows.append(Compared(f"asked_{code}", answer.prompt, *shown))
    return rows


LABELS: dict[str, str | Promise] = {
    "name": _("Name"),
    "email": _("Email address"),
    "organisation": _("Organisation"),
    "capacity": _("Capacity"),
    "constituency": _("Stakeholder group"),
    "country": _("Country"),
    "languages": _("Languages"),
}


def _facts(place: Registration) -> dict[str, str]:
    return {
        "name": place.full_name,
        "email": place.person.email or EMPTY,
        "organisation": place.organisation.name if place.organisation else EMPTY,
        "capacity": str(place.get_capacity_display()),
        "constituency": str(place.get_constituency_display()),
        "country": country_name(place.country),
        "languages": joined(facts(lang).name for lang in place.languages) or EMPTY,
    }


def _answers(place: Registration) -> dict[str, FormAnswer]:
    return {one.question.code: one for one in place.form_answers.select_related("question")}
