"""`{% load registration %}`: countries and constituencies in words."""

from __future__ import annotations

from django import template

from majlis.people.states import Constituency, Family
from majlis.people.territories import country_name as name_of_country

register = template.Library()
_FAMILIES = list(Family)


@register.filter
def country_name(code: str) -> str:
    """`{{ registration.country|country_name }}`."""
    return name_of_country(code)


@register.filter
def family_class(constituency: str) -> str:
    """The class that colours a tag by the family of a constituency."""
    if constituency not in Constituency.values:
        return ""
    return f"family-{_FAMILIES.index(Constituency(constituency).family) + 1}"


@register.filter
def group_name(constituency: str) -> str:
    """A stakeholder group in words."""
    return str(Constituency(constituency).label) if constituency in Constituency.values else ""
