"""Forms take text by the one rule, whatever kind of field it was typed into."""

import pytest
from django import forms
from django.http import QueryDict

from majlis.ui.forms import CodeInput, WholeInput

pytestmark = pytest.mark.once


class Sheet(forms.Form):
    words = forms.CharField(max_length=600, widget=forms.Textarea)
    name = forms.CharField(max_length=20, required=False)
    email = forms.EmailField(required=False)
    url = forms.URLField(required=False, assume_scheme="https")
    code = forms.CharField(max_length=10, required=False, widget=CodeInput)
    n = forms.IntegerField(required=False, max_value=99)
    whole = forms.IntegerField(required=False, widget=WholeInput)
    on = forms.DateField(required=False)
    key = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)


def test_form_takes_text_as_it_is_meant():
    sent = QueryDict(mutable=True)
    sent.update(
        words="First line\x0bsecond \u202eline\u202c\u200b",
        name="Ben\u200b\r\nHaddad\x00",
        email="\u202aben@example.org\u202c\ufeff",
        url="https://example.org/\u200ba",
        code="\u202d١٢٣ ۴۵۶\u202c",
        n="٤٢",
        whole="\u200e۴۲ ",
        on="٢٠٢٦-٠٣-٢٥",
        key=" as\r\nsent ",
    )
    form = Sheet(sent)

    assert form.is_valid(), form.errors
    assert {name: str(value) for name, value in form.cleaned_data.items()} == {
        "words": "First line\nsecond line",
        "name": "Ben Haddad",
        "email": "ben@example.org",
        "url": "https://example.org/a",
        "code": "123 456",
        "n": "42",
        "whole": "42",
        "on": "2026-03-25",
        "key": " as\r\nsent ",
    }


def test_form_counts_a_line_end_once():
    assert Sheet({"words": "\r\n".join(["y" * 59] * 10)}).is_valid()


@pytest.mark.parametrize("nothing", ["\u200b\u200b", " \u3164", "\u0301", "\ufe0f\u2060"])
def test_form_does_not_take_what_nobody_sees(nothing):
    assert "words" in Sheet({"words": nothing}).errors


def test_form_shows_again_what_it_would_keep():
    form = Sheet({"words": "a\u202eb", "n": "none"})

    assert form["words"].value() == "ab"
