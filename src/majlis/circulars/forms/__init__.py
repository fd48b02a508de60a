"""What may be sent to this app. A form never saves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from majlis.circulars.states import Arrived, To
from majlis.kernel.texts import Text, TextStatus
from majlis.kernel.words import Language
from majlis.mail.models import MailServer
from majlis.mail.states import PORTS, Security
from majlis.mail.wording import Standard, faults_in
from majlis.people.states import Constituency
from majlis.people.territories import countries_by_name
from majlis.registration.states import RegistrationState, RoleKind
from majlis.series.states import PersonPart
from majlis.ui.forms import CodeInput, WholeInput
from majlis.ui.languages import attrs_of, facts

LONGEST = 10_000
AUDIENCE = ("states", "arrived", "languages", "constituencies", "countries", "parts", "roles")
"""The fields that narrow whom an email to many people is for."""


def _heading(lang: str, *, required: bool) -> forms.CharField:
    return forms.CharField(
        label=_("Subject, which is also the heading"),
        max_length=200,
        required=required,
        widget=forms.TextInput(attrs=attrs_of(lang)),
        error_messages={"required": _("Write the subject.")},
    )


def _words(lang: str, *, required: bool) -> forms.CharField:
    return forms.CharField(
        label=_("Text"),
        max_length=LONGEST,
        required=required,
        widget=forms.Textarea(attrs=attrs_of(lang) | {"rows": 14}),
        error_messages={"required": _("Write the text.")},
    )


class WordingForm(forms.Form):
    """A standard letter in one language."""

    def __init__(self, *args: Any, standard: Standard, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.standard = standard
        self.fields["heading"] = _heading(language, required=True)
        self.fields["words"] = _words(language, required=True)

    def clean_heading(self) -> str:
        return self._checked("heading", needs=frozenset())

    def clean_words(self) -> str:
        return self._checked("words", needs=self.standard.needs)

    def _checked(self, name: str, *, needs: Any) -> str:
        words: str = self.cleaned_data[name]
        if faults := faults_in(words, set(self.standard.places), needs):
            raise forms.ValidationError(faults)
        return words


class CircularForm(forms.Form):
    """An email to many people: whom it is for, and the words in each language."""

    to = forms.ChoiceField(
        label=_("To"), choices=To.pairs, initial=To.PARTICIPANTS, widget=forms.RadioSelect
    )
    states = forms.MultipleChoiceField(
        label=_("State of their registration"),
        choices=RegistrationState.pairs,
        required=False,
        initial=[RegistrationState.CONFIRMED],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing ticked means all. This holds for the lists below, too."),
    )
    arrived = forms.ChoiceField(label=_("On the day"), choices=Arrived.pairs, required=False)
    languages = forms.MultipleChoiceField(
        label=_("Language of emails"),
        choices=Language.pairs,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    constituencies = forms.MultipleChoiceField(
        label=_("Stakeholder groups"),
        choices=Constituency.pairs,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    countries = forms.MultipleChoiceField(
        label=_("Countries"), required=False, widget=forms.CheckboxSelectMultiple
    )
    roles = forms.MultipleChoiceField(
        label=_("Roles, for emails to the team"),
        choices=RoleKind.pairs,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    parts = forms.MultipleChoiceField(
        label=_("Parts in a session, for emails to people in the programme"),
        choices=PersonPart.pairs,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    is_about_place = forms.BooleanField(
        label=_("This email is strictly about their place at this edition"),
        required=False,
        help_text=_(
            "Such as a change of time or room. Everything else has a link that ends such emails, "
            "and goes to nobody who has used it."
        ),
    )

    def __init__(
        self,
        *args: Any,
        languages: list[str],
        places: Iterable[str],
        countries: Iterable[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.langs, self.places = languages, set(places)
        asked: forms.MultipleChoiceField = self.fields["countries"]  # type: ignore[assignment]
        asked.choices = [(code, name) for code, name in countries_by_name(list(countries))]
        for lang in languages:
            self.fields[f"heading_{lang}"] = _heading(lang, required=False)
            self.fields[f"words_{lang}"] = _words(lang, required=False)

    def sheet(self) -> list[tuple[Any, BoundField, BoundField]]:
        """The languages, with the fields of each."""
        return [
            (facts(lang).name, self[f"heading_{lang}"], self[f"words_{lang}"])
            for lang in self.langs
        ]

    def audience(self) -> list[BoundField]:
        """The fields that narrow whom it is for."""
        return [self[name] for name in AUDIENCE]

    def clean(self) -> dict[str, Any]:
        sent: dict[str, Any] = super().clean() or {}
        written = 0
        for lang in self.langs:
            heading, words = sent.get(f"heading_{lang}", ""), sent.get(f"words_{lang}", "")
            if bool(heading) != bool(words):
                missing = "words" if heading else "heading"
                self.add_error(
                    f"{missing}_{lang}", _("Write both the subject and the text, or neither.")
                )
            for name in (f"heading_{lang}", f"words_{lang}"):
                for fault in faults_in(sent.get(name, ""), self.places):
                    self.add_error(name, fault)
            written += bool(heading and words)
        if not written and not self.errors:
            self.add_error(f"words_{self.langs[0]}", _("Write the email in at least one language."))
        return sent

    def values(self) -> dict[str, Any]:
        """What a circular is made of."""
        sent = self.cleaned_data
        kept = ("to", *AUDIENCE)
        return {
            "audience": {name: sent[name] for name in kept if sent[name]},
            "is_about_place": sent["is_about_place"],
            "heading": self._text("heading"),
            "words": self._text("words"),
        }

    def _text(self, name: str) -> Text:
        text = Text()
        for lang in self.langs:
            if words := self.cleaned_data[f"{name}_{lang}"]:
                text = text.worded(lang, words, TextStatus.EDITED)
        return text


class ServerForm(forms.Form):
    """The mail server."""

    host = forms.CharField(
        label=_("Server"),
        max_length=200,
        widget=CodeInput(attrs={"placeholder": "mail.example.org"}),
        error_messages={"required": _("Enter the name of the mail server.")},
    )
    security = forms.ChoiceField(label=_("Encryption"), choices=Security.pairs)
    port = forms.IntegerField(
        label=_("Port"),
        min_value=1,
        max_value=65535,
        required=False,
        widget=WholeInput,
        help_text=_("Empty for the usual one."),
    )
    user = forms.CharField(label=_("User name"), max_length=200, required=False, widget=CodeInput)
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )
    sender = forms.EmailField(
        label=_("Sender’s address"),
        max_length=254,
        help_text=_("The mail server must let you send from it."),
        error_messages={
            "required": _("Enter the address from which emails come."),
            "invalid": _("Enter an email address in the correct format, like name@example.org"),
        },
    )
    sender_name = forms.CharField(label=_("Sender’s name"), max_length=120, required=False)

    def __init__(self, *args: Any, server: MailServer | None, **kwargs: Any) -> None:
        initial: dict[str, Any] = {"security": Security.STARTTLS}
        if server is not None:
            names = ("host", "port", "security", "user", "sender", "sender_name")
            initial = {name: getattr(server, name) for name in names}
        super().__init__(*args, **{"initial": initial} | kwargs)
        if server is not None and server.password:
            self.fields["password"].help_text = _(
                "Empty keeps the password. It goes to no other server: enter it again when you "
                "change the server, the port, the encryption or the user name."
            )

    def values(self) -> dict[str, Any]:
        sent = {name: value for name, value in self.cleaned_data.items() if name != "password"}
        return sent | {"port": sent["port"] or PORTS[Security(sent["security"])]}
