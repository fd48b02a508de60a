"""The tests of METHOD 1.6, one by one: a help for the writer, never a measure of worth.

Wording tests read words and can be wrong: those are marked as hints. Action tests only ask
whether a field has an answer.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from majlis.kernel.texts import Text
from majlis.recommendations.fields import Said, has_words
from majlis.recommendations.models import Recommendation
from majlis.recommendations.queries.verbs import (
    ACT_FORMS_AR,
    ACTS_AR,
    NO_UNIT,
    NOT_VERBS_FR,
    POINTS_ELSEWHERE,
    VERB_FR,
    VERBS_EN,
)
from majlis.recommendations.states import CostRange, RelationKind


@dataclass(frozen=True, slots=True)
class WritingCheck:
    """One test. `is_hint` when it only guesses from the words; `field` is where to mend it."""

    code: str
    label: Said
    passed: bool
    advice: Said
    field: str
    is_hint: bool = False


def wording_checks(rec: Recommendation) -> list[WritingCheck]:
    """The five tests of the wording, on the original."""
    lang = rec.text.original
    words = rec.text.shown(lang).text
    text_field = f"text_{lang}"
    return [
        WritingCheck(
            "verb",
            _("Starts with an action verb"),
            starts_with_verb(words, lang),
            _("Begin with what is to be done: “Open…”, “Ouvrir…”, “إنشاء…”."),
            text_field,
            is_hint=True,
        ),
        WritingCheck(
            "one_action",
            _("Asks for one action only"),
            asks_one_thing(words, lang),
            _("If it asks for two things, write two recommendations."),
            text_field,
            is_hint=True,
        ),
        WritingCheck(
            "stands_alone",
            _("Can be understood without the report"),
            stands_alone(words, lang),
            _("Avoid “above”, “this report” and “the said…”: the reader has only this sentence."),
            text_field,
            is_hint=True,
        ),
        WritingCheck(
            "linked",
            _("Is linked to a challenge and to at least one statement"),
            has_words(rec.problem) and rec.citations.filter(statement__isnull=False).exists(),
            _("State the problem and cite what participants said."),
            "problem",
        ),
        WritingCheck(
            "no_duplicate",
            _("Is not a duplicate of an open recommendation"),
            (rec.overlap_checked or rec.relations.exists())
            and not rec.relations.filter(kind=RelationKind.DUPLICATES).exists(),
            _("Read the other recommendations and say how this one relates to them."),
            "overlap_checked",
        ),
    ]


def action_checks(rec: Recommendation) -> list[WritingCheck]:
    """The ten tests of the action. “Unknown” cost is an answer, and does not pass."""
    return [
        WritingCheck(
            "addressee",
            _("The addressee is a department or unit"),
            bool(units := list(rec.addressees.all())) and all(is_unit(one.unit) for one in units),
            _(
                "Name a directorate, an agency or an office. “The government” is too vague to "
                "respond."
            ),
            "addressees",
        ),
        WritingCheck(
            "instrument",
            _("The instrument is chosen"),
            bool(rec.instrument),
            _("Choose one of the 16 instruments."),
            "instrument",
        ),
        WritingCheck(
            "legal_basis",
            _("The legal basis is given"),
            rec.no_legal_basis_needed or has_words(rec.legal_basis),
            _("“None needed” is a valid answer."),
            "legal_basis",
        ),
        WritingCheck(
            "decision",
            _("The decision needed is stated"),
            has_words(rec.decision_needed),
            _("Which decision, by which body?"),
            "decision_needed",
        ),
        WritingCheck(
            "due",
            _("There is a due date"),
            rec.due_on is not None,
            _("A day or a quarter."),
            "due_on",
        ),
        WritingCheck(
            "first_action",
            _("There is a first action"),
            has_words(rec.first_action),
            _("What is the first step, and who takes it?"),
            "first_action",
        ),
        WritingCheck(
            "cost",
            _("The order of magnitude of the cost is given"),
            bool(rec.cost_range) and rec.cost_range != CostRange.UNKNOWN,
            _("“Unknown” is possible. This test then stays open."),
            "cost_range",
        ),
        WritingCheck(
            "funding",
            _("The source of funding is given"),
            bool(rec.funding_source),
            _("Existing budget, new budget, donor, private, mixed?"),
            "funding_source",
        ),
        WritingCheck(
            "indicator",
            _("There is an indicator with its baseline, or a note that the baseline is missing"),
            has_words(rec.indicator)
            and (bool(rec.indicator_baseline.strip()) or rec.baseline_missing),
            _("Name the indicator and its value today."),
            "indicator",
        ),
        WritingCheck(
            "risk",
            _("A risk or an assumption is named"),
            has_words(rec.risks),
            _("What could stop it? What must be true?"),
            "risks",
        ),
    ]


def n_passed(checks: list[WritingCheck]) -> int:
    return sum(check.passed for check in checks)


# --- what the words tell ---------------------------------------------------------------------


def starts_with_verb(text: str, lang: str) -> bool:
    """Whether the first word looks like an action: an imperative, an infinitive, a masdar."""
    first = _first_word(text)
    if not first:
        return False
    if lang == "fr":
        reflexive = re.match(r"^\s*(s['’]|se\s+)(\w+)", text.lower())
        word = reflexive.group(2) if reflexive else first
        return bool(VERB_FR.match(word)) and word not in NOT_VERBS_FR
    if lang == "ar":
        return _is_act_ar(first)
    return first in VERBS_EN


def asks_one_thing(text: str, lang: str) -> bool:
    """Whether it looks like one sentence with one action."""
    plain = text.strip()
    if not plain:
        return False
    if ";" in plain or "؛" in plain or len(re.findall(r"[.!?؟](\s|$)", plain)) > 1:
        return False
    words = [_bare(word) for word in plain.lower().split()]
    for before, word in itertools.pairwise(words):
        if lang == "fr" and before in {"et", "puis"} and VERB_FR.match(word):
            if word not in NOT_VERBS_FR:
                return False
        elif lang == "en" and before in {"and", "then"} and word in VERBS_EN:
            return False
    if lang == "ar":
        return not any(w.startswith("و") and w[1:] in ACTS_AR for w in words[1:])
    return True


def stands_alone(text: str, lang: str) -> bool:
    """Whether it points to nothing outside itself."""
    pattern = POINTS_ELSEWHERE.get(lang, POINTS_ELSEWHERE["en"])
    return bool(text.strip()) and not pattern.search(text)


def _first_word(text: str) -> str:
    parts = text.strip().lower().split()
    return _bare(parts[0]) if parts else ""


def _bare(word: str) -> str:
    return re.sub(r"[\u064b-\u0652\u0640]", "", word).strip("«»“”\"'’.,:;!?()[]؟،؛-–—")


def _is_act_ar(word: str) -> bool:
    return word in ACTS_AR or bool(ACT_FORMS_AR.match(word))


def is_unit(unit: Text) -> bool:
    """Whether a name names a unit and not “the government”."""
    names = [wording.text.strip().lower() for wording in unit.values() if wording.text.strip()]
    return bool(names) and not any(name in NO_UNIT for name in names)
