"""What may be sent to this room."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from majlis.mail.addresses import normal_address


class SignInForm(forms.Form):
    """An address to which a way in is mailed."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        error_messages={
            "required": _("Type the address to which the letter should go."),
            "invalid": _("This does not look like an e-mail address. An example: name@example.org"),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )

    def clean_email(self) -> str:
        return normal_address(self.cleaned_data["email"])


class CodeForm(forms.Form):
    """The short code of the letter."""

    code = forms.CharField(
        label=_("Code from the letter"),
        help_text=_("Six digits."),
        max_length=12,
        error_messages={"required": _("Type the six digits of the letter.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "dir": "ltr"}
        ),
    )

    def clean_code(self) -> str:
        digits = "".join(str(int(c)) for c in self.cleaned_data["code"] if c.isdecimal())
        if len(digits) != 6:
            raise forms.ValidationError(_("The code has six digits; look at the letter again."))
        return digits
