"""The sentences of a reading, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from majlis.dialogue.models import Statement
from majlis.kernel.disclosure import Counts
from majlis.opinion.queries import Reading, Said
from majlis.ui.formats import number, percent


@dataclass(frozen=True, slots=True)
class Heading:
    """One part of the headline: its title, and sentences, each with the statement it names."""

    title: str
    lines: Sequence[tuple[str, Statement | None]]


SHARED = ("shared", "nothing_shared", "bridged")
DIVIDING = ("divides", "groups")


def headline(reading: Reading, *, smallest: int) -> list[Heading]:
    """What participants share, what divides them, and what cannot be said and why."""
    parts: dict[str, list[tuple[str, Statement | None]]] = {"shared": [], "divides": [], "not": []}
    for said in reading.said:
        part = "shared" if said.code in SHARED else "divides" if said.code in DIVIDING else "not"
        parts[part].append((sentence(said), said.statement))
    parts["not"] += [(text, None) for text in _withheld(reading, smallest)]
    titles = {
        "shared": _("Where participants agree"),
        "divides": _("Where opinions differ"),
        "not": _("What these results do not show, and why"),
    }
    return [Heading(titles[part], lines) for part, lines in parts.items() if lines]


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many statements came out one way, and what that means."""

    kind: str
    n: int
    title: str
    about: str


def has_majority(counts: Counts) -> bool:
    """Whether more than half of all answers are on one side."""
    return max(counts.agreement or 0.0, counts.disagreement or 0.0) > 0.5


def finding_of(reading: Reading) -> str:
    """What was found, in one or two sentences: the title of the page."""
    told = []
    for said in reading.said:
        match said.code:
            case "shared":
                told.append(" ".join(_majorities(said)))
            case "nothing_shared":
                told.append(sentence(said))
            case "groups":
                told.append(_n_groups(int(said.numbers["groups"])))
            case "one_axis" | "no_groups" | "borderline":
                told.append(_without_groups(said.code))
    return " ".join(told[:2])


def verdicts(reading: Reading) -> list[Verdict]:
    """How many statements have a clear majority, none, or one that is too narrow to be sure."""
    sure = next((said.numbers for said in reading.said if said.code == "shared"), {})
    agreed, rejected = int(sure.get("agreed", 0)), int(sure.get("rejected", 0))
    counted = [read.whole.counts for _statement, read in reading.lines if read.whole]
    divided = sum(not has_majority(counts) for counts in counted)
    found = [
        Verdict(
            "agree", agreed, _("A clear majority agrees"), _("With nine chances in ten or more.")
        ),
        Verdict(
            "disagree",
            rejected,
            _("A clear majority disagrees"),
            _("With nine chances in ten or more."),
        ),
        Verdict("divided", divided, _("No majority"), _("Neither side has more than half.")),
        Verdict(
            "open",
            len(reading.lines) - agreed - rejected - divided,
            _("Cannot be called"),
            _("A narrow majority, or too few answers."),
        ),
    ]
    return [one for one in found if one.n or one.kind != "disagree"]


def _withheld(reading: Reading, smallest: int) -> list[str]:
    reads = [read for _statement, read in reading.lines]
    few = sum(read.whole is None for read in reads)
    whole = sum(read.whole is not None and not read.cells for read in reads)
    facts = {"of": number(len(reads)), "smallest": number(smallest)}
    told = []
    if few:
        text = ngettext(
            "%(n)s of %(of)s statements has too few answers to be shown.",
            "%(n)s of %(of)s statements have too few answers to be shown.",
            few,
        )
        told.append(text % (facts | {"n": number(few)}))
    if whole:
        text = ngettext(
            "%(n)s of %(of)s statements is shown for all participants only. A breakdown could "
            "identify people, or has fewer than %(smallest)s people in a group.",
            "%(n)s of %(of)s statements are shown for all participants only. A breakdown could "
            "identify people, or has fewer than %(smallest)s people in a group.",
            whole,
        )
        told.append(text % (facts | {"n": number(whole)}))
    return told


def sentence(said: Said) -> str:
    """What one code of `opinionspace.room.sentences` says, with its numbers."""
    numbers = said.numbers
    facts = {key: number(value) for key, value in numbers.items() if isinstance(value, int | float)}
    match said.code:
        case "shared":
            text = _shared(said)
        case "nothing_shared":
            text = _("No statement has a clear majority yet.")
        case "bridged":
            text = _bridged(said)
        case "divides":
            text = _("The most divisive statement:")
        case "groups":
            text = _groups(said)
        case "one_axis" | "no_groups" | "borderline":
            text = _groupless(said)
            facts = {"gap": percent(float(numbers.get("gap", 0.0)))}
        case "too_weak_to_show":
            text = _("There are too few people and votes to detect even a strong split.")
        case "counts_only":
            text = _(
                "There are too few people or statements to look for opinion groups, so only the "
                "counts are shown. At least %(needed)s people and %(needed_statements)s "
                "statements are needed."
            )
        case "answers_lean":
            text = _leaning(said)
        case "too_large":
            text = _too_large(said)
        case "few_on_the_map":
            text = _(
                "There are too few people to draw a map: %(people)s out of the %(needed)s needed."
            )
        case _unplaced:
            text = ngettext(
                "%(people)s person answered too few statements to be placed on the map.",
                "%(people)s people answered too few statements to be placed on the map.",
                int(numbers["people"]),
            )
    return text % facts


def manner(said: Said) -> str:
    """What the team is told of a way of voting that is no opinion; nobody is named."""
    numbers = said.numbers
    facts = {key: number(value) for key, value in numbers.items() if isinstance(value, int | float)}
    match said.code:
        case "agreeing":
            text = ngettext(
                "%(people)s person agrees with nearly every statement. This is a way of answering, "
                "not an opinion group.",
                "%(people)s people agree with nearly every statement. This is a way of answering, "
                "not an opinion group.",
                int(numbers["people"]),
            )
        case "disagreeing":
            text = ngettext(
                "%(people)s person disagrees with nearly every statement. This is a way of "
                "answering, not an opinion group.",
                "%(people)s people disagree with nearly every statement. This is a way of "
                "answering, not an opinion group.",
                int(numbers["people"]),
            )
        case "same_ballots":
            text = ngettext(
                "%(people)s person gave the same answers as others, or nearly. Where these answers "
                "were agreed in advance, the ranges shown are too narrow.",
                "%(people)s people gave the same answers as others, or nearly. Where these answers "
                "were agreed in advance, the ranges shown are too narrow.",
                int(numbers["people"]),
            )
        case _left_out:
            text = _left_out_text(str(numbers["with_all"]))
    return text % facts


def _left_out_text(with_all: str) -> str:
    text = _(
        "To look for opinion groups, people who answer nearly everything alike were left out, and "
        "each set of identical answers was counted once."
    )
    match with_all:
        case "groups":
            more = _("With all answers, the votes would seem to show groups.")
        case "borderline":
            more = _("With all answers, there would be weak signs of groups.")
        case _none:
            more = _("With all answers, no groups would be shown.")
    return f"{text} {more}"


def _shared(said: Said) -> str:
    return " ".join([*_majorities(said), _("The clearest result:")])


def _majorities(said: Said) -> list[str]:
    agreed, rejected = int(said.numbers["agreed"]), int(said.numbers["rejected"])
    told = []
    if agreed:
        text = ngettext(
            "%(agreed)s statement has clear majority support.",
            "%(agreed)s statements have clear majority support.",
            agreed,
        )
        told.append(text % {"agreed": number(agreed)})
    if rejected:
        text = ngettext(
            "A clear majority disagrees with %(rejected)s statement.",
            "A clear majority disagrees with %(rejected)s statements.",
            rejected,
        )
        told.append(text % {"rejected": number(rejected)})
    return told


def _bridged(said: Said) -> str:
    n, by_country = int(said.numbers["statements"]), said.numbers["attribute"] == "country"
    if by_country and not n:
        return _("No statement has clear majority support in every country shown. The strongest:")
    if by_country:
        return ngettext(
            "%(statements)s statement has clear majority support in every country shown. The "
            "strongest:",
            "%(statements)s statements have clear majority support in every country shown. The "
            "strongest:",
            n,
        )
    if not n:
        return _(
            "No statement has clear majority support in every main group shown. The strongest:"
        )
    return ngettext(
        "%(statements)s statement has clear majority support in every main group shown. The "
        "strongest:",
        "%(statements)s statements have clear majority support in every main group shown. The "
        "strongest:",
        n,
    )


def _groups(said: Said) -> str:
    groups, smallest = int(said.numbers["groups"]), int(said.numbers["smallest"])
    least = ngettext(
        "The smallest has %(smallest)s person.", "The smallest has %(smallest)s people.", smallest
    )
    return f"{_n_groups(groups)} {least}"


def _n_groups(groups: int) -> str:
    text = ngettext(
        "The votes show %(groups)s distinct opinion group.",
        "The votes show %(groups)s distinct opinion groups.",
        groups,
    )
    return text % {"groups": number(groups)}


def _leaning(said: Said) -> str:
    if said.numbers["towards"] == "agree":
        return _(
            "More people answered the statements with more agreement. Agreement may therefore be "
            "lower than shown."
        )
    return _(
        "More people answered the statements with more disagreement. Disagreement may therefore "
        "be lower than shown."
    )


def _too_large(said: Said) -> str:
    if int(said.numbers["people"]) > int(said.numbers["most"]):
        return _("More than %(most)s people voted, so opinion groups were not looked for.")
    return _(
        "There are more than %(most_statements)s statements, so opinion groups were not looked for."
    )


def _groupless(said: Said) -> str:
    text = _without_groups(said.code)
    if not said.numbers.get("gap"):
        return text
    return " ".join(
        [
            text,
            _(
                "With this number of votes, a split into two equal halves that differ by %(gap)s "
                "on half of the statements would be detected 8 times out of 10."
            ),
        ]
    )


def _without_groups(code: str) -> str:
    match code:
        case "one_axis":
            return _("Opinions spread along one line, without distinct groups.")
        case "borderline":
            return _("The votes show signs of distinct opinion groups, too weak to be certain.")
        case _no_groups:
            return _("The votes do not show distinct opinion groups.")
