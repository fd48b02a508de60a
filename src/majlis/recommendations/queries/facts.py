"""The sheet of a recommendation as pages and documents show it, field by field.

Frozen: whoever shows it asks nothing. Words in several languages stay `Text`; everything else is
said in the language of the moment by `Fact.said`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from majlis.kernel.punctuation import joined
from majlis.kernel.texts import Text
from majlis.people.territories import country_name
from majlis.recommendations.fields import COLUMNS, Field, Kind, beside
from majlis.recommendations.models import Recommendation
from majlis.recommendations.states import DuePrecision
from majlis.ui import formats


@dataclass(frozen=True, slots=True)
class Named:
    """A thing with a code and a name in several languages."""

    code: str
    name: Text


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that is asked to act."""

    name: Text
    body: Text
    country: str


@dataclass(frozen=True, slots=True)
class DueDay:
    """A day, or the quarter it lies in."""

    day: date
    is_quarter: bool


@dataclass(frozen=True, slots=True)
class Fact:
    """One field with its answer, and the fields that stand beside it.

    `value` is by the kind of the field: `Text`, a tuple of `Named` or of `Unit`, `DueDay`, stored
    words or their tuple, country codes, True, or plain words. `beside` holds what has an answer.
    """

    field: Field
    value: Any  # by the kind of the field
    beside: tuple[Fact, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.value or self.beside)

    @property
    def kind(self) -> str:
        return str(self.field.kind)

    @property
    def said(self) -> str:
        """The answer in plain words, in the language of the moment."""
        match self.field.kind:
            case Kind.MARK:
                return str(self.field.instead or self.field.label) if self.value else ""
            case Kind.CHOICE:
                return str(self.value.label) if self.value else ""
            case Kind.CHOICES:
                return joined(word.label for word in self.value)
            case Kind.COUNTRIES:
                return joined(country_name(code) for code in self.value)
            case Kind.THING | Kind.THINGS:
                return joined(one.name for one in self.value)
            case Kind.DATE:
                shown = formats.quarter if self.value and self.value.is_quarter else formats.day
                return shown(self.value.day) if self.value else ""
            case Kind.ADDRESSEES:
                return joined(one.name for one in self.value)
        return str(self.value)


def facts_of(rec: Recommendation) -> tuple[Fact, ...]:
    """The public sheet after title and text; what is empty is left out."""
    found = (_fact(rec, f) for f in COLUMNS if f.part != "identity" and not f.beside)
    return tuple(fact for fact in found if fact and fact.field.privacy == "public")


def _fact(rec: Recommendation, field: Field) -> Fact:
    besides = tuple(
        fact
        for fact in (Fact(one, _value(rec, one)) for one in beside(field))
        if fact and fact.field.words is not DuePrecision
    )
    for fact in besides:
        if fact.field.instead:
            return Fact(field, "", (fact,))
    return Fact(field, _value(rec, field), besides)


def _value(rec: Recommendation, field: Field) -> Any:
    value = getattr(rec, field.name)
    match field.kind:
        case Kind.CHOICE:
            return field.words(value) if field.words and value else ""
        case Kind.CHOICES:
            return tuple(field.words(one) for one in value) if field.words else ()
        case Kind.COUNTRIES:
            return tuple(value)
        case Kind.THING:
            return (Named(value.code, value.title),) if value else ()
        case Kind.THINGS:
            return tuple(Named(one.code, one.title) for one in value.all())
        case Kind.ADDRESSEES:
            return tuple(Unit(one.unit, one.body, one.country) for one in value.all())
        case Kind.DATE:
            return DueDay(value, _is_quarter(rec, field)) if value else ""
    return value


def _is_quarter(rec: Recommendation, field: Field) -> bool:
    return any(
        getattr(rec, one.name) == DuePrecision.QUARTER
        for one in beside(field)
        if one.words is DuePrecision
    )
