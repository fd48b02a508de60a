"""Questions about invited guests, and about lists of people before they are imported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from majlis.kernel.analysis import Search
from majlis.kernel.punctuation import joined
from majlis.kernel.words import language_now
from majlis.mail.addresses import spellings
from majlis.people.states import Constituency
from majlis.people.territories import country_name
from majlis.registration.imports import Defaults, Found, people_in
from majlis.registration.imports.answers import answer_in
from majlis.registration.models import FormAnswer, Guest, PeopleImport, Registration
from majlis.registration.queries.duplicates import alike
from majlis.registration.states import Fate, GuestAnswer, ImportKind, RegistrationState
from majlis.series.models import Edition, Question
from majlis.series.queries import questions_of

STANDS: dict[str, Q] = {
    "new": Q(sent_at=None, wanted_at=None, answer=GuestAnswer.NONE),
    "open": Q(answer=GuestAnswer.NONE) & (Q(sent_at__isnull=False) | Q(wanted_at__isnull=False)),
    "yes": Q(answer=GuestAnswer.YES),
    "no": Q(answer=GuestAnswer.NO),
}
"""Where a guest stands: not invited yet, without an answer, coming, not coming."""


def guests(edition: Edition, *, stands: str = "", words: str = "") -> QuerySet[Guest]:
    """Guests of an edition, narrowed by what is not empty."""
    found = Guest.objects.filter(edition=edition).select_related("registration")
    if stands in STANDS:
        found = found.filter(STANDS[stands])
    if wanted := Search(words):
        named = found.values_list("pk", "email", "name", "organisation")
        found = found.filter(
            pk__in=[
                pk
                for pk, email, name, organisation in named
                if wanted.in_names(*spellings(email), name, organisation)
            ]
        )
    return found


def open_substitute(registration: Registration) -> Guest | None:
    """Whoever is invited to take over a place and has not answered."""
    return registration.substitutes.filter(answer=GuestAnswer.NONE).first()


def successor_of(registration: Registration) -> Registration | None:
    """Who took over this place, if anybody did."""
    taken = registration.substitutes.filter(answer=GuestAnswer.YES, registration__isnull=False)
    guest = taken.select_related("registration__person").order_by("-answered_at").first()
    return guest.registration if guest else None


def predecessor_of(registration: Registration) -> Registration | None:
    """Whose place this one was."""
    rows = Guest.objects.filter(registration=registration, answer=GuestAnswer.YES)
    guest = rows.select_related("instead_of__person").first()
    return guest.instead_of if guest else None


def counts_of_guests(edition: Edition) -> dict[str, int]:
    """How many guests stand where, and all of them under an empty name."""
    counted = {name: Count("pk", filter=stands) for name, stands in STANDS.items()}
    found: dict[str, int] = Guest.objects.filter(edition=edition).aggregate(**counted)
    return {"": sum(found.values())} | found


def imports(edition: Edition) -> QuerySet[PeopleImport]:
    """The lists that were uploaded, newest first, without what stands in them."""
    return PeopleImport.objects.filter(edition=edition).defer("table", "outcome")


@dataclass(frozen=True, slots=True)
class Planned:
    """One person of a list, and what importing would do: `changes` are label, before, after."""

    found: Found
    fate: Fate
    why: str = ""
    changes: tuple[tuple[str, str, str], ...] = ()
    more: dict[str, Any] = field(default_factory=dict)  # answers to questions, by code
    notes: tuple[str, ...] = ()  # on answers that were not understood


@dataclass(slots=True)
class _Known:
    """Who is there already, and who stood in the list so far."""

    by_email: dict[str, dict[str, Any]] = field(default_factory=dict)
    taken: dict[str, str] = field(default_factory=dict)  # addresses of others, with the reason
    alike: dict[str, str] = field(default_factory=dict)  # addresses and names, and whose they are
    rows: dict[str, str] = field(default_factory=dict)  # addresses of this list, with their row
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)  # to questions, by address

    def add(self, email: str, name: str, organisation: str) -> None:
        for key in alike(email, name, organisation):
            self.alike.setdefault(key, email or name)


def plan(of: PeopleImport) -> list[Planned]:
    """What importing the list as it is would do with each of its people. Writes nothing."""
    defaults = Defaults(**{k: v for k, v in of.defaults.items() if k != "twins"})
    known = _known(of)
    takes_twins = of.defaults.get("twins") == "take"
    planned = []
    questions = questions_for(of)
    for found in people_in(of.rows, of.fields, defaults):
        one = _planned(found, known, of.kind, takes_twins=takes_twins)
        if found.cells and one.fate != Fate.REFUSED:
            one = _with_answers(one, known, questions)
        planned.append(one)
        if one.fate != Fate.REFUSED:
            known.rows[found.email] = found.row
            known.add(found.email, found.name, found.organisation)
    return planned


def questions_for(of: PeopleImport) -> list[Question]:
    """The questions that a column of this list can answer: guests answer for themselves."""
    if of.kind != ImportKind.PLACES:
        return []
    return [one for one in questions_of(of.edition) if not one.is_file]


def _with_answers(one: Planned, known: _Known, questions: Iterable[Question]) -> Planned:
    """The same with what the list answers to questions, and what differs from before."""
    lang = language_now() or "en"
    before = known.answers.get(one.found.email, {})
    more: dict[str, Any] = {}
    changes, notes = list(one.changes), []
    for question in questions:
        cell = one.found.cells.get(question.code, "")
        if not cell:
            continue
        value = answer_in(question, cell)
        if value is None:
            said = {"said": cell[:40], "question": str(question.prompt)}
            notes.append(_("“%(said)s” is no answer to “%(question)s”.") % said)
            continue
        more[question.code] = value
        was = before.get(question.code)
        if one.fate != Fate.MADE and was != value:
            old = question.shown(was, lang) if was is not None else ""
            changes.append((str(question.prompt), old, question.shown(value, lang)))
    fate = Fate.CHANGED if one.fate == Fate.SAME and changes else one.fate
    return replace(one, fate=fate, changes=tuple(changes), more=more, notes=tuple(notes))


def _known(of: PeopleImport) -> _Known:
    known = _Known()
    places = Registration.objects.filter(edition=of.edition).select_related(
        "person", "organisation"
    )
    read = ("name", "constituency", "country", "languages", "state", "organisation__name")
    for place in places.only(*read, "person__email", "person__name", "person__language"):
        facts = facts_of(place)
        known.add(facts["email"], facts["name"], facts["organisation"])
        if of.kind == ImportKind.PLACES:
            known.by_email[facts["email"]] = facts
        elif place.state not in {RegistrationState.DECLINED, RegistrationState.WITHDRAWN}:
            known.taken[facts["email"]] = _("Already registered.")
    if questions_for(of):
        rows = FormAnswer.objects.filter(registration__edition=of.edition)
        for email, code, value in rows.values_list(
            "registration__person__email", "question__code", "value"
        ):
            known.answers.setdefault(email or "", {})[code] = value
    if of.kind == ImportKind.GUESTS:
        for guest in Guest.objects.filter(edition=of.edition):
            known.add(guest.email, guest.name, guest.organisation)
            known.by_email[guest.email] = {"email": guest.email} | guest.facts()
            if guest.answer:
                known.taken[guest.email] = _("Already invited, and has answered.")
    for nobody in (known.by_email, known.taken):
        nobody.pop("", None)
    return known


def facts_of(place: Registration) -> dict[str, Any]:
    """What a registration says of a person, in the words of an import."""
    return {
        "email": place.person.email or "",
        "name": place.full_name,
        "organisation": place.organisation.name if place.organisation else "",
        "constituency": place.constituency,
        "country": place.country,
        "languages": list(place.languages),
        "language": place.person.language,
    }


def _planned(found: Found, known: _Known, kind: str, *, takes_twins: bool) -> Planned:
    why = found.fault or _missing(found, kind)
    if not why and found.email in known.rows:
        why = _("The same address stands in row %(row)s.") % {"row": known.rows[found.email]}
    why = why or known.taken.get(found.email, "")
    if why:
        return Planned(found, Fate.REFUSED, why)
    before = known.by_email.get(found.email)
    if before is not None:
        changes = tuple(changes_in(before, found.facts, found.said))
        return Planned(found, Fate.CHANGED if changes else Fate.SAME, "", changes)
    keys = alike(found.email, found.name, found.organisation)
    twin = next((known.alike[key] for key in keys if key in known.alike), "")
    if twin and not takes_twins:
        return Planned(
            found, Fate.REFUSED, _("Probably the same person as %(who)s.") % {"who": twin}
        )
    return Planned(found, Fate.MADE)


def _missing(found: Found, kind: str) -> str:
    """What the list would have to say of this person, and does not."""
    if kind == ImportKind.GUESTS:
        return "" if found.email else _("There is no email address to send the invitation to.")
    if not found.constituency:
        return _("The stakeholder group is missing. Choose one for all who have none.")
    return "" if found.country else _("The country is missing. Choose one for all who have none.")


LABELS = {
    "name": Guest._meta.get_field("name").verbose_name,
    "organisation": Guest._meta.get_field("organisation").verbose_name,
    "constituency": Guest._meta.get_field("constituency").verbose_name,
    "country": Guest._meta.get_field("country").verbose_name,
    "languages": Guest._meta.get_field("languages").verbose_name,
    "language": Guest._meta.get_field("language").verbose_name,
}


def changes_in(
    before: dict[str, Any], after: dict[str, Any], said: frozenset[str]
) -> Iterator[tuple[str, str, str]]:
    """What differs in the fields that the list fills: label, before, after."""
    for name, label in LABELS.items():
        if name in said and after[name] and before[name] != after[name]:
            yield str(label), shown(name, before[name]), shown(name, after[name])


def shown(name: str, value: Any) -> str:
    """A fact of a person in words."""
    if name == "constituency":
        return str(Constituency(value).label) if value else ""
    if name == "country":
        return country_name(value)
    return joined(value) if isinstance(value, list) else str(value)
