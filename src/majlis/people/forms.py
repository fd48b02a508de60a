"""What may be sent to this app."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from majlis.mail.addresses import normal_address
from majlis.ui.forms import CodeInput


class SignInForm(forms.Form):
    """An address to which a way in is mailed."""

    email = forms.EmailField(
        label=_("Email address"),
        max_length=254,
        error_messages={
            "required": _("Enter your email address."),
            "invalid": _("Enter an email address in the correct format, like name@example.org"),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )

    def clean_email(self) -> str:
        return normal_address(self.cleaned_data["email"])


class CodeForm(forms.Form):
    """The short code of the letter."""

    code = forms.CharField(
        label=_("Code from the email"),
        help_text=_("Six digits."),
        max_length=12,
        error_messages={"required": _("Enter the 6-digit code from the email.")},
        widget=CodeInput({"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def clean_code(self) -> str:
        digits = "".join(c for c in self.cleaned_data["code"] if c.isdecimal())
        if len(digits) != 6:
            raise forms.ValidationError(_("The code must have 6 digits. Check the email."))
        return digits
