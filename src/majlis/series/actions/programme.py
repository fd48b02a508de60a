"""Publishing the programme, and moving a session on the day."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from majlis.kernel import ledger
from majlis.kernel.clock import now
from majlis.kernel.errors import RuleBroken
from majlis.kernel.ledger import Doer
from majlis.series import pack
from majlis.series.models import NIGHT_ENDS, Edition, ProgrammeVersion, Session
from majlis.series.models.programme import Placing
from majlis.series.states import Verb

Cells = dict[str, str]


@transaction.atomic
def publish_programme(edition: Edition, *, by: Doer) -> ProgrammeVersion | None:
    """Freeze the programme under the next number: what everybody sees from now on.

    Returns None where it is as it was published last.
    """
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    _mark_parallel(edition)
    content = [pack.SESSION_BINDING.cells(session) for session in _sessions(edition)]
    return _freeze(edition, content, by=by)


def _sessions(edition: Edition) -> list[Session]:
    return list(pack.things_of(pack.SESSION_BINDING, edition))


def _freeze(edition: Edition, content: list[Cells], *, by: Doer) -> ProgrammeVersion | None:
    newest = edition.programme_versions.order_by("-number").first()
    if _said(newest.content if newest else []) == _said(content):
        return None
    version = ProgrammeVersion.objects.create(
        edition=edition,
        number=newest.number + 1 if newest else 1,
        published_at=now(),
        content=content,
    )
    ledger.record(Verb.PUBLISHED_PROGRAMME, edition, by=by, number=version.number)
    return version


def _said(content: list[Cells]) -> list[Cells]:
    """Without empty cells: versions from before a column was there do not have it."""
    return [{name: cell for name, cell in cells.items() if cell} for cells in content]


def _mark_parallel(edition: Edition) -> None:
    """Give sessions that overlap one word for running side by side, as packs ask for it."""
    together: list[Session] = []
    until: datetime | None = None
    for session in [*_sessions(edition), None]:
        if session is None or until is None or session.starts_at >= until:
            _join(together, edition)
            together, until = [], None
        if session is not None:
            together.append(session)
            until = max(until or session.ends_at, session.ends_at)


def _join(together: list[Session], edition: Edition) -> None:
    groups = {session.parallel_group for session in together}
    if len(together) < 2 or (len(groups) == 1 and groups != {""}):
        return
    taken = set(edition.sessions.values_list("parallel_group", flat=True))
    word = next(g for n in range(1, 10_000) if (g := f"P{n}") not in taken)
    for session in together:
        session.parallel_group = word
        session.save(update_fields=["parallel_group"])


@transaction.atomic
def place_session(session: Session, place: Placing, *, was: str = "", by: Doer) -> Session:
    """Put a session at a time and into a room, in the draft; clashes are told, never refused.

    `was` is the place that somebody saw, as `Placing.mark` has it: raises `RuleBroken` where
    somebody else has moved the session meanwhile.
    """
    session = Session.objects.select_for_update().select_related("edition").get(pk=session.pk)
    here = Placing.of(session)
    if was and was != here.mark:
        raise RuleBroken(_("Somebody else moved this session meanwhile. Nothing was changed."))
    if place == here:
        return session
    for name in _fields_of(Placing):
        setattr(session, name, getattr(place, name))
    session.save(update_fields=_fields_of(Placing))
    ledger.record(Verb.CHANGED_PART, session, by=by, file=pack.PROGRAMME.file)
    return session


def _fields_of(kind: type[Placing]) -> list[str]:
    return [one.name for one in fields(kind)]


@transaction.atomic
def move_session(
    session: Session, *, minutes: int = 0, room: str | None = None, by: Doer
) -> ProgrammeVersion:
    """Move a published session by some minutes or to another room, for everybody at once.

    Nothing else that waits to be published comes along. Raises `RuleBroken` where the session is
    not public yet, or would cross the night.
    """
    edition = Edition.objects.select_for_update().get(pk=session.edition_id)
    newest = edition.programme_versions.order_by("-number").first()
    content: list[Cells] = [dict(cells) for cells in newest.content] if newest else []
    held = next((cells for cells in content if cells["id"] == session.code), None)
    if held is None:
        raise RuleBroken(_("“%(session)s” is not published yet."), session=session)
    changed = _moved(pack.read_session(held, edition), minutes, room)
    held |= changed
    row = edition.sessions.select_for_update().filter(code=session.code).first()
    if row is not None:
        for name, value in pack.read_session(held, edition).items():
            if name in {"on_date", "starts", "ends", "room"}:
                setattr(row, name, value)
        row.save()
    version = _freeze(edition, sorted(content, key=_by_time), by=by)
    if version is None:
        raise RuleBroken(_("Nothing would change."))
    return version


def _by_time(cells: Cells) -> tuple[str, str, str]:
    return cells["on_date"], cells["starts"], cells["id"]


def _moved(values: dict[str, Any], minutes: int, room: str | None) -> Cells:
    """The cells that change."""
    if room is not None:
        return {"room": room}
    shift = timedelta(minutes=minutes)
    begins = datetime.combine(values["on_date"], values["starts"]) + shift
    night = timedelta(days=values["ends"] < values["starts"])
    ends = datetime.combine(values["on_date"] + night, values["ends"]) + shift
    crosses = ends.date() != begins.date() and ends.time() > NIGHT_ENDS
    if begins.date() != values["on_date"] or crosses:
        raise RuleBroken(_("That would move the session to another day."))
    return {"starts": f"{begins:%H:%M}", "ends": f"{ends:%H:%M}"}
