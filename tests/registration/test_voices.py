"""The emails that are kept."""

import pytest

from majlis.kernel.clock import now
from majlis.mail.queries import NOT_DELIVERED, messages_of
from majlis.registration import access, actions
from majlis.registration.models import Device
from tests.conftest import as_person, as_voice
from tests.factories.mail import KEPT, MessageFactory
from tests.factories.registration import (
    RoleFactory,
    VoiceFactory,
)
from tests.factories.series import EditionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return EditionFactory(slug="tunis")


@pytest.fixture
def ada(edition):
    return RoleFactory(edition=edition, person__name="Ada").person


@pytest.fixture
def ben(edition):
    return VoiceFactory(edition=edition, language="ar", registration__person__name="Ben")


def test_kept_messages_are_shown_to_the_edition_they_belong_to(ben, ada, edition, settings):
    settings.EMAIL_BACKEND = KEPT
    omar = VoiceFactory(registration__person__name="Omar")
    for voice in (ben, omar):
        actions.send_link_again(voice.registration, by=ada)

    page = as_person(ada).get("/en/desk/tunis/emails/").content.decode()
    stranger = as_person(RoleFactory().person).get("/en/desk/tunis/emails/")

    assert ben.registration.person.email in page
    assert omar.registration.person.email not in page
    assert access.admission_token(ben.admissions.get()) not in page  # it is Ben's alone
    assert stranger.status_code == 404
    [letter] = messages_of("tunis", state=NOT_DELIVERED)
    assert letter.recipient == ben.registration.person.email
    whole = as_person(ada).get(f"/en/desk/tunis/emails/sent/{letter.code}/").content.decode()
    drawn = as_person(ada).get(f"/en/desk/tunis/emails/sent/{letter.code}/html/").content.decode()
    assert letter.subject in whole
    assert access.admission_token(ben.admissions.get()) not in whole + drawn


def test_mail_page_shows_what_was_not_sent_and_the_server_s_words(ada):
    MessageFactory(edition="tunis", recipient="gone@out.example", state="sent", sent_at=now())
    MessageFactory(edition="tunis", recipient="on@way.example")
    MessageFactory(
        edition="tunis", recipient="sent@back.example", state="refused", last_answer="550 No <b>"
    )

    page = as_person(ada).get("/en/desk/tunis/emails/?state=refused").content.decode()

    assert "sent@back.example" in page
    assert "550 No &lt;b&gt;" in page
    assert "gone@out.example" not in page
    assert "on@way.example" not in page


@pytest.mark.parametrize(
    ("lang", "said", "button"),
    [
        ("en", "This device is not connected to the seminar", "Connect this device"),
        ("fr", "", ""),
        ("ar", "", ""),
    ],
)
def test_device_that_was_disconnected_is_told_so_and_led_back(world, client, lang, said, button):
    phone = as_voice(world.ben)
    Device.objects.update(ended_at=now())

    for one in (phone, client):
        page = one.get(f"/{lang}/e/tunis/room/")
        html = page.content.decode()
        assert page.status_code == 404
        assert f'<a class="button" href="/{lang}/e/tunis/join/">' in html
        assert said in html
        assert button in html
        assert one.get(f"/{lang}/e/tunis/join/").status_code == 200


def test_edition_that_is_not_there_offers_no_way_to_connect(client, db):
    page = client.get("/en/e/nowhere/room/").content.decode()

    assert "Connect this device" not in page
    assert "Page not found" in page
