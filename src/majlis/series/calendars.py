"""The programme for calendars (iCalendar, RFC 5545) and for apps of conferences (frab)."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from majlis.kernel.punctuation import joined, labelled
from majlis.kernel.texts import Text
from majlis.series import programme, queries
from majlis.series.models import Edition, ProgrammeVersion, Session
from majlis.series.programme import with_casts
from majlis.ui.links import own_address, page_address

PREFIX = uuid.UUID("9a0f6f3e-6d7a-4c58-9f6a-52b1f0a0c1d2")  # of all identifiers made of names


def calendar(edition: Edition, lang: str, only: Collection[str] | None = None) -> bytes:
    """The sessions as a calendar file, or those that `only` names.

    A session keeps its identifier for good; its number rises with every version that changes it,
    so that calendars take over what is new. One that was taken away is told as cancelled.
    """
    events = [
        _event(session, number, version, lang, is_gone=is_gone)
        for session, number, version, is_gone in _numbered(edition)
        if only is None or session.code in only
    ]
    named = {"x-wr-calname": _in(edition.title, lang), "x-wr-timezone": edition.time_zone}
    return calendar_file(events, named)


def calendar_file(events: Iterable[Any], named: Mapping[str, str] | None = None) -> bytes:
    """A calendar file of these events, with what else its head says."""
    from icalendar import Calendar  # takes a while

    made = Calendar()
    head = {"prodid": "-//Majlis//EN", "version": "2.0", "method": "PUBLISH", **(named or {})}
    for name, said in head.items():
        made.add(name, said)
    for event in events:
        made.add_component(event)
    made.add_missing_timezones()
    written: bytes = made.to_ical()
    return written


def identifier(name: str) -> str:
    """The identifier of an event, which calendars know it by for good."""
    return f"{name}@{urlsplit(own_address()).hostname or 'localhost'}"


def _numbered(edition: Edition) -> list[tuple[Session, int, ProgrammeVersion, bool]]:
    """Each session that was ever public, as it was last, how often it changed and when."""
    rows: dict[str, tuple[dict[str, str], int, ProgrammeVersion, bool]] = {}
    for version in edition.programme_versions.order_by("number"):
        cells = {row["id"]: {k: v for k, v in row.items() if v} for row in version.content}
        for code, (was, number, _version, is_gone) in list(rows.items()):
            if code not in cells and not is_gone:
                rows[code] = (was, number + 1, version, True)
        for code, row in cells.items():
            was, number, _known, is_gone = rows.get(code, (row, 0, version, False))
            if code not in rows or was != row or is_gone:
                rows[code] = (row, number + (code in rows), version, False)
    sessions = programme.of_cells(edition, [row for row, *_rest in rows.values()])
    with_casts(sessions, queries.public_speakers(edition))
    return [(s, *rows[s.code][1:]) for s in sorted(sessions, key=lambda s: (s.starts_at, s.code))]


def _event(
    session: Session, number: int, version: ProgrammeVersion, lang: str, *, is_gone: bool
) -> Any:
    from icalendar import Event

    event, edition = Event(), session.edition
    event.add("uid", identifier(f"{edition.slug}-{session.code}"))
    event.add("sequence", number)
    event.add("dtstamp", version.published_at)
    event.add("dtstart", session.starts_at)
    event.add("dtend", session.ends_at)
    event.add("summary", _in(session.title, lang))
    place = [session.room, _in(edition.place, lang)]
    event.add("location", joined(part for part in place if part))
    if described := _described(session, lang):
        event.add("description", described)
    event.add("url", _address(session, lang))
    event.add("status", "CANCELLED" if is_gone else "CONFIRMED")
    return event


def _described(session: Session, lang: str) -> str:
    people = [labelled(one.part.label, _in(one.speaker.name, lang), lang) for one in session.cast]
    return "\n".join([*people, *filter(None, [_in(session.method, lang)])])


def _address(session: Session, lang: str) -> str:
    return f"{page_address('series:programme', lang, edition=session.edition.slug)}#{session.code}"


def _in(text: Text, lang: str) -> str:
    return text.shown(lang).text if text else ""


def schedule(edition: Edition, lang: str) -> dict[str, Any]:
    """The published programme as apps of conferences read it (frab's `schedule.json`)."""
    version, sessions = programme.published(edition)
    with_casts(sessions, queries.public_speakers(edition))
    days = [edition.starts_on + timedelta(days=n) for n in range(_n_days(edition))]
    rooms = list(dict.fromkeys(_room(session) for session in sessions))
    told = [_day(edition, n, on, sessions, rooms, lang) for n, on in enumerate(days, start=1)]
    return {
        "schedule": {
            "version": str(version.number if version else 0),
            "base_url": page_address("series:programme", lang, edition=edition.slug),
            "conference": {
                "acronym": edition.slug,
                "title": _in(edition.title, lang),
                "start": edition.starts_on.isoformat(),
                "end": edition.ends_on.isoformat(),
                "daysCount": len(days),
                "timeslot_duration": "00:05",
                "time_zone_name": edition.time_zone,
                "rooms": [{"name": room} for room in rooms],
                "days": told,
            },
        }
    }


def _n_days(edition: Edition) -> int:
    return (edition.ends_on - edition.starts_on).days + 1


def _room(session: Session) -> str:
    return session.room or "–"


def _day(
    edition: Edition, index: int, on: date, sessions: Iterable[Session], rooms: list[str], lang: str
) -> dict[str, Any]:
    here = [session for session in sessions if session.on_date == on]
    midnight = datetime(on.year, on.month, on.day, tzinfo=edition.zone)
    starts = min((s.starts_at for s in here), default=midnight)
    ends = max((s.ends_at for s in here), default=midnight + timedelta(days=1))
    return {
        "index": index,
        "date": on.isoformat(),
        "day_start": starts.isoformat(),
        "day_end": ends.isoformat(),
        "rooms": {
            room: [_talk(session, lang) for session in here if _room(session) == room]
            for room in rooms
            if any(_room(session) == room for session in here)
        },
    }


def _talk(session: Session, lang: str) -> dict[str, Any]:
    edition = session.edition
    length = session.ends_at - session.starts_at
    hours, minutes = divmod(int(length.total_seconds()) // 60, 60)
    name = f"{edition.slug}-{session.code}"
    return {
        "id": _number(name),
        "guid": str(uuid.uuid5(PREFIX, name)),
        "date": session.starts_at.isoformat(),
        "start": f"{session.starts:%H:%M}",
        "duration": f"{hours:02}:{minutes:02}",
        "room": _room(session),
        "slug": name.lower(),
        "url": _address(session, lang),
        "title": _in(session.title, lang),
        "subtitle": "",
        "track": _in(session.theme.title, lang) if session.theme else "",
        "type": session.kind,
        "language": (session.spoken or [lang])[0],
        "abstract": _in(session.method, lang),
        "description": "",
        "persons": [
            {
                "id": _number(f"{edition.slug}-{one.speaker.code}"),
                "guid": str(uuid.uuid5(PREFIX, f"{edition.slug}-{one.speaker.code}")),
                "public_name": _in(one.speaker.name, lang),
            }
            for one in session.cast
        ],
        "links": [],
        "attachments": [],
    }


def _number(name: str) -> int:
    """A number that a name keeps: apps tell sessions apart by it."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4]) % (2**31 - 1) + 1


def schedule_xml(edition: Edition, lang: str) -> bytes:
    """The same as frab's `schedule.xml`."""
    told = schedule(edition, lang)["schedule"]
    root = ET.Element("schedule")
    ET.SubElement(root, "version").text = told["version"]
    conference = ET.SubElement(root, "conference")
    facts = told["conference"]
    for name, value in (
        ("title", facts["title"]), ("acronym", facts["acronym"]), ("start", facts["start"]),
        ("end", facts["end"]), ("days", str(facts["daysCount"])),
        ("timeslot_duration", facts["timeslot_duration"]),
    ):  # fmt: skip
        ET.SubElement(conference, name).text = value
    for day in facts["days"]:
        element = ET.SubElement(
            root, "day", index=str(day["index"]), date=day["date"], start=day["day_start"],
            end=day["day_end"],
        )  # fmt: skip
        for room, talks in day["rooms"].items():
            inside = ET.SubElement(element, "room", name=room)
            for talk in talks:
                _xml_talk(inside, talk)
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


_TOLD = (
    "date", "start", "duration", "room", "slug", "title", "subtitle", "track", "type", "language",
    "abstract", "description",
)  # fmt: skip


def _xml_talk(room: ET.Element, talk: dict[str, Any]) -> None:
    event = ET.SubElement(room, "event", id=str(talk["id"]), guid=talk["guid"])
    for name in _TOLD:
        ET.SubElement(event, name).text = talk[name]
    persons = ET.SubElement(event, "persons")
    for person in talk["persons"]:
        ET.SubElement(persons, "person", id=str(person["id"])).text = person["public_name"]
    ET.SubElement(event, "links")
