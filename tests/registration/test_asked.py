"""An edition asks its own questions, and people answer, correct and delete what they said."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from majlis.kernel.clock import now
from majlis.kernel.errors import RuleBroken
from majlis.kernel.texts import Text
from majlis.registration import access, actions, held
from majlis.registration.models import FormAnswer, PendingAnswers, Registration
from majlis.series.actions import remove_part, set_usual_questions
from majlis.series.models import Question
from majlis.series.pack import QUESTION_BINDING
from majlis.series.states import QuestionKind
from tests.conftest import as_person
from tests.factories.mail import outbox
from tests.factories.registration import RoleFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]

BEN = {
    "name": "Ben Salah",
    "email": "ben@seminar.example",
    "capacity": "personal",
    "constituency": "sme",
    "country": "TN",
    "languages": ["fr"],
}


@pytest.fixture
def ada():
    soon = now().date() + timedelta(days=20)
    days = {"edition__starts_on": soon, "edition__ends_on": soon}
    return RoleFactory(edition__slug="tunis", person__name="Ada", **days).person


@pytest.fixture
def edition(ada):
    return ada.roles.get().edition


@pytest.fixture
def asked(ada, edition):
    chosen = {"visa": "required", "passport": "required", "diet": "asked"}
    set_usual_questions(edition, chosen, by=ada)
    return edition


def register(lang="en", **answers):
    return Client().post(f"/{lang}/e/tunis/register/", BEN | answers)


def test_answers_are_kept_with_the_question_as_it_was_asked(asked):
    register("fr", asked_visa="yes", asked_passport="Ben, TN, 123", asked_diet=["Vegan", "Halal"])
    Question.objects.filter(code="visa").update(prompt=Text.of("en", en="Visa?"))

    answers = {a.question.code: a for a in FormAnswer.objects.select_related("question")}
    assert answers["visa"].prompt == "Avez-vous besoin d’une lettre pour un visa ?"
    assert answers["diet"].value == ["Vegan", "Halal"]
    assert answers["diet"].shown == "Végétalien\nHalal"
    assert answers["passport"].shown == "Ben, TN, 123"


def test_a_question_is_asked_only_if_an_earlier_answer_says_so(asked):
    missing = register(asked_visa="yes")
    assert missing.status_code == 422
    assert "Answer this question." in missing.content.decode()

    done = register(asked_visa="no", asked_passport="slipped in")

    assert done.status_code == 303
    assert [a.question.code for a in FormAnswer.objects.all()] == ["visa"]


def test_an_answer_with_a_date_may_come_later(ada, asked):
    later = now().date() + timedelta(days=5)
    Question.objects.filter(code="visa").update(until=later)
    assert register().status_code == 303
    Question.objects.filter(code="visa").update(until=now().date() - timedelta(days=1))
    assert register(email="x@seminar.example").status_code == 422


def test_registering_again_changes_answers_only_once_it_is_confirmed(asked):
    register(asked_visa="no")
    register(asked_visa="yes", asked_passport="mine")
    assert FormAnswer.objects.get().value == "no"
    pending = PendingAnswers.objects.get()
    path = re.search(r"/en/e/tunis/register/confirm/\S+?/(?=[)\s])", outbox()[-1].text)[0]
    assert "mine" in Client().get(path).content.decode()

    actions.confirm_answers(pending)

    assert {a.question.code: a.value for a in FormAnswer.objects.all()} == {
        "visa": "yes",
        "passport": "mine",
    }


def test_my_data_shows_answers_corrects_them_and_erasing_deletes_them(asked):
    register(asked_visa="yes", asked_passport="mine")
    place = Registration.objects.get()
    own = access.OwnRecord(asked, place.person, place, None, True)
    told = next(part for part in held.parts_of(own) if part.key == "answers")
    assert "mine" in str(told.records)

    client = as_person(place.person)
    path = reverse("registration:my-data-correct", args=["tunis"])
    assert 'name="asked_passport"' in client.get(path).content.decode()
    client.post(path, BEN | {"language": "en", "asked_visa": "no"})
    assert [a.value for a in FormAnswer.objects.all()] == ["no"]

    actions.erase(place.person, by=place.person)
    assert not FormAnswer.objects.exists()


def test_sensitive_answers_are_deleted_on_their_day(asked):
    register(asked_visa="yes", asked_passport="mine")
    assert actions.purge_answers() == 0
    Question.objects.filter(code="passport").update(purge_on=now().date())

    assert actions.purge_answers() == 1

    assert [a.question.code for a in FormAnswer.objects.all()] == ["visa"]


def test_a_form_says_when_a_sensitive_answer_goes_and_escapes_what_organisers_write(asked):
    hint = Text.of("en", en="<b>Number</b>")
    Question.objects.filter(code="passport").update(hint=hint)
    page = Client().get("/en/e/tunis/register/").content.decode()
    assert "backups" in page
    assert "<b>Number</b>" not in page
    assert 'data-asked-if="asked_visa"' in page


def test_a_question_that_was_answered_is_retired_and_not_deleted(ada, asked):
    register(asked_visa="no")
    visa = Question.objects.get(code="visa")
    with pytest.raises(RuleBroken):
        remove_part(QUESTION_BINDING, visa, by=ada)

    set_usual_questions(asked, {"visa": "off"}, by=ada)

    assert 'name="asked_visa"' not in Client().get("/en/e/tunis/register/").content.decode()
    assert FormAnswer.objects.count() == 1


def test_an_edition_asks_at_most_forty_questions(ada, edition):
    for n in range(40):
        Question.objects.create(edition=edition, code=f"Q{n}", prompt=Text.of("en", en="?"))
    with pytest.raises(RuleBroken, match="40"):
        set_usual_questions(edition, {"visa": "asked"}, by=ada)


def test_the_desk_asks_a_new_question_and_refuses_uneven_answers(ada, edition):
    client = as_person(ada)
    new = reverse("planning:new-row", args=["tunis", "form"])
    sent = {
        "original": "en", "prompt_en": "Hotel", "prompt_fr": "Hôtel", "kind": "choice",
        "options_en": "One\nTwo", "options_fr": "Un", "readers": "team",
    }  # fmt: skip
    assert client.post(new, sent).status_code == 422
    assert client.post(new, sent | {"options_fr": "Un\nDeux"}).status_code == 303

    question = Question.objects.get()
    assert (question.kind, question.code) == (QuestionKind.CHOICE, "Q1")
    assert question.choices("fr") == [("One", "Un"), ("Two", "Deux")]
    usual = reverse("planning:usual", args=["tunis"])
    client.post(usual, {"visa": "required"})
    assert Question.objects.get(code="visa").is_required


def test_the_desk_shows_the_answers_and_corrects_them(ada, asked):
    register(asked_visa="yes", asked_passport="mine")
    place = Registration.objects.get()
    one = reverse("registration:desk-registration", args=["tunis", place.code])
    assert "mine" in as_person(ada).get(one).content.decode()
    edit = reverse("registration:desk-edit", args=["tunis", place.code])
    as_person(ada).post(edit, BEN | {"language": "en", "asked_visa": "no"})
    assert [a.value for a in FormAnswer.objects.all()] == ["no"]
