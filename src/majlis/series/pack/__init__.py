"""What this app reads from an edition pack, and writes to one.

`read` finds every fault and touches no database. `written` is its inverse for one edition.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import PurePosixPath
from typing import Any

from django.db.models import QuerySet

from majlis.kernel.pack import Binding, PackFolder, PackRow
from majlis.kernel.pack.pages import read_texts, write_texts
from majlis.kernel.pack.tables import check_references
from majlis.kernel.words import Language
from majlis.series.models import NIGHT_ENDS, Edition, PublicText, Question, Session, Speaker
from majlis.series.models.pages import PictureSlot
from majlis.series.pack.tables import (
    BINDINGS,
    EDITION,
    EDITION_BINDING,
    FILE_HINTS,
    LINKS,
    OBJECTIVES,
    PACK,
    PICTURE_BYTES,
    PICTURE_STARTS,
    PICTURE_TYPES,
    PICTURES,
    PROGRAMME,
    QUESTION_BINDING,
    QUESTIONS,
    SERIES,
    SERIES_BINDING,
    SESSION_BINDING,
    SPEAKER_BINDING,
    SPEAKERS,
    TABLES,
    TEXTS,
    THEMES,
    WHOLE_TEXTS,
)
from majlis.series.states import QuestionKind, TextKind

__all__ = [
    "BINDINGS",
    "EDITION",
    "EDITION_BINDING",
    "FILE_HINTS",
    "PACK",
    "PICTURES",
    "PICTURE_STARTS",
    "PICTURE_TYPES",
    "PROGRAMME",
    "QUESTION_BINDING",
    "SERIES",
    "SERIES_BINDING",
    "SESSION_BINDING",
    "SPEAKERS",
    "SPEAKER_BINDING",
    "TABLES",
    "TEXTS",
    "THEMES",
    "SeriesPack",
    "check_against_house",
    "read",
    "read_session",
    "things_of",
    "written",
]


@dataclass(slots=True)
class SeriesPack:
    """A pack as this app read it. With faults in its folder it may be incomplete."""

    folder: PackFolder
    spoken: list[str] = field(default_factory=list)
    series: PackRow | None = None
    edition: PackRow | None = None
    rows: dict[str, list[PackRow]] = field(default_factory=dict)
    pictures: dict[tuple[str, str], bytes] = field(default_factory=dict)


def read(folder: PackFolder) -> SeriesPack:
    """Read the app's part of a pack; everything that is wrong is told to `folder.faults`."""
    PACK.read(folder, [])
    found = SeriesPack(folder, _spoken(folder))
    found.series = next(iter(SERIES.read(folder, found.spoken)), None)
    found.edition = next(iter(EDITION.read(folder, found.spoken)), None)
    for binding in BINDINGS:
        table = binding.table
        if table is WHOLE_TEXTS:
            found.rows[table.file] = [
                _with_texts(folder, row, found.spoken) for row in TEXTS.read(folder, found.spoken)
            ]
        else:
            found.rows[table.file] = table.read(folder, found.spoken)
    check_references(folder, {b.table.file: (b.table, found.rows[b.table.file]) for b in BINDINGS})
    _check_once(found)
    if found.edition is not None:
        _check_edition(found.edition)
        _check_programme(found.edition, found.rows[PROGRAMME.file])
    _check_people(found)
    _check_questions(found.rows[QUESTIONS.file])
    for file, column in PICTURES.items():
        for row in found.rows[file]:
            _read_picture(found, row, column)
    return found


def _spoken(folder: PackFolder) -> list[str]:
    """Languages of the edition, read before anything else; all of the project's when unreadable."""
    if not folder.has(EDITION.file):
        return list(Language.values)
    cell = (folder.keys(EDITION.file) or {}).get("languages", ("", 1))[0]
    return [lang for lang in cell.split() if lang in Language.values] or list(Language.values)


def _with_texts(folder: PackFolder, row: PackRow, spoken: list[str]) -> PackRow:
    if row["kind"] == TextKind.OBJECTIVE:
        row.fault("kind", f"objectives stand in {OBJECTIVES.file}; expected another kind.")
    values = {**row.values, **read_texts(folder, row.id, spoken)}
    return PackRow(row.file, row.id, row.number, values, row.faults, row.lines)


def _check_once(found: SeriesPack) -> None:
    """Objectives and long texts share a table of the database, so their identifiers differ."""
    taken = {row.id for row in found.rows[OBJECTIVES.file]}
    for row in found.rows[TEXTS.file]:
        if row.id in taken:
            row.fault("id", f"“{row.id}” stands in {OBJECTIVES.file} already; expected another.")


def _check_questions(rows: list[PackRow]) -> None:
    known = {"capacity"}  # every form asks it
    for row in sorted(rows, key=lambda row: (row["position"] or 0, row.id)):
        if row.id == "capacity":
            row.fault("id", "every form asks “capacity” already; expected another identifier.")
        code, sign, _answer = row["asked_if"].partition("=")
        if sign != "=" * bool(row["asked_if"]) or (sign and code not in known):
            row.fault(
                "asked_if",
                "expected the code of a question that stands before it, = and an answer.",
            )
        if row["kind"] in {QuestionKind.CHOICE, QuestionKind.SEVERAL} and not row["options"]:
            row.fault("options", "the answers to choose from are missing.")
        if row["is_sensitive"] and not row["purge_on"]:
            row.fault(
                "purge_on", "a sensitive question needs the day on which answers are deleted."
            )
        known.add(row.id)
    for row in rows[Question.MOST :]:
        row.fault("id", f"there are more than {Question.MOST} questions; that is the most.")


def _check_edition(edition: PackRow) -> None:
    first, last = edition["starts_on"], edition["ends_on"]
    if first and last and last < first:
        edition.fault("ends_on", f"{last} is before the first day, {first}.")
    spoken = edition["languages"]
    if spoken and edition["authoritative_language"] not in ("", *spoken):
        edition.fault(
            "authoritative_language",
            f"“{edition['authoritative_language']}” is not a language of the edition; "
            f"expected one of {' '.join(spoken)}.",
        )


def _span(first: date, last: date) -> str:
    return f"is on {first}" if first == last else f"runs from {first} to {last}"


def _begins_and_ends(row: PackRow) -> tuple[datetime, datetime]:
    """By the clock of the place; one that ends before it begins ends in the night after."""
    night = timedelta(days=row["ends"] < row["starts"] and row["ends"] <= NIGHT_ENDS)
    return (
        datetime.combine(row["on_date"], row["starts"]),
        datetime.combine(row["on_date"] + night, row["ends"]),
    )


def _check_programme(edition: PackRow, sessions: list[PackRow]) -> None:
    first, last = edition["starts_on"], edition["ends_on"]
    for row in sessions:
        on, starts, ends = row["on_date"], row["starts"], row["ends"]
        if on and first and last and first <= last and not first <= on <= last:
            row.fault("on_date", f"{on} is outside the edition, which {_span(first, last)}.")
        if starts and ends and ends <= starts and (ends == starts or ends > NIGHT_ENDS):
            row.fault("ends", f"the session ends at {ends:%H:%M} and begins at {starts:%H:%M}.")
    timed = [r for r in sessions if r["on_date"] and r["starts"] and r["ends"]]
    timed.sort(key=_begins_and_ends)
    for number, row in enumerate(timed):
        for other in timed[number + 1 :]:
            if _begins_and_ends(other)[0] >= _begins_and_ends(row)[1]:
                break
            if not row["parallel_group"] or row["parallel_group"] != other["parallel_group"]:
                other.fault(
                    "starts",
                    f"{other.id} begins while {row.id} runs; expected the same parallel_group "
                    "for both, or another time.",
                )


def _read_picture(found: SeriesPack, row: PackRow, column: str) -> None:
    name = row[column]
    if not name:
        return
    path, file = PurePosixPath(name), f"{column}s/{name}"
    if path.stem != row.id or path.suffix not in PICTURE_STARTS:
        endings = ", ".join(row.id + ending for ending in PICTURE_STARTS)
        row.fault(column, f"“{name}” is not a name for it; expected one of {endings}.")
        return
    picture = found.folder.content(file, most=PICTURE_BYTES)
    if picture is None:
        return
    if not picture.startswith(PICTURE_STARTS[path.suffix]):
        found.folder.faults.add(file, f"the file is not a {path.suffix[1:]} picture.")
        return
    found.pictures[row.file, row.id] = picture


def _check_people(found: SeriesPack) -> None:
    """Whoever has a part in a session stands in the table of speakers."""
    if SPEAKERS.file in found.folder.unreadable:
        return
    there = {row.id for row in found.rows[SPEAKERS.file]}
    for row in found.rows[SPEAKERS.file]:
        if not row["has_agreed"]:
            row.fault("has_agreed", "a pack names only people who have agreed to it; expected yes.")
    for row in found.rows[PROGRAMME.file]:
        for _part, person in row["people"]:
            if person not in there:
                row.fault("people", f"“{person}” is not in {SPEAKERS.file}.")


def check_against_house(found: SeriesPack) -> None:
    """Add a fault for whatever does not fit what the database holds already."""
    held = set(Edition.objects.values_list("slug", flat=True))
    for row in found.rows[LINKS.file]:
        if row["other"] and row["other"] not in held:
            row.fault("other", f"no edition “{row['other']}” is held here; leave the cell empty.")


def things_of(binding: Binding, edition: Edition) -> QuerySet[Any]:
    """Rows of the database that a table of the pack speaks of."""
    things = binding.model._default_manager.filter(edition=edition, **binding.fixed)
    if binding.table is WHOLE_TEXTS:
        things = things.exclude(kind=TextKind.OBJECTIVE)
    if binding.model is Session:
        return things.select_related("theme").order_by("on_date", "starts", "code")
    return things.order_by("position", "code")


def read_session(cells: Mapping[str, str], edition: Edition) -> dict[str, Any]:
    """The values of a session as its cells were frozen; `theme` is the identifier of one."""
    return dict(PROGRAMME.parsed(cells, edition.languages).values)


def written(edition: Edition) -> dict[str, bytes]:
    """The files of this app's part of the edition's pack, by name."""
    files = {
        PACK.file: PACK.write([{"format": "1"}]),
        SERIES.file: SERIES.write([SERIES_BINDING.cells(edition.series)]),
        EDITION.file: EDITION.write([EDITION_BINDING.cells(edition)]),
    }
    for binding in BINDINGS:
        things = _that_leave(binding, edition)
        if binding.model in {Speaker, Question} and not things:
            continue
        cells: list[Mapping[str, str]] = [binding.cells(thing) for thing in things]
        table = TEXTS if binding.table is WHOLE_TEXTS else binding.table
        files[table.file] = table.write(cells)
        for thing in things:
            if isinstance(thing, PublicText) and binding.table is WHOLE_TEXTS:
                files |= write_texts(thing.code, thing.title, thing.body)
            if isinstance(thing, PictureSlot) and thing.picture_name:
                with getattr(thing, thing.picture_field).open("rb") as picture:
                    files[f"{thing.picture_field}s/{thing.picture_name}"] = picture.read()
    return files


def _that_leave(binding: Binding, edition: Edition) -> list[Any]:
    """What a pack is written from: of people only those who have agreed, as it may be published."""
    things = list(things_of(binding, edition))
    if binding.model is Speaker:
        return [speaker for speaker in things if speaker.has_agreed]
    if binding.model is Session:
        agreed = set(edition.speakers.filter(has_agreed=True).values_list("code", flat=True))
        for session in things:
            session.people = [one for one in session.people if one[1] in agreed]
    return things
