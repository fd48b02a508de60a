"""`{% csrf_token %}` with a second hidden field: the key under which the form acts once.

A builtin of the template engine, so that no form can be written without it.
"""

from __future__ import annotations

import secrets

from django import template
from django.template.context import Context
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

FORM_KEY = "form_key"


class FormKeyNode(CsrfTokenNode):
    """Both hidden fields."""

    def render(self, context: Context) -> SafeString:
        key = format_html(
            '<input type="hidden" name="{}" value="{}" autocomplete="off">',
            FORM_KEY,
            secrets.token_urlsafe(18),
        )
        return format_html("{}{}", super().render(context), key)


@register.tag
def csrf_token(_parser: template.base.Parser, _token: template.base.Token) -> FormKeyNode:
    return FormKeyNode()
