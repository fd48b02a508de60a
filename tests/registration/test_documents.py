"""Documents that answer questions: who hands them in when, who gets them, when they go."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from majlis.front.rehearsal import remove_rehearsal
from majlis.kernel.clock import now
from majlis.kernel.errors import RuleBroken
from majlis.registration import actions
from majlis.registration.models import FormAnswer, Registration
from majlis.registration.states import RegistrationState
from majlis.series.actions import set_usual_questions
from majlis.series.models import Question
from majlis.ui.documents import Document
from tests.conftest import as_person
from tests.factories.mail import outbox
from tests.factories.registration import (
    RegistrationFactory,
    RoleFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]

PDF = b"%PDF-1.7 letter\n%%EOF\n"
BEN = {
    "name": "Ben Salah",
    "email": "ben@seminar.example",
    "capacity": "official",
    "organisation": "Ministry",
    "constituency": "sme",
    "country": "TN",
    "languages": ["fr"],
}


def pdf(content=PDF, name="letter.pdf"):
    return {"document": SimpleUploadedFile(name, content)}


@pytest.fixture
def ada():
    soon = now().date() + timedelta(days=20)
    days = {"edition__starts_on": soon, "edition__ends_on": soon}
    return RoleFactory(edition__slug="tunis", person__name="Ada", **days).person


@pytest.fixture
def edition(ada):
    edition = ada.roles.get().edition
    set_usual_questions(edition, {"nomination": "required"}, by=ada)
    return edition


@pytest.fixture
def ben(edition):
    return RegistrationFactory(edition=edition, state=RegistrationState.WAITING)


def handed_in(registration):
    document = Document(PDF, ".pdf", "letter.pdf")
    question = Question.objects.get(edition=registration.edition)
    return actions.hand_in(registration, question, document=document, by=registration.person)


def is_stored(answer):
    return answer.file.storage.exists(answer.file.name)


def test_a_letter_is_handed_in_by_the_link_of_the_email_and_seen_at_the_desk(ada, edition):
    Client().post("/en/e/tunis/register/", BEN)
    link = re.search(r"/en/e/tunis/register/confirm/\S+?/(?=[)\s])", outbox()[-1].text)[0]
    here = f"{link}documents/"
    assert Client().get(here).status_code == 404  # nobody has confirmed the address
    Client().post(link)
    assert here in Client().get(link).content.decode()

    assert "missing" in Client().get(here).content.decode()
    Client().post(f"{here}nomination/", pdf())

    assert "letter.pdf" in Client().get(here).content.decode()
    code = Registration.objects.get().code
    desk = as_person(ada)
    page = desk.get(f"/en/desk/tunis/registrations/{code}/").content.decode()
    assert "letter.pdf" in page
    given = desk.get(f"/en/desk/tunis/registrations/{code}/documents/nomination/")
    assert given.content == PDF
    assert given["Content-Disposition"].startswith("attachment")


def test_nothing_is_handed_in_for_an_address_that_nobody_confirmed(edition):
    stranger = RegistrationFactory(edition=edition, state=RegistrationState.ASKED)

    with pytest.raises(RuleBroken):
        handed_in(stranger)

    assert not FormAnswer.objects.exists()


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (b"<html>", "a.pdf", "not what its name says"),
        (b"%PDF-1.7" + b"x" * 5_000_000 + b"%%EOF", "a.pdf", "larger than 5 MB"),
        (PDF, "a.html", "not what its name says"),
    ],
)
def test_what_is_no_document_is_refused_in_words(ben, content, name, why):
    address = reverse("registration:own-document", args=["tunis", "nomination"])

    answer = as_person(ben.person).post(address, pdf(content, name))

    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert not FormAnswer.objects.exists()


def test_another_letter_replaces_the_first_and_its_owner_deletes_it(
    ben, django_capture_on_commit_callbacks
):
    first = handed_in(ben)
    client = as_person(ben.person)
    with django_capture_on_commit_callbacks(execute=True):
        address = reverse("registration:own-document", args=["tunis", "nomination"])
        client.post(address, pdf(name="new.pdf"))
    second = FormAnswer.objects.get()
    assert (second.shown, is_stored(first), is_stored(second)) == ("new.pdf", False, True)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("registration:own-document-remove", args=["tunis", "nomination"]))
    assert not FormAnswer.objects.exists()
    assert not is_stored(second)


def test_who_comes_in_a_personal_capacity_is_asked_for_no_letter(
    ada, ben, django_capture_on_commit_callbacks
):
    answer = handed_in(ben)
    edit = reverse("registration:desk-edit", args=["tunis", ben.code])
    asked = BEN | {"language": "en", "email": ben.person.email}
    as_person(ada).post(edit, asked)
    assert is_stored(answer)

    with django_capture_on_commit_callbacks(execute=True):
        as_person(ada).post(edit, asked | {"capacity": "personal", "organisation": ""})

    assert not FormAnswer.objects.exists()
    assert not is_stored(answer)
    documents = reverse("registration:own-documents", args=["tunis"])
    assert "No documents are needed" in as_person(ben.person).get(documents).content.decode()


def purge(answer, _ada):
    Question.objects.update(purge_on=now().date())
    assert actions.purge_answers() == 1


def erase(answer, _ada):
    actions.erase(answer.registration.person, by=answer.registration.person)


def end_rehearsal(answer, ada):
    edition = answer.registration.edition
    edition.is_rehearsal = True
    edition.save()
    remove_rehearsal(edition, by=ada)


@pytest.mark.parametrize("ends", [purge, erase, end_rehearsal])
def test_a_document_goes_with_its_day_its_owner_or_its_rehearsal(
    ada, ben, django_capture_on_commit_callbacks, ends
):
    answer = handed_in(ben)
    with django_capture_on_commit_callbacks(execute=True):
        ends(answer, ada)
    assert not FormAnswer.objects.exists()
    assert not is_stored(answer)


def test_nobody_gets_the_document_of_another(ada, ben, edition):
    handed_in(ben)
    other = RegistrationFactory(edition=edition)
    address = reverse("registration:own-document", args=["tunis", "nomination"])

    assert as_person(other.person).get(address).status_code == 404
    assert as_person(ben.person).get(address).content == PDF


def test_a_file_of_the_list_names_the_document_and_the_form_only_announces_it(ada, ben):
    handed_in(ben)
    listed = as_person(ada).get("/en/desk/tunis/registrations/?file=csv").content.decode()
    form = Client().get("/en/e/tunis/register/").content.decode()

    assert "letter.pdf" in listed
    assert 'type="file"' not in form
    assert "Official nomination letter" in form
