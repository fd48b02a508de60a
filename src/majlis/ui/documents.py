"""Documents that people hand in: taken for what they hold, kept as they are, given as downloads."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from majlis.kernel.writing import line
from majlis.ui.http import attached
from majlis.ui.pictures import is_whole

MOST_BYTES = 9_000_000  # the server takes 10 MB at once
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
TYPES = {
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".docx": f"{_OFFICE}wordprocessingml.document",
    ".pptx": f"{_OFFICE}presentationml.presentation",
    ".xlsx": f"{_OFFICE}spreadsheetml.sheet",
    ".odt": f"{_OPEN}text",
    ".odp": f"{_OPEN}presentation",
    ".ods": f"{_OPEN}spreadsheet",
}
_INSIDE = {
    ".docx": "word/document.xml",
    ".pptx": "ppt/presentation.xml",
    ".xlsx": "xl/workbook.xml",
}


class NotADocument(ValueError):
    """The file is none of the documents that are taken, or holds macros."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file that is what its ending says."""

    content: bytes
    ending: str
    name: str = ""  # as it was called where it came from


def document(content: bytes, name: str) -> Document:
    """The file as its content proves it. Raises `NotADocument`."""
    ending = PurePosixPath(name.lower()).suffix.replace(".jpeg", ".jpg")
    if ending in {".png", ".jpg"}:
        start = b"\x89PNG" if ending == ".png" else b"\xff\xd8\xff"
        is_right = content.startswith(start) and is_whole(content)
    elif ending == ".pdf":
        is_right = content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:]
    else:
        is_right = ending in TYPES and _is_office(content, ending)
    if not is_right:
        raise NotADocument
    return Document(content, ending)


def _is_office(content: bytes, ending: str) -> bool:
    """Whether the archive is what its ending says, without macros; nothing of it is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            if any("vbaproject" in name.lower() for name in names):
                return False
            if ending in _INSIDE:
                return "[Content_Types].xml" in names and _INSIDE[ending] in names
            with archive.open("mimetype") as kind:
                return kind.read(100) == TYPES[ending].encode()
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError, ValueError):
        return False


class DocumentField(forms.FileField):
    """A document that is handed in; what comes out is a `Document`. `endings` are those taken."""

    def __init__(
        self, *, endings: Collection[str] = tuple(TYPES), most: int = MOST_BYTES, **options: Any
    ) -> None:
        options.setdefault(
            "help_text",
            _("PDF, Word, PowerPoint, Excel, OpenDocument or a picture, 9 MB at most."),
        )
        self.endings, self.most = endings, most
        accept = ",".join(endings)
        options.setdefault("widget", forms.FileInput(attrs={"accept": accept}))
        super().__init__(**options)

    def clean(self, data: UploadedFile | None, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if file is None:
            return None
        if file.size > self.most:
            said = _("This file is larger than %(most)s MB. Make it smaller.")
            raise ValidationError(said, params={"most": self.most // 1_000_000})
        try:
            taken = document(file.read(), file.name or "")
        except NotADocument:
            raise ValidationError(
                _(
                    "This file is not what its name says, or holds macros. Save it as PDF and "
                    "choose it again."
                )
            ) from None
        if taken.ending not in self.endings:
            raise ValidationError(_("Documents of this kind are not taken. Save it as PDF."))
        return replace(taken, name=line(file.name or "")[:120])


def download(content: bytes, ending: str, name: str) -> HttpResponse:
    """A document for keeping: no browser shows it as a page of ours."""
    answer = HttpResponse(content, content_type=TYPES[ending])
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return attached(answer, f"{name}{ending}")
