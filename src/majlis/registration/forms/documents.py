"""The document that answers a question of the registration form. A form never saves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from majlis.registration.queries.documents import Wanted
from majlis.ui.documents import DocumentField

ENDINGS = (".pdf", ".docx", ".png", ".jpg")
MOST_BYTES = 5_000_000


class HandInForm(forms.Form):
    """One document, for one question."""

    document = DocumentField(
        label=_("File"),
        endings=ENDINGS,
        most=MOST_BYTES,
        help_text=_("PDF, Word or a picture (PNG, JPEG), 5 MB at most."),
        error_messages={"required": _("Choose a file.")},
    )

    def __init__(self, *args: Any, wanted: Wanted, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = f"{wanted.question.code}_%s"  # several stand on one page
        self.wanted = wanted
