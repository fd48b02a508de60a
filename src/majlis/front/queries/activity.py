"""The audit log of an edition in plain words, as far as it may be told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.apps import apps
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from majlis.briefs.models import Publication
from majlis.dialogue.models import Statement
from majlis.kernel.analysis import sort_key
from majlis.kernel.ledger import CLOCK, CONSOLE
from majlis.kernel.models import Act
from majlis.kernel.words import verb_tables
from majlis.people.models import Person
from majlis.recommendations.models import Recommendation
from majlis.registration.models import Role
from majlis.series.models import Edition

KINDS = {
    "edition": _("edition"),
    "registration": _("registration"),
    "contribution": _("contribution"),
    "statement": _("statement"),
    "round": _("voting round"),
    "recommendation": _("recommendation"),
    "publication": _("policy brief"),
    "session": _("session"),
    "theme": _("theme"),
    "challenge": _("challenge"),
    "partner": _("partner"),
    "publictext": _("page text"),
    "speaker": _("speaker"),
    "stage": _("room screen"),
    "role": _("role"),
    "invitation": _("invitation"),
}
CODES_TELL = frozenset({"session", "theme", "challenge"})
"""Kinds of things whose codes people know; those of others are secrets or mean nothing."""
KNOWN_AS: dict[str, tuple[type[Model], str]] = {
    "recommendation": (Recommendation, "rec_id"),
    "statement": (Statement, "number"),
    "publication": (Publication, "number"),
}
"""What people know a thing by, where that is not its code."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: when, who, what was done, on what."""

    at: datetime
    who: str
    done: str
    what: str
    code: str


def told(
    edition: Edition, *, who: str = "", what: str = "", since: date | None = None
) -> QuerySet[Act]:
    """Lines that may be told, newest first, narrowed by what is not empty.

    What participants do is left out: when somebody spoke or voted could tell who it was. `what`
    is the name of the app whose verbs are wanted.
    """
    team = {f"person:{code}" for code in _team(edition).values_list("code", flat=True)}
    doers = team & {who} if who else team | {CLOCK.doer, CONSOLE.doer}
    found = Act.objects.filter(edition=edition.slug, doer__in=doers).order_by("-pk")
    if what:
        found = found.filter(verb__in=_verbs_of(what))
    if since is not None:
        found = found.filter(at__gte=datetime.combine(since, time(), edition.zone))
    return found


def lines_of(acts: Iterable[Act]) -> list[Line]:
    """Lines in words: names of colleagues, labels of verbs."""
    acts = list(acts)
    codes = {act.doer.partition(":")[2] for act in acts}
    names = {f"person:{p.code}": p.name for p in Person.objects.filter(code__in=codes)}
    known = _known_as(acts)
    others = {CLOCK.doer: str(_("Majlis")), CONSOLE.doer: str(_("the server’s operator"))}
    return [
        Line(
            act.at,
            names.get(act.doer) or others.get(act.doer, ""),
            act.done,
            str(KINDS.get(act.object_kind, "")),
            known.get((act.object_kind, act.object_code), ""),
        )
        for act in acts
    ]


def _known_as(acts: Iterable[Act]) -> dict[tuple[str, str], str]:
    """What people know the things by that acts were done on. A query for each kind."""
    of: dict[str, set[str]] = {kind: set() for kind in KNOWN_AS}
    found = {}
    for act in acts:
        if act.object_kind in of:
            of[act.object_kind].add(act.object_code)
        elif act.object_kind in CODES_TELL:
            found[act.object_kind, act.object_code] = act.object_code
    for kind, (model, name) in KNOWN_AS.items():
        rows = model._default_manager.filter(code__in=of[kind]).values_list("code", name)
        found |= {(kind, code): str(shown) for code, shown in rows}
    return found


def doers_of(edition: Edition) -> list[tuple[str, str]]:
    """Who can be asked for: everybody who works or worked at the edition."""
    team = sorted(_team(edition), key=lambda person: sort_key(person.name))
    return [(f"person:{person.code}", person.name) for person in team]


AREAS = {
    "series": pgettext_lazy("part of the work", "Edition and programme"),
    "registration": pgettext_lazy("part of the work", "People"),
    "dialogue": pgettext_lazy("part of the work", "Contributions and votes"),
    "recommendations": pgettext_lazy("part of the work", "Recommendations"),
    "briefs": pgettext_lazy("part of the work", "Policy brief"),
    "stage": pgettext_lazy("part of the work", "Room screen"),
}


def _team(edition: Edition) -> QuerySet[Person]:
    return Person.objects.filter(pk__in=Role.objects.filter(edition=edition).values("person"))


def _verbs_of(app: str) -> list[str]:
    tables = [table for table in verb_tables() if _app_of(table) == app]
    return [verb for table in tables for verb in table.values]


def _app_of(table: type) -> str:
    config = apps.get_containing_app_config(table.__module__)
    return config.label if config else ""


def since_day(typed: str) -> date | None:
    """A day as a browser sends it; nothing where it is none."""
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        return None
