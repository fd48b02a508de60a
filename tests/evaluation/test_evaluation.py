"""Asking without knowing who answers, and showing no more than may be shown."""

import csv
import io
from itertools import pairwise

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from majlis.evaluation import actions, queries
from majlis.evaluation.access import survey_by_token
from majlis.evaluation.actions import LinkUsed, SurveyOver
from majlis.evaluation.fields import FEATURES
from majlis.evaluation.forms import AnswerForm
from majlis.evaluation.models import Remark, Reply, Survey, Ticket
from majlis.evaluation.states import QuestionKind, Wave
from majlis.kernel.errors import NotFound, RuleBroken
from majlis.kernel.models import Act
from majlis.kernel.texts import Text
from majlis.mail.models import Message
from tests.conftest import as_person
from tests.factories.registration import RegistrationFactory, RoleFactory
from tests.factories.series import EditionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(db):
    return RoleFactory()


@pytest.fixture
def edition(ada):
    return ada.edition


def opened(edition, by, *, wave=Wave.DAY, most_open=50) -> Survey:
    return actions.open_survey(edition, wave, most_open=most_open, by=by.person)


def answer(survey, ticket=None, /, *, remarks=None, **values) -> None:
    actions.take_answer(survey, ticket, values=values, remarks=remarks or {}, language="en")


def answered(survey, n=6, **values) -> Survey:
    for _person in range(n):
        answer(survey, **({"f1": 6, "heard": "yes"} | values))
    return survey


def tokens() -> list[str]:
    return [message.secrets[0] for message in Message.objects.order_by("pk")]


def test_every_participant_gets_one_link_that_takes_one_answer(edition, ada):
    for n in range(3):
        RegistrationFactory(edition=edition, person__email=f"p{n}@example.org", state="confirmed")
    survey = opened(edition, ada)

    assert actions.send_links(survey, by=ada.person) == 3
    with pytest.raises(RuleBroken, match="sent before"):
        actions.send_links(survey, by=ada.person)
    found, ticket = survey_by_token(edition.slug, tokens()[0])
    answer(found, ticket, f1=7)
    with pytest.raises(LinkUsed):
        answer(found, ticket, f1=1)
    with pytest.raises(NotFound):
        survey_by_token(edition.slug, tokens()[0])
    again = Client().get(reverse("evaluation:answer", args=[edition.slug, tokens()[0]]))
    assert (again.status_code, "takes no more answers" in again.content.decode()) == (404, True)

    assert [reply.values for reply in Reply.objects.all()] == [{"f1": 7}]
    assert Ticket.objects.count() == 2


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@pytest.mark.parametrize("wave", Wave)
def test_the_letter_after_the_day_is_not_the_one_after_six_months(edition, ada, wave, language):
    RegistrationFactory(edition=edition, person__language=language, state="confirmed")
    actions.send_links(opened(edition, ada, wave=wave), by=ada.person)
    with translation.override(language):
        asked = _(
            "Please tell us whether you have acted on what was discussed. "
            "It takes about one minute."
        )

    text = Message.objects.get().text
    assert (asked in text) == (wave == Wave.LATER)


def test_nothing_joins_an_answer_to_anybody_or_to_a_time(edition, ada):
    survey = answered(opened(edition, ada), 3)
    answer(survey, f1=4, remarks={"free": "Longer breaks"})

    for model in (Reply, Remark, Ticket):
        kinds = {type(f) for f in model._meta.concrete_fields}
        assert not kinds & {models.DateTimeField, models.DateField, models.BigAutoField}
        related = [f.related_model for f in model._meta.concrete_fields if f.is_relation]
        assert related == [Survey]
    keys = sorted(Reply.objects.values_list("pk", flat=True))
    assert all(later - earlier > 1 for earlier, later in pairwise(keys))  # by lot, not in turn
    assert set(Act.objects.values_list("verb", flat=True)) == {"open_survey"}


def test_open_link_takes_as_many_as_it_was_given(edition, ada):
    survey = opened(edition, ada, most_open=2)
    answered(survey, 2)

    with pytest.raises(LinkUsed):
        answer(survey, f1=1)
    page = Client().get(reverse("evaluation:answer", args=[edition.slug, survey.key]))

    assert "takes no more answers" in page.content.decode()
    assert Reply.objects.count() == 2


def test_nothing_is_shown_while_it_is_open_or_under_five(edition, ada):
    survey = answered(opened(edition, ada), 4)
    assert not queries.read(survey).is_shown

    actions.close_survey(survey, by=ada.person)
    survey.refresh_from_db()
    found = queries.read(survey)
    page = as_person(ada.person).get(reverse("evaluation:wave", args=[edition.slug, "day"]))

    assert (found.is_shown, found.items) == (False, [])
    assert "At least five are needed" in page.content.decode()
    with pytest.raises(SurveyOver):
        answer(survey, f1=7)


def test_question_that_few_answered_shows_nothing_beside_others_that_do(edition, ada):
    survey = answered(opened(edition, ada), 6)
    answer(survey, f1=1, f2=3)
    survey = actions.close_survey(survey, by=ada.person)

    by_key = {one.item.key: one for one in queries.read(survey).items}

    assert (by_key["f2"].n, by_key["f2"].counts, by_key["f2"].mean) == (None, (), None)
    assert by_key["f1"].n == 7
    assert by_key["f1"].mean == pytest.approx(37 / 7)
    assert [n for _code, _label, n in by_key["f1"].counts] == [1, 0, 0, 0, 0, 6, 0]
    assert [n for _code, _label, n in by_key["heard"].counts] == [6, 0, 0]


def test_rate_is_the_share_of_participants_and_stands_in_the_files(edition, ada):
    for n in range(12):
        RegistrationFactory(edition=edition, person__email=f"p{n}@example.org", state="confirmed")
    answered(survey := opened(edition, ada), 6)
    actions.close_survey(survey, by=ada.person)
    client = as_person(ada.person)

    page = client.get(reverse("evaluation:wave", args=[edition.slug, "day"])).content.decode()
    file = client.get(reverse("evaluation:file", args=[edition.slug, "day", "csv"]))
    rows = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))

    assert "6 of 12 participants (50%)" in " ".join(page.split())
    assert {row["Answer rate"] for row in rows} == {"0.5"}
    assert [row["People"] for row in rows if row["Question"] == str(FEATURES[0].label)] == [
        "0", "0", "0", "0", "0", "6", "0",
    ]  # fmt: skip


def test_own_questions_are_asked_in_the_readers_language_and_fixed_once_open(edition, ada):
    words = Text.of("en", en="Was the food good?", fr="Le repas était-il bon ?")
    actions.add_question(edition, Wave.DAY, kind=QuestionKind.SCALE, words=words, by=ada.person)
    survey = opened(edition, ada)

    with pytest.raises(RuleBroken, match="people have been asked"):
        actions.remove_question(survey.questions.get(), by=ada.person)
    page = Client().get(f"/fr/e/{edition.slug}/evaluation/{survey.key}/").content.decode()

    assert "Le repas était-il bon ?" in page


def test_form_is_sent_through_its_page_and_may_leave_out_questions(edition, ada):
    survey = opened(edition, ada)
    address = reverse("evaluation:answer", args=[edition.slug, survey.key])
    client = Client()

    empty = client.post(address, {})
    wrong = client.post(address, {"f1": "9"})
    sent = client.post(address, {"f1": "5", "acts": "yes", "free": "Longer breaks"}, follow=True)

    assert (empty.status_code, wrong.status_code) == (422, 422)
    assert "Answer at least one question." in empty.content.decode()
    assert "Thank you" in sent.content.decode()
    assert Reply.objects.get().values == {"f1": 5, "acts": "yes"}
    assert Remark.objects.get().words == "Longer breaks"


def test_six_months_later_asks_whether_people_acted_and_no_grades(edition):
    form = AnswerForm(survey=Survey(edition=edition, wave=Wave.LATER))

    assert list(form.fields) == ["heard", "acts", "free"]
    assert "Have you acted" in str(form.fields["acts"].label)


def test_waves_and_editions_are_compared_for_teams_of_both_only(edition, ada):
    other = EditionFactory(series=edition.series, slug="other")
    foreign = RoleFactory(edition=other)
    for one, by in ((edition, ada), (other, foreign)):
        actions.close_survey(answered(opened(one, by)), by=by.person)
    actions.close_survey(answered(opened(edition, ada, wave=Wave.LATER)), by=ada.person)

    alone = queries.comparable(edition, ada.person)
    RoleFactory(edition=other, person=ada.person)
    both = queries.comparable(edition, ada.person)

    assert [one.survey.wave for one in alone] == ["day", "later"]
    assert len(both) == 3
    assert [row.cells[0] is not None for row in queries.compared(alone)][:1] == [True]
