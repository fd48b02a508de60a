"""Decide: from ratings to an outcome, by a rule that was stored before anybody rated.

Pure functions on the standard library: no clock, no random numbers, no rounding, inputs are
never changed. Begin with `Rule` and `decide`.
"""

from deciding.appropriateness import Appropriateness
from deciding.criteria import Criterion, WeightedCriteria
from deciding.decide import Decision, Outcome, decide
from deciding.delphi import Delphi
from deciding.digest import canonical_json, digest
from deciding.errors import BadFile, BadRatings, BadRule, DecidingError, RuleChanged
from deciding.majority import MajorityJudgement
from deciding.methods import ABSTAIN, Reason, Verdict
from deciding.quadrants import ImpactFeasibility
from deciding.ranking import BudgetPoints, NominalGroup
from deciding.reading import read_ballots, read_rule
from deciding.rules import Rule

__version__ = "0.1.0"

__all__ = [
    "ABSTAIN",
    "Appropriateness",
    "BadFile",
    "BadRatings",
    "BadRule",
    "BudgetPoints",
    "Criterion",
    "DecidingError",
    "Decision",
    "Delphi",
    "ImpactFeasibility",
    "MajorityJudgement",
    "NominalGroup",
    "Outcome",
    "Reason",
    "Rule",
    "RuleChanged",
    "Verdict",
    "WeightedCriteria",
    "canonical_json",
    "decide",
    "digest",
    "read_ballots",
    "read_rule",
]
