"""Which of two registrations says what is kept. A form never saves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from majlis.registration.queries.duplicates import Compared

FIRST, SECOND = "first", "second"


class MergeForm(forms.Form):
    """A choice for each fact in which the two differ."""

    def __init__(self, *args: Any, rows: Sequence[Compared], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        for row in rows:
            if row.differs:
                self.fields[row.name] = forms.ChoiceField(
                    label=str(row.label),
                    choices=[(FIRST, row.first), (SECOND, row.second)],
                    initial=SECOND if row.is_better_second else FIRST,
                    widget=forms.RadioSelect,
                )

    def compared(self) -> list[tuple[Compared, BoundField | None]]:
        """Each fact, with the field that chooses where the two differ."""
        return [(row, self[row.name] if row.differs else None) for row in self.rows]

    @property
    def of_other(self) -> list[str]:
        return [name for name, side in self.cleaned_data.items() if side == SECOND]
