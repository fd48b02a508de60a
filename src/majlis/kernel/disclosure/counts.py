"""Counts of answers, and how small a cell may be that is told apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from majlis.kernel.words import Words

SMALLEST_CELL = {"room": 5, "public": 10}


class Audience(Words):
    """Who will see it: participants (desk and stage included), or everybody."""

    PARTICIPANTS = "room", _("to participants")  # kept results and citations hold "room"
    PUBLIC = "public", _("to the public")


@dataclass(frozen=True, slots=True)
class Counts:
    """Answers to one statement in one cell: numbers of voices.

    `unread` of them stand on ballots that nobody has entered a second time.
    """

    agree: int = 0
    disagree: int = 0
    passed: int = 0
    unread: int = 0

    @property
    def answers(self) -> int:
        return self.agree + self.disagree + self.passed

    @property
    def sure(self) -> int:
        """How many answers fill a cell: one person who invents ballots must not fill it alone."""
        return self.answers - self.unread

    @property
    def agreement(self) -> float | None:
        """Share of agree among all answers, passes included; None without answers."""
        return self.agree / self.answers if self.answers else None

    @property
    def disagreement(self) -> float | None:
        """Share of disagree among all answers, passes included; None without answers."""
        return self.disagree / self.answers if self.answers else None

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.agree + other.agree,
            self.disagree + other.disagree,
            self.passed + other.passed,
            self.unread + other.unread,
        )


def smallest_cell(audience: Audience, *, participants: int = 0, public: int = 0) -> int:
    """The smallest group that may be told apart; an edition may raise it, never lower it."""
    raised = {"room": participants, "public": public}[audience]
    return max(SMALLEST_CELL[audience], raised)


def passes(sizes: Iterable[int], smallest: int) -> bool:
    """Whether every cell that holds anybody holds at least `smallest`."""
    return all(size >= smallest for size in sizes if size)


def separable(sizes: Mapping[str, int], smallest: int) -> frozenset[str]:
    """The known groups that may be told apart, so that nobody is found among those left over.

    Each holds `smallest` or more, and so do all the others together, unless there are none.
    """
    large = sorted((n, key) for key, n in sizes.items() if key and n >= smallest)
    rest = sum(sizes.values()) - sum(n for n, _key in large)
    while large and 0 < rest < smallest:
        rest += large.pop(0)[0]
    return frozenset(key for _n, key in large)


def shown_sizes(
    levels: Sequence[tuple[str, Mapping[str, int]]], *, smallest: int
) -> tuple[str, Mapping[str, int]]:
    """Group sizes at the finest level at which every group passes, else `("room", {})`."""
    for name, sizes in levels:
        held = {key: n for key, n in sizes.items() if n}
        if held and passes(held.values(), smallest):
            return name, held
    return "room", {}


def steps_of(n: int, smallest: int) -> int:
    """`n` rounded down to a step of the smallest cell: 0, 5, 10, … Whoever watches a number rise
    then never sees one person arrive."""
    return n - n % smallest
