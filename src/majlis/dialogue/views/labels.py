"""What groups are called on pages."""

from __future__ import annotations

from django.utils.translation import gettext as _

from majlis.kernel.analysis import sort_key
from majlis.people.states import Constituency, Family
from majlis.people.territories import country_name


def cell_label(level: str, key: str) -> str:
    """The name of a group or a country in the reader's language."""
    if level == "country":
        return country_name(key) if key else _("Country not known")
    if not key:
        return _("Group not known")
    words = Constituency if level == "constituency" else Family
    return str(words(key).label).capitalize()


def cell_order(level: str, key: str) -> tuple[object, ...]:
    """Where a group stands in a list: countries by name, others as declared, unknown ones last."""
    if level == "country":
        return not key, sort_key(country_name(key))
    words = Constituency if level == "constituency" else Family
    return ([*words.values, ""].index(key),)
