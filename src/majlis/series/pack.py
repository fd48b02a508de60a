"""What this app reads from an edition pack, and writes to one.

`read` finds every fault and touches no database. `written` is its inverse for one edition.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import PurePosixPath
from typing import Any

from django.db.models import QuerySet

from majlis.kernel.disclosure import AttributionRule
from majlis.kernel.pack import (
    Binding,
    PackFolder,
    PackRow,
    PackTable,
    Translated,
    address,
    code,
    country,
    day,
    hour,
    languages,
    line,
    reference,
    slug,
    truth,
    whole,
    words,
    zone,
)
from majlis.kernel.pack.pages import LONGEST_BODY, LONGEST_TITLE, read_texts, write_texts
from majlis.kernel.pack.tables import check_references
from majlis.kernel.words import Language
from majlis.series.models import (
    NIGHT_ENDS,
    Challenge,
    Edition,
    EditionLink,
    GlossaryTerm,
    Partner,
    PublicText,
    Series,
    Session,
    Theme,
)
from majlis.series.states import (
    Agreement,
    LinkDirection,
    PartnerRole,
    PolicyMoment,
    SessionType,
    TextKind,
)

FILE_HINTS = {
    "texts/": "no row of texts.csv has this identifier, or its language is none of the edition's",
    "emblems/": "no row of partners.csv names it",
}
EMBLEM_BYTES = 1_000_000
EMBLEM_STARTS = {".png": b"\x89PNG", ".jpg": b"\xff\xd8\xff", ".webp": b"RIFF"}
EMBLEM_TYPES = {".png": "image/png", ".jpg": "image/jpeg", ".webp": "image/webp"}

PACK = PackTable(
    "pack.yaml",
    "what kind of pack this is",
    (whole("format", "the number of the layout of packs", low=1, high=1, required=True),),
    key="format",
    required=True,
)
SERIES = PackTable(
    "series.yaml",
    "the series that the edition belongs to",
    (
        slug("slug", "the word for the series in addresses"),
        Translated("title", "name of the series", required=True, longest=300),
        Translated("about", "what the series is, in one paragraph"),
    ),
    key="slug",
    required=True,
)
EDITION = PackTable(
    "edition.yaml",
    "the edition itself",
    (
        slug("slug", "the word for the edition in addresses"),
        Translated("title", "name of the edition", required=True, longest=300),
        Translated("place", "where it is held", required=True, longest=300),
        country("country", "country where it is held"),
        day("starts_on", "first day"),
        day("ends_on", "last day"),
        zone("time_zone", "time zone of the place"),
        languages("languages", "languages in which every text is given"),
        words("authoritative_language", Language, "language that decides where texts differ"),
        whole("smallest_cell_room", "fewest answers shown on the day", low=5, high=999, empty=5),
        whole("smallest_cell_public", "fewest answers shown in public", low=10, high=999, empty=10),
        words("policy_moment", PolicyMoment, "where the policy stands", required=False),
        words("agreement", Agreement, "whether agreement is sought", required=False),
        Translated("feeds_decision", "the decision that the edition feeds", longest=500),
        truth("is_demo", "whether every page says that this is a demonstration", empty=False),
    ),
    key="slug",
    required=True,
)
_RETIRED = replace(
    truth("is_retired", "yes: no longer offered, shown where it was named", empty=False),
    form=lambda is_retired: "yes" if is_retired else "",
    spare=True,
)
_POSITION = whole("position", "place in the order, smallest first", high=9999)
THEMES = PackTable(
    "themes.csv",
    "what the edition is about",
    (
        code(longest=12, meaning="identifier of the theme"),
        _POSITION,
        Translated("title", "name of the theme", required=True, longest=300),
        Translated("about", "what the theme covers"),
        _RETIRED,
    ),
)
CHALLENGES = PackTable(
    "challenges.csv",
    "the problems that the edition names",
    (
        code(longest=12, meaning="identifier of the challenge"),
        _POSITION,
        Translated("title", "name of the challenge", required=True, longest=300),
        Translated("about", "what is wrong, for whom"),
        _RETIRED,
    ),
)
OBJECTIVES = PackTable(
    "objectives.csv",
    "what the edition is for",
    (
        code(meaning="identifier of the objective"),
        _POSITION,
        Translated("title", "the objective in one line", required=True, longest=300),
        Translated("body", "what is meant by it"),
    ),
)
PROGRAMME = PackTable(
    "programme.csv",
    "the sessions",
    (
        code(longest=12, meaning="identifier of the session"),
        day("on_date", "day of the session, within the edition"),
        hour("starts", "when it begins, in the edition's time zone"),
        hour("ends", "when it ends; at 06:00 or earlier it may be the day after"),
        words("kind", SessionType, "kind of session"),
        reference("theme", "themes.csv", "theme of the session, if it has one"),
        line("parallel_group", "sessions with the same word here run side by side", longest=12),
        Translated("title", "name of the session", required=True, longest=300),
        Translated("method", "how the session works"),
        Translated("roles", "who runs it, as roles", longest=500),
        Translated("artefact_in", "what it starts from", longest=500),
        Translated("artefact_out", "what it leaves behind", longest=500),
        line("room", "name of the room", longest=80),
        words("attribution_rule", AttributionRule, "what may be told of who said something"),
        line("source_note", "where the pattern of the session comes from"),
        address("source_url", "address of that source"),
    ),
)
PARTNERS = PackTable(
    "partners.csv",
    "organisers, partners and funders",
    (
        code(meaning="identifier of the body"),
        _POSITION,
        words("role", PartnerRole, "what the body does for the edition"),
        Translated("name", "its name", required=True, longest=200),
        Translated("about", "a line on its part"),
        address("website", "its address on the web"),
        line("emblem", "file in the folder emblems, named after the identifier", longest=40),
        truth("is_confirmed", "no: a slot, the body is not known or not confirmed", empty=True),
    ),
)
LINKS = PackTable(
    "links.csv",
    "what fed the edition and what it feeds",
    (
        code(meaning="identifier of the link"),
        _POSITION,
        words("direction", LinkDirection, "fed_by or feeds"),
        Translated("title", "name of the meeting, dialogue or edition", required=True, longest=300),
        Translated("about", "what went from one to the other"),
        address("website", "where it can be read about"),
        reference("other", "editions", "slug of an edition in the same installation"),
    ),
)
GLOSSARY = PackTable(
    "glossary.csv",
    "terms of the field",
    (
        code(longest=12, meaning="identifier of the term"),
        _POSITION,
        line("category", "group of terms", longest=24),
        Translated("term", "the preferred term", required=True, longest=200),
        line("variants", "other terms in use, and where"),
        line("definition", "what it means"),
        line("source", "where it was read", longest=400),
    ),
)
TEXTS = PackTable(
    "texts.csv",
    "the long texts; each has one file per language in the folder texts",
    (
        code(meaning="identifier of the text, first part of its files' names"),
        _POSITION,
        words("kind", TextKind, "which public text it is"),
        truth("is_confirmed", "no: shown as unconfirmed", empty=True),
    ),
)
WHOLE_TEXTS = PackTable(
    TEXTS.file,
    TEXTS.meaning,
    (
        *TEXTS.columns,
        Translated("title", required=True, longest=LONGEST_TITLE),
        Translated("body", required=True, longest=LONGEST_BODY),
    ),
)

SESSION_BINDING = Binding(PROGRAMME, Session)
SERIES_BINDING = Binding(SERIES, Series, fields={})
EDITION_BINDING = Binding(EDITION, Edition, fields={})
BINDINGS: tuple[Binding, ...] = (
    Binding(THEMES, Theme),
    Binding(CHALLENGES, Challenge),
    Binding(OBJECTIVES, PublicText, fixed={"kind": TextKind.OBJECTIVE}),
    Binding(WHOLE_TEXTS, PublicText),
    SESSION_BINDING,
    Binding(PARTNERS, Partner, fields={"id": "code", "emblem": "emblem_name"}),
    Binding(LINKS, EditionLink),
    Binding(GLOSSARY, GlossaryTerm),
)
TABLES = (PACK, SERIES, EDITION, *(b.table for b in BINDINGS if b.table is not WHOLE_TEXTS), TEXTS)


@dataclass(slots=True)
class SeriesPack:
    """A pack as this app read it. With faults in its folder it may be incomplete."""

    folder: PackFolder
    spoken: list[str] = field(default_factory=list)
    series: PackRow | None = None
    edition: PackRow | None = None
    rows: dict[str, list[PackRow]] = field(default_factory=dict)
    emblems: dict[str, bytes] = field(default_factory=dict)


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
    for row in found.rows[PARTNERS.file]:
        _read_emblem(found, row)
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


def _read_emblem(found: SeriesPack, row: PackRow) -> None:
    name = row["emblem"]
    if not name:
        return
    path = PurePosixPath(name)
    if path.stem != row.id or path.suffix not in EMBLEM_STARTS:
        endings = ", ".join(row.id + ending for ending in EMBLEM_STARTS)
        row.fault("emblem", f"“{name}” is not a name for this emblem; expected one of {endings}.")
        return
    picture = found.folder.content(f"emblems/{name}", most=EMBLEM_BYTES)
    if picture is None:
        return
    if not picture.startswith(EMBLEM_STARTS[path.suffix]):
        found.folder.faults.add(f"emblems/{name}", f"the file is not a {path.suffix[1:]} picture.")
        return
    found.emblems[row.id] = picture


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
        things = list(things_of(binding, edition))
        cells: list[Mapping[str, str]] = [binding.cells(thing) for thing in things]
        table = TEXTS if binding.table is WHOLE_TEXTS else binding.table
        files[table.file] = table.write(cells)
        for thing in things:
            if isinstance(thing, PublicText) and binding.table is WHOLE_TEXTS:
                files |= write_texts(thing.code, thing.title, thing.body)
            if isinstance(thing, Partner) and thing.emblem_name:
                with thing.emblem.open("rb") as picture:
                    files[f"emblems/{thing.emblem_name}"] = picture.read()
    return files
