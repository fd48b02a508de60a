"""`{% load sheets %}`: the answers to type in from a sheet of paper."""

from __future__ import annotations

from django import forms, template
from django.utils.html import conditional_escape, format_html_join
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
    wrong = mark_safe(' aria-invalid="true"') if field.errors else ""
    checked = mark_safe(" checked")
    return format_html_join(
        "\n",
        RADIO,
        (
            (name, value, id_, n, checked if given == str(value) else "", wrong, said)
            for n, (value, said) in enumerate(field.field.choices)  # type: ignore[attr-defined]
        ),
    )
