"""Words in a document: each with its language, and a mark where it is not the reader's."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from majlis.kernel.texts import Text, TextStatus
from majlis.ui.languages import facts as language_facts

Json = dict[str, Any]  # a document is plain JSON


def words(text: Text, lang: str) -> Json:
    """A text as the document carries it; `mark` says when it is not in the reader's language."""
    shown = text.shown(lang)
    mark = ""
    if shown.text and shown.is_fallback:
        mark = _("original (%(language)s)") % {"language": language_facts(shown.lang).name}
    elif shown.status == TextStatus.DRAFT:
        mark = _("draft translation")
    return {"text": shown.text, "lang": shown.lang, "mark": mark}


def plain(text: object, lang: str) -> Json:
    """Words chosen by the server, in the language of the document."""
    return {"text": str(text), "lang": lang, "mark": ""}


def own(text: str, lang: str, written_in: str = "") -> Json:
    """Text that the desk wrote in one language only, marked where that is not the reader's.

    Where nobody noted the language, its script tells its direction.
    """
    if text and written_in:
        return words(Text.of(written_in, **{written_in: text}), lang)
    is_arabic = any("\u0600" <= letter <= "\u06ff" for letter in text)
    lang = "ar" if is_arabic else ("en" if lang == "ar" else lang)
    return {"text": text, "lang": lang, "mark": ""}
