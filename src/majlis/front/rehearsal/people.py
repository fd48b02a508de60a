"""Invented participants: role names only, spread over constituencies, countries and languages."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from majlis.people.states import Constituency

# Shares of a typical seminar, per hundred; they are ours, not measured.
CONSTITUENCIES: dict[Constituency, int] = {
    Constituency.MINISTRY: 13,
    Constituency.REGIONAL: 7,
    Constituency.CLUSTER: 14,
    Constituency.POLE: 8,
    Constituency.SME: 14,
    Constituency.LARGE_FIRM: 5,
    Constituency.ASSOCIATION: 6,
    Constituency.BANK: 7,
    Constituency.DONOR: 5,
    Constituency.UNIVERSITY: 11,
    Constituency.TRAINING: 4,
    Constituency.SOCIETY: 6,
}
COUNTRIES = {"TN": 48, "MA": 22, "DZ": 16, "MR": 4, "LY": 3, "FR": 4, "BE": 3}
LANGUAGES = {"fr": 55, "ar": 33, "en": 12}


@dataclass(frozen=True, slots=True)
class Invented:
    """One participant of a rehearsal. `lean` in [-1, 1] is where the person stands when there
    are camps; `talkative` in [0, 1] how much of the ballot the person answers."""

    number: int
    constituency: Constituency
    country: str
    language: str
    lean: float
    talkative: float

    @property
    def name(self) -> str:
        return f"Participant {self.number:02}"


def invent(n: int, *, seed: int, camps: bool) -> Sequence[Invented]:
    """`n` participants, always the same for the same seed.

    With camps, people lean to one of two sides, and constituencies lean unevenly; without, all
    stand in the middle and differ by chance alone.
    """
    draw = random.Random(f"people {seed}")  # noqa: S311
    side = {c: draw.choice([-1.0, 1.0]) for c in Constituency}
    found = []
    for number in range(1, n + 1):
        constituency = draw.choices(list(CONSTITUENCIES), list(CONSTITUENCIES.values()))[0]
        pull = side[constituency] if draw.random() < 0.75 else -side[constituency]
        found.append(
            Invented(
                number=number,
                constituency=constituency,
                country=draw.choices(list(COUNTRIES), list(COUNTRIES.values()))[0],
                language=draw.choices(list(LANGUAGES), list(LANGUAGES.values()))[0],
                lean=pull * draw.uniform(0.6, 1.0) if camps else draw.uniform(-0.15, 0.15),
                talkative=draw.betavariate(6, 1.5),
            )
        )
    return found
