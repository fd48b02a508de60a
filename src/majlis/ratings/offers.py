"""What can be rated. Whoever writes recommendations offers them; this app knows none by itself."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from majlis.kernel.texts import Text
from majlis.series.models import Edition


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that can be rated: its identifier, its words, and where it stands."""

    subject: str
    title: Text
    text: Text
    state: str


Offering = Callable[[Edition], Sequence[Offer]]
Published = Callable[[Edition], Collection[str]]
_sources: list[tuple[Offering, Published]] = []


def register(offering: Offering, published: Published) -> None:
    """Let what a source offers be rated; called once, when its app is ready.

    `published` names all subjects of an edition that everybody may know of.
    """
    _sources.append((offering, published))


def offers(edition: Edition) -> list[Offer]:
    """Everything of an edition that can be rated now."""
    return [offer for offering, _published in _sources for offer in offering(edition)]


def published(edition: Edition) -> set[str]:
    """The subjects of an edition that everybody may know of. One query for each source."""
    return {subject for _offering, known in _sources for subject in known(edition)}
