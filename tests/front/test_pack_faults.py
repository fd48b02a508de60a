"""A pack with faults: each has a sentence, and nothing is written."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from majlis.dialogue import pack as dialogue_pack
from majlis.front import packs
from majlis.kernel.models import Act
from majlis.kernel.pack import Faults, PackFolder
from majlis.kernel.pack.faults import PackRefused
from majlis.series import pack as series_pack
from majlis.series.models import (
    Edition,
    Series,
)
from tests.conftest import examples
from tests.factories.packs import FILES, STATUS, SmallPack

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def small(tmp_path: Path) -> SmallPack:
    return SmallPack(tmp_path / "pack")


def faults_of(small: SmallPack, **options: Any) -> list[str]:
    """What a load says of the pack; it must refuse it."""
    with pytest.raises(PackRefused) as refused:
        packs.load(small.root, **options)
    return [str(fault) for fault in refused.value.faults]


# Every fault, one sentence each: what was done to the pack is here, the golden has what is said.

SPOILS = {
    "unknown column": lambda p: p.swap("themes.csv", "title_en,", "titel_en,"),
    "column twice": lambda p: p.swap("texts.csv", "is_confirmed", "kind"),
    "unknown key": lambda p: p.swap("edition.yaml", "country: TN", "contry: TN"),
    "key twice": lambda p: p.add("edition.yaml", "country: FR"),
    "not YAML": lambda p: p.write("series.yaml", "slug: [\n"),
    "YAML that would build an object": lambda p: p.swap(
        "edition.yaml", "is_demo: yes", "is_demo: !!python/object:os.system x"
    ),
    "YAML of the wrong shape": lambda p: p.write("pack.yaml", "- 1\n"),
    "encoding that cannot be told": lambda p: p.write(
        "texts/about.fr.txt", FILES["texts/about.fr.txt"].encode("mac-roman")
    ),
    "two encodings in one file": lambda p: p.write(
        "themes.csv",
        FILES["themes.csv"].encode("windows-1256")
        + "T3,3,É,Éthique État,É,en original\n".encode("windows-1252"),
    ),
    "UTF-16 that breaks off": lambda p: p.write(
        "links.csv", FILES["links.csv"].encode("utf-16") + b"x"
    ),
    "Arabic lost in saving": lambda p: p.write(
        "themes.csv", FILES["themes.csv"].encode("windows-1252", "replace")
    ),
    "letters read as two": lambda p: p.write(
        "texts/about.fr.txt", FILES["texts/about.fr.txt"].replace("À propos", "La clÃ©")
    ),
    "workbook beside the tables": lambda p: p.write("themes.xlsx", b"PK"),
    "text under no column": lambda p: p.add("glossary.csv", f"G2,2,event,a,b,c,{STATUS},x"),
    "day that may be two": lambda p: p.swap("programme.csv", "A1,2026-03-25", "A1,03/04/2026"),
    "invisible character": lambda p: p.swap("texts/about.ar.txt", "يوم", "\u202eيوم"),
    "50 MB": lambda p: p.write("glossary.csv", b"x" * 50_000_000),
    "too many rows": lambda p: p.write("glossary.csv", "id\n" + "G\n" * 10_000),
    "missing file": lambda p: (p.root / "series.yaml").unlink(),
    "missing page": lambda p: (p.root / "texts/about.ar.txt").unlink(),
    "unknown file": lambda p: p.write("statments.csv", "id\n"),
    "page that no text has": lambda p: p.write("texts/old.en.txt", "status: missing\n"),
    "empty file": lambda p: p.write("themes.csv", ""),
    "quotation mark without its pair": lambda p: p.swap(
        "themes.csv", "Finance,Finance", '"Finance,Finance'
    ),
    "too few cells": lambda p: p.add("glossary.csv", "G2,2"),
    "identifier twice": lambda p: p.add("glossary.csv", f"G1,2,event,a,b,c,{STATUS}"),
    "identifier in two tables": lambda p: p.swap("objectives.csv", "\no1,", "\nabout,"),
    "no identifier": lambda p: p.swap("glossary.csv", "\nG1,", "\n,"),
    "missing language": lambda p: p.swap("challenges.csv", "الاعتراف", ""),
    "missing language in a page": lambda p: p.write(
        "texts/about.fr.txt", "title: À propos\nstatus: draft\n"
    ),
    "page without a header": lambda p: p.write("texts/about.fr.txt", "Une journée de travail.\n"),
    "page with an unknown status": lambda p: p.swap(
        "texts/about.fr.txt", "status: draft", "status: fini"
    ),
    "day outside the edition": lambda p: p.swap("programme.csv", "A1,2026-03-25", "A1,2026-03-26"),
    "session that ends before it begins": lambda p: p.swap(
        "programme.csv", "09:00,09:30", "09:00,08:30"
    ),
    "sessions at the same time": lambda p: p.swap("programme.csv", "T2,P1", "T2,P2"),
    "unknown theme": lambda p: p.swap("programme.csv", "T2,P1", "T7,P1"),
    "unknown challenge": lambda p: p.swap("statements.csv", "T1,C1", "T1,C9"),
    "unknown word": lambda p: p.swap("programme.csv", "opening", "keynote"),
    "last day before the first": lambda p: p.swap(
        "edition.yaml", "ends_on: 2026-03-25", "ends_on: 2026-03-24"
    ),
    "cell below the smallest": lambda p: p.swap("edition.yaml", "public: 10", "public: 3"),
    "authoritative language that is not spoken": lambda p: p.swap(
        "edition.yaml", "languages: en fr ar", "languages: fr ar"
    ),
    "another layout": lambda p: p.write("pack.yaml", "format: 2\n"),
    "link to an edition that is not here": lambda p: p.write(
        "links.csv",
        "id,direction,title_en,title_fr,title_ar,title_status,other\n"
        f"next,feeds,Next,Suite,القادمة,{STATUS},cairo-2027\n",
    ),
    "emblem under another name": lambda p: p.swap(
        "partners.csv", "femise.org,,", "femise.org,logo.png,"
    ),
    "emblem that is not there": lambda p: p.swap(
        "partners.csv", "femise.org,,", "femise.org,femise.png,"
    ),
    "emblem that is no picture": lambda p: (
        p.swap("partners.csv", "femise.org,,", "femise.org,femise.png,"),
        p.write("emblems/femise.png", "<svg/>"),
    ),
    "objective among the texts": lambda p: p.swap(
        "texts.csv", "about,1,about", "about,1,objective"
    ),
}
SAID = {
    entry.partition("\n")[0]: entry.partition("\n")[2].strip().split("\n")
    for entry in (ROOT / "tests/goldens/pack_faults.txt").read_text().split("\n## ")[1:]
}


def test_every_fault_has_its_sentence():
    assert list(SAID) == list(SPOILS)


@pytest.mark.django_db
@pytest.mark.parametrize("name", SPOILS)
def test_load_says_each_fault_and_writes_nothing(small, name):
    SPOILS[name](small)

    assert faults_of(small) == SAID[name]
    assert list(Edition.objects.all()) == []
    assert list(Series.objects.all()) == []
    assert list(Act.objects.all()) == []


@pytest.mark.django_db
def test_load_says_all_faults_at_once(small):
    small.swap("themes.csv", "الصناعة", "")
    small.swap("programme.csv", "09:00,", "9h,")
    small.swap("series.yaml", "slug: seminar", "slug: The Seminar")

    assert faults_of(small) == [
        (
            "programme.csv, row 2, column starts: “9h” cannot be read; "
            "expected hours and minutes such as 09:30."
        ),
        (
            "series.yaml, line 1, key slug: “The Seminar” cannot be read; "
            "expected small letters, digits and hyphens, 60 at most, such as tunis-2026."
        ),
        "themes.csv, row 2, column title_ar: the text is missing in ar, yet its status is draft.",
    ]


@pytest.mark.django_db
def test_load_of_no_folder_says_so(tmp_path):
    with pytest.raises(PackRefused, match="there is no such folder"):
        packs.load(tmp_path / "nowhere")


@pytest.mark.django_db
def test_load_does_not_follow_a_link_out_of_the_pack(small, tmp_path):
    (tmp_path / "secret.txt").write_text("title: x\nstatus: original\n\nsecret\n")
    (small.root / "texts/about.en.txt").unlink()
    os.symlink(tmp_path / "secret.txt", small.root / "texts/about.en.txt")

    assert faults_of(small) == [
        "texts/about.en.txt: this is a link to another place; expected the file itself."
    ]


FUZZED = [name for name in FILES if name != "pack.yaml"]


@settings(
    max_examples=examples(100),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_reading_never_breaks_whatever_the_bytes(small, data):
    name = data.draw(st.sampled_from(FUZZED))
    content = FILES[name].encode()
    at = data.draw(st.integers(0, len(content)))
    noise = data.draw(
        st.one_of(
            st.binary(max_size=6), st.sampled_from([b"\n\n", b'"', b": ", b"&a *a", b"[" * 5000])
        )
    )
    until = data.draw(st.integers(at, len(content)))
    small.write(name, content[:at] + noise + content[until:])
    faults = Faults()

    dialogue_pack.read(series_pack.read(PackFolder(small.root, faults)))

    small.write(name, FILES[name])
    assert [str(fault) for fault in faults if "\n" in str(fault)] == []
