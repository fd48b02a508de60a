"""The fields of a recommendation, each described once.

The sheet and the other forms, what a state asks for, labels, matrix, pages, brief, the privacy
marks of the model and docs/reference/recommendation-fields.md follow from `FIELDS`. A new field
is a column, its migration and a row there; see docs/how-to/extend-recommendations.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from enum import StrEnum
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from majlis.kernel.texts import Text
from majlis.kernel.words import Words
from majlis.recommendations import states
from majlis.recommendations.states import TextState

Said = str | Promise
Rec = Any  # a `Recommendation`: the model is marked from this table, so it stands above it


class Kind(StrEnum):
    """What a field holds; from it follow its form field, its test, and how it is shown."""

    WORDS = "words"  # a text in several languages
    LINE = "line"  # a short text in one language
    URL = "url"
    DATE = "date"
    MARK = "mark"  # yes or no
    CHOICE = "choice"  # one stored word
    CHOICES = "choices"  # several stored words
    COUNTRIES = "countries"
    THING = "thing"  # a row with a code and a title
    THINGS = "things"  # several of them
    ADDRESSEES = "addressees"  # the units that are asked to act
    ELSEWHERE = "elsewhere"  # no column: its answer is kept in another table


ASKED: dict[TextState | None, Said] = {
    TextState.IN_REVIEW: _("Needed before review."),
    TextState.ADOPTED: _("Required for adoption."),
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a recommendation.

    `asked` is the state that cannot be entered without it, and `todo` what is said then; a field
    of the first draft is required on the sheet. `beside` names the field it completes and is
    shown with; a mark may stand `instead` of that field's answer. `part` is its part of the
    sheet. `of` is its name in the method where that differs.
    """

    name: str
    kind: Kind
    label: Said
    _: KW_ONLY
    part: str = ""
    asked: TextState | None = None
    todo: Said = ""
    help: Said = ""
    question: Said = ""  # the label on the sheet, where it differs
    words: type[Words] | None = None
    letters: int = 4000
    beside: str = ""
    instead: Said = ""
    in_matrix: bool = True
    in_brief: bool = False
    privacy: Literal["public", "internal"] = "public"
    of: str = ""
    answered: Callable[[Rec], bool] | None = None
    mended_at: str = ""  # the form field that mends it, where it has no column

    @property
    def hint(self) -> Said:
        """What the sheet says under the field: its help, and when it is asked."""
        when = ASKED.get(self.asked, "")
        return format_lazy("{} {}", self.help, when) if self.help and when else self.help or when

    @property
    def is_many(self) -> bool:
        """Whether its answer is several rows, linked by a table."""
        return self.kind in {Kind.THINGS, Kind.ADDRESSEES}

    @property
    def is_column(self) -> bool:
        return self.kind != Kind.ELSEWHERE

    @property
    def place(self) -> str:
        """The page, or its part, where it is answered."""
        if self.part == "identity":
            return "wording"
        return "form" if self.is_column or self.mended_at else "sources"

    def is_there(self, rec: Rec) -> bool:
        """Whether `rec` has an answer."""
        if self.answered is not None:
            return self.answered(rec)
        value = getattr(rec, self.name)
        if self.is_many:
            return bool(value.exists())
        return has_words(value) if self.kind == Kind.WORDS else bool(value)


def has_words(text: Text) -> bool:
    """Whether there are words in any language."""
    return any(wording.text.strip() for wording in text.values())


def _has_statement(rec: Rec) -> bool:
    return bool(rec.citations.filter(statement__isnull=False).exists())


def _has_evidence(rec: Rec) -> bool:
    return bool(rec.no_evidence_found) or any(
        one.citable.is_evidence for one in rec.citations.all()
    )


def _has_legal_basis(rec: Rec) -> bool:
    return bool(rec.no_legal_basis_needed or has_words(rec.legal_basis))


def _overlap_answered(rec: Rec) -> bool:
    return bool(rec.overlap_checked or rec.relations.exists())


PARTS: dict[str, tuple[Said, Said]] = {
    "identity": (
        _("Identity"),
        _(
            "Title and text in up to three languages. Write the original and add the translations"
            " you already have."
        ),
    ),
    "classification": (_("Classification"), ""),
    "reason": (
        _("Reason"),
        _("Why this is asked. Evidence is cited on the sources page."),
    ),
    "action": (_("Action"), _("Who is asked to do what, how and when.")),
    "means": (_("Resources"), ""),
    "judgement": (_("Assessment"), ""),
    "control": (_("Checks"), ""),
}
"""The parts of the sheet in order, each with its title and what it is about."""

_DRAFT, _REVIEW, _ADOPTION = TextState.DRAFTED, TextState.IN_REVIEW, TextState.ADOPTED

# fmt: off
FIELDS: tuple[Field, ...] = (
    Field("title", Kind.WORDS, _("Short title"), part="identity", asked=_DRAFT,
        todo=_("give it a title"), help=_("Up to 90 characters."), letters=90),
    Field("text", Kind.WORDS, _("Recommendation text"), part="identity", asked=_DRAFT,
        todo=_("write what is asked"),
        help=_(
            "Starts with an action verb, asks for one action, can be understood without the "
            "report."
        ),
        letters=2000),
    Field("theme", Kind.THING, _("Theme"), part="classification", asked=_DRAFT,
        todo=_("choose the theme"), in_brief=True),
    Field("challenges", Kind.THINGS, _("Challenge"), part="classification", asked=_DRAFT,
        todo=_("choose at least one challenge"), of="challenge"),
    Field("level", Kind.CHOICE, _("Level"), part="classification", asked=_REVIEW,
        todo=_("give its scope"), help=_("How far it reaches."), words=states.Level),
    Field("countries", Kind.COUNTRIES, _("Country"), part="classification", asked=_REVIEW,
        todo=_("choose at least one country"), of="country"),
    Field("value_chains", Kind.CHOICES, _("Value chain"), part="classification", asked=_REVIEW,
        todo=_("choose a value chain, or “all of them”"), words=states.ValueChain,
        of="value_chain"),
    Field("problem", Kind.WORDS, _("Problem"), part="reason", asked=_REVIEW,
        todo=_("say what is missing, and for whom"), help=_("What is missing, and for whom."),
        in_brief=True),
    Field("rationale", Kind.WORDS, _("Rationale"), part="reason", asked=_REVIEW,
        todo=_("say why this action follows"), help=_("Why this action follows from it."),
        in_brief=True),
    Field("evidence", Kind.ELSEWHERE, _("Evidence"), asked=_REVIEW,
        todo=_("cite a link or document, or state that no evidence was found"),
        answered=_has_evidence, mended_at="no_evidence_found"),
    Field("certainty", Kind.CHOICE, _("Certainty of evidence"), part="reason", asked=_REVIEW,
        todo=_("say how reliable the evidence is"),
        help=_("How far one can rely on the evidence."), words=states.Certainty, in_brief=True),
    Field("no_evidence_found", Kind.MARK, _("No evidence found"), part="reason",
        help=_("It can still be adopted. The public sees this mark beside it."),
        beside="certainty", in_brief=True, of="evidence"),
    Field("addressees", Kind.ADDRESSEES, _("Addressed to"), part="action", asked=_DRAFT,
        todo=_("name the department or unit asked to act"),
        help=_(
            "Choose every department or unit that is asked to act, not “the government”. Each one "
            "responds for itself. Or add a new one."
        ),
        in_brief=True, of="addressee"),
    Field("co_actors", Kind.WORDS, _("Other bodies involved"), part="action", asked=_REVIEW,
        todo=_("name them with their role, or write that there are none"),
        help=_("Each with its role. “None” is a valid answer."), in_brief=True),
    Field("instrument", Kind.CHOICE, _("Instrument"), part="action", asked=_DRAFT,
        todo=_("choose the instrument"), words=states.Instrument, in_brief=True),
    Field("legal_basis", Kind.WORDS, _("Legal basis"), part="action", asked=_REVIEW,
        todo=_("name the text to use or change, or state that none is needed"),
        help=_("The text to use or to change, under its name in the country."), in_brief=True,
        answered=_has_legal_basis),
    Field("legal_basis_url", Kind.URL, _("Web address of the text"), part="action",
        beside="legal_basis", of="legal_basis"),
    Field("no_legal_basis_needed", Kind.MARK, _("No legal basis is needed"), part="action",
        beside="legal_basis", instead=_("none needed"), in_matrix=False, in_brief=True,
        of="legal_basis"),
    Field("decision_needed", Kind.WORDS, _("Decision required"), part="action", asked=_REVIEW,
        todo=_("say which decision, and by which body"), help=_("Which decision, by which body."),
        in_brief=True),
    Field("first_action", Kind.WORDS, _("First action"), part="action", asked=_ADOPTION,
        todo=_("give the first step"), help=_("What is done first, by whom."), in_brief=True,
        of="actions"),
    Field("due_on", Kind.DATE, _("Due date"), part="action", asked=_ADOPTION,
        todo=_("give a day or a quarter"), in_brief=True, of="due_date"),
    Field("due_precision", Kind.CHOICE, _("The date means"), part="action",
        words=states.DuePrecision, beside="due_on", in_brief=True, of="due_date"),
    Field("cost_range", Kind.CHOICE, _("Order of magnitude of the cost"), part="means",
        asked=_REVIEW, todo=_("choose one (“unknown” is possible)"),
        help=_("“Unknown” is allowed and is counted as not known."), words=states.CostRange,
        in_brief=True),
    Field("cost_note", Kind.LINE, _("Amount, currency and year"), part="means",
        beside="cost_range", of="cost_range", in_brief=True),
    Field("funding_source", Kind.CHOICE, _("Source of funding"), part="means", asked=_REVIEW,
        todo=_("choose one (“unknown” is possible)"), words=states.Funding, in_brief=True),
    Field("equity", Kind.WORDS, _("Equity"), part="judgement", asked=_REVIEW,
        todo=_("say who benefits and who may lose"),
        help=_("Who gains and who may lose: women, youth, regions, small firms."), in_brief=True),
    Field("risks", Kind.WORDS, _("Risks and assumptions"), part="judgement", asked=_REVIEW,
        todo=_("name at least one"), help=_("What could stop it? What must be true?"),
        in_brief=True),
    Field("indicator", Kind.WORDS, _("Indicator"), part="judgement", asked=_ADOPTION,
        todo=_("name what will be measured"), help=_("What will be measured, in which unit."),
        in_brief=True),
    Field("indicator_baseline", Kind.LINE, _("Value today"), part="judgement",
        help=_("The baseline."), beside="indicator", in_brief=True, of="indicator"),
    Field("indicator_target", Kind.LINE, _("Target"), part="judgement", beside="indicator",
        in_brief=True, of="indicator"),
    Field("baseline_missing", Kind.MARK, _("The value today is not known"), part="judgement",
        beside="indicator", in_brief=True, of="indicator"),
    Field("source_statements", Kind.ELSEWHERE, _("Source statements"), asked=_DRAFT,
        todo=_("cite at least one statement from participants"), answered=_has_statement),
    Field("overlap_checked", Kind.MARK, _("Related recommendations"), part="control",
        asked=_REVIEW, todo=_("read the others and say whether one is related"),
        question=_("I have read the other recommendations. None of them says the same"),
        help=_("Tick this, or name the related ones."), in_matrix=False, privacy="internal",
        of="links", answered=_overlap_answered),
    Field("confidentiality", Kind.CHOICE, _("Confidentiality"), part="control", asked=_DRAFT,
        todo=_("say who may read it"), question=_("Who can see it before it is published"),
        words=states.Confidentiality, in_matrix=False, privacy="internal"),
)
# fmt: on

BY_NAME = {field.name: field for field in FIELDS}
COLUMNS = tuple(field for field in FIELDS if field.is_column)
WORDED = tuple(field.name for field in FIELDS if field.kind == Kind.WORDS)
"""The fields that hold words in several languages."""

PLAN = tuple(
    field
    for field in COLUMNS
    if TextState.ADOPTED in {field.asked, BY_NAME[field.beside or field.name].asked}
)
"""First action, date and indicator: asked at adoption, and open until then."""


def in_part(part: str) -> tuple[Field, ...]:
    """The fields that stand in one part of the sheet."""
    return tuple(field for field in COLUMNS if field.part == part)


def beside(field: Field) -> tuple[Field, ...]:
    """The fields that complete another one and are shown with it."""
    return tuple(one for one in COLUMNS if one.beside == field.name)


def asked_at(*wanted: TextState) -> list[Field]:
    """The fields asked by any of some states, in order."""
    return [field for field in FIELDS if field.asked in wanted]


def marked(privacy: str) -> set[str]:
    """The columns with one mark of privacy; of several things the link is no column."""
    return {f.name for f in COLUMNS if f.privacy == privacy and not f.is_many}
