"""How forms look and what they take: label, hint, what is wrong, field; a summary of faults on top.

Every text that comes with a form passes `kernel.writing` here, so no form can forget it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates

from majlis.kernel import writing
from majlis.kernel.names import as_name


class CodeInput(forms.TextInput):
    """Where a code is typed: left to right, and nothing corrects or remembers it."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        usual = {"dir": "ltr", "autocomplete": "off", "autocapitalize": "none"}
        super().__init__(usual | {"spellcheck": "false"} | (attrs or {}))


class NameField(forms.CharField):
    """The name of a person (`kernel.names`): every form that asks for one asks with this."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 120)
        options.setdefault("widget", forms.TextInput(attrs={"autocomplete": "name"}))
        super().__init__(**options)

    def clean(self, value: Any) -> str:
        name = str(super().clean(value))
        return as_name(name) if name else name


class WholeInput(forms.TextInput):
    """Where a whole number is typed, in the digits of any script: browsers take only 0 to 9 into
    a field of numbers, and drop the others without a word."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(
            {"dir": "ltr", "inputmode": "numeric", "autocomplete": "off"} | (attrs or {})
        )


class DayInput(forms.DateInput):
    """Where a day is chosen, as the browser shows calendars."""

    def __init__(self) -> None:
        super().__init__(attrs={"type": "date"}, format="%Y-%m-%d")


class Suggested(forms.TextInput):
    """A line of text with what was written there before to choose from."""

    template_name = "ui/suggested.html"

    def __init__(self, known: Callable[[], Iterable[str]]) -> None:
        super().__init__()
        self.known = known

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["list"] = f"{context['widget']['attrs'].get('id', name)}_known"
        context["known"] = list(self.known())
        return context


MOST = 100_000
"""Letters of one field that are looked at: twice what the longest takes, so the rest is refused."""

TYPED_WORDS = (forms.TextInput, forms.Textarea)
TYPED_LATIN = (forms.EmailInput, forms.URLInput, forms.NumberInput)


class HouseField(BoundField):
    """A field that lets people write in any direction: what they type decides."""

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        self._read: dict[str, str] = {}

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        built = super().build_widget_attrs(attrs, widget)
        widget = widget or self.field.widget
        if isinstance(widget, TYPED_LATIN):
            built.setdefault("dir", "ltr")
        elif isinstance(widget, TYPED_WORDS) and "dir" not in widget.attrs:
            built.setdefault("dir", "auto")
        if isinstance(widget, forms.Textarea) and widget.attrs.get("rows") == "10":
            built.setdefault(
                "rows", "5"
            )  # Django's default is taller than a phone's keyboard leaves
        return built

    @property
    def data(self) -> Any:
        """What was sent, as `kernel.writing` has it for this kind of field."""
        sent = super().data
        if not isinstance(sent, str):
            return sent
        if sent not in self._read:  # it is asked for again wherever the form is shown
            self._read = {sent: as_written(self.field.widget, sent[:MOST])}
        return self._read[sent]

    @property
    def is_choice(self) -> bool:
        """Radios and checkboxes: the words stand beside the box, not above it."""
        return isinstance(self.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)

    @property
    def is_tick(self) -> bool:
        """One box that is ticked or not."""
        return isinstance(self.field.widget, forms.CheckboxInput)


def as_written(widget: forms.Widget, sent: str) -> str:
    """Typed text by the rule of its kind."""
    match widget:
        case forms.Textarea():
            return writing.text(sent)
        case forms.HiddenInput():
            return sent
        case forms.EmailInput():
            return writing.email(sent)
        case forms.URLInput():
            return writing.bare(sent)
        case forms.NumberInput() | forms.DateInput() | forms.TimeInput() | forms.DateTimeInput():
            return writing.number(sent)
        case WholeInput():
            return writing.number(sent)
        case CodeInput():
            return writing.code(sent)
        case forms.TextInput():
            return writing.line(sent)
    return sent


class FormRenderer(DjangoTemplates):
    """`FORM_RENDERER` of the project: `{{ form }}` and `{{ form.email.as_field_group }}`."""

    form_template_name = "ui/form.html"
    formset_template_name = "ui/formset.html"
    field_template_name = "ui/field.html"
    bound_field_class = HouseField
