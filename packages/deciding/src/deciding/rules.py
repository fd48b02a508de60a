"""The rule: all that is fixed before anybody rates, and the digest that proves it.

METHOD 1.3: criteria, scale, tie rule, raters and threshold are stored before the vote opens,
and are locked when it opens.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from fractions import Fraction
from typing import Any, Final, TypeVar

from deciding.appropriateness import Appropriateness
from deciding.arithmetic import exact
from deciding.criteria import Criterion, WeightedCriteria
from deciding.delphi import Delphi
from deciding.digest import canonical_json, digest, plain
from deciding.errors import BadRatings, BadRule, RuleChanged
from deciding.majority import MajorityJudgement
from deciding.methods import Abstention, Method, Step, require
from deciding.quadrants import ImpactFeasibility
from deciding.ranking import BudgetPoints, NominalGroup

Made = TypeVar("Made")
FORMAT: Final = 1  # of the rule's JSON; another number is another way to write it

METHODS: Final[dict[str, type[Method]]] = {
    kind.name: kind
    for kind in (
        MajorityJudgement,
        Appropriateness,
        Delphi,
        NominalGroup,
        BudgetPoints,
        ImpactFeasibility,
        WeightedCriteria,
    )
}


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule of decision, to be stored before the ratings open.

    Attributes
    ----------
    method : Method
        `MajorityJudgement`, `Appropriateness`, `Delphi`, `NominalGroup`, `BudgetPoints`,
        `ImpactFeasibility` or `WeightedCriteria`, with its scale, criteria, tie rule and
        threshold.
    options : tuple of str
        Identifiers of what is rated, in the order in which it is shown.
    raters : tuple of str
        Identifiers of those who may rate; none: whoever the caller lets in.
    least : int
        How many ratings an option needs; with fewer it is not decided.
    who : str
        Who rates, in words, for the reader of the result.

    Examples
    --------
    >>> rule = Rule(method=MajorityJudgement(passes="good"), options=("R1", "R2"), least=3)
    >>> Rule.from_json(rule.to_json()) == rule
    True
    >>> len(rule.digest)
    64
    """

    method: Method
    options: tuple[str, ...]
    raters: tuple[str, ...] = ()
    least: int = 1
    who: str = ""

    def __post_init__(self) -> None:
        for name in ("options", "raters"):
            require(not isinstance(getattr(self, name), str), f"“{name}” must be several names.")
            object.__setattr__(self, name, tuple(getattr(self, name)))
        require(bool(self.options), "the rule names no option.")
        for what, names in (("an option", self.options), ("a rater", self.raters)):
            for name in names:
                require(
                    bool(name) and name == name.strip(),
                    f"{what} has no name, or blanks at its ends.",
                )
            require(len(set(names)) == len(names), f"{what} is named twice.")
        require(self.least >= 1, "“least” must be 1 or more.")

    @property
    def digest(self) -> str:
        """The SHA-256 of `to_json`: store it with the rule, print it on the result."""
        return digest(self._plain())

    def require_digest(self, stored: str) -> None:
        """Refuse this rule unless it is the stored one.

        Raises
        ------
        RuleChanged
            When its digest differs.
        """
        if self.digest != stored:
            raise RuleChanged(
                f"the rule is not the stored one: its digest is {self.digest}, not {stored}."
            )

    def to_json(self) -> str:
        """Return the rule as canonical JSON: equal rules are equal bytes."""
        return canonical_json(self._plain())

    @classmethod
    def from_json(cls, text: str) -> Rule:
        """Read a rule; `0.7`, `"7/10"` and `"0.7"` are the same share.

        Raises
        ------
        BadRule
            When it is no JSON, lacks something, or says something this version does not know.
        """
        try:
            data = json.loads(
                text, parse_float=_decimal, parse_constant=_no_number, object_pairs_hook=_once
            )
        except BadRule:
            raise
        except (ValueError, RecursionError) as error:
            raise BadRule(f"the rule is not JSON: {error}.") from None
        given = _members(data, "the rule", {"format", "method"}, {f.name for f in fields(cls)})
        if given.pop("format") != FORMAT:
            raise BadRule(f"the rule is written in a format other than {FORMAT}.")
        method = _method(given.pop("method"))
        return _made(cls, given, {"method": method})

    def check(self, option: str, given: object, *, rater: str | None = None) -> Any:
        """Return one rating as it counts: a step, a mapping of them, an abstention, or None.

        Parameters
        ----------
        option : str
        given : object
            A step of the scale; a mapping from each thing asked where the method asks
            several; `ABSTAIN`; or None for no rating.
        rater : str, optional

        Raises
        ------
        BadRatings
            When rater, option or rating is none that the rule knows.
        """
        if rater is not None and self.raters and rater not in self.raters:
            raise BadRatings(f"“{rater}” is not among the raters of the rule.")
        if option not in self.options:
            raise BadRatings(f"the rule has no option “{option}”.")
        if given is None or isinstance(given, Abstention):
            return given
        asks = self.method.asks
        if len(asks) == 1 and not isinstance(given, Mapping):
            return self.method.read(asks[0], given)
        if not isinstance(given, Mapping):
            raise BadRatings(f"the rating must have one entry for each of {', '.join(asks)}.")
        if unknown := [str(name) for name in given if name not in asks]:
            raise BadRatings(f"the rule does not ask for “{unknown[0]}”.")
        said = {
            asked: one if isinstance(one, Abstention) else self.method.read(asked, one)
            for asked, one in given.items()
            if one is not None
        }
        return said if len(asks) > 1 else said.get(asks[0])

    def check_ballot(self, ballot: Mapping[str, Step]) -> None:
        """Refuse a ballot that breaks a rule about the ballot as a whole.

        Raises
        ------
        BadRatings
            When a place is given twice, say, or points do not add up.
        """
        self.method.check_ballot(ballot)

    def _plain(self) -> dict[str, Any]:
        method = {"name": self.method.name} | plain(self.method)
        return {**plain(self), "format": FORMAT, "method": method}


#: What a field of a rule may hold, by its annotation, and how that is called.
_HOLDS: Final[dict[str, tuple[Callable[[Any], bool], str]]] = {
    "int": (lambda one: isinstance(one, int) and not isinstance(one, bool), "a whole number"),
    "bool": (lambda one: isinstance(one, bool), "true or false"),
    "str": (lambda one: isinstance(one, str), "a text"),
    "Fraction": (lambda one: exact(one) is not None, "a number"),
    "tuple[str, ...]": (
        lambda one: isinstance(one, list) and all(isinstance(name, str) for name in one),
        "a list of texts",
    ),
    "tuple[Criterion, ...]": (lambda one: isinstance(one, list), "a list of criteria"),
}


def _method(data: object) -> Method:
    name = data.get("name") if isinstance(data, dict) else None
    if not isinstance(data, dict) or name not in METHODS:
        raise BadRule(f"“method” must name one of {', '.join(METHODS)}.")
    kind = METHODS[name]
    given = {key: value for key, value in data.items() if key != "name"}
    return _made(kind, given, {})


def _made(kind: type[Made], given: Mapping[str, Any], ready: Mapping[str, Any]) -> Made:
    """Build a part of a rule from its members, each checked against its annotation."""
    parts = fields(kind)  # type: ignore[arg-type] # `kind` is always a dataclass
    known = {field.name: field for field in parts if field.name not in ready}
    needed = {
        name
        for name, field in known.items()
        if field.default is MISSING and field.default_factory is MISSING
    }
    made = dict(ready)
    for name, value in _members(given, f"“{kind.__name__}”", needed, set(known)).items():
        wanted, optional, _none = str(known[name].type).partition(" | None")
        if value is None and optional:
            continue
        holds, called = _HOLDS[wanted]
        if not holds(value):
            raise BadRule(f"“{name}” must be {called}, not {json.dumps(value, default=str)}.")
        made[name] = _as(wanted, value)
    return kind(**made)


def _as(wanted: str, value: Any) -> Any:
    if wanted == "tuple[Criterion, ...]":
        return tuple(_made(Criterion, _object(one), {}) for one in value)
    if wanted == "Fraction":
        return exact(value)
    return tuple(value) if isinstance(value, list) else value


def _object(data: object) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise BadRule("a part of the rule is not an object with named members.")
    return data


def _members(data: object, what: str, needed: set[str], known: set[str]) -> dict[str, Any]:
    members = dict(_object(data))
    if missing := sorted(needed - set(members)):
        raise BadRule(f"{what} lacks “{missing[0]}”.")
    if unknown := sorted(set(members) - needed - known):
        raise BadRule(f"{what} has a member “{unknown[0]}”, which this version does not know.")
    return members


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _value in pairs]
    if len(set(names)) < len(names):
        raise BadRule("a member of the rule is given twice.")
    return dict(pairs)


def _decimal(digits: str) -> Fraction:
    number = exact(digits)
    if number is None:
        raise BadRule(f"“{digits}” has too many digits for a rule.")
    return number


def _no_number(name: str) -> Any:
    raise BadRule(f"“{name}” is not a number.")
