"""The words of rules and results, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from deciding import MajorityJudgement, WeightedCriteria
from deciding.methods import Method
from deciding.report import number as plain_number
from deciding.report import percent as plain_percent
from deciding.report import rule_text
from deciding.rules import Rule
from majlis.kernel.punctuation import joined
from majlis.kernel.words import Words
from majlis.ratings.states import (
    Criterion,
    Disagreement,
    Grade,
    MethodKind,
    Middle,
    PanelClass,
    Quadrant,
    RankTies,
    Ties,
)

_LABELS: Mapping[str, Words] = {
    str(word): word for words in (Grade, Quadrant, PanelClass) for word in words
}
_CHOICES: Mapping[str, Words] = {
    str(word): word for words in (Ties, RankTies, Disagreement, Middle) for word in words
}
SAID: Mapping[str, str | Promise] = {
    "rule.majority_judgement": _("The median grade counts. If level: {ties}."),
    "rule.rand_ucla": _(
        "Ratings from 1 to 9; the median gives the class. Disagreement: {disagreement}."
    ),
    "rule.delphi": _(
        "Consensus for a recommendation: at least {share} rate {favour} or more, and under "
        "{opposed} rate {against} or less. At most {rounds} rounds."
    ),
    "rule.nominal_group": _(
        "Each person ranks up to {places} recommendations: {places} points for the first, one less "
        "for each next. If level: {ties}."
    ),
    "rule.impact_feasibility": _(
        "Two ratings from 1 to 9. High impact: median from {impact_from}. High feasibility: median "
        "from {feasibility_from}."
    ),
    "rule.weighted_criteria": _("Weighted mean of everybody’s {middle}, from 0 to 100."),
    "rule.passes": _("Threshold: {passes}."),
    "rule.keep": _("To be chosen: {keep}."),
    "digest": _("Fingerprint of the rule: {digest}"),
    "reason.too_few": _("Not decided: too few ratings. The rule needs {least}."),
    "reason.unasked": _("The rule sets no threshold."),
    "reason.among_first": _("Among the first {keep}."),
    "reason.after_first": _("Not among the first {keep}."),
    "reason.tie_at_limit": _(
        "Not decided: {sharing} recommendations share a place across the limit of {keep}."
    ),
    "reason.grade_reached": _("The majority grade “{grade}” reaches “{passes}”."),
    "reason.grade_missed": _("The majority grade “{grade}” does not reach “{passes}”."),
    "reason.appropriate": _("Appropriate: median {median}, without disagreement."),
    "reason.uncertain": _("Uncertain: median {median}."),
    "reason.inappropriate": _("Inappropriate: median {median}, without disagreement."),
    "reason.disagreement": _("Uncertain because people disagree."),
    "reason.consensus_in": _("Consensus for it."),
    "reason.consensus_out": _("Consensus against it."),
    "reason.consensus_none": _("No consensus."),
    "reason.all_settled": _(
        "Round {round} is the last: every recommendation has consensus, or answers are stable."
    ),
    "reason.last_round": _("Round {round} is the last that the rule allows."),
    "reason.another_round": _("Another round is due, of {rounds} at most."),
    "reason.quadrant_do_first": _("High impact, high feasibility: do first."),
    "reason.quadrant_prepare": _("High impact, low feasibility: prepare."),
    "reason.quadrant_easy_extra": _("Low impact, high feasibility: do if there is time."),
    "reason.quadrant_leave": _("Low impact, low feasibility: leave."),
    "reason.score_reached": _("The score {score} reaches {passes}."),
    "reason.score_missed": _("The score {score} does not reach {passes}."),
}
"""By the keys of `deciding.words`; of reasons, without counts that would give few raters away."""


def say(key: str, english: str) -> str | Callable[[Mapping[str, object]], str]:
    """The text of a key for `deciding`, in the reader's language."""
    kind, _dot, name = key.partition(".")
    if kind == "method":
        return str(MethodKind(name).label) if name in MethodKind.values else english
    if kind == "choice":
        return str(_CHOICES[name].label) if name in _CHOICES else english
    text = str(SAID.get(key, english))
    return lambda facts: text.format(**{name: labelled(fact) for name, fact in facts.items()})


def labelled(fact: object) -> str:
    """A fact of a rule or a result: stored words by their label."""
    words = [_LABELS[part] for part in str(fact).split(", ") if part in _LABELS]
    if words and len(words) == len(str(fact).split(", ")):
        return joined(word.label for word in words)
    return str(fact)


WHO = _("Raters: the participants of this edition.")


def rule_lines(rule: Rule) -> list[str]:
    """The rule in sentences; the last one names its digest."""
    lines = rule_text(rule, words=say).split("\n")
    found = [str(WHO) if line == rule.who else line for line in lines]
    found[-1:-1] = _scale_of(rule.method)
    return found


def _scale_of(method: Method) -> list[str]:
    """The scale or the criteria of a method, which its sentences do not name."""
    if isinstance(method, MajorityJudgement):
        grades = joined(str(Grade(grade).label) for grade in reversed(method.grades))
        return [str(_("Grades: {grades}.")).format(grades=grades)]
    if isinstance(method, WeightedCriteria):
        weighted = joined(
            f"{asked_label(name)} ({plain_percent(weight)})"
            for name, weight in method.weights.items()
        )
        return [
            str(_("Criteria from 1 to 9, with their weights: {weighted}.")).format(
                weighted=weighted
            )
        ]
    return []


def reason_text(reason: Mapping[str, Any]) -> str:
    """The sentence of a stored reason."""
    text = str(SAID[f"reason.{reason['code']}"])
    return text.format(**{name: labelled(_number(f)) for name, f in reason["facts"].items()})


def _number(fact: Any) -> object:
    return plain_number(Fraction(fact)) if _is_fraction(fact) else fact


def _is_fraction(fact: Any) -> bool:
    return isinstance(fact, int) or (isinstance(fact, str) and "/" in fact)


def short(fact: Any, *, is_share: bool = False) -> str:
    """A stored number for people: at most two decimals, or per cent."""
    value = None if fact is None else Fraction(fact)
    return plain_percent(value) if is_share else plain_number(value)


def asked_label(name: str) -> str:
    """What is asked of a recommendation where several things are."""
    if name == "impact":
        return str(_("Impact"))
    if name in Criterion.values:
        return str(Criterion(name).label)
    return ""


def step_label(method: str, step: str) -> str:
    """One step of a scale, as people read it."""
    if method == MethodKind.MAJORITY:
        return str(Grade(step).label)
    if method == MethodKind.RANKING:
        return str(_("not ranked")) if step == "0" else step
    return step
