"""Forms of votes."""

from __future__ import annotations

from typing import Any

from django import forms

from majlis.dialogue.states import Stance

LAST_SEQ = 1_000_000


class VoteForm(forms.Form):
    """One vote as a phone sends it: which statement, which stance, and what makes it one vote."""

    statement = forms.CharField(max_length=12)
    stance: Any = forms.TypedChoiceField(choices=Stance.choices, coerce=int)
    seq = forms.IntegerField(min_value=1, max_value=LAST_SEQ)
    box = forms.CharField(max_length=12, required=False)  # for which voice the page was made
    key = forms.RegexField(r"^[A-Za-z0-9_-]{8,40}$")
