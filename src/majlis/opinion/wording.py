"""The sentences of a reading, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext as _

from majlis.opinion.queries import Said
from majlis.ui.formats import number, percent


def sentence(said: Said) -> str:
    """What one code of `opinionspace.room.sentences` says, with its numbers."""
    numbers = said.numbers
    facts = {key: number(value) for key, value in numbers.items() if isinstance(value, int | float)}
    match said.code:
        case "shared":
            text = _(
                "What the room shares: statements a majority surely agrees on: %(agreed)s; "
                "surely rejects: %(rejected)s. The surest one:"
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
                "Statements that a majority of every group surely agrees on: %(statements)s. "
                "The nearest to it:"
            )
        case "divides":
            text = _("What divides most:")
        case "groups":
            text = _("Distinct groups can be shown: %(groups)s; the smallest has %(smallest)s.")
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
        case "unplaced":
            text = _("People with too few votes to be placed: %(people)s.")
        case _other:
            text = _(
                "Families with fewer than five answers on some statement: %(cells)s of %(of)s."
            )
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
