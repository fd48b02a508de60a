"""Ratings for tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from majlis.dialogue import actions as dialogue
from majlis.kernel.texts import Text
from majlis.ratings import actions
from majlis.ratings.models import Rating
from majlis.ratings.states import Criterion, MethodKind
from tests.factories.recommendations import WRITER, RecommendationFactory
from tests.factories.registration import VoiceFactory

SETTINGS: Mapping[str, Mapping[str, Any]] = {
    MethodKind.MAJORITY: {"passes": "good", "ties": "majority_value"},
    MethodKind.RAND: {"disagreement": "ipras"},
    MethodKind.DELPHI: {"share": 70, "opposed": 15, "rounds": 3},
    MethodKind.RANKING: {"places": 2, "ties": "shared", "keep": 1},
    MethodKind.IMPACT: {"impact_from": 5, "feasibility_from": 5},
    MethodKind.CRITERIA: {
        "weights": dict.fromkeys(Criterion, 0) | {"benefit": 2, "feasibility": 1},
        "middle": "mean",
    },
}


def prepared(edition, method=MethodKind.MAJORITY, *, n=2, recs=None, **settings) -> Rating:
    """A rating of `n` drafts, or of these recommendations, in preparation."""
    recs = recs or [RecommendationFactory(edition=edition) for _ in range(n)]
    return actions.prepare_rating(
        edition,
        title=Text.of("en", en="Rate the drafts", fr="Évaluer les projets", ar="تقييم المشاريع"),
        method=method,
        settings={**SETTINGS[method], **settings},
        least=5,
        subjects=[rec.rec_id for rec in recs],
        by=WRITER,
    )


def opened(edition, method=MethodKind.MAJORITY, **more) -> Rating:
    return actions.open_rating(prepared(edition, method, **more), by=WRITER)


def give(rating: Rating, voice, numbers: Sequence[int], *, seq: int = 1) -> None:
    """One voice's answers to the questions of a rating, in their order."""
    for question, number in zip(rating.asked.questions.order_by("pk"), numbers, strict=False):
        dialogue.cast_number(
            question=question, voice=voice, number=number, seq=seq, key=f"{question.code}-{seq}"
        )


def given(rating: Rating, *ballots: Sequence[int], **facts: object) -> list[Any]:
    """Each ballot from a voice of its own; the voices."""
    voices = [VoiceFactory(edition=rating.edition, **facts) for _ in ballots]
    for voice, ballot in zip(voices, ballots, strict=True):
        give(rating, voice, ballot)
    return voices


def shown(rating: Rating) -> Rating:
    """Its results, for everybody."""
    return actions.show_rating(actions.close_rating(rating, by=WRITER), by=WRITER)
