"""Loading and dumping an edition pack through all apps that read one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from django.db import transaction

from majlis.dialogue import pack as dialogue_pack
from majlis.dialogue.actions.loading import load_statements
from majlis.kernel.errors import RuleBroken
from majlis.kernel.ledger import CONSOLE, Doer
from majlis.kernel.pack import Fate, Faults, PackFolder, RowChange
from majlis.kernel.pack.faults import PackRefused
from majlis.kernel.pack.files import IGNORED, MOST_FILES
from majlis.kernel.pack.tables import check_references
from majlis.registration import pack as registration_pack
from majlis.registration.actions.loading import load_registration
from majlis.series import pack as series_pack
from majlis.series import rehearsal as rehearsals
from majlis.series.actions import keep_rehearsal, load_pack
from majlis.series.models import Edition
from majlis.series.states import TextKind

MOST_UNPACKED = 60_000_000  # bytes of all files of a ZIP file together
ALWAYS = (
    TextKind.FUNDING,
    TextKind.DISCLAIMER,
    TextKind.PRIVACY,
    TextKind.CONTACT,
    TextKind.LEGAL,
)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did."""

    edition: Edition
    changes: tuple[RowChange, ...]

    @property
    def counts(self) -> dict[str, int]:
        return {fate.value: sum(c.fate == fate for c in self.changes) for fate in Fate}

    @property
    def kept(self) -> list[RowChange]:
        """Rows of the pack that gave way to the desk."""
        return [c for c in self.changes if c.fate in (Fate.KEPT, Fate.GONE)]

    @property
    def differs(self) -> list[RowChange]:
        """Rows of which pack and desk do not say the same."""
        return [c for c in self.changes if c.fate != Fate.SAME]

    @property
    def lacking(self) -> list[str]:
        """Texts that every edition should have and this one has not."""
        there = set(self.edition.texts.values_list("kind", flat=True))
        return [kind.value for kind in ALWAYS if kind.value not in there]


def load(
    root: Path, *, by: Doer = CONSOLE, overwrite: bool = False, only: Edition | None = None
) -> Loaded:
    """Check the whole pack, then write it in one transaction; with `only`, a pack of this edition.

    Raises `PackRefused` with every fault, and then nothing is written.
    """
    faults = Faults()
    if not root.is_dir():
        faults.add(str(root), "there is no such folder; expected the folder of a pack.")
        raise PackRefused(faults)
    folder = PackFolder(root, faults)
    found = series_pack.read(folder)
    if only is not None:
        _check_is_of(only, found, faults)
    statements = dialogue_pack.read(found)
    of_people = registration_pack.read(found)
    rehearsal = _read_rehearsal(found)
    lost = series_pack.TEXTS.file in folder.unreadable
    folder.report_unknown(hints=series_pack.FILE_HINTS, but="texts/" if lost else None)
    with transaction.atomic():
        series_pack.check_against_house(found)
        dialogue_pack.check_against_house(found, statements)
        if faults:
            raise PackRefused(faults)
        edition, of_series = load_pack(found, by=by, overwrite=overwrite)
        of_dialogue = load_statements(statements, edition, by=by, overwrite=overwrite)
        of_registration = load_registration(of_people, edition, by=by, overwrite=overwrite)
        keep_rehearsal(edition, rehearsal, by=by)
    changes = (*of_series.changes, *of_registration.changes, *of_dialogue.changes)
    return Loaded(edition, changes)


def _check_is_of(edition: Edition, found: series_pack.SeriesPack, faults: Faults) -> None:
    """Add a fault where the pack would change another edition, or another series."""
    for row, slug, file in (
        (found.edition, edition.slug, series_pack.EDITION.file),
        (found.series, edition.series.slug, series_pack.SERIES.file),
    ):
        if row is not None and row.id != slug:
            faults.add(file, f"this is “{row.id}”; expected “{slug}”, to which you load it.")


@transaction.atomic
def preview(root: Path, edition: Edition, *, by: Doer, overwrite: bool = False) -> Loaded:
    """What loading the pack would do. Nothing stays; `PackRefused` as in `load`."""
    loaded = load(root, by=by, overwrite=overwrite, only=edition)
    transaction.set_rollback(True)
    return loaded


@contextmanager
def unpacked(content: bytes) -> Iterator[Path]:
    """The folder that a ZIP file holds, while the block runs. Raises `PackRefused`."""
    faults = Faults()
    with TemporaryDirectory() as name:
        try:
            with ZipFile(BytesIO(content)) as archive:
                _unpack(archive, Path(name), faults)
        except (BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError):
            faults.add(".", "this is no ZIP file that can be read; expected the folder of a pack.")
        if faults:
            raise PackRefused(faults)
        yield _root(Path(name))


def _unpack(archive: ZipFile, to: Path, faults: Faults) -> None:
    files = [one for one in archive.infolist() if not one.is_dir()]
    if len(files) > MOST_FILES or sum(one.file_size for one in files) > MOST_UNPACKED:
        faults.add(".", "the ZIP file holds more than a pack does; expected a few dozen files.")
        return
    for one in files:
        archive.extract(one, to)  # which never leaves the folder


def _root(folder: Path) -> Path:
    """Where the pack begins: in the one folder of a ZIP file that has nothing beside it."""
    inside = [one for one in folder.iterdir() if not IGNORED.match(one.name)]
    return inside[0] if len(inside) == 1 and inside[0].is_dir() else folder


def zipped(edition: Edition) -> bytes:
    """The pack of an edition as a ZIP file: the same bytes while nothing changes."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in sorted(contents(edition).items()):
            archive.writestr(ZipInfo(f"{edition.slug}/{name}"), content, ZIP_DEFLATED)
    return file.getvalue()


def _read_rehearsal(found: series_pack.SeriesPack) -> dict[str, dict[str, str]]:
    """The canonical cells of each file that speaks of rehearsals, by file."""
    tables = {t.file: (t, t.read(found.folder, found.spoken)) for t in rehearsals.tables()}
    of_series = {b.table.file: (b.table, found.rows[b.table.file]) for b in series_pack.BINDINGS}
    check_references(found.folder, of_series | tables)
    return {file: table.cells(row.values) for file, (table, rows) in tables.items() for row in rows}


def contents(edition: Edition) -> dict[str, bytes]:
    """Every file of the edition's pack, by name."""
    of_rehearsals = {
        table.file: table.write([edition.rehearsal[table.file]])
        for table in rehearsals.tables()
        if table.file in edition.rehearsal
    }
    parts = (series_pack, registration_pack, dialogue_pack)
    return {k: v for part in parts for k, v in part.written(edition).items()} | of_rehearsals


def dump(edition: Edition, root: Path, *, overwrite: bool = False) -> list[str]:
    """Write the edition's pack to a folder and return the names of its files.

    A folder that holds something already is refused, unless it holds a pack and `overwrite` is
    given; pages and emblems that the edition no longer has are then taken away.
    """
    files = contents(edition)
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        if not root.is_dir() or not (overwrite and (root / series_pack.PACK.file).is_file()):
            raise RuleBroken(
                "“%(folder)s” holds something already. Name an empty folder, "
                "or a pack together with --overwrite.",
                folder=root,
            )
        for name in PackFolder(root, Faults()).names():
            if name not in files and name.startswith(("texts/", "emblems/", "photos/")):
                (root / name).unlink()
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return sorted(files)
