"""What a recommendation still lacks before it may enter a state, field by field, in words.

The fields and the states that ask for them are those of `recommendations.fields`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from majlis.kernel.errors import RuleBroken
from majlis.kernel.punctuation import listed
from majlis.kernel.texts import Text
from majlis.kernel.words import Language
from majlis.recommendations.fields import Field, Said, asked_at
from majlis.recommendations.models import Recommendation
from majlis.recommendations.states import ADOPTED, DECISIONS, RelationKind, TextState
from majlis.series.queries import lacking_of_funder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing a move waits for. `place` is the page part that mends it, `anchor` its field."""

    field: str
    label: Said
    todo: Said
    place: str = "form"

    @property
    def anchor(self) -> str:
        return f"id_{self.field}"


class Incomplete(RuleBroken):
    """A move was refused because something is missing; `missing` says what, field by field."""

    def __init__(self, rec_id: str, wanted: TextState, missing: Sequence[Missing]) -> None:
        super().__init__(
            _("%(rec)s cannot become “%(wanted)s” yet. Missing: %(list)s"),
            rec=rec_id or _("This recommendation"),
            wanted=wanted.label,
            list=listed(f"{m.label} – {m.todo}" for m in missing),
        )
        self.missing = tuple(missing)
        self.wanted = wanted


def missing_for(rec: Recommendation, wanted: TextState) -> list[Missing]:
    """What `rec` lacks to enter `wanted`, besides what the form of the move itself asks."""
    lacks = [
        Missing(field.mended_at or field.name, field.label, field.todo, field.place)
        for field in _asked_for(wanted)
        if not field.is_there(rec)
    ]
    if wanted == TextState.IN_REVIEW:
        lacks += _duplicate(rec)
    if wanted == TextState.FINAL_LIST:
        lacks += _languages(rec) + _readiness(rec)
    if wanted == TextState.PUBLISHED:
        lacks += _visibility(rec)
    return lacks


def _asked_for(wanted: TextState) -> list[Field]:
    """Before review what a draft holds is asked once more; at adoption only what is new."""
    if wanted in {TextState.IN_REVIEW, TextState.FINAL_LIST}:
        asked = asked_at(TextState.DRAFTED, TextState.IN_REVIEW)
        return sorted(asked, key=lambda field: field.asked != TextState.DRAFTED)
    return asked_at(TextState.ADOPTED if wanted in ADOPTED else wanted)


def _duplicate(rec: Recommendation) -> list[Missing]:
    open_ones = rec.relations.filter(kind=RelationKind.DUPLICATES).exclude(
        Q(other__state=TextState.WITHDRAWN) | Q(other__state=TextState.SUPERSEDED)
    )
    return [
        Missing(
            "relations",
            _("Related recommendations"),
            _(
                "it says the same as an open recommendation: work on that one, or state the "
                "difference"
            ),
        )
        for _one in open_ones[:1]
    ]


def _languages(rec: Recommendation) -> list[Missing]:
    """Three languages, or a note that says why one is lacking."""
    if rec.language_note.strip():
        return []
    return [
        Missing(
            f"text_{lang}",
            _("Wording in the three languages"),
            _("add the wording, or a note on the language status"),
            "wording",
        )
        for lang in Language.values
        if not (_in(rec.title, lang) and _in(rec.text, lang))
    ][:1]


def _in(text: Text, lang: str) -> bool:
    return lang in text and bool(text[lang].text.strip())


def _readiness(rec: Recommendation) -> list[Missing]:
    """At least one reader found this very wording ready."""
    if rec.reviews.filter(is_ready=True, wording_revision=rec.wording_revision).exists():
        return []
    return [
        Missing(
            "is_ready",
            _("Review"),
            _("at least one reviewer must find this wording ready"),
            "review",
        )
    ]


def _visibility(rec: Recommendation) -> list[Missing]:
    """What the funder asks for, on every public page."""
    return [
        Missing("visibility", lack.label, lack.todo, "edition")
        for lack in lacking_of_funder(rec.edition)
    ]


def missing_in_decision(facts: Mapping[str, object], outcome: TextState) -> list[Missing]:
    """What the record of a decision lacks; `facts` are the columns of `Adoption`."""

    def there(name: str) -> bool:
        value = facts.get(name)
        return value is not None and bool(str(value).strip())

    lacks: list[Missing] = []

    def ask(name: str, label: Said, todo: Said, ok: bool) -> None:
        if not ok:
            lacks.append(Missing(name, label, todo, "decision"))

    if outcome not in DECISIONS:
        ask("outcome", _("Decision taken"), _("choose what was decided"), False)
    ask("rule", _("Decision rule"), _("give the decision rule"), there("rule"))
    ask("body", _("Who decided"), _("name the body or the meeting"), there("body"))
    ask("decided_on", _("Date of the decision"), _("give the day"), there("decided_on"))
    if outcome != TextState.POSTPONED:
        counted = all(there(name) for name in ("n_for", "n_against", "n_abstaining"))
        ask(
            "n_for",
            _("Votes counted"),
            _("give the votes for, against and abstaining, or say why there was no count"),
            counted or there("count_note"),
        )
    if outcome in ADOPTED:
        ask(
            "dissent",
            _("Dissenting views"),
            _("write the reasons, without names, or state that none was recorded"),
            there("dissent") or bool(facts.get("no_dissent_recorded")),
        )
    if outcome == TextState.ADOPTED_WITH_RESERVATION:
        ask("reservation", _("Reservation"), _("write the reservation"), there("reservation"))
    if outcome == TextState.POSTPONED:
        ask("reason", _("Reason"), _("say what is still missing"), there("reason"))
        ask("next_on", _("Next date"), _("say when it will be discussed again"), there("next_on"))
    return lacks
