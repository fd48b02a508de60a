"""Making series and editions, changing what they are, and who sees them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from majlis.kernel import ledger
from majlis.kernel.errors import RuleBroken
from majlis.kernel.ledger import Doer
from majlis.series import pack
from majlis.series.actions.parts import refuse_stale
from majlis.series.models import Edition, Series
from majlis.series.queries import Lack, lacking_of_funder, said_lacks
from majlis.series.states import EditionState, Verb

Made = TypeVar("Made", Series, Edition)
MOVES = {
    EditionState.ANNOUNCED: Verb.ANNOUNCED,
    EditionState.DRAFT: Verb.WITHDREW,
    EditionState.ARCHIVED: Verb.ARCHIVED,
}


class SlugTaken(RuleBroken):
    """Another series or edition has this short name."""

    def __init__(self, slug: str) -> None:
        super().__init__(_("“%(slug)s” is already taken. Choose another short name."), slug=slug)


class NotVisible(RuleBroken):
    """An edition cannot be announced: what its funder asks for is not there."""

    def __init__(self, lacks: Sequence[Lack]) -> None:
        self.lacks = tuple(lacks)
        super().__init__(
            _("The edition is not announced yet. These are missing: %(list)s."),
            list=said_lacks(lacks),
        )


def make_series(values: Mapping[str, Any], *, by: Doer) -> Series:
    """Make a series from `slug`, `title` and `about`. Raises `SlugTaken`."""
    return _made(Series(**values), Verb.MADE_SERIES, by=by)


@transaction.atomic
def change_series(series: Series, values: Mapping[str, Any], *, was: str = "", by: Doer) -> Series:
    """Set title and text of a series. Raises `StaleEdit` where it is no longer what `was` tells."""
    series = Series.objects.select_for_update().get(pk=series.pk)
    refuse_stale(pack.SERIES_BINDING, series, was)
    for name, value in values.items():
        setattr(series, name, value)
    series.save()
    ledger.record(Verb.CHANGED_SERIES, series, by=by, edition="")
    return series


def make_edition(values: Mapping[str, Any], *, by: Doer) -> Edition:
    """Make an edition that only its colleagues see. Raises `SlugTaken`."""
    return _made(Edition(state=EditionState.DRAFT, **values), Verb.MADE_EDITION, by=by)


def _made(thing: Made, verb: Verb, *, by: Doer) -> Made:
    with _slug_is_free(thing):
        thing.save(force_insert=True)
        ledger.record(verb, thing, by=by, edition="" if isinstance(thing, Series) else None)
    return thing


@contextmanager
def _slug_is_free(thing: Series | Edition) -> Iterator[None]:
    """Write inside: `SlugTaken` where another has the short name, and nothing is written then."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        if type(thing)._default_manager.filter(slug=thing.slug).exclude(pk=thing.pk).exists():
            raise SlugTaken(thing.slug) from None
        raise


@transaction.atomic
def change_edition(
    edition: Edition, values: Mapping[str, Any], *, was: str = "", by: Doer
) -> Edition:
    """Set what an edition is. Raises `SlugTaken`, and `StaleEdit` where it is no longer what `was`
    tells.

    Sessions outside new days stay as they are and are told of where the programme is published.
    A session keeps its hour on the wall when the time zone changes.
    """
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    refuse_stale(pack.EDITION_BINDING, edition, was)
    named = edition.slug
    for name, value in values.items():
        setattr(edition, name, value)
    with _slug_is_free(edition):
        edition.save()
    if edition.slug != named:
        ledger.rename(named, edition.slug)
    ledger.record(Verb.CHANGED_EDITION, edition, by=by, fields=sorted(values))
    return edition


@transaction.atomic
def set_edition_state(edition: Edition, state: EditionState, *, by: Doer) -> Edition:
    """Announce an edition, archive it, or make it a draft again.

    Raises `NotVisible` where a draft would become public without what its funder asks for.
    """
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    if edition.state == EditionState.DRAFT != state and (lacks := lacking_of_funder(edition)):
        raise NotVisible(lacks)
    if edition.state != state:
        edition.state = state
        edition.save(update_fields=["state"])
        ledger.record(MOVES[state], edition, by=by)
    return edition
