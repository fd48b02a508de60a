"""What narrows, orders and widens the list of registrations. A form never saves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from majlis.people.territories import countries_by_name
from majlis.registration.forms import constituency_choices
from majlis.registration.queries.listing import FIXED, ORDERS
from majlis.registration.states import RegistrationState


class FilterForm(forms.Form):
    """What narrows the list at the desk."""

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=lazy(
            lambda: [
                ("", pgettext_lazy("filter", "all")),
                *RegistrationState.choices,
                ("listed", _("on the waiting list")),
                ("arrived", _("checked in")),
            ],
            list,
        ),
    )
    constituency = forms.ChoiceField(
        label=_("Stakeholder group"),
        required=False,
        choices=lambda: [("", pgettext_lazy("filter", "all")), *constituency_choices()[1:]],
    )
    country = forms.ChoiceField(label=_("Country"), required=False)
    words = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search"}),
    )

    sort = forms.ChoiceField(label=_("Order"), required=False, choices=list(ORDERS.items()))
    columns = forms.MultipleChoiceField(
        label=_("Further columns"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, countries: list[str], columns: Sequence[Any] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs | {"label_suffix": ""})
        more: forms.MultipleChoiceField = self.fields["columns"]  # type: ignore[assignment]
        more.choices = [(one.name, one.label) for one in columns if one.name not in FIXED]
        field = self.fields["country"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - told to the type checker
        field.choices = [
            ("", pgettext_lazy("filter", "all")),
            *countries_by_name(countries),
        ]
