"""Every label and sentence of a printed result, by key, so that a caller can say it otherwise.

Give `words=` to `deciding.report`: a mapping from key to text (what it lacks stays English), or a
function from key and English text to text, such as a translation catalogue's. A text holds its
numbers in braces, `{n}`, and may be a function of them where a language needs plural forms.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from deciding.errors import DecidingError

Text: TypeAlias = str | Callable[[Mapping[str, object]], str]
GivenWords: TypeAlias = Mapping[str, Text] | Callable[[str, str], Text] | None

#: Why a verdict is what it is, by the codes of `Reason`.
REASONS = {
    "too_few": "Not decided: {n} ratings, and the rule needs {least}.",
    "unasked": "The rule sets no threshold.",
    "among_first": "Among the first {keep}.",
    "after_first": "Not among the first {keep}.",
    "tie_at_limit": "Not decided: {sharing} options share a place across the limit of {keep}.",
    "grade_reached": "The majority-grade {grade} reaches {passes}.",
    "grade_missed": "The majority-grade {grade} does not reach {passes}.",
    "appropriate": "Appropriate: median {median}, without disagreement.",
    "uncertain": "Uncertain: median {median}.",
    "inappropriate": "Inappropriate: median {median}, without disagreement.",
    "disagreement": "Uncertain because of disagreement: {low} rate 1 to 3, {high} rate 7 to 9.",
    "consensus_in": "Consensus for it: {in_favour} in favour, {against} against.",
    "consensus_out": "Consensus against it: {against} against, {in_favour} in favour.",
    "consensus_none": "No consensus: {in_favour} in favour where {share} are needed, "
    "{against} against.",
    "all_settled": "Round {round} is the last: every option has consensus or is stable.",
    "last_round": "Round {round} is the last that the rule allows. Options still open: {open}.",
    "another_round": "Another round is due, of {rounds} at most. Options still open: {open}.",
    "quadrant_do_first": "High impact, high feasibility: do first.",
    "quadrant_prepare": "High impact, low feasibility: prepare.",
    "quadrant_easy_extra": "Low impact, high feasibility: do if there is time.",
    "quadrant_leave": "Low impact, low feasibility: leave.",
    "score_reached": "The score {score} reaches {passes}.",
    "score_missed": "The score {score} does not reach {passes}.",
}
ENGLISH: dict[str, str] = {
    "method.majority_judgement": "Majority judgement",
    "method.rand_ucla": "RAND/UCLA appropriateness",
    "method.delphi": "Delphi",
    "method.nominal_group": "Ranking by a nominal group",
    "method.budget_points": "Points to share out",
    "method.impact_feasibility": "Impact against feasibility",
    "method.weighted_criteria": "Weighted criteria",
    "rule.majority_judgement": "The median grade counts. Ties: {ties}.",
    "rule.rand_ucla": "The median of 1 to 9 gives the class. Disagreement: {disagreement}.",
    "rule.delphi": "Consensus: at least {share} rate {favour} or more, and under {opposed} rate "
    "{against} or less. At most {rounds} rounds.",
    "rule.nominal_group": "Each ballot ranks up to {places} options: {places} points for its "
    "first, one less for each next. Ties: {ties}.",
    "rule.budget_points": "Each ballot shares out {total} points. Ties: {ties}.",
    "rule.impact_feasibility": "High impact: median from {impact_from}. "
    "High feasibility: median from {feasibility_from}.",
    "rule.weighted_criteria": "Weighted mean of the raters’ {middle}, from 0 to 100.",
    "rule.passes": "Threshold: {passes}.",
    "rule.keep": "Options to be chosen: {keep}.",
    "choice.majority_value": "one median grade is taken away at a time (original rule)",
    "choice.majority_gauge": "the larger share above or below the median decides",
    "choice.shared": "options share a place",
    "choice.support": "the option that more raters chose",
    "choice.firsts": "the option that more raters put first",
    "choice.thirds": "a third rate 1 to 3 and a third rate 7 to 9",
    "choice.panel": "by the panel’s size, as in the manual’s table",
    "choice.ipras": "the range from the 30th to the 70th percentile is wider than IPRAS",
    "choice.mean": "mean",
    "choice.median": "median",
    "verdict.met": "met",
    "verdict.not_met": "not met",
    "verdict.unasked": "",
    "verdict.not_decided": "not decided",
    "column.place": "place",
    "column.option": "option",
    "column.n": "n",
    "column.abstained": "abstained",
    "column.partial": "in part",
    "column.empty": "empty",
    "column.verdict": "threshold",
    "column.grade": "grade",
    "column.above": "above",
    "column.below": "below",
    "column.category": "class",
    "column.median": "median",
    "column.disagreement": "disagreement",
    "column.index": "index",
    "column.iqr": "IQR",
    "column.in_favour": "in favour",
    "column.against": "against",
    "column.change": "moved",
    "column.points": "points",
    "column.support": "chosen by",
    "column.firsts": "put first by",
    "column.mean": "mean",
    "column.impact": "impact",
    "column.feasibility": "feasibility",
    "column.score": "score",
    "column.own": "range",
    "class.appropriate": "appropriate",
    "class.uncertain": "uncertain",
    "class.inappropriate": "inappropriate",
    "yes": "yes",
    "no": "no",
    "tie": "Level with each other: {options}.",
    "raters": "Raters: {raters}. Took part: {took_part}. Ratings that an option needs: {least}.",
    "digest": "Digest of the rule: {digest}",
    "distribution": "All ratings",
    "not_placed": "none",
    "weights": "Who leads as one weight changes and the others keep their proportions",
    "weight": "{criterion}, now {weight}:",
    "leads": "{options} from {low} to {high}",
    "leader_flip": "The smallest change of one weight that moves the first place: {criterion} from "
    "{weight} to {at} brings {behind} level with {ahead}.",
    "leader_firm": "No change of one weight moves the first place.",
} | {f"reason.{code}": text for code, text in REASONS.items()}


class Words:
    """Texts by key, in the caller's words where there are any.

    Examples
    --------
    >>> say = Words({"column.option": "recommandation"})
    >>> say("column.option"), say("reason.too_few", n=3, least=5)
    ('recommandation', 'Not decided: 3 ratings, and the rule needs 5.')
    """

    def __init__(self, given: GivenWords = None) -> None:
        if isinstance(given, Mapping):
            unknown = sorted(set(given) - set(ENGLISH), key=str)
            if unknown:
                raise DecidingError(f"no text has the key {unknown[0]!r}: see deciding.words")
        self._given = given

    def __call__(self, key: str, **numbers: object) -> str:
        """Return the text of a key with its numbers.

        Raises
        ------
        DecidingError
            When the caller's text asks for a number that is not there.
        """
        english = ENGLISH[key]
        text: Text = english
        if isinstance(self._given, Mapping):
            text = self._given.get(key, english)
        elif self._given is not None:
            text = self._given(key, english)
        if not isinstance(text, str):
            return text(numbers)
        try:
            return text.format(**numbers)
        except (KeyError, IndexError, ValueError, AttributeError):
            known = ", ".join(sorted(numbers)) or "none"
            raise DecidingError(
                f"the text of {key} cannot be filled in: {text!r} (its numbers: {known})"
            ) from None
