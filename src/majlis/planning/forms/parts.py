"""The form of one row of what an edition is made of."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from majlis.kernel.texts import Text
from majlis.planning.forms.sheets import Sheet
from majlis.planning.parts import Part
from majlis.planning.parts.form import AskedIf
from majlis.series.actions.parts import mark_of
from majlis.series.fields import USUAL
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
            self.fields[name] = asked = ask(edition)
            if row and isinstance(asked, AskedIf):
                asked.before(row)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name, fault in self.part.check(data).items():
            self.add_error(name, fault)
        return data

    def values(self) -> dict[str, Any]:
        return self.words() | {name: self.cleaned_data[name] for name in self.part.asks}


class UsualForm(forms.Form):
    """Which of the usual questions the registration form asks."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lang = get_language() or "en"
        for code, usual in USUAL.items():
            self.fields[code] = forms.ChoiceField(
                label=usual.prompt.get(lang.split("-")[0], usual.prompt["en"]),
                choices=[
                    ("off", _("not asked")),
                    ("asked", _("asked")),
                    ("required", _("required")),
                ],
                initial="off",
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        return {code: chosen for code, chosen in data.items() if chosen}
