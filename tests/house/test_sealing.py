"""Sealing is final: whoever reads everything afterwards can only guess who said or voted what."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection, transaction

import majlis.dialogue.sealing as of_dialogue
import majlis.opinion.sealing as of_opinion
import majlis.registration.sealing as of_registration
from majlis.dialogue.models import VoteEvent
from majlis.front.sealing import seal_edition
from majlis.kernel.models import Act
from majlis.mail.models import Message
from majlis.opinion import actions as opinion
from majlis.registration.models import Voice
from majlis.series import sealing
from tests.house import attacker
from tests.house.seminar import held

pytestmark = pytest.mark.django_db

GUESSES = 14
"""More right than this out of 40 are no guesses. A matching by lot within six groups gets six right
on average, and 15 or more one time in a thousand; a trait that tells gets nearly all."""


HOW = ("channel", "seq", "at", "device_id")


@pytest.fixture(scope="module")
def happened(django_db_setup, django_db_blocker):
    """The seminar, held once for all tests and forgotten after them."""
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        made = held(patch)
        opinion.refresh_stale()
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def seminar(happened, db):
    """The same, for one test."""
    yield happened
    connection.check_constraints()


def found_out(seminar) -> list[str]:
    """Everything that an attacker finds out about who said or voted what."""
    rows = attacker.records()
    return [
        *found_by_keys(seminar, rows),
        *found_by_traits(seminar, rows),
        *found_by_labels(seminar, rows),
    ]


def found_by_keys(seminar, rows) -> list[str]:
    named = {r["id"] for r in rows["dialogue.contribution"] if r["words"] in seminar.named}
    team = {seminar.ada.code, seminar.fay.code}
    told = []
    for person in seminar.votes[seminar.rounds[0].code]:
        for table, key in attacker.linked(rows, person, team):
            if table in {"dialogue.voteevent", "registration.voice", "dialogue.paperballot"} or (
                table == "dialogue.contribution" and key not in named
            ):
                told.append(f"keys lead from {person} to {table} {key}")
    return told[:3]


def ballots(seminar, rows, round) -> dict[object, list]:
    """The votes of a round by voice, as anybody who holds the database can lay them together."""
    asked = {r["id"] for r in rows["dialogue.statement"] if r["round_id"] == round.pk}
    found = defaultdict(list)
    for vote in rows["dialogue.voteevent"]:
        if vote["statement_id"] in asked:
            found[vote["voice_id"]].append(vote)
    return found


def truth_of(seminar, rows, round) -> dict[object, str]:
    """Whose voice each is. No two people answered alike, which the attacker does not know."""
    order = sorted(
        (r["position"], r["id"]) for r in rows["dialogue.statement"] if r["round_id"] == round.pk
    )
    whose = {ballot: person for person, ballot in seminar.votes[round.code].items()}
    truth = {}
    for voice, votes in ballots(seminar, rows, round).items():
        last = {v["statement_id"]: v["stance"] for v in sorted(votes, key=lambda v: v["seq"])}
        truth[voice] = whose[tuple(last.get(pk) for _position, pk in order)]
    return truth


def found_by_traits(seminar, rows) -> list[str]:
    """Persons, what they said, and what they voted in each round, each laid beside the others."""
    people = seminar.votes[seminar.rounds[0].code]
    first, second = (truth_of(seminar, rows, round) for round in seminar.rounds)
    assert len(first) == len(second) == len(people)
    said = {
        r["id"]: seminar.words[r["words"]]
        for r in rows["dialogue.contribution"]
        if r["words"] not in seminar.named
    }
    of_first, of_second = (attacker.traits_of_voices(rows, one) for one in (first, second))
    of_said = attacker.traits_of_contributions(rows, said)
    persons = attacker.traits_of_persons(rows, people)
    pairs = {
        "persons and the first round": (persons, of_first, first),
        "persons and the second round": (persons, of_second, second),
        "persons and words": (persons, of_said, said),
        "words and votes": (attacker.of_people(of_said, said), of_first, first),
        "votes and votes": (attacker.of_people(of_first, first), of_second, second),
    }
    told = []
    for name, (left, right, truth) in pairs.items():
        n, how = attacker.best_match(left, right, truth)
        if n > GUESSES:
            told.append(f"{name}: {n} by {how}")
    return told


def found_by_labels(seminar, rows) -> list[str]:
    """Voices that too few others of their round are like, in anything but their answers."""
    told = []
    voices = {r["id"]: r for r in rows["registration.voice"]}
    for round in seminar.rounds:
        cells: Counter[str] = Counter()
        for voice, votes in ballots(seminar, rows, round).items():
            own = {k: v for k, v in voices[voice].items() if k not in {"id", "code", "paper_code"}}
            ways = {
                (vote["channel"], vote["seq"], vote["at"], vote.get("device_id")) for vote in votes
            }
            cells[str((own, sorted(ways, key=str)))] += 1
        told += [f"{n} voices alone in {cell}" for cell, n in cells.items() if n < 5]
    counts = {
        key: sum(row[2:5])
        for showing in rows["dialogue.showing"]
        for row in showing["counts"]
        for key in [(showing["id"], row[0], row[1])]
    }
    told += [f"{n} answers counted apart: {cell}" for cell, n in counts.items() if n < 5]
    places = [
        r["id"] for r in rows["opinion.result"] if "voice" in str(r["content"]) or r["places"]
    ]
    return (told + [f"result {pk} keeps places" for pk in places])[:5]


# --- the promise


def test_nobody_can_tell_who_said_or_voted_what_once_an_edition_is_sealed(seminar):
    assert found_out(seminar)  # before: everything is there to be found

    seal_edition(seminar.edition, by=seminar.ada)

    assert found_out(seminar) == []


def old_sealing(seminar):
    """What sealing was in 0.1: the link from voice to registration is cut, and no more."""
    Voice.objects.filter(edition=seminar.edition).update(registration=None)


class Unshuffled:
    """A lot that leaves every order as it is."""

    @staticmethod
    def shuffle(_rows):
        return

    @staticmethod
    def sample(rows, n):
        return list(rows)[:n]


class Spared:
    """Rows that nothing is done to."""

    def __init__(self, model):
        self.objects = model.objects.none()


def leave_times_of_votes(monkeypatch):
    recast = of_dialogue._recast

    def recast_with_times(round):
        recast(round)
        for n, vote in enumerate(VoteEvent.objects.filter(statement__round=round)):
            VoteEvent.objects.filter(pk=vote.pk).update(at=round.opened_at + timedelta(seconds=n))

    monkeypatch.setattr(of_dialogue, "_recast", recast_with_times)


def leave_the_order_of_votes(monkeypatch):
    monkeypatch.setattr(of_dialogue, "LOT", Unshuffled)


def leave_lines_of_voices(monkeypatch):
    monkeypatch.setattr(of_dialogue, "Act", Spared(Act))


def leave_lines_of_persons(monkeypatch):
    monkeypatch.setattr(of_registration, "_keep_days_of_lines", lambda *_args: None)


def leave_arrivals(monkeypatch):
    monkeypatch.setattr(of_registration, "_keep_days", lambda *_args: None)


def leave_ways_in(monkeypatch):
    monkeypatch.setattr(of_registration, "_forget_ways_in", lambda *_args: None)


def leave_small_groups(monkeypatch):
    monkeypatch.setattr(of_dialogue, "_finest", lambda ways, *_more: ways[0])


def leave_small_counts(monkeypatch):
    monkeypatch.setattr(of_dialogue, "_freeze", lambda _round: None)


def leave_places(monkeypatch):
    monkeypatch.setattr(of_opinion, "_forget_places", lambda _edition: None)


MUTATIONS = [
    leave_times_of_votes,
    leave_the_order_of_votes,
    leave_lines_of_voices,
    leave_lines_of_persons,
    leave_arrivals,
    leave_ways_in,
    leave_small_groups,
    leave_small_counts,
]


def test_the_attacker_finds_people_after_the_sealing_of_0_1(seminar):
    """The link from voice to registration was cut, and messages were deleted, and no more."""
    Voice.objects.filter(edition=seminar.edition).update(registration=None)
    Message.objects.all().delete()

    assert found_out(seminar)


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda one: one.__name__)
def test_the_attacker_finds_people_where_one_thing_is_left(mutation, seminar, monkeypatch):
    mutation(monkeypatch)

    seal_edition(seminar.edition, by=seminar.ada)

    assert any(found_out(seminar)), "the attacker does not look there"


# --- nothing is forgotten


def test_every_model_is_changed_by_sealing_or_named_here():
    """A new table must not bring back what sealing takes away."""
    changed = {model for part in sealing.parts() for model in part.changed}
    ours = {m for m in apps.get_models() if m.__module__.startswith("majlis.")}

    assert {m._meta.label for m in ours - changed} == set(UNTOUCHED)


UNTOUCHED = {
    "briefs.Publication": "published",
    "briefs.PublicationFile": "published",
    "circulars.Circular": "what the team wrote to many",
    "dialogue.LineageEdge": "from words to statements",
    "dialogue.LineageStep": "what the team did with words",
    "dialogue.Question": "public",
    "dialogue.QuestionSet": "public",
    "dialogue.Statement": "public",
    "evaluation.OwnQuestion": "public",
    "evaluation.Remark": "joined to nobody and to no other answer, without a time",
    "evaluation.Reply": "joined to nobody, without a time",
    "evaluation.Survey": "counts, and when the team opened and closed it",
    "evaluation.Ticket": "a digest; its link stands in a message, which sealing deletes",
    "followup.Endorsement": "signed for an organisation, and public",
    "followup.Entry": "what addressees answered and the team noted, joined to no voice",
    "followup.FocalLink": "of whoever answers for an addressee, for years after the day",
    "followup.Follow": "public",
    "followup.PlannedAction": "public",
    "kernel.Job": "when results of rounds were made",
    "mail.LetterWording": "what the team wrote",
    "mail.MailServer": "of the installation",
    "people.Organisation": "no times, and nobody's name",
    "ratings.MinorityStatement": "what some handed in to be shown",
    "ratings.Option": "public",
    "recommendations.Addressee": "public",
    "recommendations.Adoption": "what the team recorded",
    "recommendations.Citation": "what the team cited, as it was shown",
    "recommendations.CitedLink": "public",
    "recommendations.Pair": "public",
    "recommendations.Recommendation": "public",
    "recommendations.Relation": "public",
    "recommendations.Review": "what the team wrote",
    "registration.FormAnswer": "stands beside the name, without a time, joined to no voice",
    "registration.Invitation": "of the team",
    "registration.ProgrammeNotice": "that people were told of a version, not who",
    "registration.Quota": "numbers of places",
    "registration.Role": "of the team",
    "series.Challenge": "public",
    "series.EditionLink": "public",
    "series.GlossaryTerm": "public",
    "series.PackUpload": "words for public pages, handed in by the team",
    "series.Partner": "public",
    "series.Readiness": "answers of the team about its edition",
    "series.Tick": "steps of the check list",
    "series.ProgrammeVersion": "public",
    "series.PublicText": "public",
    "series.Question": "public",
    "series.Series": "public",
    "series.Session": "public",
    "series.SessionFile": "what the team put there",
    "series.Speaker": "said of them in the programme; joined to no voice",
    "series.Theme": "public",
    "stage.Stage": "what the screen shows",
}
