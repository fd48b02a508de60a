"""The result of a rating as a source of a recommendation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from majlis.dialogue.states import RoundState
from majlis.kernel.citing import Citable, Frozen, Json, Told, register
from majlis.kernel.texts import Text
from majlis.ratings.models import Rating
from majlis.series.models import Edition


class RatingResults(Citable[Rating]):
    """What a rating made of all that it rated, by the rule named with it."""

    name = "rating"
    model = Rating
    label = _("result of a rating")
    title = _("Results of ratings")
    nothing = _("No results to cite. Ratings can be cited once their results have been shown.")
    template = "ratings/_choose.html"
    rank = 35
    related = ("edition", "asked")

    def choices(self, edition: Edition, wanted: Mapping[str, str]) -> QuerySet[Rating]:
        return Rating.objects.filter(edition=edition, asked__state=RoundState.SHOWN).select_related(
            "asked"
        )

    def require_citable(self, source: Rating) -> None:
        source.require_shown()

    def freeze(self, sources: Sequence[Rating], known: dict[Any, Any]) -> Mapping[int, Frozen]:
        return {
            one.pk: Frozen(
                {"kind": "rating", "code": one.code, "title": one.title.as_json()},
                {"rule": one.digest, "result": (one.result or {}).get("digest", "")},
            )
            for one in sources
        }

    def told(self, excerpt: Json, source: Rating) -> Told:
        return Told(Text.from_json(excerpt["title"]))


register(RatingResults())
