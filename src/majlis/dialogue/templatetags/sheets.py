"""`{% load sheets %}`: the answers to type in from a sheet of paper."""

from __future__ import annotations

from django import forms, template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

RADIO = (
    '<label class="choice">'
    '<input type="radio" name="{}" value="{}" id="{}_{}"{}{}> <span>{}</span></label>'
)


@register.simple_tag
def radios_of(field: forms.BoundField) -> SafeString:
    """The choices of one statement, written at once: as widgets, the four thousand of a thousand
    statements would each be drawn by templates of their own."""
    name, id_ = map(conditional_escape, (field.html_name, field.auto_id))
    given = "" if field.value() is None else str(field.value())
    wrong = ' aria-invalid="true"' if field.errors else ""
    choices = field.field.choices  # type: ignore[attr-defined]
    drawn = [
        RADIO.format(
            name, conditional_escape(value), id_, n,
            " checked" if given == str(value) else "", wrong, conditional_escape(said),
        )
        for n, (value, said) in enumerate(choices)
    ]  # fmt: skip
    return mark_safe("\n".join(drawn))
