"""What a recommendation still lacks before it may enter a state, field by field, in words.

The fields and the states that ask for them are those of `recommendation_fields.csv`; what waits
for later work is listed in docs/reference/recommendation-fields.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from majlis.kernel.errors import RuleBroken
from majlis.kernel.texts import Text
from majlis.kernel.words import Language
from majlis.recommendations.models import Recommendation
from majlis.recommendations.states import ADOPTED, DECISIONS, RelationKind, TextState
from majlis.series.models import PublicText
from majlis.series.states import TextKind

if TYPE_CHECKING:
    from collections.abc import Sequence

Said = str | Promise

TITLE_LETTERS = 90


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
            list="; ".join(f"{m.label} – {m.todo}" for m in missing),
        )
        self.missing = tuple(missing)
        self.wanted = wanted


@dataclass(frozen=True, slots=True)
class Asked:
    """One field that a state asks for."""

    field: str
    label: Said
    todo: Said
    is_there: Callable[[Recommendation], bool]
    place: str = "form"


def has_words(text: Text) -> bool:
    """Whether there are words in any language."""
    return any(wording.text.strip() for wording in text.values())


def _words(name: str) -> Callable[[Recommendation], bool]:
    return lambda rec: has_words(getattr(rec, name))


def _set(name: str) -> Callable[[Recommendation], bool]:
    return lambda rec: bool(getattr(rec, name))


def _has_statement(rec: Recommendation) -> bool:
    return rec.citations.filter(statement__isnull=False).exists()


def _has_evidence(rec: Recommendation) -> bool:
    return rec.no_evidence_found or rec.citations.filter(link__isnull=False).exists()


def _overlap_answered(rec: Recommendation) -> bool:
    return rec.overlap_checked or rec.relations.exists()


ON_DRAFT: list[Asked] = [
    Asked("title", _("Short title"), _("give it a title"), _words("title"), "wording"),
    Asked("text", _("Recommendation text"), _("write what is asked"), _words("text"), "wording"),
    Asked("theme", _("Theme"), _("choose the theme"), _set("theme_id")),
    Asked(
        "challenges",
        _("Challenge"),
        _("choose at least one challenge"),
        lambda rec: rec.challenges.exists(),
    ),
    Asked(
        "addressee", _("Addressee"), _("name the unit that is asked to act"), _set("addressee_id")
    ),
    Asked("instrument", _("Instrument"), _("choose the means"), _set("instrument")),
    Asked(
        "source_statements",
        _("Source statements"),
        _("cite at least one statement of the room"),
        _has_statement,
        "sources",
    ),
]
"""What a draft holds from its first day."""

ON_REVIEW: list[Asked] = [
    Asked("level", _("Level"), _("say how far it reaches"), _set("level")),
    Asked("countries", _("Country"), _("choose at least one country"), _set("countries")),
    Asked(
        "value_chains",
        _("Value chain"),
        _("choose a value chain, or “all of them”"),
        _set("value_chains"),
    ),
    Asked("problem", _("Problem"), _("say what falls short, and for whom"), _words("problem")),
    Asked("rationale", _("Rationale"), _("say why this action follows"), _words("rationale")),
    Asked(
        "no_evidence_found",
        _("Evidence"),
        _("cite a link or document, or mark that no evidence was found"),
        _has_evidence,
    ),
    Asked(
        "certainty",
        _("Certainty of evidence"),
        _("say how far the evidence can be relied on"),
        _set("certainty"),
    ),
    Asked(
        "co_actors",
        _("Other actors"),
        _("name them with their role, or write that there are none"),
        _words("co_actors"),
    ),
    Asked(
        "legal_basis",
        _("Legal basis"),
        _("name the text to use or change, or mark that none is needed"),
        lambda rec: rec.no_legal_basis_needed or has_words(rec.legal_basis),
    ),
    Asked(
        "decision_needed",
        _("Decision required"),
        _("say which decision, by which body"),
        _words("decision_needed"),
    ),
    Asked(
        "cost_range",
        _("Order of magnitude of the cost"),
        _("choose one; “unknown” is allowed"),
        _set("cost_range"),
    ),
    Asked(
        "funding_source",
        _("Source of funding"),
        _("choose one; “unknown” is allowed"),
        _set("funding_source"),
    ),
    Asked("equity", _("Equity"), _("say who gains and who may lose"), _words("equity")),
    Asked("risks", _("Risks and assumptions"), _("name at least one"), _words("risks")),
    Asked(
        "overlap_checked",
        _("Related recommendations"),
        _("look at the others and say whether one is related"),
        _overlap_answered,
    ),
]
"""What a reviewer must find."""

ON_ADOPTION: list[Asked] = [
    Asked("first_action", _("First action"), _("say what is done first"), _words("first_action")),
    Asked("due_on", _("Due date"), _("give a day or a quarter"), _set("due_on")),
    Asked(
        "indicator", _("Indicator"), _("name what will be measured"), _words("indicator"), "form"
    ),
]
"""What those who adopt must be able to read, besides the decision itself."""


def missing_for(rec: Recommendation, wanted: TextState) -> list[Missing]:
    """What `rec` lacks to enter `wanted`, besides what the form of the move itself asks."""
    lacks = [_missing(asked) for asked in _asked_for(wanted) if not asked.is_there(rec)]
    if wanted == TextState.IN_REVIEW:
        lacks += _duplicate(rec)
    if wanted == TextState.FINAL_LIST:
        lacks += _languages(rec) + _readiness(rec)
    if wanted == TextState.PUBLISHED:
        lacks += _visibility(rec)
    return lacks


def _asked_for(wanted: TextState) -> list[Asked]:
    if wanted == TextState.DRAFTED:
        return ON_DRAFT
    if wanted in {TextState.IN_REVIEW, TextState.FINAL_LIST}:
        return ON_DRAFT + ON_REVIEW
    if wanted in ADOPTED:
        return ON_ADOPTION
    return []


def _missing(asked: Asked) -> Missing:
    return Missing(asked.field, asked.label, asked.todo, asked.place)


def _duplicate(rec: Recommendation) -> list[Missing]:
    open_ones = rec.relations.filter(kind=RelationKind.DUPLICATES).exclude(
        Q(other__state=TextState.WITHDRAWN) | Q(other__state=TextState.SUPERSEDED)
    )
    return [
        Missing(
            "relations",
            _("Related recommendations"),
            _("it says the same as one that is open: work on that one, or word the difference"),
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
            _("at least one reader must find this wording ready"),
            "review",
        )
    ]


def _visibility(rec: Recommendation) -> list[Missing]:
    """The funding statement and the disclaimer that stand on every public page."""
    there = set(
        PublicText.objects.filter(
            edition_id=rec.edition_id, kind__in=[TextKind.FUNDING, TextKind.DISCLAIMER]
        ).values_list("kind", flat=True)
    )
    return [
        Missing("visibility", kind.label, _("the edition has none yet: load it"), "edition")
        for kind in (TextKind.FUNDING, TextKind.DISCLAIMER)
        if kind not in there
    ]


def missing_in_decision(facts: dict[str, object], outcome: TextState) -> list[Missing]:
    """What the record of a decision lacks; `facts` are the columns of `Adoption`."""

    def there(name: str) -> bool:
        value = facts.get(name)
        return value is not None and bool(str(value).strip())

    lacks: list[Missing] = []

    def ask(name: str, label: Said, todo: Said, ok: bool) -> None:
        if not ok:
            lacks.append(Missing(name, label, todo, "decision"))

    if outcome not in DECISIONS:
        ask("outcome", _("Outcome"), _("choose what was decided"), False)
    ask("rule", _("Rule of decision"), _("say by which rule it was decided"), there("rule"))
    ask("body", _("Who decided"), _("name the body or the meeting"), there("body"))
    ask("decided_on", _("Date of the decision"), _("give the day"), there("decided_on"))
    if outcome != TextState.POSTPONED:
        counted = all(there(name) for name in ("n_for", "n_against", "n_abstaining"))
        ask(
            "n_for",
            _("Counts"),
            _("give for, against and abstaining, or say why nothing was counted"),
            counted or there("count_note"),
        )
    if outcome in ADOPTED:
        ask(
            "dissent",
            _("Dissent"),
            _("write the reasons, without names, or mark that none was recorded"),
            there("dissent") or bool(facts.get("no_dissent_recorded")),
        )
    if outcome == TextState.ADOPTED_WITH_RESERVATION:
        ask("reservation", _("Reservation"), _("write the objection"), there("reservation"))
    if outcome == TextState.POSTPONED:
        ask("reason", _("Reason"), _("say what it still needs"), there("reason"))
        ask("next_on", _("Next date"), _("say when it comes back"), there("next_on"))
    return lacks
