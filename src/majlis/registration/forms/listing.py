"""What narrows, orders and widens the lists of people at the desk. A form never saves."""

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
from majlis.ui.listing import ListForm


class FilterForm(ListForm):
    """What narrows the list of registrations."""

    state = forms.ChoiceField(
        required=False,
        widget=forms.HiddenInput,
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

    def __init__(
        self, *args: Any, countries: list[str], columns: Sequence[Any] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, orders=ORDERS, columns=columns, fixed=FIXED, **kwargs)
        known = countries_by_name(countries)
        self._choose("country", [("", pgettext_lazy("filter", "all")), *known])
