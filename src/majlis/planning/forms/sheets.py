"""Words in all languages of an edition, side by side on one form."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from majlis.kernel.pack import Translated
from majlis.kernel.texts import TRANSLATED, Text, TextStatus
from majlis.series.actions.parts import StaleEdit
from majlis.ui.languages import attrs_of, facts

Said = Any  # words, in the language of the reader once they are shown
ON_ONE_LINE = 500  # letters; longer texts get a box


@dataclass(frozen=True, slots=True)
class InLanguage:
    """One language of the sheet: its fields, and the original as it was where that has changed.

    `folded` are fields that are rarely filled and empty in every language. `state` tells how far
    the translation is, nothing where there are no words; `is_first` is shown first on a phone.
    """

    lang: str
    name: Said
    state: Said
    is_first: bool
    fields: tuple[BoundField, ...]
    folded: tuple[BoundField, ...]
    status: BoundField | None
    follows: BoundField | None
    changed: tuple[tuple[Said, str], ...]


class Sheet(forms.Form):
    """A form with words in several languages. What else is asked, a child adds.

    `was` comes back as it went out, so that a change by somebody else in between is noticed.
    `folded` are columns that are rarely filled.
    """

    folded: Collection[str] = ()
    was = forms.CharField(required=False, widget=forms.HiddenInput)
    original = forms.ChoiceField(
        label=_("Language of the original"),
        help_text=_("The language in which it was first written. The others are translations."),
    )

    def __init__(
        self,
        *args: Any,
        columns: Iterable[Translated],
        labels: Mapping[str, Said],
        hints: Mapping[str, Said],
        languages: list[str],
        texts: Mapping[str, Text],
        original: str,
        initial: Mapping[str, Any],
        **kwargs: Any,
    ) -> None:
        self.columns, self.labels, self.langs = tuple(columns), labels, languages
        self.texts = texts
        begun = {"original": original} | _words_of(texts, languages) | dict(initial)
        super().__init__(*args, **{"initial": begun} | kwargs)
        choices = [(lang, facts(lang).name) for lang in languages]
        asked: forms.ChoiceField = self.fields["original"]  # type: ignore[assignment]
        asked.choices = choices
        if len(languages) == 1:
            asked.widget = forms.HiddenInput()
        written = self["original"].value()
        for lang in languages:
            self._add(lang, hints, is_original=lang == written)

    def _add(self, lang: str, hints: Mapping[str, Said], *, is_original: bool) -> None:
        attrs = attrs_of(lang)
        for column in self.columns:
            is_line = column.longest <= ON_ONE_LINE
            rows = {} if is_line else {"rows": 12 if column.longest > 20_000 else 6}
            widget = forms.TextInput if is_line else forms.Textarea
            self.fields[f"{column.name}_{lang}"] = forms.CharField(
                label=self.labels[column.name],
                required=column.required and is_original,
                error_messages={"required": _("Write this in the language of the original.")},
                max_length=column.longest,
                widget=widget(attrs=attrs | rows),
                help_text=hints.get(column.name, ""),
            )
        if len(self.langs) > 1:
            self.fields[f"status_{lang}"] = forms.ChoiceField(
                label=_("Reliability of this translation"),
                required=False,
                choices=lambda: [(s.value, s.label) for s in TRANSLATED],
            )

        if any(text.is_behind(lang) for text in self.texts.values()):
            self.fields[f"follows_{lang}"] = forms.BooleanField(
                label=_("This translation says what the original says now"), required=False
            )

    def sheet(self) -> Iterator[InLanguage]:
        """The languages with their fields, in the edition's order."""
        original = self["original"].value()
        folded = [column for column in self.columns if self._is_folded(column.name)]
        shown = [column for column in self.columns if column not in folded]
        first = self._shown_first()
        for lang in self.langs:
            name = f"status_{lang}"
            yield InLanguage(
                lang,
                facts(lang).name,
                self._state(lang, original),
                lang == first,
                tuple(self[f"{column.name}_{lang}"] for column in shown),
                tuple(self[f"{column.name}_{lang}"] for column in folded),
                self[name] if name in self.fields and lang != original else None,
                self[f"follows_{lang}"] if f"follows_{lang}" in self.fields else None,
                tuple(
                    (self.labels[column], was)
                    for column, text in self.texts.items()
                    if (was := text.changed_since(lang))
                ),
            )

    def _is_folded(self, column: str) -> bool:
        """Whether a column that is rarely filled has no words, and none that are wrong."""
        fields = [self[f"{column}_{lang}"] for lang in self.langs]
        return column in self.folded and not any(one.value() or one.errors for one in fields)

    def _shown_first(self) -> str:
        """The language with something wrong, else that of the original."""
        faulty = (
            lang for lang in self.langs if any(self[n].errors for n in _names(self.columns, lang)
                                               if n in self.fields)
        )  # fmt: skip
        return next(faulty, str(self["original"].value()))

    def _state(self, lang: str, original: str) -> Said:
        """How far the words of a language are as they are stored, in words."""
        texts = [text for text in self.texts.values() if text]
        there = [text[lang].status for text in texts if lang in text]
        if not there:
            return TextStatus.ORIGINAL.label if lang == original else _("missing")
        if any(text.is_behind(lang) for text in texts):
            return _("the original has changed since")
        if len(there) < len(texts):
            return _("incomplete")
        return next(s for s in (*TRANSLATED, TextStatus.ORIGINAL) if s in there).label

    def overtaken(self, told: StaleEdit) -> None:
        """Say that somebody else was faster; the next press replaces what they have written."""
        self.add_error(None, str(told))
        data: Any = self.data.copy()  # type: ignore[attr-defined]  # what a browser sent
        data["was"] = told.mark
        self.data = data

    def rest(self) -> list[BoundField]:
        """What else is asked."""
        ours = {"was", "original"} | {
            name for lang in self.langs for name in (*_names(self.columns, lang),)
        }
        return [self[name] for name in self.fields if name not in ours]

    def words(self) -> dict[str, Text]:
        """The texts by column, as the sheet has them now."""
        data, found = self.cleaned_data, {}
        for column in self.columns:
            before = self.texts.get(column.name, Text())
            given = {
                lang: (data[f"{column.name}_{lang}"], self._status(before, lang))
                for lang in self.langs
            }
            text = before.reworded(data["original"], given)
            for lang in text.behind():
                if data.get(f"follows_{lang}"):
                    text = text.with_translation(lang, *given[lang])
            found[column.name] = text
        return found

    def _status(self, text: Text, lang: str) -> TextStatus:
        """What was chosen for the language; each text keeps its own where nothing was."""
        chosen = self.cleaned_data.get(f"status_{lang}") or TextStatus.DRAFT
        is_kept = chosen == self.initial.get(f"status_{lang}") and lang in text
        return text[lang].status if is_kept and lang != text.original else TextStatus(chosen)


def _names(columns: Iterable[Translated], lang: str) -> Iterator[str]:
    yield f"status_{lang}"
    yield f"follows_{lang}"
    for column in columns:
        yield f"{column.name}_{lang}"


def _words_of(texts: Mapping[str, Text], languages: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for lang in languages:
        found |= {f"{name}_{lang}": text.words(lang) for name, text in texts.items()}
        statuses = {t[lang].status for t in texts.values() if lang in t and lang != t.original}
        if statuses:  # the least that can be relied on
            found[f"status_{lang}"] = next(s for s in TRANSLATED if s in statuses)
    return found
