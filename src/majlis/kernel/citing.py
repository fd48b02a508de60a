"""What can be cited. Each app describes its own kinds; whoever cites knows none of them by name.

A kind is one object, registered when its app is ready:

    register(Contributions())
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from django.db import models
from django.db.models import QuerySet
from django.utils.functional import Promise

from majlis.kernel.canonical import digest_of
from majlis.kernel.disclosure import Audience, Source
from majlis.kernel.texts import Text
from majlis.kernel.words import Words

S = TypeVar("S", bound=models.Model)
Said = str | Promise
Json = Mapping[str, Any]  # plain JSON
Cited = Any  # a row of the model of a registered kind, with a code and an edition


@dataclass(frozen=True, slots=True)
class Frozen:
    """A source as it stands at one moment: what it says, what is known of it, their digest."""

    excerpt: Json
    facts: Json

    @property
    def digest(self) -> str:
        return digest_of({"excerpt": self.excerpt, "facts": self.facts})


@dataclass(frozen=True, slots=True)
class Told:
    """What everybody may be told of a source as it was cited, besides its kind.

    `number` is that of a statement, `shows` what the source shows in a sentence
    and `shows_in` its language, `tag` a stored word that says more of its kind. `is_demo` where
    nobody said it.
    """

    wording: Text
    number: int | None = None
    tag: Words | None = None
    shows: str = ""
    shows_in: str = ""
    url: str = ""
    published_on: date | None = None
    country: str = ""
    is_demo: bool = False


@dataclass(frozen=True, slots=True)
class Trace:
    """Where a source comes from: what was said, not yet fit to be shown, and each step since."""

    theme: str = ""
    said: Sequence[Source] = ()
    steps: Sequence[Any] = ()  # `dialogue.citing.TracedStep`, the last one first


class Citable(ABC, Generic[S]):
    """One kind of source. `name` is its column in a citation and its word in addresses.

    `label` names one of the kind and `title` all of them; `template` shows one row of `shown` to
    choose from, as `one`, and `nothing` stands where there is none. `filters` are the fields of
    the search above them. `related` are the relations of a source that the methods below read;
    `rank` is its place among the kinds, the lowest first; `is_evidence` when it answers the
    question for evidence.
    """

    name: str
    model: type[S]
    label: Said
    title: Said
    about: Said = ""
    nothing: Said
    template: str
    filters: tuple[str, ...] = ()
    rank: int = 50
    related: tuple[str, ...] = ()
    is_evidence: bool = False

    @abstractmethod
    def choices(self, edition: Any, wanted: Mapping[str, str]) -> Sequence[S] | QuerySet[S]:
        """What of an edition can be cited now; `wanted` holds what was sent by `filters`."""

    def shown(self, rows: Sequence[S]) -> Sequence[Any]:
        """Some of the choices as `template` shows them, each with a `code`."""
        return rows

    def require_citable(self, source: S) -> None:
        """Refuse a source that cannot be cited, in words."""

    @abstractmethod
    def freeze(self, sources: Sequence[S], known: dict[Any, Any]) -> Mapping[int, Frozen]:
        """Sources as they stand now, by primary key; as many queries for all as for one.

        `known` holds what other kinds have read already, so that nothing is read twice.
        """

    @abstractmethod
    def told(self, excerpt: Json, source: S) -> Told:
        """What everybody may be told of a cited source."""

    def wording_at_desk(self, excerpt: Json, source: S) -> Text:
        """What the organising team reads of it."""
        return self.told(excerpt, source).wording

    def is_gone(self, source: S) -> bool:
        """Whether the living source was taken back or gave way to another one."""
        return False

    def kind_of(self, source: S) -> tuple[str, Said]:
        """The word and the label of this very source."""
        return self.name, self.label

    def traces(self, edition: Any, sources: Sequence[S], audience: Audience) -> Mapping[int, Trace]:
        """Where sources come from, by primary key; nothing for what was not said here."""
        return {}


_kinds: dict[str, Citable[Any]] = {}


def register(kind: Citable[Any]) -> None:
    """Make a kind citable; called once, when its app is ready."""
    _kinds[kind.name] = kind


def kinds() -> tuple[Citable[Any], ...]:
    """Every registered kind, those that are cited most first."""
    return tuple(sorted(_kinds.values(), key=lambda kind: kind.rank))


def kind_named(name: str) -> Citable[Any] | None:
    return _kinds.get(name)


def kind_of(source: Cited) -> Citable[Any]:
    """The kind of a living source."""
    return next(kind for kind in kinds() if isinstance(source, kind.model))


def freeze_all(sources: Iterable[Cited]) -> dict[Cited, Frozen]:
    """Sources of any kinds as they stand now."""
    of_kind: dict[str, list[Cited]] = {}
    for source in sources:
        of_kind.setdefault(kind_of(source).name, []).append(source)
    found: dict[Cited, Frozen] = {}
    known: dict[Any, Any] = {}
    for name, rows in of_kind.items():
        frozen = _kinds[name].freeze(rows, known)
        found |= {row: frozen[row.pk] for row in rows}
    return found
