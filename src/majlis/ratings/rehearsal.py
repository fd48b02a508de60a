"""Two ratings of a rehearsal: a majority judgement and a RAND/UCLA panel, both with results.

They rate recommendations, so the app above holds them once it has written some.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from majlis.dialogue import actions as dialogue
from majlis.dialogue.models import Question
from majlis.dialogue.states import ABSTAIN
from majlis.kernel.texts import Text
from majlis.ratings import actions
from majlis.ratings.models import MinorityStatement, Option, Rating, Sheet
from majlis.ratings.states import Disagreement, Grade, MethodKind, Ties
from majlis.series.models import Edition
from majlis.series.rehearsal import Rehearsal, RehearsalPart

SHARE = 0.6  # of those who could rate
UNSURE = 0.08  # of their answers: no opinion

TITLES = {
    MethodKind.MAJORITY: Text.of(
        "en",
        en="Which recommendations deserve support?",
        fr="Quelles recommandations méritent d’être soutenues ?",
        ar="ما التوصيات التي تستحق التأييد؟",
    ),
    MethodKind.RAND: Text.of(
        "en",
        en="Are these recommendations appropriate?",
        fr="Ces recommandations sont-elles appropriées ?",
        ar="هل هذه التوصيات ملائمة؟",
    ),
}
SETTINGS: Mapping[MethodKind, Mapping[str, str]] = {
    MethodKind.MAJORITY: {"passes": Grade.GOOD, "ties": Ties.VALUE},
    MethodKind.RAND: {"disagreement": Disagreement.IPRAS},
}


def hold_ratings(rehearsal: Rehearsal, subjects: Sequence[str]) -> Rating:
    """Rate what was written by both methods; the majority judgement, on which decisions rest."""
    held = [_held(rehearsal, method, subjects) for method in TITLES]
    return held[0]


def _held(rehearsal: Rehearsal, method: MethodKind, subjects: Sequence[str]) -> Rating:
    draw = random.Random(f"rating {method} {rehearsal.seed}")  # noqa: S311, invented people
    rating = actions.prepare_rating(
        rehearsal.edition,
        title=TITLES[method],
        method=method,
        settings={name: str(value) for name, value in SETTINGS[method].items()},
        least=5,
        subjects=subjects,
        by=rehearsal.by,
    )
    rating = actions.open_rating(rating, by=rehearsal.by)
    questions = list(rating.asked.questions.select_related("asked_in"))
    liked = {one.pk: draw.uniform(0.5, 0.85) for one in questions}
    voices = list(rehearsal.edition.voices.order_by("pk"))
    for voice in draw.sample(voices, round(SHARE * len(voices))):
        for question in questions:
            dialogue.cast_number(
                question=question,
                voice=voice,
                number=_drawn(draw, question, liked[question.pk]),
                seq=1,
                key=f"rehearsal-{question.code}",
            )
    return actions.show_rating(actions.close_rating(rating, by=rehearsal.by), by=rehearsal.by)


def _drawn(draw: random.Random, question: Question, liked: float) -> int:
    if draw.random() < UNSURE:
        return ABSTAIN
    low, high = question.low, question.high
    return min(max(round(draw.gauss(low + liked * (high - low), (high - low) / 5)), low), high)


def _remove(edition: Edition) -> None:
    Rating.objects.filter(edition=edition, follows__isnull=False).update(follows=None)
    Rating.objects.filter(edition=edition).delete()


PART = RehearsalPart(copied=(Option, Rating), left_out=(MinorityStatement, Sheet), remove=_remove)
