"""What is asked when a recommendation moves along."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from majlis.kernel.words import Language, language_now
from majlis.ratings.models import Rating
from majlis.ratings.queries import results_about
from majlis.recommendations.models import Recommendation
from majlis.recommendations.queries import neighbours_of
from majlis.recommendations.states import DECISIONS, TAKEN, TextState
from majlis.ui.forms import DayInput, WholeInput


class ReviewForm(forms.Form):
    """One reader's judgement on the wording as it is now."""

    is_ready = forms.ChoiceField(
        label=_("Is this wording ready for the final list?"),
        choices=[("yes", _("Ready")), ("no", _("Not ready yet"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Note to the writers"),
        help_text=_("Evidence, law, cost, overlap, language. Required if it is not ready."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("is_ready") == "no" and not data.get("note", "").strip():
            self.add_error("note", _("Say what the text still needs."))
        return data


class ReasonForm(forms.Form):
    """Why, for the record."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("It stays in the history of the recommendation."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class FinalListForm(forms.Form):
    """Closing the wording."""

    language_note = forms.CharField(
        label=_("Note on the language status"),
        help_text=_(
            "Only if a language is missing: why, and when it will be added. Shown to the public."
        ),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class DecisionForm(forms.Form):
    """The record of a decision on the final list."""

    outcome = forms.ChoiceField(
        label=_("Decision taken"),
        widget=forms.RadioSelect,
        choices=lambda: [(s.value, s.label) for s in TextState if s in DECISIONS],
    )
    language = forms.ChoiceField(
        label=_("Language of your words"),
        help_text=_("They appear in this language everywhere, with a mark in the other languages."),
        choices=Language.pairs,
        required=False,
    )
    rule = forms.CharField(
        label=_("Decision rule"),
        help_text=_("For example “simple majority of those voting, abstentions not counted”."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    body = forms.CharField(
        label=_("Who decided"),
        help_text=_("The body or the meeting: “closing plenary”, “steering committee”. No names."),
        max_length=200,
    )
    decided_on = forms.DateField(
        label=_("Date of the decision"),
        widget=DayInput(),
    )
    n_for = forms.IntegerField(
        label=pgettext_lazy("votes", "For"),
        min_value=0,
        max_value=100000,
        required=False,
        widget=WholeInput,
    )
    n_against = forms.IntegerField(
        label=pgettext_lazy("votes", "Against"),
        min_value=0,
        max_value=100000,
        required=False,
        widget=WholeInput,
    )
    n_abstaining = forms.IntegerField(
        label=pgettext_lazy("votes", "Abstaining"),
        min_value=0,
        max_value=100000,
        required=False,
        widget=WholeInput,
    )
    count_note = forms.CharField(
        label=_("If there was no count: why"), required=False, max_length=300
    )
    dissent = forms.CharField(
        label=_("Dissenting views"),
        help_text=_("Reasons given against it, without names."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    no_dissent_recorded = forms.BooleanField(label=_("No dissenting view recorded"), required=False)
    reservation = forms.CharField(
        label=_("Reservation"),
        help_text=_("Required for adoption with a reservation."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Required when the decision is postponed: what is still missing."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    next_on = forms.DateField(
        label=_("Next date"),
        help_text=_("Required when the decision is postponed: the date of the next discussion."),
        required=False,
        widget=DayInput(),
    )

    rating: forms.ModelChoiceField[Rating] = forms.ModelChoiceField(
        label=_("Rating it rests on"),
        help_text=_("Its rule and its result are shown with the decision."),
        queryset=None,
        required=False,
        empty_label=_("none"),
        to_field_name="code",
    )

    def __init__(self, *args: Any, rec: Recommendation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["rating"].queryset = results_about(rec.edition, rec.rec_id)

    def clean_language(self) -> str:
        return self.cleaned_data["language"] or language_now()

    @property
    def outcome_chosen(self) -> TextState:
        return TextState(self.cleaned_data["outcome"])

    @property
    def facts(self) -> dict[str, Any]:
        """The columns of `Adoption`."""
        return {name: value for name, value in self.cleaned_data.items() if name != "outcome"}


class PublishForm(forms.Form):
    """The last look before everybody may read it."""

    attribution_checked = forms.BooleanField(
        label=_("I have checked what the public will see of each source"),
        error_messages={"required": _("Read the list above, then tick this box.")},
    )


class SupersedeForm(forms.Form):
    """The newer recommendation that takes the place of this one."""

    successor: forms.ModelChoiceField[Recommendation] = forms.ModelChoiceField(
        label=_("Newer recommendation"), queryset=None
    )
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, rec: Recommendation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["successor"].queryset = neighbours_of(rec).filter(state__in=TAKEN)
