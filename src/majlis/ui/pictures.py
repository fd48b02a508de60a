"""Pictures that people hand in: taken for what they hold, drawn anew, scaled, never stretched.

Nothing of the file that came is kept: not its name, its place on the map, nor anything hidden in
it. A drawing (SVG) becomes a picture, so that no script of it is ever served.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any, BinaryIO

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from majlis.kernel.lazily import lazily

if TYPE_CHECKING:
    from PIL import Image, ImageOps
else:
    Image, ImageOps = lazily("PIL.Image"), lazily("PIL.ImageOps")

MOST_BYTES = 5_000_000
MOST_DOTS = 40_000_000  # of a picture that is read: a small file can stand for a huge one
KINDS = ("PNG", "JPEG", "WEBP", "GIF")
_IS_DRAWING = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!DOCTYPE[^>\[]*>\s*)?<svg\b", re.DOTALL
)


class NotAPicture(ValueError):
    """The file is none of the pictures that are taken."""


def as_png(content: bytes, *, most: int) -> bytes:
    """Return the picture as PNG, at most `most` dots wide and high, its proportions kept.

    Raises `NotAPicture`.
    """
    if _IS_DRAWING.match(content.removeprefix(b"\xef\xbb\xbf")):
        content = _drawn(content)
    try:
        with Image.open(io.BytesIO(content), formats=KINDS) as opened:
            if opened.width * opened.height > MOST_DOTS:
                raise NotAPicture
            picture = ImageOps.exif_transpose(opened).convert("RGBA")
    except (
        OSError,
        SyntaxError,
        ValueError,
        Image.DecompressionBombError,
    ):
        raise NotAPicture from None
    picture.thumbnail((most, most))
    if picture.getchannel("A").getextrema() == (255, 255):
        picture = picture.convert("RGB")
    return _encoded(picture)


def as_photo(content: bytes, *, most: int) -> bytes:
    """Return the picture as WebP, which keeps a photo small. Raises `NotAPicture`."""
    file = io.BytesIO()
    with Image.open(io.BytesIO(as_png(content, most=most))) as picture:
        picture.save(file, "WEBP", quality=82, method=6)
    return file.getvalue()


def is_whole(content: bytes) -> bool:
    """Whether the file is a picture that can be read to its end."""
    try:
        as_png(content, most=1)
    except NotAPicture:
        return False
    return True


def _encoded(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()


def _drawn(drawing: bytes) -> bytes:
    """A drawing as a picture of 1,200 dots: drawn apart from all files, so it can load none."""
    import typst  # takes a while, and few hand in a drawing

    if b"<!ENTITY" in drawing or len(drawing) > 1_000_000:
        raise NotAPicture
    page = (
        b"#set page(width: auto, height: auto, margin: 0pt, fill: none)\n"
        b'#image(bytes(sys.inputs.at("drawing")), format: "svg", width: 600pt)\n'
    )
    try:
        given = {"drawing": drawing.decode("utf-8")}
        made = typst.compile(
            page, format="png", ppi=144.0, sys_inputs=given, ignore_system_fonts=True
        )
    except (typst.TypstError, UnicodeDecodeError, RuntimeError):
        raise NotAPicture from None
    if not isinstance(made, bytes):
        raise NotAPicture
    return made


class EmblemField(forms.FileField):
    """A picture that is handed in; what comes out is a PNG.

    None where nothing was handed in, and empty bytes where the picture is to be taken away.
    """

    def __init__(self, *, most: int = 1200, **options: Any) -> None:
        self.most = most
        options.setdefault(
            "help_text", _("A PNG, JPEG, WebP or SVG file, 5 MB at most. Its proportions are kept.")
        )
        accept = "image/png,image/jpeg,image/webp,image/svg+xml"
        options.setdefault("widget", forms.ClearableFileInput(attrs={"accept": accept}))
        super().__init__(**options)

    def clean(self, data: UploadedFile | bool | None, initial: Any = None) -> Any:  # noqa: ARG002, Django hands it over
        if data is False:  # the box "take away" was ticked
            return b""
        file = super().clean(data, None)
        if not file:
            return None
        if file.size > MOST_BYTES:
            raise ValidationError(_("This file is larger than 5 MB. Save the picture smaller."))
        return self._picture(file)

    def _picture(self, file: BinaryIO) -> bytes:
        try:
            return as_png(file.read(), most=self.most)
        except NotAPicture:
            raise ValidationError(
                _("This file cannot be read as a picture. Save it as PNG and choose it again.")
            ) from None


class PhotoField(EmblemField):
    """A photo that is handed in; what comes out is a small WebP without its place or camera."""

    def _picture(self, file: BinaryIO) -> bytes:
        return as_photo(super()._picture(file), most=self.most)
