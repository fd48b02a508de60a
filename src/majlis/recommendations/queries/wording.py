"""Wordings in three languages: how they are put together, and which have fallen behind."""

from __future__ import annotations

from collections.abc import Mapping

from majlis.kernel.texts import Text, TextStatus, Wording
from majlis.kernel.words import Language

TEXT_FIELDS = (
    "title",
    "text",
    "problem",
    "rationale",
    "co_actors",
    "legal_basis",
    "decision_needed",
    "first_action",
    "indicator",
    "equity",
    "risks",
)
"""The fields of a recommendation that hold words in several languages."""


def reworded(old: Text, original: str, given: Mapping[str, tuple[str, TextStatus]]) -> Text:
    """A text from what a form sent: the original and its translations, each with a status.

    A new original counts one revision up; a translation that was touched is taken to follow it,
    an untouched one stays with the revision it was made from.
    """
    words = {lang: (text.strip(), status) for lang, (text, status) in given.items()}
    was = old.get(original)
    now = words.get(original, ("", TextStatus.ORIGINAL))[0]
    revision = was.source_revision if was else 1
    if was and old.original == original and was.text != now:
        revision += 1
    wordings: dict[str, Wording] = {}
    if now:
        wordings[original] = Wording(now, TextStatus.ORIGINAL, revision)
    for lang, (text, status) in words.items():
        if lang == original or not text:
            continue
        before = old.get(lang)
        stands = TextStatus.DRAFT if status == TextStatus.ORIGINAL else TextStatus(status)
        untouched = before is not None and before.text == text and before.status == stands
        wordings[lang] = Wording(
            text, stands, before.source_revision if before and untouched else revision
        )
    return Text(wordings)


def with_original(old: Text, original: str, words: str) -> Text:
    """`old` with its original replaced and its translations kept as they are."""
    given = {lang: (w.text, TextStatus(w.status)) for lang, w in old.items()}
    return reworded(old, original, given | {original: (words, TextStatus.ORIGINAL)})


def with_language(old: Text, lang: str, words: str, status: TextStatus) -> Text:
    """`old` with one translation set, or taken away when there are no words."""
    given = {one: (w.text, TextStatus(w.status)) for one, w in old.items()}
    return reworded(old, old.original, given | {lang: (words, status)})


def behind(text: Text) -> list[str]:
    """Languages whose translation was made from an earlier wording of the original."""
    if not text:
        return []
    revision = text[text.original].source_revision
    return [lang for lang, wording in text.items() if wording.source_revision < revision]


def lacking(text: Text) -> list[str]:
    """Languages of the house without words."""
    return [lang for lang in Language.values if lang not in text]
