"""Where somebody is signed in, and ending it there."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from majlis.kernel import clock
from majlis.kernel.devices import device_of
from majlis.kernel.ledger import CLOCK
from majlis.kernel.seal import digest_of
from majlis.people import actions
from majlis.people.models import SignIn
from majlis.registration.actions import erase, give_role, revoke_role
from majlis.registration.states import RoleKind
from tests.conftest import as_person
from tests.factories.people import PersonFactory
from tests.factories.registration import RoleFactory

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def ada():
    return PersonFactory(email="ada@seminar.example")


def is_in(client: Client) -> bool:
    return client.get("/en/signed-in/").status_code == 200


def came_in(person, **headers: str) -> Client:
    client = Client(headers=headers)
    client.post(f"/en/sign-in/{actions.make_sign_in_link(person, by=CLOCK)}/")
    return client


def test_signed_in_page_lists_every_browser_and_marks_this_one(ada):
    came_in(ada, USER_AGENT=FIREFOX)
    here = came_in(ada, USER_AGENT="curl/8.14")

    page = here.get("/en/signed-in/").content.decode()

    titles = re.findall(r"<h2>(.*?)</h2>", page, re.DOTALL)
    assert [" ".join(re.sub("<[^>]+>", "", title).split()) for title in titles] == [
        "Unknown browser this browser",
        "Firefox, Windows",
    ]


def test_sign_out_elsewhere_ends_every_other_browser_at_once(ada):
    here, *others = (came_in(ada) for _browser in range(3))
    stranger = came_in(PersonFactory())

    here.post("/en/signed-in/elsewhere/")

    assert [is_in(one) for one in (here, *others, stranger)] == [True, False, False, True]


def test_sign_out_there_ends_one_of_ones_own_only(ada):
    here, there = came_in(ada), came_in(ada)
    stranger = came_in(PersonFactory())
    codes = {
        name: digest_of(one.session.session_key)[:16]
        for name, one in {"there": there, "stranger": stranger}.items()
    }

    answers = {name: here.post(f"/en/signed-in/{c}/").status_code for name, c in codes.items()}

    assert answers == {"there": 303, "stranger": 404}
    assert [is_in(one) for one in (here, there, stranger)] == [True, False, True]


@pytest.mark.parametrize(
    "act",
    [
        pytest.param(
            lambda p: actions.correct_person(p, email="new@seminar.example", by=p), id="address"
        ),
        pytest.param(
            lambda p: revoke_role(p.roles.get().edition, person=p, kind="moderator", by=p),
            id="role",
        ),
        pytest.param(lambda p: erase(p, by=p), id="erased"),
    ],
)
def test_sign_ins_end_everywhere_with(ada, act):
    RoleFactory(person=ada, kind=RoleKind.MODERATOR)
    browsers = [came_in(ada) for _browser in range(2)]

    act(ada)

    assert [is_in(one) for one in browsers] == [False, False]


def test_sign_ins_go_on_with_another_role_or_name(ada):
    browser = came_in(ada)

    give_role(RoleFactory().edition, person=ada, kind=RoleKind.MODERATOR, by=CLOCK)
    actions.correct_person(ada, name="Ada B.", by=ada)

    assert is_in(browser)


def test_sign_in_lasts_twelve_hours_however_often_it_is_used(ada, monkeypatch):
    browser = came_in(ada)
    began = clock.now()
    for hours, expected in ((11, True), (11.9, True), (12.1, False)):
        at = began + timedelta(hours=hours)
        monkeypatch.setattr("majlis.people.sessions.now", lambda at=at: at)
        if expected:
            browser.post("/en/sign-in/", {"email": "x@seminar.example"})  # writes the session
        assert is_in(browser) == expected, hours


def test_database_holds_no_key_that_opens_a_session(ada):
    browser = came_in(ada)
    key = browser.cookies[settings.SESSION_COOKIE_NAME].value

    stored = SignIn.objects.get(person=ada)
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = stored.session_key

    assert key not in repr(list(SignIn.objects.values()))
    assert not is_in(thief)
    assert is_in(browser)


def test_signing_in_renews_the_key_and_signing_out_deletes_it(ada):
    browser = Client()
    browser.post("/en/sign-in/", {"email": ada.email})
    before = browser.session.session_key
    browser.post(f"/en/sign-in/{actions.make_sign_in_link(ada, by=CLOCK)}/")
    after = browser.session.session_key
    browser.post("/en/sign-out/")

    assert before != after
    assert SignIn.objects.count() == 0


def test_session_cookie_is_for_this_host_and_not_for_scripts(ada):
    cookie = came_in(ada).cookies[settings.SESSION_COOKIE_NAME]

    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert not cookie["domain"]


def test_ended_sign_ins_are_forgotten(ada):
    as_person(ada)
    SignIn.objects.update(expire_date=clock.now() - timedelta(seconds=1))

    actions.forget_ended_sign_ins()

    assert not SignIn.objects.exists()


@pytest.mark.parametrize(
    ("says", "device"),
    [
        (FIREFOX, "Firefox, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) … Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Linux; Android 15) … Chrome/141.0 Mobile Safari/537.36", "Chrome, Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) … Chrome/141 … Edg/141", "Edge, Mac"),
        ("<script>alert(1)</script>", ""),
    ],
)
def test_device_is_a_browser_and_a_system(says, device):
    assert device_of(says) == device
