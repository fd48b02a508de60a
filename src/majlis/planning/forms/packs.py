"""Handing in the pack of an edition."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

MOST_BYTES = 15_000_000


class PackForm(forms.Form):
    """A ZIP file with a pack."""

    pack = forms.FileField(
        label=_("ZIP file"),
        help_text=_("The folder of the pack as one ZIP file, 15 MB at most."),
        widget=forms.ClearableFileInput(attrs={"accept": ".zip,application/zip"}),
    )

    def clean_pack(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["pack"]
        if (file.size or 0) > MOST_BYTES:
            raise ValidationError(_("This file is larger than 15 MB. Save the pictures smaller."))
        return file
