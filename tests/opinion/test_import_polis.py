"""Real votes become a closed round, and nothing is invented on the way."""

import csv
import json
import shutil

import pytest
from django.core.management import CommandError, call_command

from majlis.dialogue import queries as dialogue
from majlis.dialogue.models import Round, Statement
from majlis.kernel.errors import NotFound, RuleBroken
from opinionspace.export import read_export
from opinionspace.polis import analyse
from tests.factories.series import EditionFactory


@pytest.fixture
def brexit(shared_data):
    return shared_data / "opinion" / "openData" / "brexit-consensus"


def counted_by_hand(folder):
    """Standing stances per comment, from votes.csv alone: the last vote of a voter wins."""
    with (folder / "votes.csv").open(encoding="utf-8") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: int(row["timestamp"]))
    last = {(row["voter-id"], row["comment-id"]): int(row["vote"]) for row in rows}
    agrees = {}
    for (_voter, comment), stance in last.items():
        agrees[comment] = agrees.get(comment, 0) + (stance == 1)
    return sorted(agrees.values()), len({voter for voter, _comment in last})


@pytest.mark.django_db
def test_import_polis_keeps_the_standing_votes_of_a_real_conversation(brexit, capsys):
    edition = EditionFactory(slug="tunis")

    call_command(
        "import_polis",
        str(brexit),
        "--edition",
        "tunis",
        "--round",
        "Consensus",
        "--language",
        "en",
    )

    round = Round.objects.get(edition=edition)
    agrees, n_voters = counted_by_hand(brexit)
    counts = dialogue.counts_of(round)
    assert sorted(c.agree for c in counts.values()) == agrees
    assert dialogue.turnout(round).voted == n_voters
    assert round.results.get(mode="polis").content["k"] == analyse(read_export(brexit).votes()).k


@pytest.mark.django_db
def test_import_polis_of_another_folder_names_the_fault_and_changes_nothing(tmp_path):
    EditionFactory(slug="tunis")
    (tmp_path / "votes.csv").write_text("who,what\n1,2\n", encoding="utf-8")

    with pytest.raises(CommandError, match=r"votes\.csv, line 1: no column .* Nothing was"):
        call_command("import_polis", str(tmp_path), "--edition", "tunis", "--round", "X")

    assert list(Statement.objects.all()) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"votes": "comment-id,voter-id,vote\n"}, r"votes\.csv: there are no votes, only a header"),
        (
            {
                "votes": "comment-id,voter-id,vote\n1,1,-1\n",
                "comments": "comment-id,agrees,disagrees\n1,1,0\n",
            },
            "say the opposite of these votes",
        ),
    ],
)
def test_import_polis_of_no_votes_or_turned_votes_changes_nothing(tmp_path, files, message):
    EditionFactory(slug="tunis")
    for name, text in files.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")

    with pytest.raises(CommandError, match=f"{message}.*Nothing was imported"):
        call_command("import_polis", str(tmp_path), "--edition", "tunis", "--round", "X")

    assert list(Round.objects.all()) == []


@pytest.mark.django_db
def test_import_polis_reads_votes_that_are_turned_as_it_is_told(tmp_path):
    EditionFactory(slug="tunis")
    (tmp_path / "votes.csv").write_text("timestamp,comment-id,voter-id,vote\n-1000,1,1,-1\n")

    call_command(
        "import_polis", str(tmp_path), "--edition", "tunis", "--round", "X", "--agree", "-1"
    )

    round = Round.objects.get()
    assert [count.agree for count in dialogue.counts_of(round).values()] == [1]
    assert round.opened_at.isoformat() == "1969-12-31T23:59:59+00:00"


@pytest.fixture
def downloaded(shared_data):
    return shared_data.parent / "cases" / "files" / "F12-polis-as-downloaded"


@pytest.mark.django_db
def test_import_polis_as_downloaded_passes_over_and_counts_blank_comments(downloaded, capsys):
    EditionFactory(slug="tunis")

    call_command("import_polis", str(downloaded), "--edition", "tunis", "--round", "Today")

    round = Round.objects.get()
    wordings = [s.wording["en"].text for s in round.statements.order_by("number")]
    assert wordings == ["We need open data", "ab"]
    with (downloaded / "2025-06-19-1201-3phdex2kjf-votes.csv").open() as file:
        on_blank = sum(row["comment-id"] == "1" for row in csv.DictReader(file))
    said = capsys.readouterr().out
    assert f"Passed over, having no words: 1 comments, with {on_blank} votes on them." in said


@pytest.mark.django_db
def test_import_polis_of_the_same_export_twice_is_noticed(downloaded, tmp_path):
    EditionFactory(slug="tunis")
    EditionFactory(slug="elsewhere")
    shutil.copytree(downloaded, tmp_path / "copy")

    def bring(folder, edition, *more):
        call_command("import_polis", str(folder), "--edition", edition, "--round", "R", *more)

    bring(downloaded, "tunis")
    with pytest.raises(RuleBroken, match=f"imported before, as round {Round.objects.get().code}"):
        bring(tmp_path / "copy", "tunis")
    assert Round.objects.count() == 1

    bring(downloaded, "tunis", "--again")
    bring(downloaded, "elsewhere")
    assert Round.objects.count() == 3


@pytest.mark.django_db
def test_import_polis_into_a_missing_edition_says_so(brexit):
    with pytest.raises(NotFound, match="There is no edition “nowhere”"):
        call_command("import_polis", str(brexit), "--edition", "nowhere", "--round", "X")


def test_analyse_prints_the_groups_of_an_export_without_a_database(brexit, capsys):
    call_command("analyse", str(brexit), "--json")

    said = json.loads(capsys.readouterr().out)
    assert len(said["groups"]) == analyse(read_export(brexit).votes()).k


def test_analyse_of_a_missing_folder_is_a_sentence(tmp_path):
    with pytest.raises(CommandError, match=r"votes\.csv"):
        call_command("analyse", str(tmp_path / "nowhere"))
