"""Form fields made from the table of fields, and what a form of them gives back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator

from majlis.kernel.analysis import sort_key
from majlis.kernel.punctuation import joined
from majlis.kernel.texts import Text
from majlis.people.territories import country_name
from majlis.recommendations.fields import Field, Kind
from majlis.recommendations.forms.choices import choices_of, country_choices
from majlis.recommendations.models import Recommendation
from majlis.recommendations.states import TextState
from majlis.series.models import Edition
from majlis.ui.forms import DayInput


def form_field(field: Field, edition: Edition, **more: Any) -> forms.Field:
    """The form field of one field; what a first draft must hold is required."""
    column: Any = Recommendation._meta.get_field(field.name)  # its kind is known by the table
    given: dict[str, Any] = {
        "label": field.question or field.label,
        "help_text": field.hint,
        "required": field.asked == TextState.DRAFTED,
    } | more
    match field.kind:
        case Kind.WORDS:
            return words_field(field, given)
        case Kind.LINE:
            return forms.CharField(max_length=column.max_length, **given)
        case Kind.URL:
            return forms.URLField(max_length=column.max_length, assume_scheme="https", **given)
        case Kind.DATE:
            return forms.DateField(widget=DayInput, **given)
        case Kind.MARK:
            return forms.BooleanField(**given | {"required": False})
        case Kind.CHOICE:
            choices = choices_of(field.words, empty=not column.has_default())
            return forms.ChoiceField(choices=choices, **given)
        case Kind.CHOICES | Kind.COUNTRIES:
            choices = field.words.pairs if field.words else country_choices
            ticks = forms.CheckboxSelectMultiple
            return forms.MultipleChoiceField(choices=choices, widget=ticks, **given)
    rows = column.related_model._default_manager.filter(edition=edition)
    if field.is_many:
        several = UnitChoices if field.kind == Kind.ADDRESSEES else forms.ModelMultipleChoiceField
        return several(queryset=rows, widget=forms.CheckboxSelectMultiple, **given)
    return forms.ModelChoiceField(queryset=rows, **given)


class _ByName(ModelChoiceIterator):
    """The rows as the reader's language sorts their names."""

    def __iter__(self) -> Iterator[tuple[Any, str]]:
        yield from sorted(super().__iter__(), key=lambda row: sort_key(str(row[1])))


class UnitChoices(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Units with names of their own, each with its organisation and country."""

    iterator = _ByName

    def label_from_instance(self, obj: Any) -> str:
        country = country_name(obj.country) if obj.country else ""
        beside = joined(said for said in (str(obj.body), country) if said)
        return f"{obj.unit} ({beside})" if beside else str(obj.unit)


def words_field(field: Field, given: dict[str, Any], **attrs: Any) -> forms.CharField:
    """A field for words in one language: one line for short ones, else three."""
    widget: forms.Widget = forms.Textarea(attrs=attrs | {"rows": 3})
    if field.letters <= 100:
        widget = forms.TextInput(attrs=attrs)
    return forms.CharField(max_length=field.letters, widget=widget, **given)


def initial_of(rec: Recommendation, fields: Iterable[Field], original: str) -> dict[str, Any]:
    """What the fields hold now, words in the original language."""
    found: dict[str, Any] = {}
    for field in fields:
        if field.is_many:
            found[field.name] = [row.pk for row in getattr(rec, field.name).all()] if rec.pk else []
        else:
            value = getattr(rec, field.name)
            found[field.name] = value.words(original) if isinstance(value, Text) else value
    return found


def columns_of(
    rec: Recommendation, fields: Iterable[Field], data: dict[str, Any], original: str
) -> dict[str, Any]:
    """What was sent, as the actions take it; nothing chosen is what the column begins with."""
    found: dict[str, Any] = {}
    for field in fields:
        sent = data[field.name]
        if field.kind == Kind.WORDS:
            found[field.name] = getattr(rec, field.name).with_original(sent, original)
        elif field.is_many:
            found[field.name] = list(sent)
        else:
            column: Any = Recommendation._meta.get_field(field.name)
            found[field.name] = sent or column.get_default()
    return found
