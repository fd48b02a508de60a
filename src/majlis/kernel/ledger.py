"""Writing and reading the audit log."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Protocol

from django.db import models
from django.db.models import QuerySet

from majlis.kernel import presses
from majlis.kernel.models import Act
from majlis.kernel.revisions import tell
from majlis.kernel.words import Verbs


class Doer(Protocol):
    """Whoever can do something: a person, a voice, the clock."""

    @property
    def doer(self) -> str: ...


class Clock:
    """The doer of what nobody did: what fell due."""

    doer = "clock"


CLOCK = Clock()


class Console:
    """The doer of what somebody with access to the server did by a command."""

    doer = "console"


CONSOLE = Console()


def record(
    verb: Verbs, on: models.Model, *, by: Doer, edition: str | None = None, **facts: Any
) -> Act:
    """Append one line. `on` has a `code` or a `slug`; `facts` hold codes, never words of people.

    The line stands under the edition of `on`, or under the slug given as `edition`.
    """
    presses.take()
    if edition is None:
        edition = getattr(getattr(on, "edition", on), "slug", "")
    tell(edition)
    return Act.objects.create(
        verb=verb,
        doer=by.doer,
        edition=edition,
        object_kind=on._meta.model_name or "",
        object_code=_code_of(on),
        facts=facts,
    )


def _code_of(thing: models.Model) -> str:
    return getattr(thing, "code", None) or getattr(thing, "slug", None) or str(thing.pk)


def acts_on(thing: models.Model) -> QuerySet[Act]:
    """The history of one thing, oldest first."""
    return Act.objects.filter(object_kind=thing._meta.model_name, object_code=_code_of(thing))


def codes_of(model: type[models.Model], edition: str) -> set[str]:
    """Codes of the things of a kind that an edition's lines speak of, gone ones too."""
    lines = Act.objects.filter(edition=edition, object_kind=model._meta.model_name)
    return set(lines.order_by().values_list("object_code", flat=True))


def lines_in(editions: Collection[str], *, kinds: Collection[str] = ()) -> dict[str, int]:
    """How many lines each edition has, of these kinds of things or of all. One without is left out.

    A count, not the newest key: on PostgreSQL a line may be committed after one with a higher key.
    """
    lines = Act.objects.filter(edition__in=editions)
    if kinds:
        lines = lines.filter(object_kind__in=kinds)
    return dict(lines.order_by().values_list("edition").annotate(models.Count("pk")))


def rename(old: str, new: str) -> None:
    """Let the lines of an edition follow its short name. What they say stays as it was written."""
    Act.objects.filter(edition=old, object_kind="edition", object_code=old).update(object_code=new)
    Act.objects.filter(edition=old).update(edition=new)
