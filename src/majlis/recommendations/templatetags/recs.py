"""`{% load recs %}`: labels, counts and links that only pages of recommendations need."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import get_language

from majlis.opinion import drawings
from majlis.people.territories import country_name
from majlis.recommendations.fields import BY_NAME, PLAN
from majlis.recommendations.models import Recommendation
from majlis.recommendations.queries import Support
from majlis.recommendations.queries.requirements import Missing
from majlis.recommendations.states import TextState
from majlis.ui.figures import Drawing

register = template.Library()


@register.filter
def country(code: str) -> str:
    """The name of a country in the reader's language."""
    return country_name(code) if code else ""


@register.filter
def field_label(name: str) -> Any:
    """The label of a field of a recommendation, by its name."""
    return BY_NAME[name].label if name in BY_NAME else name


@register.filter
def state_tone(code: str) -> str:
    """The class of a tag: standing ones stand out, closed ones step back."""
    if code in {TextState.ADOPTED, TextState.ADOPTED_WITH_RESERVATION, TextState.PUBLISHED}:
        return "tag--sea"
    if code in {TextState.IN_REVIEW, TextState.FINAL_LIST}:
        return "tag--accent"
    return "tag--quiet"


@register.simple_tag
def lack_url(rec: Recommendation, lack: Missing) -> str:
    """Where something that is missing can be mended; empty when it is on this very page."""
    at = {"edition": rec.edition.slug, "rec_id": rec.rec_id}
    if lack.place == "sources" or lack.field == "relations":
        return reverse("recommendations:desk-sources", kwargs=at)
    if lack.place in {"review", "publish"}:
        return reverse(f"recommendations:desk-{lack.place}", kwargs=at)
    if lack.place == "wording":
        name = lack.field if "_" in lack.field else f"{lack.field}_{rec.text.original}"
        if not rec.is_editable:
            return reverse(
                "recommendations:desk-translation", kwargs=at | {"lang": name.split("_")[-1]}
            )
        return reverse("recommendations:desk-edit", kwargs=at) + f"#id_{name}"
    if lack.place == "form":
        page = "plan" if BY_NAME[lack.field] in PLAN and not rec.is_editable else "edit"
        return reverse(f"recommendations:desk-{page}", kwargs=at) + f"#{lack.anchor}"
    return ""


@register.simple_tag
def support_figures(support: Support) -> list[Drawing]:
    """The counts of a cited statement, whole and by group, as on the page of results."""
    lang = get_language() or "en"
    drawn = (
        drawings.whole_figure(support.read, lang),
        drawings.groups_figure(support.read, lang),
    )
    return [one for one in drawn if one is not None]
