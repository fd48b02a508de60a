"""What may be sent about guests and lists of people. A form never saves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from majlis.kernel.words import Language
from majlis.mail.addresses import normal_address
from majlis.people.territories import country_choices
from majlis.registration.forms import (
    IN_ORDER,
    ConsentsForm,
    PersonForm,
    constituency_choices,
)
from majlis.registration.imports import FIELDS, is_heading
from majlis.registration.imports.answers import PREFIX
from majlis.registration.models import Guest, PeopleImport
from majlis.registration.states import Fate, ImportKind
from majlis.series.models import Question
from majlis.ui.forms import NameField
from majlis.ui.tables import BadTable, TableRead, read_paste, read_table

_unknown = [("", "—")]


class GuestForm(forms.Form):
    """One guest, added by hand."""

    name = NameField(label=_("Name"))
    email = forms.EmailField(
        label=_("Email address"),
        max_length=254,
        error_messages={
            "required": _("Enter the email address for the invitation."),
            "invalid": _("Enter an email address in the correct format, like name@example.org"),
        },
    )
    organisation = forms.CharField(label=_("Organisation"), max_length=200, required=False)
    constituency = forms.ChoiceField(
        label=_("Stakeholder group"),
        required=False,
        choices=lambda: [*_unknown, *constituency_choices()[1:]],
        help_text=_("Leave it open if you do not know; the guest is asked."),
    )
    country = forms.ChoiceField(
        label=_("Country"), required=False, choices=lambda: [*_unknown, *country_choices()]
    )
    language = forms.ChoiceField(label=_("Language of the email"), choices=Language.pairs)

    def clean_email(self) -> str:
        return normal_address(self.cleaned_data["email"])

    @property
    def facts(self) -> dict[str, Any]:
        facts = {name: fact for name, fact in self.cleaned_data.items() if name != "email"}
        return facts | {"languages": [self.cleaned_data["language"]]}


class SubstituteForm(forms.Form):
    """Who comes in somebody's stead; they are asked the rest themselves."""

    name = NameField(label=_("Name"))
    email = GuestForm.base_fields["email"]
    language = forms.ChoiceField(label=_("Language of the email"), choices=Language.pairs)

    def clean_email(self) -> str:
        return normal_address(self.cleaned_data["email"])


class GuestsFilterForm(forms.Form):
    """What narrows the list of guests."""

    stands = forms.CharField(required=False, widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search"}),
    )


class SeatForm(PersonForm, ConsentsForm):
    """What a guest who comes is asked: the invitation knows the address."""

    field_order = IN_ORDER

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["email"]

    @staticmethod
    def initial_of_guest(guest: Guest) -> dict[str, Any]:
        return guest.facts()


class RefuseSeatForm(forms.Form):
    """A guest does not come."""

    note = forms.CharField(
        label=_("Message to the organisers"),
        required=False,
        max_length=1000,
        help_text=_("For example who could come in your place."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    forget = forms.BooleanField(
        label=_("Also delete my name and address from the list of guests"), required=False
    )


class UploadForm(forms.Form):
    """A list of people as a file, or pasted."""

    kind = forms.ChoiceField(
        label=_("Import them as"),
        choices=lazy(
            lambda: [
                (ImportKind.GUESTS.value, _("guests: each gets a personal invitation to answer")),
                (ImportKind.PLACES.value, _("confirmed participants: each gets a personal link")),
            ],
            list,
        ),
        initial=ImportKind.GUESTS,
        widget=forms.RadioSelect,
    )
    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("Excel (.xlsx) or CSV, in any order of columns, up to 10,000 rows."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm,.csv,.tsv,.txt"}),
    )
    paste = forms.CharField(
        label=_("Or paste rows from a spreadsheet"),
        required=False,
        max_length=90_000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    language = forms.ChoiceField(
        label=_("Language of emails"),
        choices=Language.pairs,
        help_text=_("For all whose row names none."),
    )
    table: TableRead | None = None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        file, paste = data.get("file"), data.get("paste", "").strip()
        if self.errors:
            return data
        if not file and not paste:
            self.add_error("file", _("Choose a file, or paste some rows."))
            return data
        try:
            if file:
                self.table = read_table(file.name, file.read(), knows=is_heading)
            else:
                self.table = read_paste(paste, knows=is_heading)
        except BadTable as bad:
            self.add_error("file" if file else "paste", str(bad))
        return data

    @property
    def name(self) -> str:
        file = self.cleaned_data.get("file")
        return str(file.name) if file else ""


class MappingForm(forms.Form):
    """What each column holds, and what counts where a row says nothing."""

    language = forms.ChoiceField(label=_("Language of emails"), choices=Language.pairs)
    constituency = forms.ChoiceField(
        label=_("Stakeholder group"),
        required=False,
        choices=lambda: [*_unknown, *constituency_choices()[1:]],
    )
    country = forms.ChoiceField(
        label=_("Country"), required=False, choices=lambda: [*_unknown, *country_choices()]
    )
    twins = forms.ChoiceField(
        label=_("People who are probably there already"),
        choices=lazy(
            lambda: [
                ("refuse", pgettext_lazy("import", "leave them out")),
                ("take", pgettext_lazy("import", "import them all the same")),
            ],
            list,
        ),
    )

    def __init__(
        self, *args: Any, of: PeopleImport, questions: Iterable[Question] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **{"initial": of.defaults} | kwargs)
        choices = list(FIELDS.items())
        choices += [(f"{PREFIX}{one.code}", str(one.prompt)) for one in questions]
        self.headings = of.table["headings"]
        self.rows = [cells for _number, cells in of.table["rows"]]
        for at, heading in enumerate(self.headings):
            self.fields[f"column_{at}"] = forms.ChoiceField(
                label=heading, required=False, choices=choices, initial=of.fields[at]
            )

    def columns(self) -> list[dict[str, Any]]:
        """Each column with its choice and the first things that stand in it."""
        return [
            {
                "field": self[f"column_{at}"],
                "samples": list(dict.fromkeys(row[at] for row in self.rows[:40] if row[at]))[:3],
            }
            for at in range(len(self.headings))
        ]

    @property
    def chosen(self) -> list[str]:
        return [self.cleaned_data[f"column_{at}"] for at in range(len(self.headings))]

    @property
    def defaults(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in MappingForm.base_fields}


class FateForm(forms.Form):
    """Which rows of a preview are shown."""

    fate = forms.ChoiceField(required=False, choices=[("", ""), *Fate.choices])
