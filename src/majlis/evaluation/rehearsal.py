"""Most people of a rehearsal have said what they made of the day."""

from __future__ import annotations

import random

from majlis.evaluation import actions
from majlis.evaluation.fields import CORE, FEATURES, SCALE
from majlis.evaluation.models import OwnQuestion, Remark, Reply, Survey, Ticket
from majlis.evaluation.states import Wave
from majlis.series.rehearsal import Rehearsal, RehearsalPart

SHARE = 0.7  # of those who could answer


def _ask(rehearsal: Rehearsal) -> None:
    draw = random.Random(f"evaluation {rehearsal.seed}")  # noqa: S311, invented people
    edition = rehearsal.edition
    survey = actions.open_survey(edition, Wave.DAY, most_open=rehearsal.voices, by=rehearsal.by)
    liked = {item.key: draw.uniform(4, 6.4) for item in FEATURES}
    for _person in range(round(SHARE * rehearsal.voices)):
        values: dict[str, int | str] = {
            key: _grade(draw.gauss(mean, 1.2)) for key, mean in liked.items()
        }
        values |= {
            item.key: str(draw.choice(item.choices.values))
            for item in CORE[Wave.DAY]
            if item.choices is not None
        }
        actions.take_answer(survey, None, values=values, remarks={}, language="en")
    actions.close_survey(survey, by=rehearsal.by)


def _grade(drawn: float) -> int:
    return min(max(round(drawn), SCALE[0]), SCALE[-1])


PART = RehearsalPart(copied=(Survey, Reply), left_out=(OwnQuestion, Remark, Ticket), copy=_ask)
