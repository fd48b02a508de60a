"""What the desk may ask of the screen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from majlis.dialogue.models import Round
from majlis.kernel.words import Language
from majlis.series.models import Edition
from majlis.stage.models import Scene


class SceneForm(forms.Form):
    """A scene, its language and, for turnout and results, its round and page."""

    scene = forms.ChoiceField(
        label=_("What to show"), choices=Scene.pairs, widget=forms.RadioSelect
    )
    language = forms.ChoiceField(
        label=_("Language of the screen"), choices=Language.pairs, widget=forms.RadioSelect
    )
    round = forms.ModelChoiceField(
        label=_("Voting round"),
        queryset=Round.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("No round"),
        help_text=_("Only needed for turnout and results."),
    )
    page = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["round"].queryset = edition.rounds.all()  # type: ignore[attr-defined]

    def clean_page(self) -> int:
        return self.cleaned_data.get("page") or 1
