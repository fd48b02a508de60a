"""What may be sent to this app. A form never saves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from majlis.kernel.words import Language
from majlis.people.territories import country_choices
from majlis.registration.answers import Answers
from majlis.registration.forms import constituency_choices
from majlis.registration.states import Capacity
from majlis.ui.forms import NameField


class DoorForm(forms.Form):
    """Somebody who stands at the door without a registration: as little as a place needs."""

    name = NameField(label=_("Name"), error_messages={"required": _("Enter the name.")})
    organisation = forms.CharField(label=_("Organisation"), max_length=200, required=False)
    constituency = forms.ChoiceField(
        label=_("Stakeholder group"),
        choices=constituency_choices,
        error_messages={"required": _("Choose the group that fits best.")},
    )
    country = forms.ChoiceField(label=_("Country"), choices=country_choices)
    language = forms.ChoiceField(label=_("Language"), choices=Language.pairs)

    def answers(self) -> Answers:
        sent: dict[str, Any] = self.cleaned_data
        capacity = Capacity.OFFICIAL if sent["organisation"] else Capacity.PERSONAL
        return Answers(
            name=sent["name"],
            constituency=sent["constituency"],
            country=sent["country"],
            capacity=capacity,
            organisation=sent["organisation"],
            languages=(sent["language"],),
        )
