"""One cell of a list of people, however it was typed."""

from __future__ import annotations

import re
from functools import lru_cache

from babel.core import get_global
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import translation

from majlis.kernel.analysis import fold
from majlis.kernel.words import Language
from majlis.mail.addresses import normal_address
from majlis.people.states import Constituency
from majlis.people.territories import country_codes, country_name

_ADDRESS = re.compile(r"[^\s<>(),;:\"'“”«»\[\]|]+@[^\s<>(),;:\"'“”«»\[\]|]+")
_BETWEEN_NAMES = re.compile(
    r"\s*(?:[\n;/|&+]|\s(?:and|et)\s|،(?=\s*\S+\s+\S)|\sو\s)\s*", re.IGNORECASE
)
_TITLES = re.compile(
    r"^(?:(?:mr|mrs|ms|miss|dr|pr|prof|m|mme|mlle|me|السيدة?|الأستاذة?|الدكتورة?)\b\.?\s+)+",
    re.IGNORECASE,
)
_LIKE_COUNTRIES = {
    "tunisia (republic of)": "TN", "maroc (royaume du)": "MA", "royaume du maroc": "MA",
    "uk": "GB", "great britain": "GB", "england": "GB", "angleterre": "GB", "usa": "US",
    "u.s.a.": "US", "etats unis": "US", "holland": "NL", "pays bas": "NL", "uae": "AE",
    "emirates": "AE", "الامارات": "AE", "السعوديه": "SA", "state of palestine": "PS",
    "palestinian territories": "PS", "الجزائر": "DZ", "المملكه المغربيه": "MA",
    "الجمهوريه التونسيه": "TN", "republique tunisienne": "TN", "turkey": "TR", "turquie": "TR",
    "macedonia": "MK", "bosnia": "BA", "ivory coast": "CI", "cote d'ivoire": "CI",
}  # fmt: skip
# Words by which a group is meant, as they begin.
_LIKE_GROUPS = {
    Constituency.MINISTRY: "ministry ministere وزاره agence agency وكاله",
    Constituency.REGIONAL: "municipality region regional local commune gouvernorat بلديه ولايه",
    Constituency.CLUSTER: "cluster grappe عنقود",
    Constituency.POLE: "technopole pole technopark قطب",
    Constituency.SME: "sme pme tpe startup msme مؤسسه_صغري",
    Constituency.LARGE_FIRM: "large_firm grande_entreprise group_company",
    Constituency.ASSOCIATION: "chamber chambre association federation غرفه جمعيه اتحاد",
    Constituency.BANK: "bank banque fund fonds guarantee garantie بنك صندوق",
    Constituency.DONOR: "donor bailleur development_bank مانح",
    Constituency.UNIVERSITY: "university universite research recherche institut جامعه بحث",
    Constituency.TRAINING: "training formation تكوين",
    Constituency.SOCIETY: "civil_society societe_civile media expert ngo ong اعلام خبير",
}
_LANGUAGES = {
    Language.EN: {"en", "eng", "english", "anglais", "الانجليزيه", "الانكليزيه", "انجليزيه"},
    Language.FR: {"fr", "fra", "fre", "french", "francais", "الفرنسيه", "فرنسيه"},
    Language.AR: {"ar", "ara", "arabic", "arabe", "العربيه", "عربيه", "عربي"},
}


def addresses(cell: str) -> list[str]:
    """The email addresses in a cell, each in the form in which they are stored."""
    found = []
    for written in _ADDRESS.findall(cell):
        address = normal_address(written.strip(".").removeprefix("mailto:"))
        try:
            validate_email(address)
        except ValidationError:
            continue
        found.append(address)
    return list(dict.fromkeys(found))


def names(cell: str, n_addresses: int = 1) -> list[str]:
    """The names in a cell. A comma turns `Ben Salah, Leila` around, unless there are two people."""
    without = _ADDRESS.sub(" ", cell).replace("<>", " ")
    found = [one for part in _BETWEEN_NAMES.split(without) if (one := _name(part))]
    if len(found) == 1 and "," in found[0]:
        parts = [part.strip() for part in found[0].split(",") if part.strip()]
        if len(parts) == n_addresses and n_addresses > 1:
            return parts
        if len(parts) == 2:
            return [f"{parts[1]} {parts[0]}"]
        return parts
    return found


def _name(written: str) -> str:
    """A name without its title, and not in capitals throughout."""
    plain = " ".join(re.sub(r"[<>()\[\]\"“”«»]", " ", written).split()).strip(" ,،-–.:")
    return _TITLES.sub("", plain)


def likeness(address: str) -> str:
    """What addresses share that are often one person's: without what follows a plus, and dots."""
    local, _at, domain = address.partition("@")
    local = local.partition("+")[0]
    if domain in {"gmail.com", "googlemail.com"}:
        local, domain = local.replace(".", ""), "gmail.com"
    return f"{local.replace('_', '.').replace('-', '.')}@{domain}"


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    found = {code.lower(): code for code in country_codes()}
    aliases = get_global("territory_aliases")
    found |= {
        alias.lower(): codes[0]
        for alias, codes in aliases.items()
        if len(alias) == 3 and alias.isalpha() and codes[0] in country_codes()
    }
    for lang in Language.values:
        found |= {_plain(country_name(code, lang)): code for code in country_codes()}
    return found | {_plain(said): code for said, code in _LIKE_COUNTRIES.items()}


def _plain(words: str) -> str:
    return " ".join(fold(words).replace("-", " ").replace("’", "'").split())


@lru_cache(maxsize=2_000)
def country_of(cell: str) -> str:
    """The code of the country that is meant, or nothing."""
    said = _plain(cell).strip(" .")
    return _countries().get(said) or _countries().get(said.removeprefix("the ")) or ""


@lru_cache(maxsize=1)
def _groups() -> dict[str, str]:
    found: dict[str, str] = {}
    for lang in Language.values:
        with translation.override(lang):
            found |= {_plain(str(group.label)): group.value for group in Constituency}
    return found | {group.value: group.value for group in Constituency}


@lru_cache(maxsize=2_000)
def group_of(cell: str) -> str:
    """The stakeholder group that is meant, or nothing: its name, or a word that only one has."""
    said = _plain(cell)
    if said in _groups():
        return _groups()[said]
    spoken = f" {said} "
    meant = {
        group.value
        for group, listed in _LIKE_GROUPS.items()
        for word in listed.split()
        if f" {_plain(word.replace('_', ' '))}" in spoken
    }
    return meant.pop() if len(meant) == 1 else ""


@lru_cache(maxsize=2_000)
def languages_of(cell: str) -> tuple[str, ...]:
    """The languages of ours that a cell names."""
    said = set(re.split(r"[\s,;/&+|،]+", fold(cell)))
    said |= {word.removeprefix("و") for word in said}
    return tuple(
        lang.value for lang, names in _LANGUAGES.items() if said & {fold(name) for name in names}
    )
