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
from majlis.series import pack, queries
from majlis.series.actions.parts import mark_of
from majlis.series.fields import USUAL
from majlis.series.models import Edition, Speaker


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
        self.folded = part.folded
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
        self.twin = None if row else self._twin(edition)
        if self.twin:
            self.fields["is_another"] = forms.BooleanField(
                label=_("This is another person"), required=False
            )

    def _twin(self, edition: Edition) -> Speaker | None:
        """Somebody who is there under the name of a new speaker, or nearly so."""
        if not self.is_bound or self.part.binding is not pack.SPEAKER_BINDING:
            return None
        speakers = list(edition.speakers.all())
        names = [str(self[f"{self.part.title}_{lang}"].data or "") for lang in self.langs]
        alike = (queries.speakers_like(speakers, name) for name in names if name)
        return next((one for found in alike for one in found), None)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.twin and not data.get("is_another"):
            self.add_error(
                "is_another",
                _("“%(name)s” is there already. Tick this if it is another person.")
                % {"name": self.twin.name},
            )
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
