"""Choosing and adding sources."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from majlis.kernel.citing import kinds
from majlis.recommendations.forms.choices import any_country
from majlis.recommendations.models import Recommendation
from majlis.recommendations.queries import neighbours_of
from majlis.recommendations.states import EvidenceKind, RelationKind
from majlis.series.models import Edition
from majlis.ui.forms import DayInput


class StatementFilter(forms.Form):
    """What to look for among the statements."""

    q = forms.CharField(
        label=_("Search for words"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    round = forms.ChoiceField(label=_("Voting round"), required=False)

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["theme"].choices = [
            ("", _("All")),
            *((t.code, f"{t.code} {t.title}") for t in edition.themes.all()),
        ]
        fields["round"].choices = [
            ("", _("All")),
            *((r.code, str(r.title)) for r in edition.rounds.all()),
        ]


class CiteForm(forms.Form):
    """One source, by its kind and its public code."""

    kind = forms.ChoiceField(choices=lambda: [(kind.name, kind.title) for kind in kinds()])
    code = forms.CharField(max_length=12)


class LinkForm(forms.Form):
    """A document or an address on the web, and what it shows."""

    title = forms.CharField(label=_("Title"), max_length=300)
    is_document = forms.TypedChoiceField(
        label=_("What kind of contribution is it?"),
        choices=[("no", _("A web page")), ("yes", _("A document: law, report, letter"))],
        coerce=lambda value: value == "yes",
        initial="no",
        widget=forms.RadioSelect,
    )
    url = forms.URLField(
        label=_("Web address"),
        required=False,
        max_length=400,
        assume_scheme="https",
        help_text=_("Required for a web page."),
    )
    evidence_kind = forms.ChoiceField(
        label=_("Kind of evidence"), choices=lambda: [("", "—"), *EvidenceKind.choices]
    )
    published_on = forms.DateField(
        label=_("Date of the source"),
        required=False,
        widget=DayInput(),
    )
    country = forms.ChoiceField(label=_("Country"), required=False, choices=any_country)
    shows = forms.CharField(
        label=_("What it shows"),
        help_text=_("One or two sentences: the finding, not the title again."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("is_document") and not data.get("url") and "url" not in self.errors:
            self.add_error("url", _("Give the address of the page."))
        return data


class RelationForm(forms.Form):
    """How this recommendation stands to another one."""

    kind = forms.ChoiceField(label=_("This recommendation"), choices=RelationKind.pairs)
    other: forms.ModelChoiceField[Recommendation] = forms.ModelChoiceField(
        label=_("Other recommendation"), queryset=None
    )

    def __init__(self, *args: Any, rec: Recommendation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["other"].queryset = neighbours_of(rec)
