"""`{% load registration %}`: countries and constituencies in words."""

from __future__ import annotations

from datetime import date, datetime

from django import template

from majlis.people.states import Constituency, Family
from majlis.people.territories import country_name as name_of_country
from majlis.registration.models import Registration
from majlis.ui.formats import day, moment
from majlis.ui.tables import Column

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


@register.filter
def cell_of(column: Column[Registration], registration: Registration) -> str:
    """What a chosen column says of a registration."""
    value = column.value(registration)
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    return str(value or "–")
