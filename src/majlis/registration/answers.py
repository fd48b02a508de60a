"""What a person answers when asking for a place, as plain words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers of one form. `organisation` is a name as typed, or nothing."""

    name: str
    constituency: str
    country: str
    capacity: str
    organisation: str = ""
    email: str = ""
    languages: tuple[str, ...] = ()
