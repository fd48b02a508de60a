"""Forms of a series and of an edition."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from majlis.kernel.pack import Translated
from majlis.kernel.punctuation import joined
from majlis.kernel.texts import Text
from majlis.kernel.words import Language
from majlis.people import territories
from majlis.planning.forms.sheets import Sheet
from majlis.planning.forms.zones import ZoneField
from majlis.series import pack
from majlis.series.actions.parts import mark_of
from majlis.series.models import Edition, Series
from majlis.series.states import Agreement, PolicyMoment
from majlis.ui.forms import CodeInput, DayInput, WholeInput
from majlis.ui.languages import facts

SHORT_NAME = _("Small letters, digits and hyphens. It stands in the address of every page.")
WORDS = {
    "title": _("Name"),
    "place": _("Place"),
    "about": _("Description"),
    "feeds_decision": _("Decision that it feeds"),
}
LONGEST_STAY = 60  # days

COPIED: dict[str, tuple[Any, tuple[str, ...]]] = {
    "texts": (_("Page texts"), ("texts.csv",)),
    "objectives": (_("Objectives"), ("objectives.csv",)),
    "themes": (_("Themes"), ("themes.csv",)),
    "challenges": (_("Challenges"), ("challenges.csv",)),
    "partners": (_("Organisers and partners, with emblems"), ("partners.csv",)),
    "programme": (_("The shape of the programme"), ("programme.csv",)),
    "glossary": (_("Glossary"), ("glossary.csv",)),
    "form": (_("Questions of the registration form"), ("questions.csv",)),
}
BESIDE = {
    "quotas": _("Numbers of places"),
    "wordings": _("Your own words for standard emails"),
    "team": _("The team, with its roles"),
}
"""What else comes along, which no table of the pack holds."""


def short_name(**options: Any) -> forms.SlugField:
    return forms.SlugField(
        label=_("Short name"),
        max_length=60,
        help_text=SHORT_NAME,
        widget=CodeInput,
        error_messages={"invalid": SHORT_NAME},
        **options,
    )


def a_day(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput, **options)


def columns(table: Any, *names: str) -> list[Translated]:
    return [c for c in table.columns if isinstance(c, Translated) and c.name in names]


class Days(forms.Form):
    """First and last day, in this order and not too far apart."""

    starts_on = a_day(_("First day"))
    ends_on = a_day(_("Last day"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day is before the first day."))
        elif first and last and (last - first).days >= LONGEST_STAY:
            self.add_error(
                "ends_on", _("An edition has %(days)s days at most.") % {"days": LONGEST_STAY}
            )
        return data


class NewSeriesForm(forms.Form):
    """A series in one language; the others follow on its own page."""

    language = forms.ChoiceField(label=_("Language you write in"), choices=Language.pairs)
    title = forms.CharField(label=_("Name of the series"), max_length=300)
    slug = short_name()
    about = forms.CharField(
        label=_("What the series is, in one paragraph"), required=False, max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        lang = data["language"]
        return {
            "slug": data["slug"],
            **{name: Text.of(lang, **{lang: data[name]}) for name in ("title", "about")},
        }


class SeriesForm(Sheet):
    """Name and description of a series, in three languages."""

    def __init__(self, *args: Any, series: Series) -> None:
        super().__init__(
            *args,
            columns=columns(pack.SERIES, "title", "about"),
            labels=WORDS,
            hints={},
            languages=list(Language.values),
            texts={"title": series.title, "about": series.about},
            original=series.title.original,
            initial={"was": mark_of(pack.SERIES_BINDING, series)},
        )


class NewEditionForm(Days):
    """All that an edition needs to exist, in one language."""

    series = forms.ModelChoiceField(Series.objects.none(), label=_("Series"), to_field_name="slug")
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=Language.pairs, widget=forms.CheckboxSelectMultiple,
        initial=Language.values, help_text=_("Every page and letter is in each of them."),
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("Which comes first"), choices=Language.pairs,
        help_text=_("You write in it first, and it decides where texts differ."),
    )  # fmt: skip
    title = forms.CharField(label=_("Name of the edition"), max_length=300)
    slug = short_name()
    place = forms.CharField(
        label=_("Place"), max_length=300, help_text=_("For example “Tunis, Tunisia”.")
    )
    country = forms.ChoiceField(label=_("Country"), choices=territories.country_choices)
    time_zone = ZoneField()
    source = forms.ModelChoiceField(
        Edition.objects.none(), label=_("From an earlier edition"), required=False,
        to_field_name="slug", empty_label=_("From nothing"),
    )  # fmt: skip
    copied = forms.MultipleChoiceField(
        label=_("What comes along"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=lambda: [
            *((code, name) for code, (name, _tables) in COPIED.items()), *BESIDE.items(),
        ],
        initial=[*COPIED, *BESIDE],
        help_text=_("Only if you chose an earlier edition."),
    )  # fmt: skip
    field_order = (
        "series", "title", "slug", "languages", "language", "place", "country", "starts_on",
        "ends_on", "time_zone", "source", "copied",
    )  # fmt: skip

    def __init__(
        self, data: Any, *, series: Iterable[Series], sources: Iterable[Edition], lang: str
    ) -> None:
        series, sources = list(series), list(sources)
        before = sources[0] if sources else None
        initial: dict[str, Any] = {"language": lang, "time_zone": "Africa/Tunis", "country": "TN"}
        if before:
            initial |= {"time_zone": before.time_zone, "country": before.country}
        if len(series) == 1:
            initial["series"] = series[0].slug
        super().__init__(data, initial=initial)
        given = Series.objects.filter(pk__in=[s.pk for s in series])
        self.fields["series"].queryset = given  # type: ignore[attr-defined]
        found = Edition.objects.filter(pk__in=[e.pk for e in sources])
        self.fields["source"].queryset = found  # type: ignore[attr-defined]
        ZoneField.follow_country(self)
        if not sources:
            del self.fields["source"], self.fields["copied"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        _check_languages(self, data, "language")
        return data

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        lang = data["language"]
        plain = ("series", "slug", "country", "starts_on", "ends_on", "time_zone", "languages")
        return {
            **{name: data[name] for name in plain},
            "authoritative_language": lang,
            "title": Text.of(lang, **{lang: data["title"]}),
            "place": Text.of(lang, **{lang: data["place"]}),
        }

    @property
    def tables(self) -> set[str]:
        """Tables of the pack that come along from the earlier edition."""
        chosen = self.cleaned_data.get("copied") or []
        return {table for code in chosen if code in COPIED for table in COPIED[code][1]}

    def has_chosen(self, code: str) -> bool:
        """Whether this comes along too."""
        return code in (self.cleaned_data.get("copied") or [])


class EditionForm(Sheet, Days):
    """All that an edition is."""

    slug = short_name()
    country = forms.ChoiceField(label=_("Country"), choices=territories.country_choices)
    time_zone = ZoneField()
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=Language.pairs, widget=forms.CheckboxSelectMultiple,
        help_text=_("Words in a language that you take away are kept and no longer asked for."),
    )  # fmt: skip
    authoritative_language = forms.ChoiceField(
        label=_("Which comes first"), choices=Language.pairs,
        help_text=_("It decides where texts differ."),
    )  # fmt: skip
    registration_open = forms.BooleanField(label=_("Registration is open"), required=False)
    policy_moment = forms.ChoiceField(
        label=_("Where the policy stands"), required=False,
        choices=lambda: [("", "—"), *PolicyMoment.choices],
    )  # fmt: skip
    agreement = forms.ChoiceField(
        label=_("Whether participants are to agree"), required=False,
        choices=lambda: [("", "—"), *Agreement.choices],
        help_text=_("Support and dissent are recorded either way."),
    )  # fmt: skip
    smallest_cell_room = forms.IntegerField(
        label=_("Fewest answers shown to participants"), min_value=5, max_value=999,
        widget=WholeInput,
    )  # fmt: skip
    smallest_cell_public = forms.IntegerField(
        label=_("Fewest answers shown in public"), min_value=10, max_value=999, widget=WholeInput,
    )  # fmt: skip
    PLAIN = (
        "slug", "starts_on", "ends_on", "country", "time_zone", "languages",
        "authoritative_language", "registration_open", "policy_moment", "agreement",
        "smallest_cell_room", "smallest_cell_public",
    )  # fmt: skip

    def __init__(self, *args: Any, edition: Edition) -> None:
        names = ("title", "place", "feeds_decision")
        super().__init__(
            *args,
            columns=columns(pack.EDITION, *names),
            labels=WORDS,
            hints={"feeds_decision": _("For example “the cluster law before parliament in 2027”.")},
            languages=edition.languages,
            texts={name: getattr(edition, name) for name in names},
            original=edition.title.original,
            initial={name: getattr(edition, name) for name in self.PLAIN}
            | {"was": mark_of(pack.EDITION_BINDING, edition)},
        )
        self.edition = edition
        ZoneField.follow_country(self)
        if edition.is_public:
            del self.fields["slug"]  # people have the address
        if edition.is_rehearsal:
            del self.fields["languages"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        _check_languages(self, data, "authoritative_language")
        for name in ("smallest_cell_room", "smallest_cell_public"):
            is_lowered = data.get(name) and data[name] < getattr(self.edition, name)
            if is_lowered and self.edition.rounds.exists():
                said = _("People have voted under this number, so it can only be raised.")
                self.add_error(name, said)
        return data

    def values(self) -> dict[str, Any]:
        return self.words() | {
            name: self.cleaned_data[name] for name in self.PLAIN if name in self.fields
        }


def _check_languages(form: forms.Form, data: dict[str, Any], first: str) -> None:
    chosen = data.get("languages")
    if chosen and data.get(first) and data[first] not in chosen:
        names = joined(facts(lang).name for lang in chosen)
        form.add_error(first, _("Choose one of the languages above: %(names)s.") % {"names": names})
