"""What is held about a person: everything personal, app by app.

The marks of the models decide (`Privacy.personal`), so nothing can be forgotten when a field is
added. Apps above this one that keep something under a voice add their part:

    @held.contribute
    def votes(voice: Voice) -> list[held.HeldData]: ...
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models.fields.files import FieldFile
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from majlis.kernel.punctuation import joined
from majlis.kernel.texts import Text
from majlis.kernel.words import Language
from majlis.mail.queries import messages_to
from majlis.people.queries import sign_ins_of
from majlis.people.territories import country_name
from majlis.registration import queries
from majlis.registration.access import OwnRecord
from majlis.registration.models import Guest, PendingAnswers, Registration, Role, Voice
from majlis.registration.states import RoleKind
from majlis.ui.formats import moment


@dataclass(frozen=True, slots=True)
class Item:
    """One thing held: its name and its value, for eyes and for a file."""

    field: str
    label: str
    shown: str
    value: Any  # JSON: text, number, list, nothing


@dataclass(frozen=True, slots=True)
class HeldData:
    """What one kind of record holds. `n_said` counts what the voice said or voted in it."""

    key: str
    title: str | Promise
    records: Sequence[Sequence[Item]] = ()
    note: str | Promise = ""
    n_said: int = field(default=0)


Source = Callable[[Voice], list[HeldData]]
_sources: list[Source] = []


def contribute(source: Source) -> Source:
    """Add what an app holds under a voice; called once, when the app is ready."""
    if source not in _sources:
        _sources.append(source)
    return source


def under_voice(voice: Voice) -> list[HeldData]:
    """What every app holds under a voice."""
    return [part for source in _sources for part in source(voice)]


def said_anything(voice: Voice) -> bool:
    """Whether the voice has said or voted anything: from then on its snapshot stays."""
    return any(part.n_said for part in under_voice(voice))


def kept_first(one: Registration, other: Registration) -> tuple[Registration, Registration]:
    """The two in the order in which joining them keeps them: the first row stays.

    It is the one whose pseudonym has contributed or voted, then the confirmed one, then the older.
    """

    def weight(place: Registration) -> tuple[bool, bool, float]:
        return (has_spoken(place), place.is_confirmed, -place.asked_at.timestamp())

    return (one, other) if weight(one) >= weight(other) else (other, one)


def has_spoken(place: Registration) -> bool:
    """Whether anything was contributed or voted under the pseudonym of this place."""
    voice = getattr(place, "voice", None)
    return voice is not None and said_anything(voice)


def items_of(row: models.Model, labels: Mapping[str, str | Promise] | None = None) -> list[Item]:
    """The personal fields of a row, by the marks of its model; `labels` only name them."""
    marks: set[str] = row.Privacy.personal  # type: ignore[attr-defined]
    names = labels or {}
    return [
        Item(f.name, str(names.get(f.name, f.verbose_name)), _shown(row, f), _value(row, f))
        for f in row._meta.concrete_fields
        if f.name in marks
    ]


def parts_of(own: OwnRecord) -> list[HeldData]:
    """Everything held about a person, of their registration, and under their voice."""
    parts: list[HeldData] = []
    if own.person is not None:
        parts.append(HeldData("person", gettext_lazy("Your details"), [items_of(own.person)]))
        roles = Role.objects.filter(person=own.person, edition=own.edition)
        if roles:
            parts.append(
                HeldData("roles", gettext_lazy("Your roles"), [items_of(role) for role in roles])
            )
        if own.person.email:
            parts.append(_messages(own, own.person.email))
            parts += _pending(own, own.person.email)
            parts += _speaker(own, own.person.email)
            guest = Guest.objects.filter(edition=own.edition, email=own.person.email).first()
            if guest is not None:
                title = gettext_lazy("Your invitation")
                parts.append(HeldData("guest", title, [items_of(guest)]))
        if own.has_signed_in:
            rows = [items_of(row) for row in sign_ins_of(own.person)]
            parts.append(HeldData("sign_ins", gettext_lazy("Where you are signed in"), rows))
    if own.registration is not None:
        registration = own.registration
        parts += [
            HeldData("registration", gettext_lazy("Your registration"), [items_of(registration)]),
            HeldData(
                "consents",
                gettext_lazy("Your permissions"),
                [items_of(consent) for consent in registration.consents.order_by("kind")],
            ),
        ]
        answers = queries.form_answers(registration)
        if answers:
            title = gettext_lazy("Your further answers")
            parts.append(HeldData("answers", title, [items_of(answer) for answer in answers]))
    if own.voice is not None:
        note = gettext_lazy(
            "Your contributions and votes are stored under a pseudonym, not your name."
        )
        parts.append(HeldData("voice", gettext_lazy("Your pseudonym"), [items_of(own.voice)], note))
        devices = own.voice.devices.all()
        if devices:
            records = [items_of(device) for device in devices]
            parts.append(HeldData("devices", gettext_lazy("Your devices"), records))
        parts += under_voice(own.voice)
    return parts


def _pending(own: OwnRecord, address: str) -> list[HeldData]:
    """Answers that somebody typed for the address; for its owner, not for the holder of a card."""
    if not own.has_signed_in:
        return []
    found = PendingAnswers.objects.filter(edition=own.edition, email=address)
    title = gettext_lazy("Answers that wait for your confirmation")
    return [HeldData("pending", title, [items_of(row) for row in found])] if found else []


def _speaker(own: OwnRecord, address: str) -> list[HeldData]:
    """What the programme says of a speaker with this address; for its owner, as above."""
    if not own.has_signed_in:
        return []
    found = own.edition.speakers.filter(email=address)
    title = gettext_lazy("You in the programme")
    return [HeldData("speaker", title, [items_of(row) for row in found])] if found else []


def _messages(own: OwnRecord, address: str) -> HeldData:
    """Emails to the person; they hold links that sign in, so a card alone does not show them."""
    title = gettext_lazy("Emails to you")
    if not own.has_signed_in:
        return HeldData("messages", title, note=gettext_lazy("Sign in by email to see them."))
    found = messages_to(address, edition=own.edition.slug)
    for row in found:
        row.strike()  # a file of one's data is no key
    # The HTML says the same as the text.
    records = [[item for item in items_of(row) if item.field != "html"] for row in found]
    return HeldData("messages", title, records)


def as_json(parts: Sequence[HeldData]) -> dict[str, Any]:
    """The same for a file: one list of records for each kind."""
    return {
        part.key: [{item.field: item.value for item in record} for record in part.records]
        for part in parts
    }


def _value(row: models.Model, f: models.Field[Any, Any]) -> Any:
    value = getattr(row, f.name)
    if isinstance(value, models.Model):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Text):
        return value.as_json()
    return value.name if isinstance(value, FieldFile) else value


def _shown(row: models.Model, f: models.Field[Any, Any]) -> str:
    value = getattr(row, f.name)
    if value in (None, "", []) or (isinstance(value, Text | FieldFile) and not value):
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if f.choices:
        return str(getattr(row, f"get_{f.name}_display")())
    if f.name == "language":
        return _word(value)
    if f.name == "country":
        return country_name(value)
    if isinstance(value, list):
        return joined(_word(word) for word in value)
    if isinstance(value, datetime):
        return moment(value)
    return str(value)


def _word(word: Any) -> str:
    if isinstance(word, dict):
        return str(word["name"])  # an attachment
    if word in Language.values:
        return str(Language(word).label)
    return str(RoleKind(word).label) if word in RoleKind.values else word
