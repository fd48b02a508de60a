"""Apply a stored rule to ratings."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from deciding.arithmetic import places
from deciding.delphi import Delphi
from deciding.digest import digest, plain
from deciding.errors import BadRatings
from deciding.methods import Abstention, Finding, Given, Reason, Step, Verdict
from deciding.rules import Rule

#: What one rater gave: a rating, an abstention or None by option; or an abstention from all.
Ballot: TypeAlias = Mapping[str, object] | Abstention
Ballots: TypeAlias = Mapping[str, Ballot]


@dataclass(frozen=True)
class Outcome:
    """What came out for one option.

    Attributes
    ----------
    option : str
    verdict : Verdict
        Whether it meets the rule's threshold.
    reason : Reason
    n, abstained, partial, empty : int
        Ratings that count; raters who abstained; who answered only some of several criteria;
        who gave nothing. They add up to `Decision.raters`.
    distribution : mapping from thing asked to mapping from step to int
        How many gave each step of the scale: all of them, also where nothing was decided.
    place : int or None
        Its place in the order, where the method gives one.
    level_with : tuple of str
        The options that share this place.
    details : object
        What the method found: `Gauge`, `Panel`, `Round`, `Ranked`, `Shared`, `Placed` or
        `Scored`; None where too few rated.
    """

    option: str
    verdict: Verdict
    reason: Reason
    n: int
    abstained: int
    partial: int
    empty: int
    distribution: Mapping[str, Mapping[Step, int]]
    place: int | None = None
    level_with: tuple[str, ...] = ()
    details: Any = None


@dataclass(frozen=True)
class Decision:
    """What a rule makes of ratings, with all that another needs to follow it.

    Attributes
    ----------
    rule : Rule
    rule_digest : str
        Of the rule that was applied; compare it with the one stored before.
    raters : int
        Those the rule names; where it names nobody, those of whom there is a ballot.
    took_part : int
        Those who rated one option at least, or said that they abstain.
    outcomes : tuple of Outcome
        In the order of the rule's options.
    overall : Progress, Sensitivity or None
        Whether a Delphi needs another round; how far weighted criteria hang on the weights.
    """

    rule: Rule
    rule_digest: str
    raters: int
    took_part: int
    outcomes: tuple[Outcome, ...]
    overall: Any = field(default=None)

    def __getitem__(self, option: str) -> Outcome:
        """Return the outcome of one option."""
        return next(one for one in self.outcomes if one.option == option)

    @property
    def in_order(self) -> tuple[Outcome, ...]:
        """The outcomes by place, those without one last; else in the rule's order."""
        last = len(self.outcomes) + 1
        return tuple(sorted(self.outcomes, key=lambda one: one.place or last))

    @property
    def digest(self) -> str:
        """The SHA-256 of everything in `plain`."""
        return digest(self.plain())

    def plain(self) -> dict[str, Any]:
        """Return everything as dicts, lists, text and numbers; a fraction is the text `"7/10"`."""
        return {**plain(self), "rule": json.loads(self.rule.to_json())}


def collect(rule: Rule, ballots: Ballots) -> tuple[Given, ...]:
    """Check every rating against the rule, and return what counts, option by option.

    Raises
    ------
    BadRatings
        Naming rater and option, when one does not follow the rule.
    """
    for rater in ballots:
        if rule.raters and rater not in rule.raters:
            raise BadRatings(f"“{rater}” is not among the raters of the rule.")
    read = {rater: read_ballot(rule, rater, ballot) for rater, ballot in ballots.items()}
    raters = rule.raters or tuple(read)
    return tuple(_given(rule, option, raters, read) for option in rule.options)


def read_ballot(rule: Rule, rater: str, ballot: Ballot) -> dict[str, Any]:
    """Check one rater's ballot, and return what it says, option by option.

    A ballot given as a whole (a ranking, points) says something of every option, or abstains
    from all.

    Raises
    ------
    BadRatings
        Naming rater and option.
    """
    if isinstance(ballot, Abstention):
        return dict.fromkeys(rule.options, ballot)
    said = {}
    for option, given in ballot.items():
        try:
            said[option] = rule.check(option, given)
        except BadRatings as error:
            raise BadRatings(f"rater {rater}, option {option}: {error}") from None
    said = {option: one for option, one in said.items() if one is not None and one != {}}
    if not rule.method.whole or not said:
        return said
    if all(isinstance(one, Abstention) for one in said.values()):
        return dict.fromkeys(rule.options, next(iter(said.values())))
    try:
        if any(isinstance(one, Abstention) for one in said.values()):
            raise BadRatings("a ballot like this abstains from all options or from none.")
        rule.check_ballot(said)
    except BadRatings as error:
        raise BadRatings(f"rater {rater}: {error}") from None
    return dict.fromkeys(rule.options, rule.method.unmentioned) | said


def decide(
    rule: Rule, ballots: Ballots, *, earlier: Sequence[Ballots] = (), stored: str | None = None
) -> Decision:
    """Apply a rule to the ratings.

    Parameters
    ----------
    rule : Rule
    ballots : mapping from rater to ballot
        A ballot maps options to ratings. `ABSTAIN` is an abstention; None, or no entry, is
        no rating. Not modified.
    earlier : sequence of ballots, oldest first
        The rounds before this one (Delphi).
    stored : str, optional
        The digest that was stored before the ratings opened.

    Raises
    ------
    RuleChanged
        When `stored` is not the digest of this rule.
    BadRatings
        When a rating does not follow the rule.

    Examples
    --------
    >>> from deciding import ABSTAIN, MajorityJudgement, Rule, decide
    >>> rule = Rule(method=MajorityJudgement(passes="good"), options=("R1", "R2"), least=3)
    >>> found = decide(rule, {
    ...     "ana": {"R1": "good", "R2": "fair"},
    ...     "ben": {"R1": "excellent", "R2": "good"},
    ...     "cyd": {"R1": "fair", "R2": ABSTAIN},
    ... }, stored=rule.digest)
    >>> found["R1"].verdict.value, found["R1"].details.grade
    ('met', 'good')
    >>> found["R2"].verdict.value, found["R2"].reason.code, found["R2"].abstained
    ('not_decided', 'too_few', 1)
    """
    if stored is not None:
        rule.require_digest(stored)
    before = [collect(rule, one) for one in earlier]
    if before and not isinstance(rule.method, Delphi):
        raise BadRatings(f"“{rule.method.name}” has no rounds.")
    if isinstance(rule.method, Delphi) and len(before) >= rule.method.rounds:
        raise BadRatings(f"the rule ends after {rule.method.rounds} rounds.")
    given = collect(rule, ballots)
    enough = [one for one in given if one.n >= rule.least]
    found, overall = rule.method.find(enough, before)
    keys = {option: one.key for option, one in found.items() if one.key is not None}
    place = places(keys)
    outcomes = tuple(_outcome(rule, one, found.get(one.option), place) for one in given)
    took_part = {rater for rater, ballot in ballots.items() if _says_something(ballot)}
    return Decision(
        rule, rule.digest, len(rule.raters or ballots), len(took_part), outcomes, overall
    )


def _given(
    rule: Rule, option: str, raters: Sequence[str], read: Mapping[str, Mapping[str, Any]]
) -> Given:
    asks = rule.method.asks
    ratings: dict[str, Mapping[str, Step]] = {}
    kinds: Counter[str] = Counter()
    for rater in raters:
        said = read.get(rater, {}).get(option)
        if isinstance(said, Mapping) and set(said.values()) <= set(Abstention):
            said = Abstention.ABSTAIN  # of every criterion that was answered
        if said is None or isinstance(said, Abstention):
            kinds["empty" if said is None else "abstained"] += 1
        elif not isinstance(said, Mapping):
            ratings[rater] = {asks[0]: said}
        elif all(name in said and not isinstance(said[name], Abstention) for name in asks):
            ratings[rater] = said
        else:
            kinds["partial"] += 1
    return Given(option, ratings, kinds["abstained"], kinds["partial"], kinds["empty"])


def _outcome(rule: Rule, given: Given, found: Finding | None, place: Mapping[str, int]) -> Outcome:
    own = place.get(given.option)
    level = tuple(option for option, one in place.items() if one == own and option != given.option)
    too_few = Reason("too_few", {"n": given.n, "least": rule.least})
    return Outcome(
        given.option,
        verdict=found.verdict if found else Verdict.NOT_DECIDED,
        reason=found.reason if found else too_few,
        n=given.n,
        abstained=given.abstained,
        partial=given.partial,
        empty=given.empty,
        distribution={asked: _counted(rule, given, asked) for asked in rule.method.asks},
        place=own,
        level_with=level if own is not None else (),
        details=found.details if found else None,
    )


def _counted(rule: Rule, given: Given, asked: str) -> dict[Step, int]:
    counts = Counter(given.values(asked))
    return {step: counts[step] for step in rule.method.steps(asked) or sorted(counts)}


def _says_something(ballot: Ballot) -> bool:
    if isinstance(ballot, Abstention):
        return True
    return any(one is not None and one != {} for one in ballot.values())
