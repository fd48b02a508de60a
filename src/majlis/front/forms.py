"""Forms of the pages that show more than one app."""

from __future__ import annotations

from typing import Any

from django import forms

from majlis.series.models import Edition
from majlis.series.states import Question


class ReadinessForm(forms.Form):
    """The six questions before invitations leave; what has no answer yet may stay so."""

    def __init__(self, data: Any, *, edition: Edition) -> None:
        held = dict(edition.readiness.values_list("code", "answer"))
        super().__init__(data, initial=held)
        for question in Question:
            self.fields[question.value] = forms.CharField(
                label=question.label,
                required=False,
                max_length=2_000,
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    def answers(self) -> dict[Question, str]:
        return {question: self.cleaned_data[question.value] for question in Question}
