"""A rehearsal knows every model below an edition: what it copies, and what it begins without."""

from collections import Counter

from django.apps import apps

from majlis.series.models import Edition
from majlis.series.rehearsal import parts


def below_an_edition() -> set[type]:
    """Every model from which foreign keys lead to an edition."""
    found: set[type] = {Edition}
    while True:
        more = {
            model
            for model in apps.get_models()
            for field in model._meta.get_fields()
            if field.many_to_one or (field.one_to_one and field.concrete)
            if field.related_model in found
        }
        if more <= found:
            return found - {Edition}
        found |= more


def test_every_model_below_an_edition_is_copied_or_named_as_left_out():
    told = Counter(model for part in parts() for model in (*part.copied, *part.left_out))

    assert told == Counter(below_an_edition())
