"""Fetching is authorising: ratings by who asks."""

from __future__ import annotations

from majlis.dialogue.models import Question
from majlis.dialogue.states import RoundState
from majlis.kernel.fetching import found_in
from majlis.ratings.models import Rating, Sheet
from majlis.registration.access import Place
from majlis.registration.models import Voice
from majlis.series.models import Edition


def rating_for(holder: Voice | Place, code: str) -> Rating:
    """The rating of this code at the holder's edition, or `NotFound`.

    Participants do not see one in preparation.
    """
    found = Rating.objects.filter(edition=holder.edition, code=code)
    if isinstance(holder, Voice):
        found = found.exclude(asked__state=RoundState.DRAFT)
    return found_in(found.select_related("edition", "asked", "follows__asked"))


def rating_by_code(edition: str, code: str) -> Rating:
    """The rating with this secret code, not in preparation, or `NotFound`: whether it is open."""
    found = Rating.objects.filter(edition__slug=edition, code=code)
    found = found.exclude(asked__state=RoundState.DRAFT)
    return found_in(found.select_related("edition", "asked"))


def shown_rating(edition: Edition, code: str) -> Rating:
    """A rating whose results everybody may see, or `NotFound`."""
    found = Rating.objects.filter(edition=edition, code=code, asked__state=RoundState.SHOWN)
    return found_in(found.select_related("edition", "asked", "follows__asked"))


def question_for(rating: Rating, code: str) -> Question:
    """A question of the rating, or `NotFound`."""
    found = Question.objects.filter(asked_in=rating.asked_id, code=code)
    return found_in(found.select_related("asked_in"))


def sheet_for(rating: Rating, code: str) -> Sheet:
    """A paper rating that was typed in, or `NotFound`."""
    return found_in(Sheet.objects.filter(rating=rating, code=code).select_related("voice"))
