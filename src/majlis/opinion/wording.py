"""The sentences of a reading, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from majlis.dialogue.models import Statement
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
    """What the room shares, what divides it, and what cannot be said and why."""
    parts: dict[str, list[tuple[str, Statement | None]]] = {"shared": [], "divides": [], "not": []}
    for said in reading.said:
        part = "shared" if said.code in SHARED else "divides" if said.code in DIVIDING else "not"
        parts[part].append((sentence(said), said.statement))
    parts["not"] += [(text, None) for text in _withheld(reading, smallest)]
    titles = {
        "shared": _("What the room shares"),
        "divides": _("What divides it"),
        "not": _("What cannot be said, and why"),
    }
    return [Heading(titles[part], lines) for part, lines in parts.items() if lines]


def _withheld(reading: Reading, smallest: int) -> list[str]:
    reads = [read for _statement, read in reading.lines]
    few = sum(read.whole is None for read in reads)
    whole = sum(read.whole is not None and not read.cells for read in reads)
    facts = {"n": number(whole), "of": number(len(reads)), "smallest": number(smallest)}
    told = []
    if few:
        told.append(
            _("Statements with too few answers to be shown: %(few)s of %(of)s.")
            % (facts | {"few": number(few)})
        )
    if whole:
        told.append(
            _(
                "Statements that are shown for the whole room only: %(n)s of %(of)s. In each, some "
                "group of fewer than %(smallest)s people could otherwise be told apart."
            )
            % facts
        )
    return told


def sentence(said: Said) -> str:
    """What one code of `opinionspace.room.sentences` says, with its numbers."""
    numbers = said.numbers
    facts = {key: number(value) for key, value in numbers.items() if isinstance(value, int | float)}
    match said.code:
        case "shared":
            text = _(
                "Statements that a majority surely agrees on: %(agreed)s; surely rejects: "
                "%(rejected)s. The surest one:"
            )
        case "nothing_shared":
            text = _("No statement has a sure majority yet.")
        case "bridged" if numbers.get("attribute") == "family":
            text = _(
                "Statements that a majority of every family of constituencies surely agrees on: "
                "%(statements)s. The nearest to it:"
            )
        case "bridged":
            text = _(
                "Statements that a majority of every opinion group surely agrees on: "
                "%(statements)s. The nearest to it:"
            )
        case "divides":
            text = _("What divides most:")
        case "groups":
            text = _(
                "Distinct opinion groups can be shown: %(groups)s; the smallest has %(smallest)s "
                "people."
            )
        case "one_axis" | "no_groups":
            text = _groupless(said)
            facts = {"gap": percent(float(numbers.get("gap", 0.0)))}
        case "too_weak_to_show":
            text = _("So few people and votes could not show any split, however strong.")
        case "counts_only":
            text = _(
                "Too few people or statements to look for groups: counts only. It takes "
                "%(needed)s people and %(needed_statements)s statements."
            )
        case "too_large":
            text = _("More people voted than this reading looks at for groups (%(most)s).")
        case "few_on_the_map":
            text = _("Too few people for a map of persons: %(people)s of %(needed)s.")
        case _unplaced:
            text = _("People with too few votes to be placed: %(people)s.")
    return text % facts


def _groupless(said: Said) -> str:
    text = (
        _("People differ along one axis, but no distinct groups can be shown.")
        if said.code == "one_axis"
        else _("No distinct groups can be shown.")
    )
    if not said.numbers.get("gap"):
        return text
    return (
        text
        + " "
        + _(
            "Two equal halves that differ by %(gap)s on half of the statements would have been "
            "shown in 8 of 10 such rooms."
        )
    )
