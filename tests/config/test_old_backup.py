"""A backup of 0.1, from before counts were shown once, comes back as what it meant.

`majlis-0.1.zip` holds an edition of invented people: `live` and `own`, open and showing results
under the modes of that time; `closed`, shown, reopened for late votes on one of its two statements
and shown again; `few`, closed with three voices; `draft`; and a brief that cites `closed`.
"""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

BACKUP = Path(__file__).with_name("majlis-0.1.zip")

LOOK = """
import json
from majlis.briefs.models import Publication
from majlis.dialogue.models import Round, Showing, VoteEvent
from majlis.opinion.actions import refresh_stale
from majlis.opinion.models import Result
rounds = {r.title["en"].text: [r.state, r.breakdown, r.shows_at_close] for r in Round.objects.all()}
showings = {s.statement.wording["en"].text: [s.revision, s.level] for s in Showing.objects.all()}
refresh_stale()
results = [[r.round.title["en"].text, r.mode, r.revision] for r in Result.objects.all()]
brief = Publication.objects.get()
print(json.dumps({
    "rounds": rounds,
    "showings": showings,
    "results": sorted(results),
    "votes": VoteEvent.objects.count(),
    "brief": brief.content,
    "files": sorted((f.file.name, f.sha256) for f in brief.files.all()),
}))
"""


@pytest.fixture(scope="module")
def restored(install_once):
    here = install_once()
    done = here.run("restore", BACKUP)
    assert done.returncode == 0, done.stderr
    return json.loads(here.python(LOOK))


def rows_then(table: str) -> list[dict[str, object]]:
    with zipfile.ZipFile(BACKUP) as archive:
        return [json.loads(line) for line in archive.read(f"rows/{table}.jsonl").splitlines()]


def test_open_rounds_stay_open_and_closed_ones_count_as_shown(restored):
    assert restored["rounds"] == {
        "live": ["open", "constituency", True],
        "own": ["open", "constituency", True],
        "closed": ["shown", "constituency", False],
        "few": ["shown", "constituency", False],
        "draft": ["draft", "constituency", True],
    }


def test_each_statement_keeps_its_newest_showing_in_one_breakdown(restored):
    assert restored["showings"] == {
        "closed: one": [144, "constituency"],
        "closed: two": [96, "constituency"],
    }
    assert restored["results"] == [["closed", "polis", 144], ["closed", "room", 144]]


def test_votes_and_issued_briefs_stay_as_they_are(restored):
    [brief] = rows_then("briefs.publication")
    assert restored["votes"] == len(rows_then("dialogue.voteevent"))
    assert restored["brief"] == brief["content"]
    files = [(f["file"], f["sha256"]) for f in rows_then("briefs.publicationfile")]
    assert [tuple(pair) for pair in restored["files"]] == sorted(files)
