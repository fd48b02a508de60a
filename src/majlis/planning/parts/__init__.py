"""What an edition is made of, each table once: its words on the desk and what its form asks.

A part is a table of the edition's pack (`series.pack`). Columns in several languages come from
there; `asks` says how the others are asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from majlis.kernel.disclosure import AttributionRule
from majlis.kernel.pack import Binding, Translated
from majlis.mail.addresses import normal_address
from majlis.planning.parts import form
from majlis.series import pack
from majlis.series.models import NIGHT_ENDS, Edition
from majlis.series.programme import rooms_of
from majlis.series.queries import offered_themes
from majlis.series.states import (
    LinkDirection,
    PartnerRole,
    SessionType,
    TextKind,
)
from majlis.ui import formats
from majlis.ui.forms import Suggested
from majlis.ui.languages import facts
from majlis.ui.pictures import EmblemField, PhotoField

Said = Any  # words, in the language of the reader once they are shown
Ask = Callable[[Edition], forms.Field]


@dataclass(frozen=True, slots=True)
class Part:
    """One table of an edition as the desk shows it.

    `words` are the labels of its columns in several languages, the first of which names a row.
    `prefix` begins the identifiers of new rows. `folded` are columns that many rows have no words
    for. `check` returns what is wrong with what was sent, by field.
    """

    code: str
    binding: Binding
    name: Said
    new: Said
    about: Said
    prefix: str
    words: Mapping[str, Said]
    asks: Mapping[str, Ask] = field(default_factory=dict)
    hints: Mapping[str, Said] = field(default_factory=dict)
    folded: frozenset[str] = frozenset()
    check: Callable[[Mapping[str, Any]], Mapping[str, Said]] = lambda _sent: {}
    list_page: str = "planning:part"

    @property
    def columns(self) -> tuple[Translated, ...]:
        """The columns in several languages."""
        return tuple(c for c in self.binding.table.columns if isinstance(c, Translated))

    @property
    def title(self) -> str:
        """The column that names a row."""
        return next(iter(self.words))

    @property
    def can_retire(self) -> bool:
        return any(column.name == "is_retired" for column in self.binding.table.columns)


def _website(_edition: Edition) -> forms.Field:
    return forms.URLField(
        label=_("Website"), required=False, max_length=400, assume_scheme="https",
        error_messages={"invalid": _("Write the whole address, such as https://www.femise.org.")},
    )  # fmt: skip


def _confirmed(label: Said, help: Said) -> Ask:
    def ask(_edition: Edition) -> forms.Field:
        return forms.BooleanField(label=label, required=False, help_text=help, initial=True)

    return ask


def _text_kind(_edition: Edition) -> forms.Field:
    kinds = [(k.value, k.label) for k in TextKind if k != TextKind.OBJECTIVE]
    return forms.ChoiceField(label=_("Kind of text"), choices=kinds)


def _role(_edition: Edition) -> forms.Field:
    return forms.ChoiceField(label=_("Role"), choices=PartnerRole.pairs)


def _emblem(_edition: Edition) -> forms.Field:
    return EmblemField(label=_("Emblem"), required=False)


def _direction(_edition: Edition) -> forms.Field:
    return forms.ChoiceField(label=_("Direction"), choices=LinkDirection.pairs)


def _other(edition: Edition) -> forms.Field:
    others = Edition.objects.filter(is_rehearsal=False).exclude(pk=edition.pk)
    return forms.ModelChoiceField(
        others.order_by("-starts_on"), label=_("Edition on this server"), required=False,
        help_text=_("Then the link leads there, and no website is needed."),
    )  # fmt: skip


def _line(label: Said, longest: int, help: Said = "") -> Ask:
    def ask(_edition: Edition) -> forms.Field:
        return forms.CharField(label=label, required=False, max_length=longest, help_text=help)

    return ask


def _day_of(edition: Edition) -> forms.Field:
    n = (edition.ends_on - edition.starts_on).days + 1
    days = [edition.starts_on + timedelta(days=i) for i in range(n)]
    return forms.TypedChoiceField(
        label=_("Day"), coerce=date.fromisoformat,
        choices=lambda: [(day.isoformat(), formats.day(day, weekday=True)) for day in days],
    )  # fmt: skip


def _hour(label: Said) -> Ask:
    def ask(_edition: Edition) -> forms.Field:
        widget = forms.TimeInput(format="%H:%M", attrs={"type": "time", "step": "300"})
        return forms.TimeField(label=label, widget=widget)

    return ask


def _kind(_edition: Edition) -> forms.Field:
    return forms.ChoiceField(
        label=_("Kind of session"), choices=SessionType.pairs, initial=SessionType.PANEL
    )


def _theme(edition: Edition) -> forms.Field:
    named = edition.themes.filter(sessions__isnull=False)
    return forms.ModelChoiceField(offered_themes(edition, *named), label=_("Theme"), required=False)


def _room(edition: Edition) -> forms.Field:
    return forms.CharField(
        label=_("Room"), required=False, max_length=80,
        widget=Suggested(lambda: rooms_of(edition)),
    )  # fmt: skip


def _rule(_edition: Edition) -> forms.Field:
    return forms.ChoiceField(
        label=_("Attribution rule"), choices=AttributionRule.pairs,
        initial=AttributionRule.CHATHAM_HOUSE,
        help_text=_("What may be told of who said something. It holds for the whole session."),
    )  # fmt: skip


def _languages(label: Said) -> Ask:
    def ask(edition: Edition) -> forms.Field:
        return forms.MultipleChoiceField(
            label=label, required=False, widget=forms.CheckboxSelectMultiple,
            choices=[(lang, facts(lang).name) for lang in edition.languages],
        )  # fmt: skip

    return ask


def _yes(label: Said, help: Said) -> Ask:
    def ask(_edition: Edition) -> forms.Field:
        return forms.BooleanField(label=label, required=False, help_text=help)

    return ask


class AddressField(forms.EmailField):
    """An email address in the form in which all are kept."""

    def clean(self, value: Any) -> str:
        return normal_address(super().clean(value))


def _email(_edition: Edition) -> forms.Field:
    return AddressField(
        label=_("Email address"), required=False,
        help_text=_("For emails about their sessions. Never shown in public or put into a pack."),
    )  # fmt: skip


def _photo(_edition: Edition) -> forms.Field:
    return PhotoField(label=_("Photo"), required=False, most=640)


def times(sent: Mapping[str, Any]) -> dict[str, Said]:
    """What is wrong with a beginning and an end."""
    starts, ends = sent.get("starts"), sent.get("ends")
    if starts and ends and ends <= starts and (ends == starts or ends > NIGHT_ENDS):
        return {"ends": _("The session ends before it begins. It may end at 06:00 at the latest.")}
    return {}


def _binding(table: str) -> Binding:
    return next(b for b in pack.BINDINGS if b.table.file == table)


_ABOUT = _("Description")
_PLACES = _(
    "In a text of the policy brief, {participants}, {statements} and {recommendations} become the "
    "numbers of the brief."
)
_MARKS = _("A blank line starts a paragraph, “## ” a heading and “- ” an item in a list.")

PARTS: dict[str, Part] = {
    part.code: part
    for part in (
        Part(
            "texts", _binding("texts.csv"),
            _("Page texts"), _("New text"),
            _(
                "What the public pages say: about, practical information, privacy, funding. And "
                "what you say in the policy brief."
            ),
            "text-",
            {"title": _("Title"), "body": _("Text")},
            {
                "kind": _text_kind,
                "is_confirmed": _confirmed(
                    _("The organiser confirms this text"),
                    _("Until then, readers are told that it is not confirmed."),
                ),
            },
            {"body": format_lazy("{} {}", _MARKS, _PLACES)},
            check=form.brief_faults,
        ),
        Part(
            "themes", _binding("themes.csv"),
            _("Themes"), _("New theme"),
            _("What the edition is about. Sessions and contributions belong to a theme."),
            "T",
            {"title": _("Name"), "about": _ABOUT},
        ),
        Part(
            "challenges", _binding("challenges.csv"),
            _("Challenges"), _("New challenge"),
            _("The problems that the edition names. A recommendation says which it answers."),
            "C",
            {"title": _("Name"), "about": _ABOUT},
        ),
        Part(
            "objectives", _binding("objectives.csv"),
            _("Objectives"), _("New objective"),
            _("What the edition is for."),
            "O",
            {"title": _("Objective in one line"), "body": _ABOUT},
        ),
        Part(
            "partners", _binding("partners.csv"),
            _("Organisers and partners"), _("New partner"),
            _("Who organises, hosts and funds the edition, with emblems."),
            "partner-",
            {"name": _("Name"), "about": _ABOUT},
            {
                "role": _role,
                "website": _website,
                "emblem": _emblem,
                "is_confirmed": _confirmed(
                    _("This partner has confirmed"),
                    _("Until then, an empty slot is shown in its place."),
                ),
            },
        ),
        Part(
            "speakers", _binding("speakers.csv"),
            _("Speakers"), _("New speaker"),
            _("People with a part in the programme: chairs, moderators, speakers, interpreters."),
            "P",
            {
                "name": _("Name"),
                "function": _("Function"),
                "organisation": _("Organisation"),
                "biography": _("Short biography"),
            },
            {
                "has_agreed": _yes(
                    _("This person has agreed to be named in public"),
                    _("Until then only your team sees the name."),
                ),
                "photo": _photo,
                "photo_agreed": _yes(
                    _("This person has agreed to have the photo shown"),
                    _("Until then a star with the first letter stands in its place."),
                ),
                "email": _email,
            },
            {"name": _("As the person writes it in this script.")},
            folded=frozenset({"biography"}),
        ),
        Part(
            "links", _binding("links.csv"),
            _("Before and after this edition"), _("New link"),
            _("Meetings and editions that this one builds on or contributes to."),
            "link-",
            {"title": _("Name"), "about": _("What goes from one to the other")},
            {"direction": _direction, "other": _other, "website": _website},
        ),
        Part(
            "glossary", _binding("glossary.csv"),
            _("Glossary"), _("New term"),
            _("The terms of the field in the languages of the edition."),
            "G",
            {"term": _("Term")},
            {
                "category": _line(_("Group of terms"), 24),
                "variants": _line(_("Other terms in use"), 2000),
                "definition": _line(_("Definition"), 2000),
                "source": _line(_("Source"), 400),
            },
        ),
        Part(
            "form", pack.QUESTION_BINDING,
            _("Registration form"), _("New question"),
            _("What people are asked beside name, organisation, group, country and languages."),
            "Q",
            {
                "prompt": _("Question"),
                "hint": _("Help"),
                "options": _("Answers to choose from, one on each line"),
            },
            {
                "kind": form.question_kind,
                "is_required": _yes(_("An answer is required"), ""),
                "until": form.a_day(
                    _("Can be answered until"),
                    _("Then nobody has to answer it to register. Leave it empty to ask at once."),
                ),
                "asked_if": form.AskedIf,
                "readers": form.readers,
                "is_sensitive": _yes(
                    _("Sensitive: health, diet, belief, passport"),
                    _("Left out of files unless you choose it; deleted on the day below."),
                ),
                "purge_on": form.a_day(
                    _("Delete the answers on"),
                    _("Backups made before that day still hold them until you delete those."),
                ),
            },
            check=form.question_faults,
        ),
        Part(
            "programme", pack.SESSION_BINDING,
            _("Programme"), _("New session"),
            _("The sessions by day and room. The public sees the version that you publish."),
            "S",
            {
                "title": _("Name"),
                "method": _("Method"),
                "roles": _("Roles"),
                "artefact_in": _("Input"),
                "artefact_out": _("Output"),
            },
            {
                "on_date": _day_of,
                "starts": _hour(_("Begins")),
                "ends": _hour(_("Ends")),
                "room": _room,
                "kind": _kind,
                "theme": _theme,
                "attribution_rule": _rule,
                "spoken": _languages(_("Languages spoken")),
                "interpreted": _languages(_("Interpreted into")),
            },
            folded=frozenset({"method", "roles", "artefact_in", "artefact_out"}),
            check=times,
            list_page="planning:programme",
        ),
    )
}  # fmt: skip
