"""Exports as people have them: names of downloads, spreadsheets in between, and noise."""

from __future__ import annotations

import random
import re
import shutil
from pathlib import Path

import pytest

from opinionspace.errors import BadExport, OpinionError
from opinionspace.export import read_export
from tests.conftest import IS_LONG

VOTES = "timestamp,comment-id,voter-id,vote\n1,0,0,1\n2,0,1,-1\n3,1,0,0\n"
COMMENTS = 'comment-id,moderated,comment-body\n0,1,Ports\n1,1,"Roads; rails, été"\n'
STEM = "2025-06-19-1201-3phdex2kjf-"


def written(root: Path, files: dict[str, bytes | str]) -> Path:
    for name, content in files.items():
        (root / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


@pytest.mark.parametrize(
    "names",
    [
        ("votes.csv", "comments.csv"),
        (f"{STEM}votes.csv", f"{STEM}comments.csv"),
        (f"{STEM}votes (1).csv", f"{STEM}comments (1).csv"),
        ("Votes.CSV", "Comments.csv"),
    ],
)
def test_export_is_found_under_its_names(tmp_path, names):
    extra = {f"~${names[0]}": b"\0", f".~lock.{names[0]}#": b"x", "Thumbs.db": b"\0"}
    people = re.sub("(?i)votes", "participant-votes", names[0])
    written(tmp_path, {names[0]: VOTES, names[1]: COMMENTS, people: "participant\n0\n", **extra})

    export = read_export(tmp_path)

    assert export.log.stance.tolist() == [1, -1, 0]
    assert [c.body for c in export.comments] == ["Ports", "Roads; rails, été"]
    assert [p.id for p in export.participants] == [0]


@pytest.mark.parametrize(
    ("names", "says"),
    [
        (["a-votes.csv", "b-votes.csv"], "a-votes.csv and b-votes.csv could both be the votes"),
        (["a-votes.csv", "a-votes (1).csv"], "could both be the votes"),
        (["a-votes.csv", "b-comments.csv"], "are of different exports"),
        (["a-participant-votes.csv"], "no such file; the CSV files of the folder are: a-part"),
    ],
)
def test_folder_with_more_or_less_than_one_export_is_refused(tmp_path, names, says):
    written(tmp_path, {n: COMMENTS if "comments" in n else VOTES for n in names})

    with pytest.raises(BadExport, match=says):
        read_export(tmp_path)


@pytest.mark.parametrize(
    "save",
    [
        lambda text: text.replace(",", ";").replace("Roads; rails; ", "Roads; rails, ").encode(),
        lambda text: text.encode("utf-8-sig").replace(b"\n", b"\r\n"),
        lambda text: text.encode("utf-16"),
        lambda text: text.replace(",", "\t").replace("rails\t ", "rails, ").encode("utf-16"),
    ],
    ids=["semicolons", "byte-order mark", "UTF-16", "tabs in UTF-16"],
)
def test_export_saved_by_a_spreadsheet_is_read_as_it_was(tmp_path, save):
    written(tmp_path, {"votes.csv": save(VOTES), "comments.csv": save(COMMENTS)})

    export = read_export(tmp_path)

    assert export.log.voter.tolist() == [0, 1, 0]
    assert [c.body for c in export.comments] == ["Ports", "Roads; rails, été"]


def spoilt(raw: bytes, dice: random.Random) -> bytes:
    """The bytes of a file with something done to them that happens to files."""
    at, to = sorted(dice.choices(range(len(raw) + 1), k=2))
    match dice.randrange(8):
        case 0:
            name = dice.choice(["utf-16", "utf-32", "cp1252"])
            return raw.decode("utf-8", "replace").encode(name, "replace")
        case 1:
            return raw[:at]
        case 2:
            return raw[:at] + raw[to:]
        case 3:
            return raw[:to] + raw[at:]
        case 4:
            return raw.replace(b",", dice.choice([b";", b"\t", b"|"]))
        case 5:
            return raw[:at] + dice.randbytes(dice.randint(1, 12)) + raw[at:]
        case 6:
            odd = [
                b"9" * 20,
                b"1e400",
                b"-",
                b"NaN",
                b'"',
                b"\0",
                b"1_0",
                b"\x1b[31m",
                "٣".encode(),
            ]
            return raw[:at] + dice.choice(odd) + raw[at:]
        case _:
            lines = raw.split(b"\n")
            dice.shuffle(lines)
            return b"\n".join(lines)


def test_no_export_whatever_breaks_the_reader(shared_data, tmp_path):
    """Seeded: 1,500 exports here, 50,000 in the long run; no error but a sentence of ours."""
    cases = shared_data.parent / "cases"
    sources = [cases / "files" / "F12-polis-as-downloaded"]
    sources += [p for p in sorted((cases / "opinion").iterdir()) if p.is_dir()]
    small = [p for p in sources if sum(f.stat().st_size for f in p.iterdir()) < 40_000]
    dice, read, said = random.Random(8), 0, set()
    for number in range(50_000 if IS_LONG else 1_500):
        folder = tmp_path / str(number)
        shutil.copytree(dice.choice(small), folder)
        for path in dice.sample(sorted(folder.iterdir()), 1):
            path.write_bytes(spoilt(path.read_bytes(), dice))
        try:
            export = read_export(folder)
            export.votes()
            read += 1
        except OpinionError as error:
            said.add(str(error))
        shutil.rmtree(folder)

    assert read > 50
    assert [one for one in said if not one.isprintable()] == []
