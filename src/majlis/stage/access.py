"""The screen by its own key."""

from __future__ import annotations

from majlis.kernel.errors import NotFound
from majlis.kernel.seal import fits, seal, unsealed
from majlis.series.models import Edition
from majlis.stage.models import Stage


def _sealed_words(stage: Stage) -> str:
    return f"stage:{stage.edition.pk}:{stage.edition.slug}:{stage.key_serial}"


def stage_of(edition: Edition) -> Stage:
    """The edition's stage as it stands; a fresh, blank one where none was set yet."""
    stage = Stage.objects.filter(edition=edition).select_related("round").first()
    return stage or Stage(edition=edition, language=edition.authoritative_language)


def stage_key(stage: Stage) -> str:
    """The secret in the screen's address. A new serial makes a new key and ends the old one."""
    return f"{stage.edition.slug}-{seal(_sealed_words(stage))}"


def stage_by_key(key: str) -> Stage:
    """The stage whose key this is, or `NotFound`."""
    name, given = unsealed(key)
    edition = Edition.objects.select_related("series").filter(slug=name.removesuffix("-")).first()
    if edition is None:
        raise NotFound
    stage = stage_of(edition)
    stage.edition = edition
    if not fits(_sealed_words(stage), given):
        raise NotFound
    return stage
