"""What this app reads from an edition pack, and writes to one: places, and letters worded anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from majlis.kernel.pack import Binding, PackRow, PackTable, code, line, whole
from majlis.kernel.words import Language
from majlis.mail.models import LetterWording
from majlis.mail.queries import wordings_of
from majlis.mail.wording import Standard, faults_in
from majlis.people.states import Constituency
from majlis.people.territories import country_codes
from majlis.registration.models import Quota
from majlis.registration.states import QuotaKind
from majlis.registration.words import STANDARD
from majlis.series.models import Edition
from majlis.series.pack import SeriesPack

ALL = "all"
LETTERS: dict[str, Standard] = {one.code: one for one in STANDARD}

QUOTAS = PackTable(
    "quotas.csv",
    "how many places there are",
    (
        code(meaning="all, or the stakeholder group or the country that the places are for"),
        whole("most", "how many places", high=99_999, required=True),
    ),
)
WORDINGS = PackTable(
    "letters.csv",
    "letters that the edition words in its own way",
    (
        code(meaning="the letter and its language, such as confirmed.fr", longest=40),
        line("heading", "its subject, which is also its heading", longest=200, required=True),
        line("words", "its text, with places such as {name}", longest=10_000, required=True),
    ),
)


@dataclass
class PackQuota:
    """A number of places as a row of a pack."""

    id: str
    most: int = 0

    @staticmethod
    def of(quota: Quota) -> PackQuota:
        return PackQuota(quota.key or ALL, quota.most)

    @property
    def kind(self) -> QuotaKind:
        if self.id == ALL:
            return QuotaKind.ALL
        return QuotaKind.GROUP if self.id in Constituency.values else QuotaKind.COUNTRY

    @property
    def key(self) -> str:
        return "" if self.id == ALL else self.id


@dataclass
class PackLetter:
    """A letter in one language as a row of a pack."""

    id: str
    heading: str = ""
    words: str = ""

    @staticmethod
    def of(wording: LetterWording) -> PackLetter:
        letter = next(one.code for one in STANDARD if one.template == wording.template)
        return PackLetter(f"{letter}.{wording.language}", wording.heading, wording.words)

    @property
    def letter(self) -> Standard | None:
        return LETTERS.get(self.id.rpartition(".")[0])

    @property
    def language(self) -> str:
        return self.id.rpartition(".")[2]


QUOTA_BINDING = Binding(QUOTAS, Quota, fields={})
WORDING_BINDING = Binding(WORDINGS, LetterWording, fields={})


@dataclass(frozen=True, slots=True)
class RegistrationPack:
    """The app's part of a pack."""

    quotas: list[PackRow]
    letters: list[PackRow]


def read(found: SeriesPack) -> RegistrationPack:
    """Read the app's part of a pack; everything that is wrong is told to the folder's faults."""
    quotas = QUOTAS.read(found.folder, found.spoken)
    letters = WORDINGS.read(found.folder, found.spoken)
    known = {ALL, *Constituency.values, *country_codes()}
    for row in quotas:
        if row.id and row.id not in known:
            row.fault("id", f"expected {ALL}, a country such as TN, or one of the groups.")
    for row in letters:
        _check_letter(row, found.spoken)
    return RegistrationPack(quotas, letters)


def _check_letter(row: PackRow, spoken: list[str]) -> None:
    letter = PackLetter(row.id)
    if letter.letter is None or letter.language not in Language.values:
        known = ", ".join(sorted(LETTERS))
        row.fault("id", f"expected a letter, a dot and a language; the letters are {known}.")
        return
    if letter.language not in spoken:
        row.fault("id", f"the edition has no texts in “{letter.language}”.")
    places, needs = set(letter.letter.places), letter.letter.needs
    for name, needed in (("heading", frozenset()), ("words", needs)):
        for fault in faults_in(str(row[name]), places, needed):
            row.fault(name, str(fault))


def quotas_of(edition: Edition) -> list[PackQuota]:
    """The numbers of places of an edition, as a pack has them."""
    return sorted((PackQuota.of(one) for one in edition.quotas.all()), key=lambda one: one.id)


def letters_of(edition: Edition) -> list[PackLetter]:
    """The letters that an edition words, as a pack has them."""
    known = {one.template for one in STANDARD}
    found = [one for one in wordings_of(edition.slug) if one.template in known]
    return sorted((PackLetter.of(one) for one in found), key=lambda one: one.id)


def written(edition: Edition) -> dict[str, bytes]:
    """The files of this app's part of the edition's pack; none where there is nothing to say."""
    files = {}
    tables: Iterable[tuple[Binding, Sequence[Any]]] = (
        (QUOTA_BINDING, quotas_of(edition)),
        (WORDING_BINDING, letters_of(edition)),
    )
    for binding, things in tables:
        if things:
            files[binding.table.file] = binding.table.write([binding.cells(one) for one in things])
    return files
