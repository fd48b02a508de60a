"""Answers leave in the layout of Polis: of nobody who could be asked about it, and nothing else."""

from __future__ import annotations

import io
import json
import subprocess
import threading
import zipfile
from collections import Counter
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest
from django.core.management import call_command
from django.urls import reverse

from majlis.dialogue import queries as dialogue
from majlis.dialogue.models import Round
from majlis.front.sealing import seal_edition
from majlis.kernel.errors import RuleBroken
from majlis.kernel.ledger import acts_on
from majlis.opinion import actions
from majlis.opinion.queries.layout import layout_of
from majlis.registration.states import RoleKind
from opinionspace import Votes
from opinionspace.export import read_export
from tests.conftest import ROOT, as_person
from tests.factories.registration import RoleFactory
from tests.opinion.test_actions import two_camps

pytestmark = pytest.mark.django_db
PEER = ROOT / "var" / "bench" / "red-dwarf"


@pytest.fixture
def ada():
    return RoleFactory(kind=RoleKind.ORGANISER)


@pytest.fixture
def imported(ada, tmp_path):
    """A round that was held elsewhere, with an order and times of its own."""
    rng = np.random.default_rng(3)
    lines = ["timestamp,comment-id,voter-id,vote"]
    lines += [
        f"{1_700_000_000_000 + 40 * v + c},{c},{v},{1 if (v + c) % 2 else -1}"
        for v in range(30)
        for c in range(8)
        if rng.random() < 0.9
    ]
    (tmp_path / "votes.csv").write_text("\n".join(lines))
    texts = "".join(f'{c},{-1 if c == 7 else 1},"Ports, {c}"\n' for c in range(8))
    (tmp_path / "comments.csv").write_text(f"comment-id,moderated,comment-body\n{texts}")
    call_command(
        "import_polis", str(tmp_path), "--edition", ada.edition.slug, "--round", "Consultation"
    )
    return Round.objects.get(is_imported=True), Votes.read(tmp_path)


@pytest.fixture
def sealed(ada):
    round = two_camps(n=40, n_statements=8)
    round.edition.__class__.objects.filter(pk=round.edition.pk).update(registration_open=False)
    place = RoleFactory(edition=round.edition, kind=RoleKind.ORGANISER)
    actions.refresh_stale()
    seal_edition(round.edition, by=place.person)
    return Round.objects.get(pk=round.pk), place


def path(round, name):
    at = {"edition": round.edition.slug, "code": round.code}
    return reverse(f"opinion:{name}", kwargs=at)


def unpacked(data: bytes, folder: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.extractall(folder)
    return folder


def ballots(votes: Votes) -> Counter:
    """The answers of everybody, whoever they are."""
    return Counter(tuple(row) for row in np.nan_to_num(votes.dense(), nan=9).tolist())


def test_an_imported_round_leaves_with_the_same_ballots_under_other_numbers(
    ada, imported, tmp_path
):
    round, before = imported
    client = as_person(ada.person)

    answer = client.post(path(round, "export-answers"), follow=True)

    assert answer["Content-Type"] == "application/zip"
    assert f"polis-{ada.edition.slug}-{round.code}.zip" in answer["Content-Disposition"]
    export = read_export(unpacked(answer.content, tmp_path / "out"))
    after = export.votes()
    assert ballots(after) == ballots(before)
    assert after.mod.tolist() == [1] * 7 + [-1]
    assert [one.body for one in export.comments] == [f"Ports, {c}" for c in range(8)]
    assert len(set(export.log.timestamp.tolist())) == 1
    assert export.log.voter.tolist() != sorted(export.log.voter.tolist())
    line = acts_on(round).get(verb="exported answers")
    assert line.doer == ada.person.doer


def test_two_exports_number_people_differently(ada, imported, tmp_path):
    round, _ = imported

    one, other = (
        read_export(unpacked(layout_of(round), tmp_path / name)).votes() for name in ("a", "b")
    )

    assert ballots(one) == ballots(other)
    assert one.dense().tolist() != other.dense().tolist()


def test_a_round_of_a_sealed_edition_leaves_with_the_answers_that_count(sealed, tmp_path):
    round, place = sealed
    client = as_person(place.person)
    counts = {s.number: dialogue.counts_of(round)[s.pk] for s in dialogue.statements_in(round)}

    page = client.get(path(round, "answers")).content.decode()
    assert "Anyone who knows a few answers of a person can find that person" in page
    answer = client.post(path(round, "export-answers"), follow=True)

    folder = unpacked(answer.content, tmp_path / "out")
    votes = Votes.read(folder)
    for number in votes.statement_ids.tolist():
        agree, disagree, seen = votes.counts_of(number)
        assert (agree, disagree) == (counts[number].agree, counts[number].disagree)
        assert seen == counts[number].answers
    assert votes.voice_ids.tolist() == list(range(votes.n_voices))
    everything = "".join(one.read_text() for one in folder.iterdir())
    for voice in round.edition.voices.all():
        for told in (voice.constituency, voice.country):
            assert not told or f",{told}," not in everything


def test_a_round_of_an_edition_that_is_not_sealed_stays(ada, tmp_path):
    round = two_camps(n=40, n_statements=6)
    client = as_person(RoleFactory(edition=round.edition, kind=RoleKind.ORGANISER).person)

    page = client.get(path(round, "answers")).content.decode()
    refused = client.post(path(round, "export-answers"))

    assert "only after the edition has been made anonymous" in page
    assert 'action="' + path(round, "export-answers") not in page
    assert refused.status_code == 409
    assert client.get(path(round, "answers-file")).status_code == 409
    assert not acts_on(round).filter(verb="exported answers").exists()
    with pytest.raises(RuleBroken, match="made anonymous"):
        layout_of(round)


def test_too_few_people_of_a_sealed_edition_stay(sealed):
    round, _ = sealed
    round.edition.smallest = lambda audience: 100

    with pytest.raises(RuleBroken, match="Too few people voted in this round"):
        layout_of(round)


def test_the_file_is_for_the_organiser_who_exported_it(ada, imported):
    round, _ = imported
    other = as_person(RoleFactory(edition=ada.edition, kind=RoleKind.ORGANISER).person)
    chen = as_person(RoleFactory(edition=ada.edition, kind=RoleKind.RAPPORTEUR).person)

    assert as_person(ada.person).get(path(round, "answers-file")).status_code == 409
    actions.export_answers(round, by=ada.person)

    assert as_person(ada.person).get(path(round, "answers-file")).status_code == 200
    assert other.get(path(round, "answers-file")).status_code == 409
    for name in ("answers", "answers-file"):
        assert chen.get(path(round, name)).status_code == 404
    assert "Export the answers" not in chen.get(path(round, "results")).content.decode()


READS = """
import json, sys
from reddwarf.data_loader import Loader
from reddwarf.implementations.base import run_pipeline
loaded = Loader(directory_url=sys.argv[1])
found = run_pipeline(votes=loaded.votes_data, random_state=1)
print(json.dumps({
    "votes": sorted((v["participant_id"], v["statement_id"], v["vote"]) for v in loaded.votes_data),
    "texts": [one["txt"] for one in loaded.comments_data],
    "people": len(found.participants_df),
}))
"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.mark.skipif(
    not (PEER / "bin" / "python").exists(),
    reason=f"red-dwarf is not at {PEER}: `python bench/opinion.py --rows brexit` puts it there",
)
def test_red_dwarf_reads_the_file_back(imported, tmp_path):
    round, before = imported
    folder = unpacked(layout_of(round), tmp_path / "out")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        ran = subprocess.run(
            [PEER / "bin/python", "-c", READS, f"http://127.0.0.1:{server.server_port}/"],
            capture_output=True, text=True, check=False, cwd=tmp_path,
        )  # fmt: skip
    finally:
        server.shutdown()
        server.server_close()

    assert ran.returncode == 0, ran.stderr[-2000:]
    read = json.loads(ran.stdout.splitlines()[-1])
    votes = Votes.read(folder)
    mine = zip(votes.voice_index, votes.statement_index, votes.stance, strict=True)
    assert read["votes"] == sorted(
        [int(votes.voice_ids[v]), int(votes.statement_ids[s]), int(x)] for v, s, x in mine
    )
    assert read["texts"] == [f"Ports, {c}" for c in range(8)]
    assert read["people"] == before.n_voices
