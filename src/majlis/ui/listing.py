"""What narrows, orders and widens a list of the desk; the choice stands in its address.

    form = ListForm(request.GET, orders={"": _("by name")}, columns=COLUMNS, fixed=("name",))
    form.is_valid()          # a word that is no choice narrows nothing
    form["words"], form["sort"], form.shown        # … narrow, order, and which further columns

`ui/list_form.html` shows it, `ui/list_files.html` offers what is shown as a file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from majlis.ui.tables import Column


class ListForm(forms.Form):
    """Words to look for, an order, further columns; a subclass adds what else narrows its list.

    `orders` go from what stands in the address to words; with one alone there is nothing to choose.
    Columns named in `fixed` are shown anyway, so they are in every file and cannot be chosen.
    """

    words = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    sort = forms.ChoiceField(label=_("Order"), required=False)
    columns = forms.MultipleChoiceField(
        label=_("Further columns"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        *args: Any,
        orders: Mapping[str, str | Promise],
        columns: Sequence[Column[Any]] = (),
        fixed: Sequence[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs | {"label_suffix": ""})
        self.every, self.fixed = list(columns), set(fixed)
        self._choose("sort", list(orders.items()))
        further = [(one.name, one.label) for one in self.every if one.name not in self.fixed]
        self._choose("columns", further)
        for name, offered in (("sort", len(orders) > 1), ("columns", bool(further))):
            if not offered:
                del self.fields[name]

    def _choose(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - told to the type checker
        field.choices = choices

    def chosen(self, name: str) -> Any:
        """What the address says of this field, or nothing."""
        return self.cleaned_data.get(name, "")

    @property
    def narrowing(self) -> list[forms.BoundField]:
        """The fields that stand in a row: all but the further columns, the order last."""
        found = [field for field in self.visible_fields() if field.name != "columns"]
        return sorted(found, key=lambda field: field.name == "sort")

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the order and the columns is chosen."""
        return any(self.chosen(field.name) for field in self.narrowing if field.name != "sort")

    @property
    def everything(self) -> str:
        """The query of the list without what narrows it here: what is hidden stays."""
        hidden = {field.name: self.chosen(field.name) for field in self.hidden_fields()}
        return urlencode({name: value for name, value in hidden.items() if value})

    @property
    def shown(self) -> list[Column[Any]]:
        """The further columns that were chosen."""
        chosen = self.cleaned_data.get("columns", [])
        return [one for one in self.every if one.name in chosen and one.name not in self.fixed]

    def of_file(self, hidden: Sequence[str] = ()) -> list[Column[Any]]:
        """The columns of a file: the fixed ones and those chosen, or all that are not `hidden`."""
        names = self.cleaned_data.get("columns", [])
        if not names:
            return [one for one in self.every if one.name not in hidden]
        return [one for one in self.every if one.name in {*names, *self.fixed}]
