"""Invented stances: what a participant would answer to a statement."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence

from majlis.dialogue.states import Stance
from majlis.front.rehearsal.people import Invented


def ballots(
    people: Sequence[Invented], n_statements: int, *, seed: int
) -> Iterator[tuple[int, int, Stance]]:
    """Person, statement and stance, in the order in which they would arrive.

    Every statement has an appeal to all and a pull towards one side; a person agrees with the
    probability that both give. People with `talkative` under 1 leave some statements unanswered.
    """
    draw = random.Random(f"votes {seed}")  # noqa: S311
    appeal = [draw.gauss(0.9, 0.8) for _ in range(n_statements)]
    pull = [draw.gauss(0.0, 1.6) for _ in range(n_statements)]
    for who, person in enumerate(people):
        for what in draw.sample(range(n_statements), n_statements):
            if draw.random() > person.talkative:
                continue
            if draw.random() < 0.09:
                yield who, what, Stance.PASS
                continue
            score = appeal[what] + pull[what] * person.lean
            agrees = draw.random() < 1 / (1 + math.exp(-score))
            yield who, what, Stance.AGREE if agrees else Stance.DISAGREE
