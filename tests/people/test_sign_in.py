"""Coming in by a letter: its link, its code, and everything that must not open."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from majlis.kernel.clock import now
from majlis.kernel.ledger import CLOCK, acts_on
from majlis.kernel.seal import digest_of
from majlis.people import actions
from majlis.people.models import SignIn, SignInLink, SignInRefused
from tests.factories.mail import outbox
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def ask(client: Client, email: str, lang: str = "en", **more: str):
    return client.post(f"/{lang}/sign-in/", {"email": email, **more})


def link_in(letter) -> str:
    return re.search(r"http\S+(/(?:en|fr|ar)/sign-in/\S+/)", letter.text)[1]


def code_in(letter) -> str:
    return re.search(r"^ +(\d{3} \d{3})$", letter.text, re.MULTILINE)[1]


def signed_in(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_sign_in_answers_the_same_whether_or_not_the_address_is_known():
    PersonFactory(email="ada@seminar.example")

    known = ask(Client(), "Ada@seminar.example")
    unknown = ask(Client(), "nobody@seminar.example")

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert [m.recipient for m in outbox()] == ["ada@seminar.example"]


def test_sign_in_link_lets_in_by_its_button_only_and_once():
    ada = PersonFactory(email="ada@seminar.example")
    ask(Client(), ada.email, next="/en/desk/tunis/")
    address = link_in(outbox()[0])
    phone, other = Client(), Client()

    looked = phone.get(address)
    assert signed_in(phone) is None  # a mail scanner only looks
    pressed = phone.post(address)
    again = other.post(address)

    assert looked.status_code == 200
    assert (pressed.status_code, pressed.url) == (303, "/en/desk/tunis/")
    assert signed_in(phone) == str(ada.pk)
    assert again.status_code == 409
    assert signed_in(other) is None
    assert [a.verb for a in acts_on(ada)] == ["made sign-in link", "signed in"]


def test_sign_in_code_lets_in_on_the_page_that_asked():
    ada = PersonFactory(email="ada@seminar.example")
    client = Client()
    ask(client, ada.email)

    client.post(reverse("people:sign-in-sent"), {"code": code_in(outbox()[0])})

    assert signed_in(client) == str(ada.pk)
    assert SignInLink.objects.get().used_at is not None


def test_sign_in_code_of_another_person_opens_nothing():
    PersonFactory(email="ada@seminar.example")
    PersonFactory(email="chen@seminar.example")
    ask(Client(), "chen@seminar.example")
    client = Client()
    ask(client, "ada@seminar.example")
    codes = [code_in(m) for m in outbox()]
    if codes[0] == codes[1]:
        pytest.skip("one chance in a million")

    answer = client.post(reverse("people:sign-in-sent"), {"code": codes[0]})

    assert answer.status_code == 422
    assert signed_in(client) is None


def test_sign_in_code_stops_being_taken_after_a_few_wrong_ones():
    ada = PersonFactory(email="ada@seminar.example")
    ask_of_ada = digest_of(actions.make_sign_in_link(ada, by=CLOCK, code="123456"))
    for _n in range(5):
        with pytest.raises(SignInRefused):
            actions.use_sign_in_code([ask_of_ada], "000000")

    with pytest.raises(SignInRefused):
        actions.use_sign_in_code([ask_of_ada], "123456")


def test_wrong_codes_of_a_stranger_who_asked_for_the_same_address_cost_its_owner_nothing():
    ada = PersonFactory(email="ada@seminar.example")
    owner, stranger = Client(), Client()
    ask(owner, ada.email)
    ask(stranger, ada.email)
    own, _other = (code_in(message) for message in outbox())
    wrong = [stranger.post(reverse("people:sign-in-sent"), {"code": own}) for _n in range(30)]

    owner.post(reverse("people:sign-in-sent"), {"code": own})

    assert {answer.status_code for answer in wrong} == {422}
    assert signed_in(stranger) is None
    assert signed_in(owner) == str(ada.pk)


def test_code_of_the_letter_before_is_taken_too_when_letters_were_asked_for_again():
    ada = PersonFactory(email="ada@seminar.example")
    client = Client()
    ask(client, ada.email)
    ask(client, ada.email)

    client.post(reverse("people:sign-in-sent"), {"code": code_in(outbox()[0])})

    assert signed_in(client) == str(ada.pk)


def test_right_link_lets_in_although_its_network_has_spent_its_wrong_guesses():
    ada = PersonFactory(email="ada@seminar.example")
    token = actions.make_sign_in_link(ada, by=CLOCK)
    wrong = [
        Client().post(reverse("people:sign-in-link", args=[f"nonsense-{n}"])).status_code
        for n in range(302)
    ]
    client = Client()

    client.post(reverse("people:sign-in-link", args=[token]))

    assert wrong == [409] * 300 + [429] * 2
    assert signed_in(client) == str(ada.pk)


def test_asking_for_a_way_in_leaves_no_row_of_a_stranger():
    client = Client()
    asked = ask(client, "nobody@seminar.example")
    known = ask(Client(), PersonFactory(email="ada@seminar.example").email)

    assert SignIn.objects.count() == 0
    assert client.get(reverse("people:sign-in-sent")).status_code == 200
    sizes = [len(answer.cookies["sign-in-asks"].value) for answer in (asked, known)]
    assert abs(sizes[0] - sizes[1]) < 12  # the cookie does not tell who is known


def test_sign_in_link_is_refused_when_it_is_too_old():
    ada = PersonFactory()
    token = actions.make_sign_in_link(ada, by=CLOCK)
    SignInLink.objects.update(expires_at=now() - timedelta(seconds=1))

    with pytest.raises(SignInRefused, match="has expired"):
        actions.use_sign_in_link(token)

    assert SignInLink.objects.get().used_at is None


def test_sign_in_leads_nowhere_outside():
    ada = PersonFactory(email="ada@seminar.example")
    ask(Client(), ada.email, next="https://evil.example/")
    ask(Client(), ada.email, next="//evil.example/")

    assert [link.next_path for link in SignInLink.objects.all()] == ["", ""]


def test_sign_in_letters_to_one_address_are_few():
    PersonFactory(email="ada@seminar.example")

    answers = [ask(Client(), "ada@seminar.example").status_code for _n in range(8)]
    unknown = [ask(Client(), "nobody@seminar.example").status_code for _n in range(8)]

    assert answers == unknown == [303] * 6 + [429] * 2
    assert len(outbox()) == 6


def test_sign_in_letter_is_in_the_language_of_the_page():
    PersonFactory(email="ada@seminar.example")

    for lang in ("fr", "ar"):
        ask(Client(), "ada@seminar.example", lang=lang)

    assert [m.language for m in outbox()] == ["fr", "ar"]
    assert [link_in(m)[:4] for m in outbox()] == ["/fr/", "/ar/"]


def test_sign_in_asks_again_for_what_is_no_address():
    answer = ask(Client(), "not an address")

    assert answer.status_code == 422
    assert (
        "Enter an email address in the correct format, like name@example.org"
        in answer.content.decode()
    )


def test_sign_out_ends_the_session():
    client = Client()
    client.force_login(PersonFactory())

    client.post(reverse("people:sign-out"))

    assert signed_in(client) is None


def test_erased_person_cannot_come_in_with_a_link_made_before():
    ada = PersonFactory(email="ada@seminar.example")
    token = actions.make_sign_in_link(ada, by=CLOCK)
    client = Client()
    client.force_login(ada)

    actions.erase_person(ada, by=CLOCK)

    ada.refresh_from_db()
    assert (ada.name, ada.email, ada.is_active) == ("", None, False)
    with pytest.raises(SignInRefused):
        actions.use_sign_in_link(token)
    assert client.get(reverse("people:sign-in")).context["person"] is None
