"""A form sent twice acts once, and is answered alike."""

from __future__ import annotations

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import resolve, reverse

from majlis.kernel.models import Press
from majlis.kernel.presses import COOKIES_REMEMBERED, REMEMBERED, forget_presses
from majlis.registration.models import Registration
from tests.conftest import as_person, as_voice
from tests.factories.mail import outbox
from tests.factories.people import PersonFactory
from tests.factories.registration import RoleFactory
from tests.factories.series import EditionFactory

WALK_IN = {
    "name": "Nadia", "capacity": "personal", "constituency": "sme", "country": "TN",
    "languages": "fr", "language": "fr",
}  # fmt: skip


def key_in(page) -> str:
    return re.search(r'name="form_key" value="([^"]+)"', page.content.decode())[1]


def add_path(world) -> str:
    return reverse("registration:desk-add", kwargs={"edition": world.edition.slug})


def test_every_form_has_a_key_of_its_own(world):
    page = as_person(world.ada).get(
        reverse("registration:desk-colleagues", kwargs={"edition": world.edition.slug})
    )

    keys = re.findall(r'name="form_key" value="([^"]{20,})"', page.content.decode())
    assert len(set(keys)) == len(keys) == page.content.decode().count('method="post"') > 1


def test_form_sent_twice_acts_once_and_leads_to_the_same_place(world):
    ada = as_person(world.ada)
    sent = WALK_IN | {"form_key": key_in(ada.get(add_path(world)))}

    first, second = (ada.post(add_path(world), sent) for _press in range(2))

    assert Registration.objects.filter(person__name="Nadia").count() == 1
    assert first.status_code == second.status_code == 303
    assert first["Location"] == second["Location"]


def test_form_sent_again_with_other_words_acts_again(world):
    ada = as_person(world.ada)
    sent = WALK_IN | {"form_key": key_in(ada.get(add_path(world)))}

    ada.post(add_path(world), sent)
    ada.post(add_path(world), sent | {"name": "Olfa"})

    assert Registration.objects.filter(person__name__in=["Nadia", "Olfa"]).count() == 2


def test_form_that_was_refused_is_not_taken(world):
    ada = as_person(world.ada)
    sent = {"form_key": key_in(ada.get(add_path(world)))}

    assert [ada.post(add_path(world), sent).status_code for _press in range(2)] == [422, 422]
    assert not Press.objects.exists()


@pytest.mark.django_db
def test_sign_in_whose_answer_was_lost_signs_in_at_the_second_press():
    PersonFactory(email="ada@seminar.example")
    phone = Client(enforce_csrf_checks=True)
    page = phone.get("/en/sign-in/")
    token = {"csrfmiddlewaretoken": page.context["csrf_token"]}
    phone.post("/en/sign-in/", {"email": "ada@seminar.example"} | token)
    path = re.search(r"http\S+?(/en/sign-in/\S+/)", outbox()[0].text)[1]
    page = phone.get(path)
    sent = {"csrfmiddlewaretoken": page.context["csrf_token"], "form_key": key_in(page)}
    before = phone.cookies.output()

    phone.post(path, sent)
    lost = Client(enforce_csrf_checks=True)  # the same browser, had the answer never come
    lost.cookies.load(before.replace("Set-Cookie: ", ""))
    again = lost.post(path, sent)

    assert again.status_code == 303
    assert lost.get("/en/sign-in/").context["person"].email == "ada@seminar.example"


@pytest.mark.django_db
def test_another_browser_with_the_same_key_is_given_no_session():
    PersonFactory(email="ada@seminar.example")
    phone = Client(enforce_csrf_checks=True)
    page = phone.get("/en/sign-in/")
    phone.post(
        "/en/sign-in/",
        {"email": "ada@seminar.example", "csrfmiddlewaretoken": page.context["csrf_token"]},
    )
    path = re.search(r"http\S+?(/en/sign-in/\S+/)", outbox()[0].text)[1]
    page = phone.get(path)
    sent = {"csrfmiddlewaretoken": page.context["csrf_token"], "form_key": key_in(page)}
    phone.post(path, sent)

    other = Client()
    other.get(path)
    answer = other.post(path, sent)

    assert not answer.cookies
    assert other.get("/en/sign-in/").context["person"] is None


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_the_same_instant_act_once():
    edition = EditionFactory()
    ada = as_person(RoleFactory(edition=edition).person)
    path = reverse("registration:desk-add", kwargs={"edition": edition.slug})
    together = threading.Barrier(2)

    def press(_n: int) -> tuple[int, str]:
        phone = Client()
        phone.cookies = ada.cookies
        together.wait()
        try:
            answer = phone.post(path, WALK_IN | {"form_key": "k" * 24})
        finally:
            connection.close()
        return answer.status_code, answer.headers.get("Location", "")

    with ThreadPoolExecutor(2) as threads:
        first, second = threads.map(press, range(2))

    assert Registration.objects.count() == 1
    assert first == second
    assert first[0] == 303


def test_vote_is_known_by_its_own_key_alone(world):
    ben = as_voice(world.ben)
    path = reverse(
        "dialogue:vote-cast", kwargs={"edition": world.edition.slug, "code": world.round.code}
    )

    ben.post(path, {"form_key": "k" * 24})

    assert resolve(path).func.has_own_key
    assert not Press.objects.exists()


def test_old_presses_are_forgotten(world):
    ada = as_person(world.ada)
    ada.post(add_path(world), WALK_IN | {"form_key": "k" * 24})
    row = Press.objects.get()

    forget_presses()
    assert Press.objects.exists()
    Press.objects.update(at=row.at - COOKIES_REMEMBERED - timedelta(seconds=1), cookies=["a=b"])
    forget_presses()
    assert Press.objects.get().cookies == []
    Press.objects.update(at=row.at - REMEMBERED - timedelta(seconds=1))
    forget_presses()

    assert not Press.objects.exists()
