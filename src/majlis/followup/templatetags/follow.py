"""`{% load follow %}`: how the states of the follow-up look."""

from __future__ import annotations

from django import template

from majlis.followup.states import Progress, Response

register = template.Library()

_GOOD = {Response.ACCEPTED, Progress.DECLARED, Progress.VERIFIED}
_GOING = {Response.PARTIALLY_ACCEPTED, Progress.PLANNED, Progress.IN_PROGRESS}
_WAITS = {Response.NO_ANSWER, Response.AWAITING, Progress.BLOCKED}


@register.filter
def tone(state: str) -> str:
    """The class of the tag of a state."""
    if state in _GOOD:
        return "tag--ok"
    if state in _GOING:
        return "tag--sea"
    return "tag--wait" if state in _WAITS else "tag--quiet"
