"""The one door through which anything about people leaves for a screen, a file or a document.

Two questions are answered here and nowhere else: how finely may counts be broken down, and what
of a source may be shown under the attribution rule of the session where it was said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from majlis.kernel.texts import Text
from majlis.kernel.words import Words

SMALLEST_CELL = {"room": 5, "public": 10}


class Audience(Words):
    """Who will see it: people in the room (desk and stage included), or everybody."""

    ROOM = "room", _("in the room")
    PUBLIC = "public", _("in public")


class AttributionRule(Words):
    """What may be told of who said something in a session."""

    PUBLIC = "public", _("on the record")
    CHATHAM_HOUSE = "chatham_house", _("Chatham House Rule")
    CLOSED = "closed", _("closed session")


@dataclass(frozen=True, slots=True)
class Counts:
    """Answers to one statement in one cell: numbers of voices."""

    agree: int = 0
    disagree: int = 0
    passed: int = 0

    @property
    def answers(self) -> int:
        return self.agree + self.disagree + self.passed

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
            self.agree + other.agree, self.disagree + other.disagree, self.passed + other.passed
        )


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Counts of one statement at one level. `cells` is empty when only the total may be shown.

    `total` is None when the whole room itself is smaller than the smallest cell.
    """

    level: str
    cells: Mapping[str, Counts]
    total: Counts | None


def smallest_cell(audience: Audience, *, room: int = 0, public: int = 0) -> int:
    """The smallest group that may be told apart; an edition may raise it, never lower it."""
    raised = {"room": room, "public": public}[audience]
    return max(SMALLEST_CELL[audience], raised)


def passes(sizes: Iterable[int], smallest: int) -> bool:
    """Whether every cell that holds anybody holds at least `smallest`."""
    return all(size >= smallest for size in sizes if size)


def disclose(levels: Sequence[tuple[str, Mapping[str, Counts]]], *, smallest: int) -> Breakdown:
    """Break one statement's counts down at the finest level at which every cell passes.

    Parameters
    ----------
    levels
        Finest first: a name and the cells. Every level counts the same answers.
    smallest
        Fewest answers that a shown cell, and any difference of shown cells, may hold.

    Because all cells of a level are shown or none, no cell can be had by subtraction.
    """
    if not levels:
        return Breakdown("room", {}, None)
    whole = sum(levels[-1][1].values(), Counts())
    if whole.answers < smallest:
        return Breakdown("room", {}, None)
    for name, cells in levels:
        held = {key: c for key, c in cells.items() if c.answers}
        if len(held) > 1 and passes((c.answers for c in held.values()), smallest):
            return Breakdown(name, held, whole)
    return Breakdown("room", {}, whole)


def shown_sizes(
    levels: Sequence[tuple[str, Mapping[str, int]]], *, smallest: int
) -> tuple[str, Mapping[str, int]]:
    """Group sizes at the finest level at which every group passes, else `("room", {})`."""
    for name, sizes in levels:
        held = {key: n for key, n in sizes.items() if n}
        if held and passes(held.values(), smallest):
            return name, held
    return "room", {}


@dataclass(frozen=True, slots=True)
class Source:
    """Everything the house knows of one source of a recommendation, before the door."""

    rule: AttributionRule
    statement: Text
    words: str = ""
    language: str = ""
    translation: Text | None = None
    kind: str = ""
    theme: str = ""
    session: str = ""
    person: str = ""
    organisation: str = ""
    constituency: str = ""
    country: str = ""
    consents_to_name: bool = False
    only_statement: bool = False
    constituency_passes: bool = False
    country_passes: bool = False


def shown_source(source: Source) -> Source:
    """What the why-page, exports and documents may show of a source (DECISIONS 15).

    public         words, language, session; name and organisation with consent
    chatham_house  words and translation, kind, theme, session; no person, no organisation;
                   constituency and country only where their cell passes
    closed         the statement's wording alone
    A contributor who asked that only the statement be shown is treated as in a closed session.
    """
    if source.only_statement or source.rule == AttributionRule.CLOSED:
        return Source(
            rule=source.rule, statement=source.statement, only_statement=source.only_statement
        )
    if source.rule == AttributionRule.PUBLIC and source.consents_to_name:
        return source
    return replace(
        source,
        person="",
        organisation="",
        constituency=source.constituency if source.constituency_passes else "",
        country=source.country if source.country_passes else "",
    )
