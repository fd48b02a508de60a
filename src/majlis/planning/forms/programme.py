"""Giving people a part in a session, and moving one on the day."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from majlis.kernel.analysis import fold
from majlis.planning.parts import times
from majlis.series.models import Edition, Speaker
from majlis.series.models.programme import Placing
from majlis.series.states import FileAudience, PersonPart
from majlis.ui.documents import DocumentField
from majlis.ui.forms import Suggested

MINUTES = (-15, -10, -5, 5, 10, 15, 30, 60)
_EARLIER = ngettext_lazy("%(n)s minute earlier", "%(n)s minutes earlier", "n")
_LATER = ngettext_lazy("%(n)s minute later", "%(n)s minutes later", "n")


class CastForm(forms.Form):
    """Who gets which part; a name that nobody has yet is a new person."""

    part = forms.ChoiceField(label=_("Part"), choices=PersonPart.pairs, initial=PersonPart.SPEAKER)
    person = forms.CharField(
        label=_("Person"), max_length=200, help_text=_("Choose a name, or write a new one.")
    )

    def __init__(self, data: Any, *, speakers: list[Speaker]) -> None:
        super().__init__(data)
        self.speakers = speakers
        self.fields["person"].widget = Suggested(lambda: [str(one.name) for one in speakers])

    def speaker(self) -> Speaker | None:
        """The person of this name, or None where it is a new one."""
        wanted = fold(self.cleaned_data["person"])
        for one in self.speakers:
            if wanted in {fold(one.name.words(lang)) for lang in one.name}:
                return one
        return None


class FileForm(forms.Form):
    """A document of a session, and who may have it."""

    title = forms.CharField(label=_("Title"), max_length=200)
    document = DocumentField(label=_("Document or slides"))
    audience = forms.ChoiceField(label=_("For whom"), choices=FileAudience.pairs)


class PlaceForm(forms.Form):
    """Where and when a session is; `was` is where the sender saw it."""

    on_date = forms.DateField()
    starts = forms.TimeField()
    ends = forms.TimeField()
    room = forms.CharField(required=False, max_length=80)
    was = forms.CharField(required=False, max_length=200)

    def __init__(self, data: Any, *, edition: Edition) -> None:
        super().__init__(data)
        self.edition = edition

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        on = data.get("on_date")
        if on and not self.edition.starts_on <= on <= self.edition.ends_on:
            self.add_error("on_date", _("That day is outside the edition."))
        for fault in times(data).values():
            self.add_error(None, fault)
        return data

    def place(self) -> Placing:
        data = self.cleaned_data
        return Placing(data["on_date"], data["starts"], data["ends"], data["room"])


class MoveForm(forms.Form):
    """Minutes are one press each; a room is written or chosen."""

    minutes = forms.TypedChoiceField(
        coerce=int,
        required=False,
        choices=lambda: [(n, (_LATER if n > 0 else _EARLIER) % {"n": abs(n)}) for n in MINUTES],
    )
    room = forms.CharField(label=_("Another room"), required=False, max_length=80)

    def __init__(self, data: Any, *, rooms: list[str]) -> None:
        super().__init__(data)
        self.fields["room"].widget = Suggested(lambda: rooms)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("minutes") and not data.get("room"):
            raise forms.ValidationError(_("Choose by how many minutes, or write a room."))
        return data

    def move(self) -> dict[str, Any]:
        """What `series.actions.move_session` takes: minutes, else a room."""
        minutes = self.cleaned_data["minutes"]
        return {"minutes": int(minutes)} if minutes else {"room": self.cleaned_data["room"]}
