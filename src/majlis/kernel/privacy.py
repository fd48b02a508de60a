"""Which field of a model may go where.

Every model carries a `Privacy` class with three sets of field names:

public    may stand on a public page (under the disclosure rule where it counts people);
personal  says something of a person; it is exported to and erased for that person;
internal  stays on the server (keys, states of machinery).

`census` answers for the fields that a model forgot.
"""

from __future__ import annotations

from django.db import models


def forgotten(model: type[models.Model]) -> set[str]:
    """Concrete fields of `model` that no set of its `Privacy` names, or that two of them name."""
    marks = getattr(model, "Privacy", None)
    names = {f.name for f in model._meta.concrete_fields if not f.primary_key}
    if marks is None:
        return names
    sets = [set(getattr(marks, kind, ())) for kind in ("public", "personal", "internal")]
    named: set[str] = set().union(*sets)
    twice = {n for n in named if sum(n in s for s in sets) > 1}
    return (names - named) | twice | (named - names)
