"""Sealing an edition, and the emails that are kept."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from majlis.kernel.clock import now
from majlis.kernel.errors import RuleBroken
from majlis.kernel.ledger import acts_on
from majlis.mail.queries import undelivered
from majlis.registration import access, actions
from majlis.registration.answers import Answers
from majlis.registration.models import Registration, Voice
from tests.conftest import as_person, as_voice
from tests.factories.mail import KEPT, MessageFactory, outbox
from tests.factories.registration import (
    AdmissionFactory,
    RegistrationFactory,
    RoleFactory,
    VoiceFactory,
)
from tests.factories.series import EditionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_tries_spent():
    cache.clear()


@pytest.fixture
def edition():
    return EditionFactory(slug="tunis")


@pytest.fixture
def ada(edition):
    return RoleFactory(edition=edition, person__name="Ada").person


@pytest.fixture
def ben(edition):
    return VoiceFactory(edition=edition, language="ar", registration__person__name="Ben")


def test_seal_edition_cuts_every_voice_for_good_and_no_device_opens_one(ben, ada, edition):
    phone = as_voice(ben)
    card = access.admission_token(AdmissionFactory(voice=ben))
    omar = VoiceFactory()

    actions.seal_edition(edition, by=ada)

    edition.refresh_from_db()
    ben.refresh_from_db()
    omar.refresh_from_db()
    assert (edition.is_sealed, edition.registration_open) == (True, False)
    assert ben.registration is None
    assert omar.registration is not None
    assert phone.get("/en/e/tunis/room/").status_code == 404
    assert Client().get(f"/v/{card}/").status_code == 404
    assert [a.verb for a in acts_on(edition)] == ["sealed edition"]


def test_sealed_edition_takes_nobody_and_makes_no_links(ben, ada, edition):
    registration = ben.registration
    waiting = RegistrationFactory(edition=edition, state="waiting")
    sealed = actions.seal_edition(edition, by=ada)
    walid = Answers(name="Walid", constituency="sme", country="TN", capacity="personal")

    for refused in (
        lambda: actions.approve(waiting, by=ada),
        lambda: actions.give_new_card(Registration.objects.get(pk=registration.pk), by=ada),
        lambda: actions.add_at_desk(sealed, answers=walid, language="fr", by=ada),
        lambda: actions.seal_edition(sealed, by=ada),
    ):
        with pytest.raises(RuleBroken, match="made anonymous"):
            refused()

    assert Voice.objects.count() == 1


def test_seal_edition_before_the_day_is_refused(ben, ada, edition):
    edition.starts_on = edition.ends_on = now().date() + timedelta(days=5)
    edition.save()

    with pytest.raises(RuleBroken, match="has not taken place yet"):
        actions.seal_edition(edition, by=ada)

    assert Voice.objects.get().registration is not None


def test_seal_page_needs_its_button(ben, ada, edition):
    client = as_person(ada)

    client.get("/en/desk/tunis/registrations/seal/")
    edition.refresh_from_db()
    assert not edition.is_sealed
    client.post("/en/desk/tunis/registrations/seal/")

    edition.refresh_from_db()
    assert edition.is_sealed


def test_kept_messages_are_shown_to_the_edition_they_belong_to_and_go_with_its_sealing(
    ben, ada, edition, settings
):
    settings.EMAIL_BACKEND = KEPT
    omar = VoiceFactory(registration__person__name="Omar")
    for voice in (ben, omar):
        actions.send_link_again(voice.registration, by=ada)

    page = as_person(ada).get("/en/desk/tunis/mail/").content.decode()
    stranger = as_person(RoleFactory().person).get("/en/desk/tunis/mail/")

    assert ben.registration.person.email in page
    assert omar.registration.person.email not in page
    assert access.admission_token(ben.admissions.get()) not in page  # it is Ben's alone
    assert stranger.status_code == 404
    assert [m.recipient for m in undelivered("tunis")] == [ben.registration.person.email]

    actions.seal_edition(edition, by=ada)

    assert [m.edition for m in outbox()] == [omar.edition.slug]


def test_mail_page_shows_what_was_not_sent_and_the_server_s_words(ada):
    MessageFactory(edition="tunis", subject="Gone out", state="sent", sent_at=now())
    MessageFactory(edition="tunis", subject="On its way")
    MessageFactory(edition="tunis", subject="Sent back", state="refused", last_answer="550 No <b>")

    page = as_person(ada).get("/en/desk/tunis/mail/").content.decode()

    assert "Sent back" in page
    assert "550 No &lt;b&gt;" in page
    assert "Gone out" not in page
    assert "On its way" not in page
