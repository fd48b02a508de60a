"""What a column of a list can hold, and by which headings people call it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from majlis.kernel.analysis import fold
from majlis.registration.imports.cells import addresses, country_of, group_of, languages_of

FIELDS: dict[str, str | Promise] = {
    "": _("leave out"),
    "name": _("Name"),
    "first_name": _("First name"),
    "last_name": _("Last name"),
    "email": _("Email address"),
    "organisation": _("Organisation"),
    "constituency": _("Stakeholder group"),
    "country": _("Country"),
    "languages": _("Languages spoken"),
    "language": pgettext_lazy("import", "Language of emails"),
}

# The field whose list has the heading, or a part of it, is it.
_HEADINGS = {
    "email": """email;e-mail;mail;mail address;email address;courriel;adresse email;
        adresse electronique;adresse mail;adresse courriel;البريد الالكتروني;البريد;الايميل;ايميل;
        عنوان البريد الالكتروني;بريد الكتروني""",
    "first_name": """first name;firstname;given name;forename;prenom;prenoms;الاسم الاول;
        الاسم الشخصي""",
    "last_name": """last name;lastname;surname;family name;nom de famille;اللقب;اسم العائله;
        الاسم العائلي;النسب""",
    "name": """name;full name;participant;guest;person;nom et prenom;nom prenom;noms et prenoms;
        prenom nom;prenom et nom;nom complet;nom;invite;surname name;name surname;
        الاسم;الاسم الكامل;الاسم واللقب;المشارك;المدعو;
        اسم المشارك;الاسم و اللقب;الاسم اللقب;اللقب الاسم;اللقب والاسم""",
    "organisation": """organisation;organization;institution;company;employer;affiliation;body;
        organisme;structure;societe;entreprise;etablissement;المؤسسه;المنظمه;الجهه;الهيكل;الشركه;
        جهه العمل""",
    "constituency": """stakeholder group;group;constituency;category;type of organisation;
        categorie d'acteurs;categorie;groupe;type d'organisation;college;فئه الاطراف;الفئه;
        فئه;المجموعه;الصنف""",
    "country": """country;country of work;pays;البلد;الدوله;بلد""",
    "languages": """languages;languages spoken;spoken languages;langues;langues parlees;اللغات""",
    "language": """language;language of emails;preferred language;correspondence language;langue;
        langue de correspondance;langue des emails;اللغه;لغه المراسله;لغه الرسائل""",
}
_KNOWN = {
    " ".join(fold(name).split()): field
    for field, names in _HEADINGS.items()
    for name in names.replace("\n", " ").split(";")
}
_BETWEEN = re.compile(r"[*,،;/&+|]")
_PARTS = sorted((name for name in _KNOWN if len(name) > 3), key=len, reverse=True)

_CONTENTS: dict[str, Callable[[str], object]] = {
    "email": addresses,
    "country": country_of,
    "languages": languages_of,
    "constituency": group_of,
}


@lru_cache(maxsize=2_000)
def _field_of(heading: str) -> str:
    said = " ".join(_BETWEEN.sub(" ", fold(heading)).strip(" :.()").split())
    if said in _KNOWN:
        return _KNOWN[said]
    parts = [_KNOWN[name] for name in _PARTS if f" {name} " in f" {said} "]
    if {"first_name", "last_name"} <= set(parts):
        return "name"
    return parts[0] if parts else ""


def is_heading(cell: str) -> bool:
    """Whether a cell can be the heading of a column of people."""
    return len(cell) <= 60 and "@" not in cell and bool(_field_of(cell))


def guessed(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """The field of each column: by its heading, else by what most of its cells look like.

    No field twice, but for addresses: a second column may hold those of the second person.
    """
    found: list[str] = []
    for heading in headings:
        field = _field_of(heading)
        found.append("" if field in found else field)
    for at, field in enumerate(found):
        if field or _field_of(headings[at]):
            continue
        cells = [row[at] for row in rows[:50] if row[at]]
        for name, reads in _CONTENTS.items():
            if name not in found and cells and sum(map(bool, map(reads, cells))) * 2 > len(cells):
                found[at] = name
                break
    if "last_name" not in found and "first_name" in found and "name" in found:
        found[found.index("name")] = "last_name"  # “Nom” beside “Prénom”
    if not {"name", "first_name", "last_name"} & set(found):
        _guess_names(found, rows)
    return found


def _guess_names(found: list[str], rows: Sequence[Sequence[str]]) -> None:
    """Take the first column of words as names where no heading tells."""
    for at, field in enumerate(found):
        cells = [row[at] for row in rows[:50] if row[at]]
        words = [cell for cell in cells if not any(c.isdecimal() or c == "@" for c in cell)]
        if not field and cells and len(words) * 2 > len(cells):
            found[at] = "name"
            return
