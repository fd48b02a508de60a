"""From what an organiser chose to a rule of `deciding`, and from answers to its ballots."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from deciding import (
    ABSTAIN,
    Appropriateness,
    Criterion,
    Delphi,
    ImpactFeasibility,
    MajorityJudgement,
    NominalGroup,
    Rule,
    WeightedCriteria,
)
from deciding.methods import Method
from majlis.dialogue.states import ABSTAIN as NO_OPINION
from majlis.ratings.models import Rating
from majlis.ratings.states import GRADES, MethodKind

EVERYBODY = "participants"  # who rates, as the rule stores it
LOW, HIGH = 1, 9  # of every scale but grades and places
NOT_RANKED = 0


def method_of(kind: str, settings: Mapping[str, Any], n_options: int) -> Method:
    """The method with its settings; what a form leaves out has the package's default."""
    of = {name: value for name, value in settings.items() if value not in ("", None)}
    match MethodKind(kind):
        case MethodKind.MAJORITY:
            return MajorityJudgement(grades=GRADES, **of)
        case MethodKind.RAND:
            return Appropriateness(**of)
        case MethodKind.DELPHI:
            shares: dict[str, Any] = {
                name: Fraction(of.pop(name), 100) for name in ("share", "opposed")
            }
            return Delphi(**shares, **of)
        case MethodKind.RANKING:
            return NominalGroup(**of | {"places": min(of.get("places", 5), n_options)})
        case MethodKind.IMPACT:
            return ImpactFeasibility(passes=("do_first",), **of)
        case MethodKind.CRITERIA:
            criteria = tuple(
                Criterion(name=name, weight=weight, low=Fraction(LOW), high=Fraction(HIGH))
                for name, weight in of.pop("weights").items()
                if weight
            )
            return WeightedCriteria(criteria=criteria, **of)


def rule_of(rating: Rating) -> Rule:
    """The rule as it was stored; before the rating opens, as it would be."""
    if rating.rule:
        rule = Rule.from_json(rating.rule)
        rule.require_digest(rating.digest)
        return rule
    options = tuple(rating.options.values_list("subject", flat=True))
    return Rule(
        method=method_of(rating.method, rating.settings, len(options)),
        options=options,
        least=rating.least,
        who=EVERYBODY,
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing asked: its name among the questions, of which option, and what of it."""

    name: str
    subject: str
    of: str
    low: int
    high: int


def asked_by(rule: Rule) -> list[Asked]:
    """Every question that a rule asks, in the order of the options."""
    asks = rule.method.asks
    low, high = scale_of(rule.method)
    return [
        Asked(f"{subject}/{of}" if len(asks) > 1 else subject, subject, of, low, high)
        for subject in rule.options
        for of in asks
    ]


def scale_of(method: Method) -> tuple[int, int]:
    """The least and the greatest number that answers a question."""
    if isinstance(method, MajorityJudgement):
        return 0, len(method.grades) - 1
    if isinstance(method, NominalGroup):
        return NOT_RANKED, method.places
    return LOW, HIGH


@dataclass(frozen=True, slots=True)
class Given:
    """One answer that counts: whose, to which question, the number, and how late it came."""

    voice: str
    name: str
    number: int
    order: int


def ballots_of(rule: Rule, answers: Iterable[Given]) -> dict[str, Any]:
    """What everybody gave, by voice, as `deciding.decide` takes it."""
    by_voice: dict[str, list[Given]] = {}
    for one in answers:
        by_voice.setdefault(one.voice, []).append(one)
    read = _ranking if isinstance(rule.method, NominalGroup) else _ratings
    return {voice: read(rule, given) for voice, given in sorted(by_voice.items())}


def _ratings(rule: Rule, given: Sequence[Given]) -> dict[str, Any]:
    numbers = {one.name: one.number for one in given}
    ballot: dict[str, Any] = {}
    for asked in asked_by(rule):
        if asked.name not in numbers:
            continue
        said = _said(rule.method, numbers[asked.name])
        if asked.name == asked.subject:
            ballot[asked.subject] = said
        else:
            ballot.setdefault(asked.subject, {})[asked.of] = said
    return ballot


def _said(method: Method, number: int) -> Any:
    if number == NO_OPINION:
        return ABSTAIN
    return method.grades[number] if isinstance(method, MajorityJudgement) else number


def _ranking(rule: Rule, given: Sequence[Given]) -> Any:
    """Places without gaps. Where a phone's changes came only in part before the close, the newer
    of two on one place stands first: only the order counts."""
    ranked = sorted(
        (one for one in given if one.number > NOT_RANKED),
        key=lambda one: (one.number, -one.order),
    )
    method = rule.method
    places = method.places if isinstance(method, NominalGroup) else len(ranked)
    if not ranked:
        return ABSTAIN if any(one.number == NO_OPINION for one in given) else {}
    return {one.name: place for place, one in enumerate(ranked[:places], start=1)}


SUPPORTS = frozenset({MethodKind.MAJORITY, MethodKind.RAND, MethodKind.DELPHI})
"""Methods in which one rating of one person is for a recommendation, against it or between."""


def support(rule: Rule, said: Any) -> int:
    """1 where a rating is for an option, -1 where it is against it, 0 between."""
    if isinstance(rule.method, MajorityJudgement):
        at = GRADES.index(said)
        return (at >= GRADES.index(rule.method.passes or "good")) - (at <= GRADES.index("poor"))
    return int(said >= 7) - int(said <= 3)
