"""Text in several languages, with how far each wording can be relied on.

Stored as JSON: a `Wording` by language. Exactly one language is the *original*; the others are
translations with a status. A change of a text is a copy: `with_original`, `with_translation`,
`worded` (either of them), `reworded` (a whole sheet) and `with_translations_of`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from majlis.kernel.words import Language, Words, direction_of

MOST_READ = 5_000  # texts whose wordings are kept


class TextStatus(Words):
    """How far a wording in one language can be relied on."""

    ORIGINAL = "original", _("original")
    DRAFT = "draft", _("draft translation")
    EDITED = "edited", _("edited translation")
    REVIEWED = "reviewed", _("reviewed translation")


TRANSLATED = tuple(status for status in TextStatus if status != TextStatus.ORIGINAL)
"""What a translation can be, the least reliable first."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A text in one language. `source_revision` counts the original it was translated from.

    `made_from` holds the words of that original once they have changed.
    """

    text: str
    status: TextStatus
    source_revision: int = 1
    made_from: str = ""


@dataclass(frozen=True, slots=True)
class ShownText:
    """What a reader of one language is shown. `is_fallback` when it is in another language."""

    text: str
    lang: str
    status: TextStatus
    is_fallback: bool

    @property
    def dir(self) -> str:
        return direction_of(self.lang)

    def __str__(self) -> str:
        return self.text


class Text(Mapping[str, Wording]):
    """A translated text: an unchangeable mapping from language to wording."""

    __slots__ = ("_stored", "_wordings")

    def __init__(
        self, wordings: Mapping[str, Wording] | None = None, *, stored: str | None = None
    ) -> None:
        """From its wordings, or `stored` as a column holds it: that is read only when somebody
        asks what it says, since a list shows two of the twenty texts of a row."""
        if stored is not None:
            self._stored = stored
        else:
            self._wordings = dict(wordings or {})

    def __getattr__(self, name: str) -> dict[str, Wording]:
        if name != "_wordings":
            raise AttributeError(name)
        self._wordings = read = _read(self._stored)
        return read

    @classmethod
    def of(cls, original: str, /, **texts: str) -> Self:
        """`Text.of("fr", fr="Bonjour", en="Hello")`: the first word names the original."""
        return cls(
            {
                lang: Wording(text, TextStatus.ORIGINAL if lang == original else TextStatus.DRAFT)
                for lang, text in texts.items()
                if text
            }
        )

    def __getitem__(self, lang: str) -> Wording:
        return self._wordings[lang]

    def __iter__(self) -> Iterator[str]:
        return iter(self._wordings)

    def __len__(self) -> int:
        return len(self._wordings)

    def __hash__(self) -> int:
        return hash(tuple(sorted(self._wordings.items())))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and self._wordings == other._wordings

    def __repr__(self) -> str:
        return f"Text({self._wordings!r})"

    def __str__(self) -> str:
        """The text in the language of the moment, else the original."""
        from django.utils.translation import get_language

        return self.shown(get_language() or "en").text

    @property
    def value(self) -> object:
        """All that it holds, told as cheaply as can be: as it is stored, if it was."""
        stored: str | None = getattr(self, "_stored", None)
        return stored or [(lang, w.text, str(w.status)) for lang, w in self._wordings.items()]

    @property
    def original(self) -> str:
        """The language of the original; `en` while there is no text at all."""
        for lang, wording in self._wordings.items():
            if wording.status == TextStatus.ORIGINAL:
                return lang
        return next(iter(self._wordings), "en")

    def shown(self, lang: str) -> ShownText:
        """The wording for a reader of `lang`: in it where there is one, else the original."""
        there = lang if lang in self._wordings else self.original
        wording = self._wordings.get(there, Wording("", TextStatus.ORIGINAL))
        return ShownText(wording.text, there, wording.status, is_fallback=there != lang)

    def shown_original(self) -> ShownText:
        """The original wording, for a reader of any language."""
        return self.shown(self.original)

    def words(self, lang: str) -> str:
        """What is said in `lang`, or nothing."""
        return self._wordings[lang].text if lang in self else ""

    def with_original(self, text: str, lang: str | None = None) -> Text:
        """A copy with a new original, in `lang` where it is written in another language now.

        Translations stay, and are behind until they follow or the original is changed back; a
        former original is a draft. Without words nothing is left to translate: an empty text.
        """
        text, lang = text.strip(), lang or self.original
        if not text or not self:
            return Text.of(lang, **{lang: text})
        former, there = self[self.original], self.get(lang)
        same = there is not None and there.text == text and not self.is_behind(lang)
        revision = former.source_revision + (not same)
        wordings = {
            other: _after(wording, former, text, revision)
            for other, wording in self.items()
            if other != lang
        }
        return Text({**wordings, lang: Wording(text, TextStatus.ORIGINAL, revision)})

    def with_translation(self, lang: str, text: str, status: TextStatus) -> Text:
        """A copy with one translation of the original as it stands; without words it goes."""
        if lang == self.original or not self:
            raise ValueError(f"{lang} is no translation here: the original is, or would be")
        if status == TextStatus.ORIGINAL:
            raise ValueError("a translation is a draft, edited or reviewed")
        kept = {other: wording for other, wording in self.items() if other != lang}
        if not text.strip():
            return Text(kept)
        revision = self[self.original].source_revision
        return Text({**kept, lang: Wording(text.strip(), status, revision)})

    def worded(self, lang: str, text: str, status: TextStatus) -> Text:
        """A copy that says `text` in `lang`: the original where `lang` is its language or nothing
        is said yet, elsewhere a translation with its status."""
        if not self or lang == self.original:
            return self.with_original(text, lang)
        return self.with_translation(lang, text, status)

    def reworded(self, original: str, given: Mapping[str, tuple[str, TextStatus]]) -> Text:
        """A copy as a sheet of all languages says, which names the language of the original.

        A translation that was touched follows the original; one that was not stays as it is.
        """
        said = {lang: (text.strip(), status) for lang, (text, status) in given.items()}
        if not said.get(original, ("",))[0]:
            original = next((lang for lang, (text, _) in said.items() if text), original)
        text = self.with_original(said.get(original, ("",))[0], original)
        for lang, (words, status) in said.items():
            there = text.get(lang)
            is_touched = there is None or (there.text, there.status) != (words, status)
            if text and lang != original and is_touched:
                text = text.with_translation(lang, words, status)
        return text

    def with_translations_of(self, *others: Text) -> Text:
        """A copy with what others have for the very same original; of two, the more reliable."""
        found: dict[str, Wording] = {}
        for other in (self, *others):
            if other.original != self.original or not other:
                continue
            if other.words(other.original) != self.words(self.original):
                continue
            for lang, wording in other.items():
                if lang == self.original or other.is_behind(lang):
                    continue
                if lang not in found or _RELIABLE[found[lang].status] < _RELIABLE[wording.status]:
                    found[lang] = wording
        text = self
        for lang, wording in found.items():
            text = text.with_translation(lang, wording.text, wording.status)
        return text

    def mapped(self, change: Callable[[str], str]) -> Text:
        """A copy for showing: each wording as `change` makes it; without words it goes."""
        changed = {lang: replace(w, text=change(w.text)) for lang, w in self.items()}
        return Text({lang: wording for lang, wording in changed.items() if wording.text})

    def is_behind(self, lang: str) -> bool:
        """Whether the wording in `lang` was translated from an earlier original."""
        there, original = self.get(lang), self.get(self.original)
        return bool(there and original and there.source_revision < original.source_revision)

    def changed_since(self, lang: str) -> str:
        """The original that the wording in `lang` was made from, where it has changed since.

        Nothing while the translation follows the original, or where that was not kept.
        """
        return self[lang].made_from if self.is_behind(lang) else ""

    def behind(self) -> list[str]:
        """Languages whose translation was made from an earlier original."""
        return [lang for lang in self if self.is_behind(lang)]

    def missing(self) -> list[str]:
        """Languages of the project that have no wording yet."""
        return [lang for lang in Language.values if lang not in self._wordings]

    def as_json(self) -> dict[str, dict[str, Any]]:
        return {
            lang: {
                "text": w.text,
                "status": str(w.status),
                "source_revision": w.source_revision,
            }
            | ({"made_from": w.made_from} if w.made_from else {})
            for lang, w in self._wordings.items()
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Mapping[str, Any]] | None) -> Self:
        return cls(
            {
                lang: Wording(
                    w["text"],
                    TextStatus(w["status"]),
                    int(w.get("source_revision", 1)),
                    w.get("made_from", ""),
                )
                for lang, w in (value or {}).items()
            }
        )


@lru_cache(maxsize=MOST_READ)
def _read(stored: str) -> dict[str, Wording]:
    """The wordings of a column. The same text is read once: a theme stands in hundreds of rows."""
    return dict(Text.from_json(json.loads(stored)))


_RELIABLE = {status: place for place, status in enumerate(TextStatus)}


def _after(wording: Wording, former: Wording, text: str, revision: int) -> Wording:
    """What becomes of a wording when `text` follows the `former` original."""
    if wording.status == TextStatus.ORIGINAL:
        wording = replace(wording, status=TextStatus.DRAFT)
    if revision == former.source_revision:
        return wording
    followed = wording.source_revision == former.source_revision
    made_from = former.text if followed else wording.made_from
    if made_from == text:  # the original was changed back
        return replace(wording, source_revision=revision, made_from="")
    return replace(wording, made_from=made_from)


def in_one_language(words: str, lang: str) -> Text | str:
    """Words that stand in one language only; as they are where nobody knows which it is."""
    return Text.of(lang, **{lang: words}) if lang else words


class TextField(models.JSONField):
    """A `Text` in a database column. Assigning a `Text` or its JSON both work."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("default", Text)
        options.setdefault("blank", True)
        super().__init__(**options)

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Text:  # noqa: ARG002
        return Text(stored=value or "{}")

    def to_python(self, value: Any) -> Text:
        return value if isinstance(value, Text) else Text.from_json(value)

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(value.as_json() if isinstance(value, Text) else value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if isinstance(value, Text):
            value = value.as_json()
        return super().get_db_prep_value(value, connection, prepared)

    def value_to_string(self, obj: models.Model) -> Any:
        value = self.value_from_object(obj)
        return value.as_json() if isinstance(value, Text) else value
