"""Questions about series and editions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Model, Q, QuerySet

from majlis.series.models import (
    Challenge,
    Edition,
    PublicText,
    Series,
    Speaker,
    Theme,
)
from majlis.series.states import EditionState, TextKind


def series_list() -> Sequence[Series]:
    """Every series, by title."""
    return list(Series.objects.order_by("slug"))


def editions_of(series: Series) -> Sequence[Edition]:
    """Editions of a series that everybody sees, newest first; rehearsals are not among them."""
    shown = series.editions.filter(is_rehearsal=False).exclude(state=EditionState.DRAFT)
    return list(shown.select_related("series"))


def texts_by_kind(edition: Edition, *kinds: TextKind) -> dict[str, list[PublicText]]:
    """Public texts of these kinds, or of all, in order; a kind without texts has an empty list."""
    found: dict[str, list[PublicText]] = {kind: [] for kind in kinds or TextKind.values}
    for text in edition.texts.filter(kind__in=found).order_by("position", "code"):
        found[text.kind].append(text)
    return found


def texts_of(edition: Edition, kind: TextKind) -> list[PublicText]:
    """Public texts of one kind, in order."""
    return list(edition.texts.filter(kind=kind).order_by("position", "code"))


def text_of(edition: Edition, kind: TextKind) -> PublicText | None:
    """The first public text of a kind, or None."""
    return edition.texts.filter(kind=kind).order_by("position", "code").first()


def offered_themes(edition: Edition, *named: Theme | None) -> QuerySet[Theme]:
    """Themes that can be chosen: a retired one only where it is `named` already."""
    return edition.themes.filter(_is_offered(named))


def offered_challenges(edition: Edition, *named: Challenge | None) -> QuerySet[Challenge]:
    """Challenges that can be chosen: a retired one only where it is `named` already."""
    return edition.challenges.filter(_is_offered(named))


def _is_offered(named: Iterable[Model | None]) -> Q:
    return Q(is_retired=False) | Q(pk__in=[one.pk for one in named if one])


def public_speakers(edition: Edition) -> list[Speaker]:
    """People of the programme who have agreed to be named, in order."""
    return list(edition.speakers.filter(has_agreed=True))
