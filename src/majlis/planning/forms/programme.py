"""Giving people a part in a session, and moving one on the day."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from majlis.planning.parts import times
from majlis.series import queries
from majlis.series.models import Edition, Speaker
from majlis.series.models.programme import Placing
from majlis.series.states import FileAudience, PersonPart
from majlis.ui.documents import DocumentField
from majlis.ui.forms import Suggested

SOMEBODY_NEW = "new"
LINES = 3  # people that a new session's form asks for
MINUTES = (-15, -10, -5, 5, 10, 15, 30, 60)
_EARLIER = ngettext_lazy("%(n)s minute earlier", "%(n)s minutes earlier", "n")
_LATER = ngettext_lazy("%(n)s minute later", "%(n)s minutes later", "n")


class CastForm(forms.Form):
    """Who gets which part; a name that nobody has yet is a new person."""

    part = forms.ChoiceField(label=_("Part"), choices=PersonPart.pairs, initial=PersonPart.SPEAKER)
    person = forms.CharField(
        label=_("Person"), max_length=200, help_text=_("Choose a name, or write a new one.")
    )
    is_who = forms.ChoiceField(label=_("Who is it?"), required=False, widget=forms.RadioSelect)

    def __init__(self, data: Any, *, speakers: list[Speaker], **options: Any) -> None:
        super().__init__(data, **options)
        self.speakers = speakers
        self.fields["person"].widget = Suggested(lambda: [str(one.name) for one in speakers])
        alike = self._alike()
        if not alike:
            del self.fields["is_who"]
            return
        asked: forms.ChoiceField = self.fields["is_who"]  # type: ignore[assignment]
        asked.choices = [(one.code, _called(one)) for one in alike]
        asked.choices += [(SOMEBODY_NEW, _("somebody else, a new person"))]

    def has_changed(self) -> bool:
        """Whether there is a name: an empty line of a new session asks for nobody."""
        return not self.empty_permitted or bool(self["person"].data)

    def _alike(self) -> list[Speaker]:
        """People whose name is nearly the one that was sent; nobody where it is one exactly."""
        sent = str(self["person"].data or "") if self.is_bound else ""
        if not sent or queries.speaker_named(self.speakers, sent):
            return []
        return queries.speakers_like(self.speakers, sent)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "is_who" in self.fields and not data.get("is_who") and not self.errors:
            self.add_error("is_who", _("Somebody has nearly this name. Choose who it is."))
        return data

    def who(self) -> Speaker | str:
        """The person who is meant, or the name of a new one."""
        code, name = self.cleaned_data.get("is_who"), str(self.cleaned_data["person"])
        known = queries.speaker_named(self.speakers, name)
        return next((one for one in self.speakers if one.code == code), known or name)

    @property
    def is_filled(self) -> bool:
        return bool(self.is_bound and self.cleaned_data.get("person"))


def _called(speaker: Speaker) -> str:
    """The name with what tells two people of it apart."""
    return " – ".join(str(one) for one in (speaker.name, speaker.organisation) if one)


def cast_lines(data: Any, speakers: list[Speaker]) -> list[CastForm]:
    """Lines of a new session's form for its first people; an empty one gives nobody a part."""
    return [
        CastForm(
            data, speakers=speakers, prefix=f"cast{n}", empty_permitted=True,
            use_required_attribute=False,
        )
        for n in range(1, LINES + 1)
    ]  # fmt: skip


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
