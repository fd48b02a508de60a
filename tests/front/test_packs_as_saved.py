"""Packs as people have them: whatever a spreadsheet made of the tables is read as it was meant."""

from __future__ import annotations

import csv
import io
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from majlis.dialogue import pack as dialogue_pack
from majlis.front import packs
from majlis.kernel.pack import Faults, PackFolder
from majlis.kernel.pack.decoding import Unclear, decoded
from majlis.series import pack as series_pack
from majlis.series.models import Edition, Series
from tests.conftest import IS_LONG, ROOT
from tests.factories.packs import FILES, SmallPack

TABLES = [name for name in FILES if name.endswith(".csv")]
REAL = ROOT / "editions" / "tunis-2026"


@pytest.fixture
def small(tmp_path: Path) -> SmallPack:
    return SmallPack(tmp_path / "pack")


def separated(text: str, mark: str) -> str:
    """A table with other separators, quoted as a spreadsheet quotes."""
    out = io.StringIO()
    csv.writer(out, delimiter=mark, lineterminator="\r\n").writerows(csv.reader(io.StringIO(text)))
    return out.getvalue()


def without_empty_ends(text: str) -> str:
    """Empty cells at the end of rows left out, as Excel does after some rows."""
    return "\n".join(line.rstrip(",") for line in text.split("\n"))


def with_blanks(text: str) -> str:
    """A blank row first, two at the end, and two blank columns."""
    rows = [f"{line},," for line in text.rstrip("\n").split("\n")]
    width = rows[0].count(",")
    return "\n".join(["," * width, *rows, "," * width, "", ""])


def with_other_times(text: str) -> str:
    for typed, saved in (("09:00", "9:00"), ("09:30", "9:30:00"), ("11:00", "11:00:00")):
        text = text.replace(f",{typed},", f",{saved},").replace(f",{typed},", f",{saved},")
    return text.replace("2026-03-25", "25/03/2026")


AS_SAVED: dict[str, Callable[[str], bytes]] = {
    "semicolons": lambda text: separated(text, ";").encode("utf-8-sig"),
    "semicolons, said first": lambda text: b"sep=;\r\n" + separated(text, ";").encode(),
    "tabs in UTF-16": lambda text: separated(text, "\t").encode("utf-16"),
    "UTF-16 without its mark": lambda text: text.encode("utf-16-be"),
    "byte-order mark and CRLF": lambda text: text.replace("\n", "\r\n").encode("utf-8-sig"),
    "old Mac line ends": lambda text: text.replace("\n", "\r").encode(),
    "Windows-1256": lambda text: text.encode("cp1256"),
    "blank rows and columns": lambda text: with_blanks(text).encode(),
    "empty ends of rows left out": lambda text: without_empty_ends(text).encode(),
    "capital names of columns": lambda text: text.replace("position", "Position ").encode(),
    "times and days": lambda text: with_other_times(text).encode(),
    "decimal commas": lambda text: text.replace(",1,", ',"1,0",').encode(),
    "truths": lambda text: text.replace(",yes", ",VRAI").encode(),
}


@pytest.mark.django_db
@pytest.mark.parametrize("how", AS_SAVED)
def test_table_saved_by_a_spreadsheet_is_read_as_it_was_meant(small, how):
    packs.load(small.root)
    for name in TABLES:
        small.write(name, AS_SAVED[how](FILES[name]))

    assert packs.load(small.root).counts["unchanged"] == 14


@pytest.mark.django_db
def test_french_pack_of_windows_is_read(small):
    packs.load(small.root)
    for name in ("texts/about.fr.txt", "texts/about.en.txt"):
        small.write(name, FILES[name].replace("Une journée", "Une journée").encode("cp1252"))

    assert packs.load(small.root).counts["unchanged"] == 14


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    [
        "~$themes.xlsx", ".~lock.themes.csv#", "Thumbs.db", "emblems/Thumbs.db", ".DS_Store",
        "desktop.ini", "__MACOSX/._themes.csv", "texts/.DS_Store", "README.txt", "themes.csv~",
    ],
)  # fmt: skip
def test_what_programs_leave_beside_tables_is_passed_over(small, name):
    small.write(name, b"\0\1\2")

    assert packs.load(small.root).counts["added"] == 14


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Modernisé, cœur, l’été — déjà", "cp1252"),
        ("À propos de l’État : Égalité, Ça", "cp1252"),
        ("Industrie,الصناعة,المنتدى الاقتصادي، تونس؟", "cp1256"),
        ("Séminaire d’été,ندوة صيفية,«كلمات»", "cp1256"),
        ("Plain words only", "ascii"),
        ("كلمات été", "utf-16"),
    ],
)
def test_old_encoding_is_understood_where_it_is_certain(text, encoding):
    assert decoded(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Modernisé", "mac-roman"),
        ("Modernisé", "cp850"),
        ("cœur", "iso8859-15"),
        ("المنتدى الاقتصادي", "iso8859-6"),
        ("É", "cp1252"),
    ],
)
def test_old_encoding_that_cannot_be_told_is_refused_and_never_guessed(text, encoding):
    with pytest.raises(Unclear, match="save it as UTF-8"):
        decoded(text.encode(encoding))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("case", "name"),
    [
        ("F11a-themes-semicolon.csv", "themes.csv"),
        ("F11b-themes-empty-columns.csv", "themes.csv"),
        ("F11c-programme-times.csv", "programme.csv"),
    ],
)
def test_stored_case_loads_into_the_real_pack(shared_data, tmp_path, case, name):
    shutil.copytree(REAL, tmp_path / "pack")
    shutil.copy(shared_data.parent / "cases" / "files" / case, tmp_path / "pack" / name)

    packs.load(tmp_path / "pack")

    edition = Edition.objects.get()
    assert edition.themes.count() == 3
    if name == "programme.csv":
        [session] = edition.sessions.all()
        at = [t.astimezone(edition.zone) for t in (session.starts_at, session.ends_at)]
        assert [f"{t:%H:%M}" for t in at] == ["09:00", "10:00"]


def spoilt(raw: bytes, dice: random.Random) -> bytes:
    """The bytes of a file with something done to them that happens to files."""
    text = raw.decode("utf-8")
    at, to = sorted(dice.choices(range(len(raw) + 1), k=2))
    match dice.randrange(9):
        case 0:
            return text.encode(dice.choice(["utf-16", "utf-8-sig", "utf-32"]))
        case 1:
            return text.encode(dice.choice(["cp1252", "cp1256", "mac-roman", "cp850"]), "replace")
        case 2:
            return raw[:at]
        case 3:
            return raw[:at] + raw[to:]
        case 4:
            return raw[:to] + raw[at:]
        case 5:
            return text.replace(",", dice.choice(";\t| ")).encode()
        case 6:
            return raw[:at] + dice.randbytes(dice.randint(1, 12)) + raw[at:]
        case 7:
            noise = [b'"', b"\0", b"\r", b"{{", b"- ", b": ", b"&a *a", "\u202e".encode(), b"-1"]
            return raw[:at] + dice.choice(noise) + raw[at:]
        case _:
            lines = text.split("\n")
            dice.shuffle(lines)
            return "\n".join(lines).encode()


@pytest.mark.early
def test_no_pack_whatever_breaks_the_reader(tmp_path):
    """Seeded: 150 packs here, 10,000 in the long run; nothing but faults of one line."""
    dice, root = random.Random(8), tmp_path / "pack"
    shutil.copytree(REAL, root)
    names = [
        p.relative_to(root)
        for p in sorted(root.rglob("*"))
        if p.suffix in {".csv", ".yaml", ".txt"}
    ]
    for _ in range(10_000 if IS_LONG else 150):
        chosen = dice.sample(names, dice.choice([1, 1, 2]))
        for name in chosen:
            (root / name).write_bytes(spoilt((REAL / name).read_bytes(), dice))
        faults = Faults()

        dialogue_pack.read(series_pack.read(PackFolder(root, faults)))

        assert [str(fault) for fault in faults if "\n" in str(fault)] == []
        for name in chosen:
            shutil.copy(REAL / name, root / name)


@pytest.mark.django_db
def test_refused_pack_writes_nothing(small):
    for name in TABLES:
        small.write(name, AS_SAVED["semicolons"](FILES[name]))
    small.write("themes.csv", FILES["themes.csv"].encode("cp1252", "replace"))

    with pytest.raises(packs.PackRefused, match=r"themes\.csv, row 2, column title_ar"):
        packs.load(small.root)

    assert (Edition.objects.count(), Series.objects.count()) == (0, 0)
