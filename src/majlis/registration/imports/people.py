"""A row of a list becomes the people in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from majlis.kernel.names import as_name
from majlis.kernel.writing import line
from majlis.registration.imports.answers import PREFIX
from majlis.registration.imports.cells import (
    addresses,
    country_of,
    group_of,
    languages_of,
    names,
)


@dataclass(frozen=True, slots=True)
class Defaults:
    """What counts where a row says nothing."""

    language: str = "en"
    constituency: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """One person of the list. `fault` says why nothing can be made of them, `notes` what was
    understood that somebody may want to check."""

    row: str
    name: str = ""
    email: str = ""
    organisation: str = ""
    constituency: str = ""
    country: str = ""
    languages: tuple[str, ...] = ()
    language: str = "en"
    fault: str = ""
    notes: tuple[str, ...] = ()
    said: frozenset[str] = frozenset()  # the fields that the row itself fills
    cells: Mapping[str, str] = field(default_factory=dict)  # by question, as they stand there

    @property
    def facts(self) -> dict[str, Any]:
        """What is kept, beside the address."""
        return {
            "name": self.name,
            "organisation": self.organisation,
            "constituency": self.constituency,
            "country": self.country,
            "languages": list(self.languages),
            "language": self.language,
        }


def people_in(
    rows: Mapping[int, Sequence[str]], fields: Sequence[str], defaults: Defaults
) -> Iterator[Found]:
    """Everybody in the rows, in their order. Two names in a cell are two people."""
    for number, cells in rows.items():
        said: dict[str, str] = {}
        for name, cell in zip(fields, cells, strict=True):
            if name and cell:
                said[name] = f"{said[name]}\n{cell}" if name in said else cell
        if said:
            yield from _people(number, said, defaults)


def _people(number: int, said: Mapping[str, str], defaults: Defaults) -> Iterator[Found]:
    typed = said.get("email") or said.get("name", "")
    emails = addresses(typed)
    called = _names(said, max(len(emails), 1))
    one = _shared(said, defaults)
    if len(emails) > 1 and len(called) == 1:
        one = replace(one, notes=(*one.notes, _("The first of several addresses was taken.")))
    for at, name in enumerate(called or [""]):
        email = emails[at] if at < len(emails) else ""
        row = str(number) if len(called) < 2 else f"{number}.{at + 1}"
        fault, name = _checked(name, email, typed if at == 0 else "")
        notes = one.notes
        if len(called) > 1:
            notes = (*notes, _("There were several names in one cell."))
        yield replace(one, row=row, name=name, email=email, fault=fault, notes=notes)


def _names(said: Mapping[str, str], n_addresses: int) -> list[str]:
    first, last = line(said.get("first_name", "")), line(said.get("last_name", ""))
    if first or last:
        return [f"{first} {last}".strip()]
    return names(said.get("name", ""), n_addresses)


def _checked(name: str, email: str, typed: str) -> tuple[str, str]:
    """Why the row cannot be used, and the name as it is kept."""
    if not name:
        return _("There is no name."), ""
    try:
        name = as_name(name)
    except ValidationError as error:
        return error.messages[0], name
    if not email and "@" in typed:
        return _("The email address is not in the correct format."), name
    return "", name


def _shared(said: Mapping[str, str], defaults: Defaults) -> Found:
    """What all people of a row share, with a note on each cell that says nothing known."""
    notes = []
    country = country_of(said.get("country", ""))
    if "country" in said and not country:
        notes.append(_("“%(said)s” is no country we know.") % {"said": said["country"][:40]})
    group = group_of(said.get("constituency", ""))
    if "constituency" in said and not group:
        notes.append(_("“%(said)s” is none of the groups.") % {"said": said["constituency"][:40]})
    mail = languages_of(said.get("language", "")) or (defaults.language,)
    spoken = languages_of(said.get("languages", ""))
    understood = {
        "name": True,
        "organisation": "organisation" in said,
        "constituency": bool(group),
        "country": bool(country),
        "languages": bool(spoken),
        "language": bool(languages_of(said.get("language", ""))),
    }
    return Found(
        row="",
        organisation=line(said.get("organisation", ""))[:200],
        constituency=group or defaults.constituency,
        country=country or defaults.country,
        languages=spoken or mail[:1],
        language=mail[0],
        notes=tuple(notes),
        cells={n.removeprefix(PREFIX): cell for n, cell in said.items() if n.startswith(PREFIX)},
        said=frozenset(name for name, is_said in understood.items() if is_said),
    )
