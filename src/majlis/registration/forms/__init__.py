"""What may be sent to this app. A form never saves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from majlis.kernel.words import Language
from majlis.mail.addresses import normal_address
from majlis.people.states import FAMILY_OF, Constituency, Family
from majlis.people.territories import country_choices
from majlis.registration.answers import Answers
from majlis.registration.forms.asked import AskedForm
from majlis.registration.models import Registration
from majlis.registration.states import Capacity, ConsentKind, RoleKind
from majlis.ui.forms import CodeInput, NameField

_choose = [("", _("Choose …"))]

# What each choice means, in plain words.
CONSENT_HINTS = {
    ConsentKind.NAME_LIST: _("Other participants will see your name and organisation."),
    ConsentKind.NAMED: _(
        "Only in on-the-record sessions. In all other sessions nobody is named, whatever you "
        "choose here."
    ),
    ConsentKind.PHOTOS: _(
        "Without your permission, we do not publish photos in which you can be recognised."
    ),
    ConsentKind.NEXT_EDITIONS: _("A few emails a year, from the organisers only."),
}


def constituency_choices() -> list[Any]:
    """The twelve constituencies, by family."""
    grouped = [
        (family.label, [(c.value, c.label) for c in Constituency if FAMILY_OF[c] == family])
        for family in Family
    ]
    return [*_choose, *grouped]


def _countries() -> list[Any]:
    return [*_choose, *country_choices()]


def _consent_label(kind: ConsentKind) -> SafeString:
    # Both halves are our own words.
    return mark_safe(f"<span>{kind.label}<br><small>{CONSENT_HINTS[kind]}</small></span>")


class UnlessPersonal(forms.CharField):
    """Asked of everybody who does not come in a personal capacity; the form sees to it."""

    def validate(self, _value: str) -> None:
        return


class PersonForm(AskedForm):
    """What is asked of everybody, on the public form, at the desk and on the own page."""

    name = NameField(
        label=_("Name"),
        error_messages={"required": _("Enter your name as you want it to appear on your badge.")},
    )
    email = forms.EmailField(
        label=_("Email address"),
        max_length=254,
        help_text=_(
            "We will send a confirmation link to this address, and later your personal link."
        ),
        error_messages={
            "required": _("Enter your email address. We will send your personal link to it."),
            "invalid": _("Enter an email address in the correct format, like name@example.org"),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    capacity = forms.ChoiceField(
        label=_("You are attending"),
        choices=Capacity.pairs,
        initial=Capacity.OFFICIAL,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you are attending.")},
    )
    organisation = UnlessPersonal(
        label=_("Organisation"),
        max_length=200,
        help_text=_(
            "Full name of the organisation. Leave blank if you are attending in a personal "
            "capacity."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    constituency = forms.ChoiceField(
        label=_("Which stakeholder group are you in?"),
        choices=constituency_choices,
        help_text=_(
            "Results are shown by group, and only when every group is large enough for nobody to "
            "be identified."
        ),
        error_messages={"required": _("Choose the group that fits you best.")},
    )
    country = forms.ChoiceField(
        label=_("Country"),
        choices=_countries,
        error_messages={"required": _("Choose the country you work in.")},
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages you can follow"),
        choices=Language.pairs,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Select at least one language.")},
    )

    def clean_email(self) -> str:
        return normal_address(self.cleaned_data["email"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        speaks_for = cleaned.get("capacity") == Capacity.OFFICIAL
        if speaks_for and not cleaned.get("organisation") and "organisation" not in self.errors:
            self.add_error(
                "organisation",
                _("Enter the organisation you represent, or choose “in a personal capacity”."),
            )
        return cleaned

    @property
    def answers(self) -> Answers:
        """What was answered, once the form is valid."""
        data = self.cleaned_data
        return Answers(
            name=data["name"],
            email=data.get("email", ""),
            organisation=data["organisation"],
            constituency=data["constituency"],
            country=data["country"],
            capacity=data["capacity"],
            languages=tuple(data["languages"]),
            more=self.more if self.questions else None,
        )

    @staticmethod
    def initial_of(registration: Registration) -> dict[str, Any]:
        """The answers that a registration holds now."""
        return {
            "name": registration.full_name,
            "email": registration.person.email or "",
            "organisation": registration.organisation.name if registration.organisation else "",
            "constituency": registration.constituency,
            "country": registration.country,
            "capacity": registration.capacity,
            "languages": registration.languages,
            "language": registration.person.language,
        }


class ConsentsForm(forms.Form):
    """Choices about one's own data; none is needed to take part."""

    consents = forms.MultipleChoiceField(
        label=_("Your permissions"),
        help_text=_("These are optional. You can change them at any time."),
        choices=lazy(lambda: [(k.value, _consent_label(k)) for k in ConsentKind], list),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


IN_ORDER = [
    "name", "email", "capacity", "organisation", "constituency", "country", "languages", "consents",
]  # fmt: skip


class RegistrationForm(PersonForm, ConsentsForm):
    """The public form. `website` is a trap: people do not see it, machines fill it in."""

    website = forms.CharField(required=False, widget=forms.TextInput)
    field_order = IN_ORDER

    @property
    def is_from_a_machine(self) -> bool:
        return bool(self.cleaned_data.get("website"))


def _language_field(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=Language.pairs)


class DeskForm(PersonForm):
    """Somebody at the desk: the address may be missing."""

    language = _language_field(_("Language of emails and of the phone"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        email, organisation = self.fields["email"], self.fields["organisation"]
        email.required = False
        email.help_text = _("Leave it empty if the person has none, and give them the card.")
        organisation.widget.attrs.update({"list": "organisations", "autocomplete": "off"})
        organisation.help_text = _("Leave it empty if the person attends in a personal capacity.")
        self.fields["name"].error_messages["required"] = _("Enter the name for the badge.")
        self.fields["capacity"].label = _("Capacity")
        self.fields["constituency"].label = _("Stakeholder group")
        self.fields["constituency"].help_text = ""
        self.fields["languages"].label = _("Languages spoken")

    def leave_address(self) -> None:
        """Keep it as it is: it is also the way in of a colleague."""
        self.fields["email"].disabled = True
        self.fields["email"].help_text = _(
            "This person is on the team, so only they can change their address."
        )


class WalkInForm(DeskForm):
    """Somebody added on the day."""

    has_arrived = forms.BooleanField(
        label=_("This person is here now"), required=False, initial=True
    )


class OwnForm(PersonForm):
    """One's own answers. The address changes at the desk only, for links go to it."""

    language = _language_field(_("Language of emails"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["email"]


class DeclineRegistrationForm(forms.Form):
    """The reason goes into the letter as it is written."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The person will see this text in the email."),
        max_length=1000,
        error_messages={"required": _("Give a reason. The person will see it.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class InviteForm(forms.Form):
    """A colleague to be invited."""

    email = forms.EmailField(
        label=_("Email address"),
        error_messages={
            "required": _("Enter the email address for the invitation."),
            "invalid": _("Enter an email address in the correct format, like name@example.org"),
        },
    )
    name = NameField(label=_("Name"), required=False)
    kinds = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=RoleKind.pairs,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one role.")},
    )
    language = _language_field(_("Language of the email"))


class RoleForm(forms.Form):
    """A role to be given or taken back."""

    kind = forms.ChoiceField(choices=RoleKind.pairs)


class TakeInvitationForm(forms.Form):
    """The name under which a new colleague works."""

    name = NameField(
        label=_("Your name"),
        error_messages={
            "required": _("Enter your name. The team will see it next to your actions.")
        },
    )


class PersonalCodeForm(forms.Form):
    """The code under the QR of a card, or on another device, typed by hand."""

    code = forms.CharField(
        label=_("Your code"),
        max_length=80,
        help_text=_(
            "24 letters and numbers from your card, or 8 from your other device. Spaces, dashes "
            "and capital letters do not matter."
        ),
        error_messages={"required": _("Enter the code on your card or on your other device.")},
        widget=CodeInput(),
    )

    def clean_code(self) -> str:
        letters = "".join(c for c in self.cleaned_data["code"].lower() if c.isalnum())
        if not letters.isascii() or len(letters) not in {8, 24}:
            raise forms.ValidationError(
                _("The code must have 24 letters and numbers, or 8 from another device. Check it.")
            )
        return letters


class PressForm(forms.Form):
    """One press of the button that connects a device; `press` is drawn for each page."""

    press = forms.CharField(min_length=16, max_length=64, widget=forms.HiddenInput)
    replace = forms.BooleanField(required=False)


class EraseForm(forms.Form):
    """Erasing is for good, so it is asked twice."""

    is_sure = forms.BooleanField(
        label=_("Yes, delete my data. I understand that this cannot be undone."),
        error_messages={"required": _("Tick the box to confirm.")},
    )
