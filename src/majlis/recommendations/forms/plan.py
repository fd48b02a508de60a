"""First action, date and indicator."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from majlis.recommendations.forms.choices import area
from majlis.recommendations.models import Recommendation
from majlis.recommendations.states import DuePrecision


class PlanFields(forms.Form):
    """First action, date and indicator: asked at adoption, and open until then."""

    first_action = area(
        _("First action"), _("What is done first, by whom. Asked at adoption."), rows=2
    )
    due_on = forms.DateField(
        label=_("Due date"),
        help_text=_("Asked at adoption."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    due_precision = forms.ChoiceField(
        label=_("The date means"), choices=DuePrecision.pairs, required=False
    )
    indicator = area(
        _("Indicator"), _("What will be measured, in which unit. Asked at adoption."), rows=2
    )
    indicator_baseline = forms.CharField(
        label=_("Value today"), required=False, max_length=120, help_text=_("The baseline.")
    )
    indicator_target = forms.CharField(label=_("Target"), required=False, max_length=120)
    baseline_missing = forms.BooleanField(label=_("The value today is not known"), required=False)


class PlanForm(PlanFields):
    """The plan alone, for a text whose wording is closed."""

    def __init__(self, *args: Any, rec: Recommendation, **kwargs: Any) -> None:
        kwargs.setdefault("initial", plan_initial(rec))
        super().__init__(*args, **kwargs)
        self.rec = rec

    def fields_for(self) -> dict[str, Any]:
        """The columns for `plan_recommendation`."""
        found = dict(self.cleaned_data)
        original = self.rec.text.original
        for name in ("first_action", "indicator"):
            found[name] = getattr(self.rec, name).with_original(found[name], original)
        found["due_precision"] = found["due_precision"] or DuePrecision.DAY
        return found


def plan_initial(rec: Recommendation) -> dict[str, Any]:
    original = rec.text.original
    return {
        "first_action": rec.first_action.words(original),
        "due_on": rec.due_on,
        "due_precision": rec.due_precision,
        "indicator": rec.indicator.words(original),
        "indicator_baseline": rec.indicator_baseline,
        "indicator_target": rec.indicator_target,
        "baseline_missing": rec.baseline_missing,
    }
