"""Contributions: one's own, and the queue of the desk."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from majlis.dialogue.models import Contribution
from majlis.dialogue.states import ContributionState
from majlis.kernel.analysis import Search
from majlis.registration.models import Voice
from majlis.series.models import Edition


def own_contributions(voice: Voice) -> QuerySet[Contribution]:
    """What a voice offered, newest first."""
    return (
        Contribution.objects.filter(voice=voice)
        .select_related("session", "theme", "edition")
        .order_by("-offered_at", "-pk")
    )


def waiting_contributions(
    edition: Edition, *, session: str = "", theme: str = "", kind: str = "", language: str = ""
) -> QuerySet[Contribution]:
    """The queue of the desk, oldest first, narrowed by what a moderator chose.

    `session` and `theme` are codes; a hyphen asks for those without any.
    """
    wanted = Q(edition=edition, state=ContributionState.CAPTURED)
    for name, code in (("session", session), ("theme", theme)):
        if code:
            wanted &= Q(**{f"{name}__isnull": True} if code == "-" else {f"{name}__code": code})
    if kind:
        wanted &= Q(kind=kind)
    if language:
        wanted &= Q(language=language)
    return (
        Contribution.objects.filter(wanted)
        .select_related("session", "theme", "challenge")
        .order_by("offered_at", "pk")
    )


def newest_code(edition: Edition) -> str:
    """The code of what was offered last, whatever became of it; empty when nothing was."""
    newest = Contribution.objects.filter(edition=edition).order_by("-pk").first()
    return newest.code if newest else ""


def n_arrived_since(edition: Edition, code: str) -> int:
    """How many of those that wait arrived after the one with this code."""
    waiting = Contribution.objects.filter(edition=edition, state=ContributionState.CAPTURED)
    known = Contribution.objects.filter(edition=edition, code=code).first()
    return waiting.filter(pk__gt=known.pk).count() if known else waiting.count()


def searched_contributions(found: QuerySet[Contribution], typed: str) -> QuerySet[Contribution]:
    """Those of the contributions that hold all words, in the language they were said in."""
    if wanted := Search(typed):
        said = found.values_list("pk", "words", "language")
        found = found.filter(pk__in=[pk for pk, *words in said if wanted.in_words(*words)])
    return found
