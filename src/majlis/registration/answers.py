"""What a person answers when asking for a place, as plain words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers of one form. `organisation` is a name as typed, or nothing.

    `more` are answers to the edition's own questions, by their codes; None where none was asked.
    """

    name: str
    constituency: str
    country: str
    capacity: str
    organisation: str = ""
    email: str = ""
    languages: tuple[str, ...] = ()
    more: Mapping[str, Any] | None = None
