"""Every label and sentence of figures and reports, by key, so that a caller can say it otherwise.

Give `words=` to `Votes.analyse`: a mapping from key to text (what it lacks stays English), or a
function from key and English text to text, such as a translation catalogue's. A text holds its
numbers in braces, `{people}`, and may be a function of them where a language needs plural forms.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TypeAlias

from opinionspace.errors import OpinionError

Text: TypeAlias = str | Callable[[Mapping[str, object]], str]
GivenWords: TypeAlias = Mapping[str, Text] | Callable[[str, str], Text] | None

#: What room mode says, by the codes of `opinionspace.room.sentences`.
SENTENCES = {
    "counts_only": "Too few to look for groups: {people} people with enough votes on {statements} "
    "statements that tell people apart, where {needed} people and {needed_statements} statements "
    "are needed. Counts only.",
    "too_large": "{people} people and {statements} statements: groups are looked for among up to "
    "{most} people and {most_statements} statements.",
    "shared": "A majority surely agrees on {agreed} statements and surely rejects {rejected}; "
    "the surest is #{statement}.",
    "nothing_shared": "No statement has a sure majority yet.",
    "bridged": "Every part ({attribute}) with five answers surely agrees on {statements} "
    "statements; the nearest to it is #{statement}.",
    "divides": "What divides most is #{statement} ({spread:.2f} of 1, between people of the {by}).",
    "answers_lean": "Statements with which more people {towards} were answered by more people, "
    "so shares lean that way.",
    "borderline": "It stays open whether there are distinct groups: there are signs of some, too "
    "weak to show. A split of {gap:.0%} on half of the statements would be found 8 times in 10.",
    "borderline_alone": "It stays open whether there are distinct groups: there are signs of some, "
    "too weak to show.",
    "agreeing": "{people} people agree with nearly everything: a manner of voting, not a camp.",
    "disagreeing": "{people} people disagree with nearly everything: a manner of voting, "
    "not a camp.",
    "same_ballots": "{people} people in {blocks} blocks gave identical or nearly identical "
    "answers. Intervals take each of them for an opinion of its own, so they are too narrow there.",
    "left_out": "Groups were looked for without those who agree or disagree with nearly "
    "everything and with one ballot of each block. With all people the answer was: {with_all}.",
    "one_axis_alone": "People differ along one line, but no distinct groups can be shown.",
    "no_groups_alone": "No distinct groups can be shown.",
    "groups": "{groups} distinct groups can be shown; the smallest has {smallest} people.",
    "one_axis": "People differ along one line, but no distinct groups can be shown. "
    "A split of {gap:.0%} on half of the statements would be found 8 times in 10.",
    "no_groups": "No distinct groups can be shown. "
    "A split of {gap:.0%} on half of the statements would be found 8 times in 10.",
    "too_weak_to_show": "So few people and votes could not show a split of any strength.",
    "few_on_the_map": "{people} people are too few for a map of persons; {needed} are needed.",
    "unplaced": "{people} people cast too few votes to be placed.",
    "no_claim": "{cells} of {of} parts ({attribute}) have statements with fewer than five answers.",
}
ENGLISH: dict[str, str] = {
    "page.lang": "en",
    "page.dir": "ltr",
    "page.untitled": "A conversation",
    "page.room": "Read as a room of people",
    "page.polis": "By the recipe of Polis",
    "page.people": "people",
    "page.statements": "statements",
    "page.answers": "answers",
    "page.found": "What was found",
    "page.shared": "What most agree on",
    "page.rejected": "What most disagree with",
    "page.divides": "What divides",
    "page.map": "Where people stand",
    "page.groups": "Groups",
    "page.group": "Group {name}",
    "page.size": "{n} people",
    "page.all": "All statements",
    "page.parts": "By {attribute}",
    "page.apart": "{part} agrees more than the others with:",
    "page.apart_against": "{part} agrees less than the others with:",
    "page.method": "How this was made",
    "page.none": "None.",
    "page.few": "too few to say",
    "page.interval": "{low} to {high}",
    "page.counted": "{n} of {of}",
    "page.version": "opinionspace {version}, seed {seed}. Fingerprint of the result: {digest}",
    "page.version_polis": "opinionspace {version}. Fingerprint of the result: {digest}",
    "page.shares": "Shares are of all answers, passes included. A range holds 90 % of what the "
    "votes allow for people like these.",
    "page.weighted": "Shares weigh each answer by how important its voter said it is.",
    "by.room": "room",
    "by.group": "group",
    "polis.chosen": "Groups: {k}",
    "polis.tried": "Numbers of groups that were tried",
    "polis.stance_agree": "agrees",
    "polis.stance_disagree": "disagrees",
    "polis.extremity": "How far from the middle of the map each statement lies",
    "caution": "The recipe of Polis finds two groups or more in any votes: a way to compare, "
    "not a finding.",
    "column.id": "no.",
    "column.text": "statement",
    "column.agree": "agree",
    "column.disagree": "disagree",
    "column.pass": "pass",
    "column.seen": "answers",
    "column.agreement": "agreement",
    "column.divides": "divides",
    "column.consensus": "shared by groups",
    "column.check": "condition",
    "column.value": "value",
    "column.needed": "needed",
    "column.met": "met",
    "column.k": "groups",
    "column.silhouette": "mean silhouette",
    "check.first_axis": "chance that votes without any axis look like this (p)",
    "check.silhouette": "chance that people along one line split as well (p)",
    "check.rand": "agreement of the groups between samples (Rand)",
    "check.jaccard": "how well each group comes back (Jaccard)",
    "gate.title": "Whether groups can be shown",
    "gate.yes": "yes",
    "gate.no": "no",
    "gate.unasked": "not asked",
    "figure.bars": "Answers to {n} statements",
    "figure.bar": "agree {agree}, pass {pass_}, disagree {disagree}",
    "figure.range": "agreement from {low} to {high}",
    "figure.map": "Map of {people} people in {groups} groups",
    "figure.map_bundles": "Map of {people} people in {groups} groups, close ones drawn as one mark",
    "figure.line": "{people} people along one line",
    "figure.near": "People who vote alike are close. An axis has no meaning of its own.",
    "figure.nobody": "No picture of persons can be drawn: see the sentences.",
    "figure.beeswarm": "{n} statements, from shared to dividing",
    "figure.beeswarm_note": "Each mark is a statement. To the far end: opinions differ most.",
    "figure.shared_end": "shared",
    "figure.divides_end": "divides",
    "figure.agree_with": "agrees with #{statement}",
} | {f"sentence.{code}": text for code, text in SENTENCES.items()}

#: Of which English says one otherwise.
ONE = {
    "blocks": "block",
    "groups": "group",
    "parts": "part",
    "people": "person",
    "statements": "statement",
}


class Words:
    """Texts by key, in the caller's words where there are any.

    Examples
    --------
    >>> say = Words({"page.people": "personnes"})
    >>> say("page.people"), say("page.size", n=3)
    ('personnes', '3 people')
    """

    def __init__(self, given: GivenWords = None) -> None:
        if isinstance(given, Mapping):
            unknown = sorted(set(given) - set(ENGLISH), key=str)
            if unknown:
                raise OpinionError(f"no text has the key {unknown[0]!r}: see opinionspace.words")
        self._given = given

    def __call__(self, key: str, **numbers: object) -> str:
        """Return the text of a key with its numbers.

        Raises
        ------
        OpinionError
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
            said = text.format(**numbers)
            return _of_one(said) if text is english else said
        except (KeyError, IndexError, ValueError, AttributeError):
            known = ", ".join(sorted(numbers)) or "none"
            raise OpinionError(
                f"the text of {key} cannot be filled in: {text!r} (its numbers: {known})"
            ) from None

    @property
    def is_rtl(self) -> bool:
        """Whether figures and pages run from the right."""
        return self("page.dir") == "rtl"


def _of_one(text: str) -> str:
    return re.sub(rf"\b1 ({'|'.join(ONE)})\b", lambda found: f"1 {ONE[found[1]]}", text)
