"""Sealing an edition: what each app freezes, cuts and removes so that nobody can tell any more who
said or voted what.

The module `sealing` of each app that holds something of people says its part:

    PART = SealingPart(changed=(Round, VoteEvent), require=require_shown, seal=cut_votes)
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from majlis.kernel.errors import RuleBroken
from majlis.kernel.locks import held_for_share
from majlis.series.models import Edition


class EditionSealed(RuleBroken):
    """Nothing joins people to words and votes any more, so nothing is added to them."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This edition has been made anonymous. It takes no more votes, contributions or "
                "changes to them. Nothing was saved."
            )
        )


def hold_unsealed(edition: Edition) -> Edition:
    """Hold an edition so that it is not sealed before this transaction ends; it must not be yet."""
    held = held_for_share(Edition, [edition.pk])[edition.pk]
    if held.is_sealed:
        raise EditionSealed
    return held


def _nothing(_edition: Edition) -> None:
    return


@dataclass(frozen=True, slots=True)
class SealingPart:
    """What one app does when an edition is sealed, all in one transaction.

    changed     models of which rows are made anew, coarsened or removed
    require     refuses in words, before anything is changed
    seal        freezes what must stay shown, then cuts; the apps above have done it
    """

    changed: tuple[type[Model], ...] = ()
    require: Callable[[Edition], None] = _nothing
    seal: Callable[[Edition], None] = _nothing


def parts() -> list[SealingPart]:
    """Every app's part, in the order of `INSTALLED_APPS`: the highest app first."""
    names = [f"{app.name}.sealing" for app in apps.get_app_configs()]
    modules = [import_module(name) for name in names if find_spec(name)]
    return [module.PART for module in modules if hasattr(module, "PART")]


LOT = secrets.SystemRandom()
"""Draws every order of a sealed edition; no seed makes it again."""


def day_of(at: datetime, edition: Edition) -> datetime:
    """The first instant of a day of the edition's clock: all that a sealed edition keeps."""
    return start_of(at.astimezone(edition.zone).date(), edition)


def start_of(day: date, edition: Edition) -> datetime:
    return datetime.combine(day, time(), tzinfo=edition.zone)


def shuffle_keys(model: type[Model], keys: list[int]) -> None:
    """Give rows each other's primary keys by lot, so that the keys' order tells nothing.

    Whatever points at them follows; foreign keys are checked when the transaction ends.
    """
    drawn = LOT.sample(keys, len(keys))
    rows, key = model._base_manager, model._meta.pk.attname
    links = [
        (one.field.model._base_manager, one.field.attname) for one in model._meta.related_objects
    ]
    for old, new in zip(keys, drawn, strict=True):  # by way of negative keys, which nobody has
        rows.filter(pk=old).update(**{key: -new})
        for others, column in links:
            others.filter(**{column: old}).update(**{column: -new})
    for new in keys:
        rows.filter(pk=-new).update(**{key: new})
        for others, column in links:
            others.filter(**{column: -new}).update(**{column: new})
