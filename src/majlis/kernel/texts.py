"""Text in several languages, with who-stands-behind-it per language.

Stored as JSON: `{lang: {"text": …, "status": …, "source_revision": …}}`. Exactly one language is
the *original*; the others are translations with a status.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from majlis.kernel.words import Language, Words


class TextStatus(Words):
    """How far a wording in one language can be relied on."""

    ORIGINAL = "original", _("original")
    DRAFT = "draft", _("draft translation")
    EDITED = "edited", _("edited translation")
    REVIEWED = "reviewed", _("reviewed translation")


@dataclass(frozen=True, slots=True)
class Wording:
    """A text in one language. `source_revision` counts the original it was translated from."""

    text: str
    status: TextStatus
    source_revision: int = 1


@dataclass(frozen=True, slots=True)
class Shown:
    """What a reader of one language is shown. `is_fallback` when it is in another language."""

    text: str
    lang: str
    status: TextStatus
    is_fallback: bool

    @property
    def dir(self) -> str:
        return "rtl" if self.lang == "ar" else "ltr"

    def __str__(self) -> str:
        return self.text


class Text(Mapping[str, Wording]):
    """A translated text: an unchangeable mapping from language to wording."""

    __slots__ = ("_wordings",)

    def __init__(self, wordings: Mapping[str, Wording] | None = None) -> None:
        self._wordings = dict(wordings or {})

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
    def original(self) -> str:
        """The language of the original; `en` while there is no text at all."""
        for lang, wording in self._wordings.items():
            if wording.status == TextStatus.ORIGINAL:
                return lang
        return next(iter(self._wordings), "en")

    def shown(self, lang: str) -> Shown:
        """The wording for a reader of `lang`: in it where there is one, else the original."""
        there = lang if lang in self._wordings else self.original
        wording = self._wordings.get(there, Wording("", TextStatus.ORIGINAL))
        return Shown(wording.text, there, wording.status, is_fallback=there != lang)

    def shown_original(self) -> Shown:
        """The original wording, for a reader of any language."""
        return self.shown(self.original)

    def with_translation(self, lang: str, text: str, status: TextStatus) -> Text:
        """A copy with one translation set; the original cannot be replaced this way."""
        if lang == self.original and self._wordings:
            raise ValueError(f"{lang} is the original; a new wording is a new text")
        revision = self[self.original].source_revision if self._wordings else 1
        return Text({**self._wordings, lang: Wording(text, status, revision)})

    def with_original(self, text: str) -> Text:
        """A copy with a new original; translations stay, and are behind until they follow."""
        lang = self.original
        revision = self[lang].source_revision + 1 if lang in self else 1
        return Text({**self._wordings, lang: Wording(text, TextStatus.ORIGINAL, revision)})

    def is_behind(self, lang: str) -> bool:
        """Whether the wording in `lang` was translated from an earlier original."""
        there, original = self._wordings.get(lang), self._wordings.get(self.original)
        return bool(there and original and there.source_revision < original.source_revision)

    def missing(self) -> list[str]:
        """Languages of the house that have no wording yet."""
        return [lang for lang in Language.values if lang not in self._wordings]

    def as_json(self) -> dict[str, dict[str, Any]]:
        return {
            lang: {
                "text": w.text,
                "status": str(w.status),
                "source_revision": w.source_revision,
            }
            for lang, w in self._wordings.items()
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Mapping[str, Any]] | None) -> Self:
        return cls(
            {
                lang: Wording(w["text"], TextStatus(w["status"]), int(w.get("source_revision", 1)))
                for lang, w in (value or {}).items()
            }
        )


class TextField(models.JSONField):
    """A `Text` in a database column. Assigning a `Text` or its JSON both work."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("default", Text)
        options.setdefault("blank", True)
        super().__init__(**options)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Text:
        return Text.from_json(super().from_db_value(value, expression, connection))

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
