"""`{% load briefs %}`: what only documents need."""

from __future__ import annotations

import base64

from django import template

register = template.Library()


@register.filter
def as_image(svg: str) -> str:
    """A drawing as an address that holds it whole, so that a file needs nothing beside it."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
