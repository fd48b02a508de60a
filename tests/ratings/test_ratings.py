"""Ratings: the rule is locked before anybody rates, and what came out tells nobody's rating."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from deciding import RuleChanged
from majlis.dialogue.models import QuestionsClosed
from majlis.dialogue.states import ABSTAIN
from majlis.kernel.errors import RuleBroken
from majlis.kernel.texts import Text
from majlis.ratings import actions, document, queries
from majlis.ratings.models import Rating, Sheet
from majlis.ratings.rules import Given, ballots_of, rule_of
from majlis.ratings.states import MethodKind, Verdict
from majlis.recommendations import actions as deciding
from majlis.recommendations.states import TextState
from tests.conftest import as_voice
from tests.factories.ratings import give, given, opened, prepared, shown
from tests.factories.recommendations import (
    DECISION,
    WRITER,
    RecommendationFactory,
    on_final_list,
    published,
)
from tests.factories.registration import VoiceFactory
from tests.factories.series import EditionFactory, fund

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return EditionFactory()


def at(rating, **more):
    return {"edition": rating.edition.slug, "code": rating.code, **more}


def results(rating):
    return document.shown(Rating.objects.get(pk=rating.pk)).results


# --- the rule


def test_rule_is_stored_with_its_digest_when_the_rating_opens_and_locked(edition):
    rating = prepared(edition)
    before = rule_of(rating).digest

    rating = actions.open_rating(rating, by=WRITER)

    assert (rating.digest, rule_of(rating).digest) == (before, before)
    with pytest.raises(RuleBroken, match="stay as they are"):
        actions.change_rating(rating, title=Text(), settings={}, least=9, subjects=["x"], by=WRITER)


def test_rule_that_was_changed_in_the_database_decides_nothing(edition):
    rating = opened(edition)
    given(rating, *[[3, 4]] * 6)
    Rating.objects.update(rule=rating.rule.replace('"passes":"good"', '"passes":"poor"'))

    with pytest.raises(RuleChanged):
        shown(rating)


def test_words_stay_as_they_were_when_the_rating_opened(edition):
    rec = RecommendationFactory(edition=edition)
    rating = opened(edition, recs=[rec])
    rec.title = Text.of("en", en="Something else")
    rec.save()

    actions.open_rating(actions.close_rating(rating, by=WRITER), by=WRITER)

    assert str(rating.options.get().title) == "A public register"


# --- every method, from the answers to what is said

ENOUGH = 10
CASES = {
    MethodKind.MAJORITY: ([3, 1], Verdict.MET, "Good"),
    MethodKind.RAND: ([8, 1], Verdict.MET, "appropriate"),
    MethodKind.DELPHI: ([8, 1], Verdict.MET, "consensus for it"),
    MethodKind.RANKING: ([1, 2], Verdict.MET, "points: 20"),
    MethodKind.IMPACT: ([8, 7, 1, 1], Verdict.MET, "do first"),
    MethodKind.CRITERIA: ([9, 9, 1, 1], Verdict.UNASKED, "score 100"),
}


@pytest.mark.parametrize("method", CASES)
def test_method_says_what_came_out(edition, method):
    numbers, verdict, said = CASES[method]
    rating = opened(edition, method)
    given(rating, *[numbers] * ENOUGH)

    first = results(shown(rating))[0]

    assert (first.verdict, first.outcome, first.n) == (verdict, said, ENOUGH)
    assert max(bar.n for bar in first.distributions[0].bars) == ENOUGH
    answer = Client().get(reverse("ratings:result", kwargs=at(rating)))
    assert rating.digest in answer.content.decode()


def test_sensitivity_says_at_which_weight_another_leads(edition):
    rating = opened(edition, MethodKind.CRITERIA)
    given(rating, *[[9, 1, 1, 9]] * ENOUGH)

    found = document.shown(shown(rating)).sensitivity

    assert found["flip"]["at"] == "50%"
    assert [one["label"] for one in found["criteria"]] == ["Expected benefit", "Feasibility"]


def test_further_round_of_a_delphi_knows_the_one_before(edition):
    rating = opened(edition, MethodKind.DELPHI, n=1)
    voices = given(rating, *[[2]] * 5, *[[8]] * 5)
    rating = shown(rating)
    assert "Another round" in document.shown(rating).progress

    again = actions.open_rating(actions.next_round(rating, by=WRITER), by=WRITER)
    for voice in voices:
        give(again, voice, [8])
    again = shown(again)

    assert again.digest == rating.digest
    assert dict(results(again)[0].facts)["moved since the last round"] == "50%"
    with pytest.raises(RuleBroken, match="no further round"):
        actions.next_round(again, by=WRITER)


def test_ranking_that_came_in_part_keeps_its_order(edition):
    rating = opened(edition, MethodKind.RANKING, n=3)
    one, two, three = rating.options.values_list("subject", flat=True)
    answers = [Given("v", one, 1, 1), Given("v", two, 1, 7), Given("v", three, 0, 8)]

    assert ballots_of(rule_of(rating), answers) == {"v": {two: 1, one: 2}}


# --- what is told


def test_under_ten_ratings_only_outcome_rule_and_number_are_told(edition):
    rating = opened(edition, n=1)
    given(rating, *[[3]] * 8, [0])
    rating = shown(rating)

    (one,) = results(rating)

    assert (one.n, one.outcome) == (9, "Good")
    assert (one.distributions, one.facts, one.groups) == ((), (), ())
    assert (one.abstained, one.against) == (None, None)
    rows = document.rows_of(document.shown(rating))
    assert [(row.step, row.count) for row in rows] == [("", None)]


def test_under_ten_ratings_no_sum_is_told(edition):
    rating = opened(edition, MethodKind.RANKING)
    given(rating, *[[1, 2]] * 6)

    first = results(shown(rating))[0]

    assert (first.place, first.verdict, first.outcome) == (1, Verdict.MET, "")


def test_under_five_ratings_nothing_is_decided(edition):
    rating = opened(edition, n=1)
    given(rating, *[[3]] * 4, [ABSTAIN])

    (one,) = results(shown(rating))

    assert (one.verdict, one.outcome) == (Verdict.NOT_DECIDED, "")


def test_results_are_nowhere_before_they_are_shown(edition):
    rating = opened(edition)
    (ben, *_) = given(rating, *[[3, 4]] * ENOUGH)
    rating = actions.close_rating(rating, by=WRITER)

    assert Client().get(reverse("ratings:result", kwargs=at(rating))).status_code == 404
    page = as_voice(ben).get(reverse("ratings:rating", kwargs=at(rating))).content.decode()
    assert "result-bars" not in page
    with pytest.raises(RuleBroken, match="not been shown"):
        document.shown(rating)


def test_public_page_leaves_out_what_is_not_published(edition):
    draft, open_to_all = RecommendationFactory(edition=edition), published(edition)
    rating = opened(edition, recs=[draft])
    rating.options.create(
        subject=open_to_all.rec_id, position=2, title=open_to_all.title, text=open_to_all.text
    )
    voices = given(rating, *[[3]] * ENOUGH)
    rating = shown(rating)

    public = Client().get(reverse("ratings:result", kwargs=at(rating))).content.decode()
    room = as_voice(voices[0]).get(reverse("ratings:rating", kwargs=at(rating))).content.decode()

    assert draft.rec_id not in public
    assert draft.rec_id in room


def test_minority_statement_stands_beside_the_result(edition):
    rating = opened(edition, n=1)
    given(rating, *[[3]] * ENOUGH)
    rating = shown(rating)
    subject = rating.options.get().subject

    actions.file_statement(
        rating, subject=subject, words="Too high.", signed="", language="en", by=WRITER
    )

    assert [each.words for each in results(rating)[0].minority] == ["Too high."]


def test_recommendation_shows_how_it_was_rated_and_on_what_its_decision_rests(edition):
    rec = on_final_list(edition)
    rating = opened(edition, recs=[rec])
    given(rating, *[[3]] * ENOUGH)
    rating = shown(rating)
    fund(edition)
    deciding.decide(rec, outcome=TextState.ADOPTED, facts=DECISION | {"rating": rating}, by=WRITER)
    deciding.publish(rec, attribution_checked=True, by=WRITER)

    page = Client().get(
        reverse("recommendations:public", kwargs={"edition": edition.slug, "rec_id": rec.rec_id})
    )

    said = page.content.decode()
    assert "How it was rated" in said
    assert said.count(reverse("ratings:result", kwargs=at(rating))) == 2  # and with the decision


# --- phones and paper


def test_form_without_scripts_is_taken_and_comes_back_to_the_question(edition):
    rating = opened(edition)
    ben = VoiceFactory(edition=edition)
    question = rating.asked.questions.first()
    sent = {"statement": question.code, "stance": "4", "seq": "1", "key": "key-00000001", "box": ""}

    answer = as_voice(ben).post(reverse("ratings:vote", kwargs=at(rating)), sent)

    assert answer["Location"].endswith(f"#q-{question.code}")
    assert queries.ballot_of(rating, ben).line(question.code).number == 4


@pytest.mark.parametrize("stance", ["6", "x", ""])
def test_number_that_the_rule_does_not_know_is_refused(edition, stance):
    rating = opened(edition)
    code = rating.asked.questions.first().code
    sent = {"statement": code, "stance": stance, "seq": "1", "key": "key-00000001", "box": ""}

    answer = as_voice(VoiceFactory(edition=edition)).post(
        reverse("ratings:vote", kwargs=at(rating)), sent
    )

    assert answer.status_code == 422
    assert queries.n_raters(rating) == 0


class Second:
    doer = "person:second"


def test_paper_is_entered_twice_by_two_people(edition):
    rating = opened(edition)
    one, two = (question.code for question in rating.asked.questions.order_by("pk"))
    sheet = actions.type_sheet(rating, number=7, numbers={one: 5, two: 2}, by=WRITER)

    with pytest.raises(RuleBroken, match="second person"):
        actions.check_sheet(sheet, numbers={one: 5, two: 2}, by=WRITER)
    with pytest.raises(actions.EntriesDiffer):
        actions.check_sheet(sheet, numbers={one: 4}, by=Second())
    actions.check_sheet(sheet, numbers={one: 4}, keep=True, by=Second())

    standing = queries.read_on_paper(Sheet.objects.select_related("voice").get(pk=sheet.pk))
    assert standing == {one: 4, two: ABSTAIN}


def test_paper_leaves_what_the_phone_has_answered(edition):
    rating = opened(edition)
    one, two = (question.code for question in rating.asked.questions.order_by("pk"))
    ben = VoiceFactory(edition=edition)
    give(rating, ben, [5])

    actions.type_sheet(rating, number=1, numbers={one: 0, two: 2}, voice=ben, by=WRITER)

    assert [e.stance for e in queries.own_answers(rating, ben).values()] == [5, 2]
    with pytest.raises(RuleBroken, match="already been entered"):
        actions.type_sheet(rating, number=2, numbers={one: 0}, voice=ben, by=WRITER)


def test_no_paper_once_results_are_shown(edition):
    rating = opened(edition)
    code = rating.asked.questions.first().code
    rating = shown(rating)

    with pytest.raises(QuestionsClosed):
        actions.type_sheet(rating, number=1, numbers={code: 3}, by=WRITER)
