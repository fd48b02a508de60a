"""The form of one row of what an edition is made of."""

from __future__ import annotations

from typing import Any

from majlis.kernel.texts import Text
from majlis.planning.forms.sheets import Sheet
from majlis.planning.parts import Part
from majlis.series.actions.parts import mark_of
from majlis.series.models import Edition


class PartForm(Sheet):
    """A new row of a part, or one that is there.

    `values()` is what `series.actions.save_part` takes.
    """

    def __init__(
        self,
        *args: Any,
        part: Part,
        edition: Edition,
        row: Any = None,
        begun: dict[str, str] | None = None,
    ) -> None:
        texts = {c.name: getattr(row, c.name) for c in part.columns} if row else {}
        first = texts.get(part.title, Text())
        initial = {name: getattr(row, name) for name in part.asks} if row else begun or {}
        super().__init__(
            *args,
            columns=part.columns,
            labels=part.words,
            hints=part.hints,
            languages=edition.languages,
            texts=texts,
            original=first.original if first else edition.authoritative_language,
            initial=initial | {"was": mark_of(part.binding, row) if row else ""},
        )
        self.part = part
        for name, ask in part.asks.items():
            self.fields[name] = ask(edition)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name, fault in self.part.check(data).items():
            self.add_error(name, fault)
        return data

    def values(self) -> dict[str, Any]:
        return self.words() | {name: self.cleaned_data[name] for name in self.part.asks}
