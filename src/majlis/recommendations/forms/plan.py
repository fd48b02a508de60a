"""First action, date and indicator."""

from __future__ import annotations

from typing import Any

from django import forms

from majlis.recommendations.fields import PLAN
from majlis.recommendations.forms.fields import columns_of, form_field, initial_of
from majlis.recommendations.models import Recommendation


class PlanForm(forms.Form):
    """The plan alone, for a text whose wording is closed."""

    def __init__(self, *args: Any, rec: Recommendation, **kwargs: Any) -> None:
        kwargs.setdefault("initial", initial_of(rec, PLAN, rec.text.original))
        super().__init__(*args, **kwargs)
        self.rec = rec
        self.fields |= {field.name: form_field(field, rec.edition) for field in PLAN}

    def fields_for(self) -> dict[str, Any]:
        """The columns for `plan_recommendation`."""
        return columns_of(self.rec, PLAN, self.cleaned_data, self.rec.text.original)
