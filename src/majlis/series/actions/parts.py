"""Adding, changing, ordering and taking away what an edition is made of.

A part is a row of a table of its pack: a theme, a partner, a session. `Binding` tells which model
stands behind it, and the identifier of a new row is the next free one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Model, ProtectedError, RestrictedError
from django.utils.translation import gettext_lazy as _

from majlis.kernel import ledger
from majlis.kernel.errors import RuleBroken
from majlis.kernel.ledger import Doer
from majlis.kernel.pack import Binding
from majlis.kernel.pack.merging import digest
from majlis.kernel.texts import Text
from majlis.series import pack
from majlis.series.models import Edition, Partner, Session, Speaker
from majlis.series.queries import speaker_named
from majlis.series.states import TextKind, Verb

Part = Any  # a row of one of the models behind `pack.BINDINGS`


class StaleEdit(RuleBroken):
    """Somebody else changed it while it was being written; `mark` is of the row as it is now."""

    def __init__(self, mark: str) -> None:
        self.mark = mark
        super().__init__(
            _(
                "Somebody else changed this while you were writing. What you see now is yours; "
                "if you save again, it replaces theirs."
            )
        )


def mark_of(binding: Binding, thing: Model) -> str:
    """What a form keeps, to tell later whether the row is still the one it showed."""
    return digest(binding.cells(thing))


def refuse_stale(binding: Binding, thing: Model, was: str) -> None:
    """Raise `StaleEdit` unless the row is what the mark `was` tells; no mark refuses nothing."""
    mark = mark_of(binding, thing)
    if was and mark != was:
        raise StaleEdit(mark)


@transaction.atomic
def save_part(
    binding: Binding,
    edition: Edition,
    thing: Part | None,
    values: Mapping[str, Any],
    *,
    prefix: str = "",
    was: str = "",
    by: Doer,
) -> Part:
    """Change a row of an edition, or add one where `thing` is None.

    `values` are by column of the pack's table; a picture comes as bytes. Raises
    `StaleEdit` where the row is no longer what `was` tells.
    """
    Edition.objects.select_for_update().get(pk=edition.pk)  # identifiers are given one by one
    verb = Verb.CHANGED_PART
    if thing is None:
        verb = Verb.ADDED_PART
        thing = _new(binding, edition)
        thing.code = _next_code(binding, edition, prefix)
        if hasattr(thing, "position"):
            rows = pack.things_of(binding, edition)
            require_room(binding, len(rows))
            thing.position = max((row.position for row in rows), default=0) + 1
    else:
        thing = binding.model._default_manager.select_for_update().get(pk=thing.pk)
        refuse_stale(binding, thing, was)
    slot = pack.PICTURES.get(binding.table.file)
    for name, value in values.items():
        if name != slot:
            setattr(thing, binding.fields.get(name, name), value)
    if slot and values.get(slot) is not None:
        _set_picture(thing, slot, values[slot])
    thing.save()
    ledger.record(verb, thing, by=by, file=binding.table.file)
    return thing


def require_room(binding: Binding, n: int) -> None:
    """Refuse one more row where there are as many as a table may have."""
    most = getattr(binding.model, "MOST", None)
    if most is not None and n >= most:
        raise RuleBroken(_("There are %(most)s already, and that is the most."), most=most)


def _new(binding: Binding, edition: Edition) -> Part:
    return binding.model(edition=edition, **binding.fixed)


def _set_picture(thing: Part, slot: str, picture: bytes) -> None:
    if not picture:
        setattr(thing, slot, "")
        return
    ending = next(e for e, start in pack.PICTURE_STARTS.items() if picture.startswith(start))
    name = f"{thing.edition.slug}-{thing.code}{ending}"
    getattr(thing, slot).save(name, ContentFile(picture), save=False)


def _next_code(binding: Binding, edition: Edition, prefix: str) -> str:
    """The identifier after the highest that was ever given with this prefix."""
    loaded = (key.partition(":") for key in edition.pack_digests)
    codes = [code for file, _colon, code in loaded if file == binding.table.file]
    codes += binding.model._default_manager.filter(edition=edition).values_list("code", flat=True)
    codes += ledger.codes_of(binding.model, edition.slug)
    numbers = [
        int(found[1]) for code in codes if (found := re.fullmatch(rf"{prefix}(\d{{1,6}})", code))
    ]
    return f"{prefix}{max(numbers, default=0) + 1}"


@transaction.atomic
def move_part(binding: Binding, thing: Part, *, up: bool, by: Doer) -> None:
    """Let a row change places with the one before or after it; at the end nothing happens."""
    Edition.objects.select_for_update().get(pk=thing.edition_id)
    rows = list(pack.things_of(binding, thing.edition))
    place = next(i for i, row in enumerate(rows) if row.pk == thing.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(rows):
        return
    rows[place], rows[other] = rows[other], rows[place]
    for position, row in enumerate(rows, start=1):
        if row.position != position:
            row.position = position
            row.save(update_fields=["position"])
    ledger.record(Verb.MOVED_PART, thing, by=by, file=binding.table.file)


@transaction.atomic
def remove_part(binding: Binding, thing: Part, *, by: Doer) -> None:
    """Take a row away. Raises `RuleBroken` where something else names it."""
    try:
        with transaction.atomic():
            type(thing)._default_manager.get(pk=thing.pk).delete()
            if isinstance(thing, Speaker):
                _take_from_sessions(thing)
                photo = thing.photo
                transaction.on_commit(lambda: photo.delete(save=False) if photo else None)
    except (ProtectedError, RestrictedError):
        raise RuleBroken(
            _("“%(thing)s” is named by something else, so it cannot be deleted."), thing=thing
        ) from None
    ledger.record(Verb.REMOVED_PART, thing, by=by, file=binding.table.file)


def _take_from_sessions(speaker: Speaker) -> None:
    for session in speaker.edition.sessions.select_for_update():
        others = [one for one in session.people if one[1] != speaker.code]
        if others != session.people:
            session.people = others
            session.save(update_fields=["people"])


@transaction.atomic
def set_people(session: Session, people: list[list[str]], *, by: Doer) -> None:
    """Say who has which part in a session, in order."""
    session = Session.objects.select_for_update().get(pk=session.pk)
    if session.people != people:
        session.people = people
        session.save(update_fields=["people"])
        ledger.record(Verb.CHANGED_PART, session, by=by, file=pack.PROGRAMME.file)


@transaction.atomic
def give_part(session: Session, part: str, person: Speaker | str, *, by: Doer) -> Speaker:
    """Give somebody a part in a session; a name makes a new speaker, not yet named in public.

    A name that somebody has by now is theirs, so two people who write it at once make one speaker.
    """
    Edition.objects.select_for_update().get(pk=session.edition_id)
    if isinstance(person, str):
        known = speaker_named(session.edition.speakers.all(), person)
        person = known or _new_speaker(session.edition, person, by)
    here = Session.objects.select_for_update().get(pk=session.pk)
    if [part, person.code] not in here.people:
        set_people(here, [*here.people, [part, person.code]], by=by)
    return person


def _new_speaker(edition: Edition, name: str, by: Doer) -> Speaker:
    lang = edition.authoritative_language
    values = {"name": Text.of(lang, **{lang: name})}
    speaker: Speaker = save_part(pack.SPEAKER_BINDING, edition, None, values, prefix="P", by=by)
    return speaker


@transaction.atomic
def forget_speaker(email: str, *, by: Doer, only: Edition | None = None) -> None:
    """Delete whoever the programme knows by this address, photo and all."""
    found = Speaker.objects.select_for_update().filter(email=email)
    for speaker in found.filter(edition=only) if only else found:
        remove_part(pack.SPEAKER_BINDING, speaker, by=by)


@transaction.atomic
def retire_part(binding: Binding, thing: Part, *, is_retired: bool, by: Doer) -> None:
    """Offer a row no longer, though it stays wherever it is named; or offer it again."""
    thing = type(thing)._default_manager.select_for_update().get(pk=thing.pk)
    if thing.is_retired == is_retired:
        return
    thing.is_retired = is_retired
    thing.save(update_fields=["is_retired"])
    verb = Verb.RETIRED_PART if is_retired else Verb.RESTORED_PART
    ledger.record(verb, thing, by=by, file=binding.table.file)


@transaction.atomic
def copy_parts(source: Edition, edition: Edition, files: Collection[str], *, by: Doer) -> None:
    """Copy the rows of these tables of the pack into an edition that has none of them yet.

    Sessions keep their distance from the first day; those that would fall behind the last day do
    not come along. Retired rows do not either, nor what says of an edition that it is a
    demonstration.
    """
    things: dict[tuple[str, str], Model] = {}
    for binding in pack.BINDINGS:
        file = binding.table.file
        for row in _rows(binding, source) if file in files else ():
            copy = _copied(binding, row, source, edition, things)
            if copy is not None:
                copy.save(force_insert=True)
                things[file, copy.code] = copy
    ledger.record(Verb.ADDED_PART, edition, by=by, of=source.slug, files=sorted(files))


def _rows(binding: Binding, source: Edition) -> list[Part]:
    rows = pack.things_of(binding, source)
    return [
        row
        for row in rows
        if not getattr(row, "is_retired", False) and getattr(row, "kind", "") != TextKind.DEMO
    ]


def _copied(
    binding: Binding,
    row: Part,
    source: Edition,
    edition: Edition,
    things: Mapping[tuple[str, str], Model],
) -> Part | None:
    copy = _new(binding, edition)
    for one in binding.model._meta.concrete_fields:
        if not one.primary_key and one.name != "edition":
            setattr(copy, one.name, getattr(row, one.name))
    if isinstance(copy, Session):
        copy.on_date += edition.starts_on - source.starts_on
        if copy.on_date > edition.ends_on:
            return None
        theme: Any = things.get((pack.THEMES.file, row.theme.code)) if row.theme else None
        copy.theme = theme
        copy.people = []  # they agreed to be named at the other one
    if isinstance(copy, Partner) and row.emblem_name:
        with row.emblem.open("rb") as file:
            name = f"{edition.slug}-{row.emblem_name}"
            copy.emblem.save(name, ContentFile(file.read()), save=False)
    return copy
