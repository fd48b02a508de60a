"""Importing lists of people: preview first, then some people at a time, and undo for an hour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from majlis.kernel import ledger
from majlis.kernel.clock import now
from majlis.kernel.errors import MajlisError, RuleBroken
from majlis.kernel.fetching import found_in
from majlis.kernel.ledger import Doer
from majlis.registration import held, queries
from majlis.registration.actions.admissions import require_unsealed
from majlis.registration.actions.deciding import add_at_desk, correct
from majlis.registration.actions.guests import put_guest
from majlis.registration.actions.own import erase
from majlis.registration.answers import Answers
from majlis.registration.imports import guessed
from majlis.registration.imports.answers import guessed_questions
from majlis.registration.models import UNDO_LIVES, Guest, PeopleImport, Registration
from majlis.registration.queries.guests import facts_of, plan, questions_for
from majlis.registration.states import Capacity, Fate, ImportKind, ImportState, Verb
from majlis.series.models import Edition

AT_ONCE = 50  # people whom one pass of the tick writes
DRAFT_LIVES = timedelta(hours=24)


class _ByImport:
    """The doer of what an import does: whoever began it."""

    def __init__(self, of: PeopleImport) -> None:
        self.doer = of.made_by


@transaction.atomic
def upload_list(
    edition: Edition,
    *,
    kind: str,
    name: str,
    headings: Sequence[str],
    rows: Mapping[int, Sequence[str]],
    language: str,
    by: Doer,
) -> PeopleImport:
    """Keep a list for its preview, with a guess at what its columns hold."""
    require_unsealed(edition)
    made = PeopleImport.objects.create(
        edition=edition,
        kind=kind,
        name=name[:120],
        made_by=by.doer,
        table={"headings": list(headings), "rows": [[n, list(row)] for n, row in rows.items()]},
        fields=_fields(edition, kind, headings, list(rows.values())),
        defaults={"language": language, "constituency": "", "country": "", "twins": "refuse"},
    )
    ledger.record(Verb.UPLOADED_LIST, made, by=by, n=len(rows))
    return made


def _fields(
    edition: Edition, kind: str, headings: Sequence[str], rows: Sequence[Sequence[str]]
) -> list[str]:
    """A guess at what the columns hold: usual things, then questions of the form."""
    questions = questions_for(PeopleImport(edition=edition, kind=kind))
    return guessed_questions(headings, guessed(headings, rows), questions)


@transaction.atomic
def map_list(
    of: PeopleImport, *, fields: Sequence[str], defaults: Mapping[str, str], by: Doer
) -> PeopleImport:
    """Say what the columns hold, and what counts where a row says nothing."""
    of = _locked(of, ImportState.DRAFT)
    of.fields, of.defaults = list(fields), dict(defaults)
    of.save(update_fields=["fields", "defaults"])
    ledger.record(Verb.MAPPED_LIST, of, by=by)
    return of


@transaction.atomic
def start_import(of: PeopleImport, *, by: Doer) -> PeopleImport:
    """Begin to write what the preview shows: the first people now, the others by the tick."""
    of = _locked(of, ImportState.DRAFT)
    require_unsealed(of.edition)
    planned = plan(of)
    of.made_by, of.state, of.n_all = by.doer, ImportState.RUNNING, len(planned)
    of.table = {
        "people": [
            {
                "row": one.found.row, "email": one.found.email, "facts": one.found.facts,
                "said": sorted(one.found.said), "fate": one.fate, "why": one.why, "more": one.more,
            }
            for one in planned
        ]
    }  # fmt: skip
    ledger.record(Verb.IMPORTED, of, by=by, n=of.n_all)
    _go_on(of)
    return of


@transaction.atomic
def undo_import(of: PeopleImport, *, by: Doer) -> PeopleImport:
    """Take back what an import did, unless somebody has used it since. The tick does the rest."""
    of = _locked(of, ImportState.DONE)
    if not of.can_be_undone(at=now()):
        raise RuleBroken(_("An import can be undone for one hour. Nothing was changed."))
    of.state, of.made_by = ImportState.UNDOING, by.doer
    ledger.record(Verb.UNDID_IMPORT, of, by=by)
    _go_on(of)
    return of


@transaction.atomic
def discard_list(of: PeopleImport, *, by: Doer) -> None:
    """Delete a list that was not imported."""
    of = _locked(of, ImportState.DRAFT)
    ledger.record(Verb.DISCARDED_LIST, of, by=by)
    of.delete()


def run_imports() -> None:
    """Go on with imports that are under way; for the tick. A crash loses nothing."""
    under_way = PeopleImport.objects.filter(state__in=[ImportState.RUNNING, ImportState.UNDOING])
    for pk in under_way.values_list("pk", flat=True):
        with transaction.atomic():
            rows = PeopleImport.objects.select_for_update(of=("self",), skip_locked=True)
            of = rows.select_related("edition").filter(pk=pk).first()
            if of is not None:
                _go_on(of)


def forget_lists() -> None:
    """Delete drafts that nobody imported, and what was in lists that cannot be undone any more."""
    at = now()
    drafts = PeopleImport.objects.filter(state=ImportState.DRAFT, made_at__lt=at - DRAFT_LIVES)
    drafts.delete()
    over = PeopleImport.objects.filter(ended_at__lt=at - UNDO_LIVES).exclude(outcome=[])
    for of in over:
        of.forget_rows()
        of.save(update_fields=["table", "outcome"])


def _locked(of: PeopleImport, state: ImportState) -> PeopleImport:
    rows = PeopleImport.objects.select_for_update(of=("self",)).select_related("edition")
    of = found_in(rows.filter(pk=of.pk))
    if of.state != state:
        raise RuleBroken(_("This was done already. See how the import stands now."))
    return of


def _go_on(of: PeopleImport) -> None:
    """Do the next people of an import, or undo them, in the caller's transaction."""
    if of.state == ImportState.RUNNING:
        people = of.table["people"][of.n_done : of.n_done + AT_ONCE]
        of.outcome += [_put(of, person) for person in people]
        if of.n_done >= of.n_all:
            of.table = {}
            of.finish(ImportState.DONE, at=now())
    elif of.state == ImportState.UNDOING:
        left = [one for one in of.outcome if not one.get("is_back")]
        for one in left[:AT_ONCE]:
            one["is_back"] = True
            one["stays"] = not _take_back(of, one)
        if len(left) <= AT_ONCE:
            of.finish(ImportState.UNDONE, at=now())
    of.save()


def _put(of: PeopleImport, person: Mapping[str, Any]) -> dict[str, Any]:
    """Write one person as planned; a rule that forbids it now is the reason that is shown."""
    done = {
        "row": person["row"],
        "name": person["facts"]["name"],
        "fate": person["fate"],
        "why": person["why"],
    }
    if person["fate"] not in {Fate.MADE, Fate.CHANGED}:
        return done
    put = _put_guest if of.kind == ImportKind.GUESTS else _put_place
    try:
        with transaction.atomic():
            return done | put(of, person)
    except MajlisError as refused:
        return done | {"fate": Fate.REFUSED, "why": str(refused)}


def _said(person: Mapping[str, Any]) -> dict[str, Any]:
    return {name: fact for name, fact in person["facts"].items() if name in person["said"]}


def _put_guest(of: PeopleImport, person: Mapping[str, Any]) -> dict[str, Any]:
    is_there = Guest.objects.filter(edition=of.edition, email=person["email"]).exists()
    facts = _said(person) if is_there else person["facts"]
    guest, before = put_guest(of.edition, email=person["email"], facts=facts, by=_ByImport(of))
    fate = Fate.MADE if before is None else Fate.CHANGED
    return {"code": guest.code, "before": before, "fate": fate}


def _put_place(of: PeopleImport, person: Mapping[str, Any]) -> dict[str, Any]:
    known = queries.place_of(person["email"], of.edition) if person["email"] else None
    if known is None:
        made = add_at_desk(
            of.edition,
            answers=_answers(person["facts"], person["email"], person.get("more")),
            language=person["facts"]["language"],
            by=_ByImport(of),
        )
        return {"code": made.code, "before": None, "fate": Fate.MADE}
    before = facts_of(known)
    after: dict[str, Any] = before | _said(person)
    if person.get("more"):
        before["more"] = {
            code: value
            for code, value in queries.answered_by(known).items()
            if code in {one.code for one in questions_for(of)}
        }
        after["more"] = before["more"] | person["more"]
    _correct(of, known, after)
    return {"code": known.code, "before": before, "fate": Fate.CHANGED}


def _answers(
    facts: Mapping[str, Any], email: str, more: Mapping[str, Any] | None = None
) -> Answers:
    return Answers(
        name=facts["name"],
        email=email,
        organisation=facts["organisation"],
        constituency=facts["constituency"],
        country=facts["country"],
        capacity=Capacity.OFFICIAL if facts["organisation"] else Capacity.PERSONAL,
        languages=tuple(facts["languages"]),
        more=more or None,
    )


def _correct(of: PeopleImport, known: Registration, facts: Mapping[str, Any]) -> None:
    answers = replace(_answers(facts, known.person.email or ""), more=facts.get("more"))
    correct(known, answers=answers, language=facts["language"], by=_ByImport(of))


def _take_back(of: PeopleImport, one: Mapping[str, Any]) -> bool:
    """Undo what was done with one person; return whether nothing of it stays."""
    code, before = one.get("code"), one.get("before")
    if not code:
        return True
    if of.kind == ImportKind.GUESTS:
        guests = Guest.objects.filter(edition=of.edition, code=code, answer="")
        n = guests.update(**before) if before else guests.delete()[0]
        return bool(n)
    place = Registration.objects.filter(edition=of.edition, code=code).first()
    if place is None:
        return True
    if before:
        _correct(of, place, before)
        return True
    if _is_used(place):
        return False
    erase(place.person, only=place, by=_ByImport(of))
    return True


def _is_used(place: Registration) -> bool:
    """Whether somebody has come, connected a phone, or said something with this place."""
    voice = getattr(place, "voice", None)
    if place.arrived_at is not None or voice is None:
        return place.arrived_at is not None
    return voice.devices.exists() or held.said_anything(voice)
