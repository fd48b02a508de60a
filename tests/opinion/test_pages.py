"""The page of results, for participants and for the desk."""

import csv
import io

import pytest
from django.urls import reverse

from majlis.dialogue.models import Round, Showing
from majlis.dialogue.states import RoundState
from majlis.opinion import actions
from majlis.opinion.models import Result
from majlis.registration.models import Voice
from tests.conftest import as_person, as_voice
from tests.factories.dialogue import VoteEventFactory, counted
from tests.factories.registration import RoleFactory
from tests.opinion.test_actions import two_camps

pytestmark = pytest.mark.django_db


def path(round, name="results", **more):
    kwargs = {"edition": round.edition.slug, "code": round.code, **more}
    return reverse(f"opinion:{name}", kwargs=kwargs)


def desk(round):
    return as_person(RoleFactory(edition=round.edition).person)


def phone(round):
    return as_voice(Voice.objects.filter(edition=round.edition).order_by("pk").first())


@pytest.mark.parametrize(
    "order", ["bridging", "divides", "between", "agreement", "disagreement", "number", "no such"]
)
def test_results_page_begins_with_words_and_shows_every_statement(order):
    round = two_camps()
    actions.keep_reading(round)

    page = desk(round).get(path(round), {"order": order}).content.decode()

    assert page.index("Where opinions differ") < page.index('class="figure"')
    assert page.count("result-line") == 6


def test_results_are_titled_by_what_was_found_and_count_every_statement_once():
    round = two_camps(n=40, n_statements=30)
    actions.keep_reading(round)

    page = desk(round).get(path(round))
    found = {one.kind: one.n for one in page.context["verdicts"]}

    assert f"<h1>{page.context['finding']}</h1>" in page.content.decode()
    assert "2 distinct opinion groups" in page.context["finding"]
    assert sum(found.values()) == 30
    assert found["divided"] == 30  # two camps of twenty, each against the other


def test_room_results_mark_the_readers_own_place_and_answers_and_nobody_elses():
    round = two_camps(n=40, n_statements=30)
    result = actions.keep_reading(round)
    client = phone(round)

    page = client.get(path(round, "room-results"))
    text = page.content.decode()

    assert page.context["own_group"] in {"Group 1", "Group 2"}
    assert text.count('class="fig-own"') == 1
    assert text.count("Your answer:") == 12
    codes = {place["code"] for place in result.places}
    assert [code for code in codes if code in text] == []


def test_desk_results_mark_nobodys_place():
    round = two_camps(n=40, n_statements=30)
    actions.keep_reading(round)

    text = desk(round).get(path(round)).content.decode()

    assert ("Opinion map" in text, "fig-own" in text, "Your answer" in text) == (True, False, False)


def test_desk_is_told_of_ways_of_voting_and_nobody_else_is():
    round = two_camps(n=40, n_statements=30)
    result = actions.keep_reading(round)
    result.content["manners"] = [
        {"code": "agreeing", "numbers": {"people": 6}},
        {"code": "disagreeing", "numbers": {"people": 7}},
        {"code": "same_ballots", "numbers": {"people": 9, "blocks": 2}},
        {"code": "left_out", "numbers": {"answer": "none", "with_all": "groups"}},
    ]
    Result.objects.filter(pk=result.pk).update(content=result.content, digest="1" * 64)

    told = desk(round).get(path(round)).content.decode()
    others = phone(round).get(path(round, "room-results")).content.decode()

    for words in (
        "6 people agree with nearly every statement.",
        "7 people disagree with nearly every statement.",
        "9 people gave the same answers as others, or nearly.",
        "each set of identical answers was counted once.",
    ):
        assert words in told
        assert words not in others


def test_results_of_before_ways_of_voting_were_told_are_still_shown():
    round = two_camps(n=40, n_statements=30)
    result = actions.keep_reading(round)
    del result.content["manners"]
    kept = Result.objects.filter(pk=result.pk)
    kept.update(content=result.content, package_version="0.1.0", digest="2" * 64)

    page = desk(round).get(path(round)).content.decode()

    assert "Where opinions differ" in page
    assert "How people answered" not in page


def test_room_results_of_an_open_round_lead_to_the_ballot():
    round = two_camps()
    Round.objects.filter(pk=round.pk).update(state=RoundState.OPEN, closed_at=None)

    answer = phone(round).get(path(round, "room-results"))

    assert answer.headers["Location"] == reverse(
        "dialogue:round", kwargs={"edition": round.edition.slug, "code": round.code}
    )


def test_results_of_three_people_say_why_there_are_none():
    round = two_camps(n=3)
    actions.refresh_stale()

    text = phone(round).get(path(round, "room-results")).content.decode()

    assert "People who have voted so far: 3." in text
    assert "<figure" not in text


def test_make_again_says_that_the_bytes_agree_or_differ():
    round = two_camps()
    result = actions.keep_reading(round)
    client = desk(round)

    agree = client.post(path(round, "make-again"), {"result": result.code}, follow=True)
    Result.objects.filter(pk=result.pk).update(digest="0" * 64)
    differ = client.post(path(round, "make-again"), {"result": result.code}, follow=True)

    assert (
        "Recalculated from the votes: the result is identical (fingerprint"
        in agree.content.decode()
    )
    assert "Calculated again from the votes with opinionspace" in differ.content.decode()


def test_make_again_of_another_rounds_result_is_not_found():
    one, other = two_camps(), two_camps()
    result = actions.keep_reading(other)

    answer = desk(one).post(path(one, "make-again"), {"result": result.code})

    assert answer.status_code == 404


def test_files_hold_the_counts_that_the_public_may_see():
    round = two_camps(n=24)
    few = round.statements.last()
    few.votes.all().delete()
    Showing.objects.all().delete()
    for voice in Voice.objects.filter(edition=round.edition)[:6]:
        VoteEventFactory(statement=few, voice=voice)
    counted(round)
    actions.keep_reading(round)
    client = desk(round)

    table = client.get(path(round, "file", kind="csv")).content.decode()
    data = client.get(path(round, "file", kind="json")).json()

    rows = list(csv.DictReader(io.StringIO(table.removeprefix("\ufeff"))))
    assert [(r["table"], r["answers"]) for r in rows] == [("room", "24")] * 5 + [
        ("too few answers", "")
    ]
    assert [s["whole"] and s["whole"]["answers"] for s in data["statements"]] == [24] * 5 + [None]
    assert data["made"]["digest"] == Result.objects.get().digest


def test_file_of_another_kind_is_not_found():
    round = two_camps()

    assert desk(round).get(path(round, "file", kind="xls")).status_code == 404


@pytest.mark.parametrize("n", [2, 20])
def test_results_page_asks_the_same_number_of_queries_for_any_length(
    n, django_assert_max_num_queries
):
    round = two_camps(n_statements=n)
    actions.keep_reading(round)
    client = phone(round)

    with django_assert_max_num_queries(16):
        client.get(path(round, "room-results"))
