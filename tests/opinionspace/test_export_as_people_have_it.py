"""Exports as people have them: names of downloads, spreadsheets in between, and noise."""

from __future__ import annotations

import random
import re
import shutil
from pathlib import Path

import pytest

from opinionspace import Votes
from opinionspace.__main__ import main
from opinionspace.errors import BadExport, OpinionError
from opinionspace.export import read_export
from tests.conftest import IS_LONG

VOTES = "timestamp,comment-id,voter-id,vote\n1,0,0,1\n2,0,1,-1\n3,1,0,0\n"
COMMENTS = 'comment-id,moderated,comment-body\n0,1,Ports\n1,1,"Roads; rails, été"\n'
CONTROLS = {chr(n) for n in (*range(32), *range(127, 160))} - {"\n"}
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
        (["a-participant-votes.csv"], "a-participant-votes.csv, line 1: no column participant"),
        (["a-comments.csv"], "no such file; the CSV files of the folder are: a-comments.csv"),
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


def small_exports(shared_data: Path) -> list[Path]:
    cases = shared_data.parent / "cases"
    folders = [cases / "files" / "F12-polis-as-downloaded"]
    folders += [p for p in sorted((cases / "opinion").iterdir()) if p.is_dir()]
    return [p for p in folders if sum(f.stat().st_size for f in p.iterdir()) < 40_000]


def full_export(root: Path) -> Path:
    """Write an export with every file and column there is, and something odd in each."""
    dice = random.Random(3)
    lines = {(c, v): dice.choice([1, 0, -1]) for v in range(14) for c in range(9)}
    votes = [
        f"{1_500_000_000_000 + i},x,{c},{v},{s},{i % 3 / 2}\n"
        for i, ((c, v), s) in enumerate(lines.items())
    ]
    wide = [
        ",".join([f"{v},x{v},{v % 2},0", *(str(lines[c, v]) for c in range(9))]) for v in range(14)
    ]
    return written(
        root,
        {
            "votes.csv": "timestamp,datetime,comment-id,voter-id,vote,important\n" + "".join(votes),
            "comments.csv": "timestamp,comment-id,moderated,is-meta,importance,comment-body\n"
            + "".join(f'-1,{c},{c % 3 - 1},{c % 2},0.5,"a, {c}\nb"\n' for c in range(9)),
            "participants-votes.csv": "participant,xid,group-id,n-comments,"
            + ",".join(map(str, range(9)))
            + "\n"
            + "\n".join(wide),
            "summary.csv": "topic,Ports\nurl,x\n",
        },
    )


def test_no_export_whatever_breaks_reader_or_analysis(shared_data, tmp_path, capsys):
    """Seeded: 1,000 exports here, 50,000 in the long run; no error but a sentence of ours.

    One of ten that can be read is analysed and printed by the recipe, one of a hundred as a room.
    """
    (tmp_path / "full").mkdir()
    sources = [*small_exports(shared_data), *[full_export(tmp_path / "full")] * 6]
    dice, read, said = random.Random(8), 0, set()
    for number in range(50_000 if IS_LONG else 1_000):
        folder = tmp_path / str(number)
        shutil.copytree(dice.choice(sources), folder)
        files = sorted(folder.iterdir())
        for path in dice.sample(files, dice.randint(1, min(2, len(files)))):
            path.write_bytes(spoilt(path.read_bytes(), dice))
        if dice.random() < 0.1:
            (folder / "votes.csv").unlink(missing_ok=True)
        try:
            votes = read_export(folder).votes()
            read += 1
            if read % 10 == 0:
                assert main([str(folder), *dice.choice([[], ["--json"], ["--html"]])]) in {0, 2}
            if read % 100 == 50:
                assert main([str(folder), "--room", *dice.choice([[], ["--json"]])]) == 0
            assert hash(votes) == hash(Votes.read(folder))
        except OpinionError as error:
            said.add(str(error))
        shown = capsys.readouterr()
        assert not set(shown.out + shown.err) & CONTROLS, number
        shutil.rmtree(folder)

    assert read > 100
    assert [one for one in said if not one.isprintable()] == []
