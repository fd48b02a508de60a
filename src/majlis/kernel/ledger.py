"""Writing and reading the ledger."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Protocol

from django.db import models
from django.db.models import QuerySet

from majlis.kernel.models import Act


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


def record(verb: str, on: models.Model, *, by: Doer, edition: str = "", **facts: Any) -> Act:
    """Append one line. `on` has a `code` or a `slug`; `facts` hold codes, never words of people."""
    code = getattr(on, "code", None) or getattr(on, "slug", None) or str(on.pk)
    return Act.objects.create(
        verb=verb,
        doer=by.doer,
        edition=edition,
        object_kind=on._meta.model_name or "",
        object_code=code,
        facts=facts,
    )


def acts_on(thing: models.Model) -> QuerySet[Act]:
    """The history of one thing, oldest first."""
    code = getattr(thing, "code", None) or getattr(thing, "slug", None) or str(thing.pk)
    return Act.objects.filter(object_kind=thing._meta.model_name, object_code=code)


def lines_in(editions: Collection[str]) -> dict[str, int]:
    """How many lines each edition has; one without any is left out.

    A count, not the newest key: on PostgreSQL a line may be committed after one with a higher key.
    """
    lines = Act.objects.filter(edition__in=editions).order_by().values_list("edition")
    return dict(lines.annotate(models.Count("pk")))
