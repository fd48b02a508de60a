"""The personal link: opening, revoking, reissuing, sealing."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from majlis.kernel.clock import now
from majlis.kernel.errors import RuleBroken
from majlis.kernel.ledger import acts_on
from majlis.mail.queries import undelivered
from majlis.registration import access, actions
from majlis.registration.access import VOICE_COOKIE, voice_token
from majlis.registration.answers import Answers
from majlis.registration.models import Registration, Voice
from majlis.registration.views.voice import GUESSES
from tests.conftest import as_person, as_voice
from tests.factories.mail import KEPT, MessageFactory, outbox
from tests.factories.registration import RegistrationFactory, RoleFactory, VoiceFactory
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


def test_voice_link_gives_the_phone_its_voice_in_the_language_of_the_voice(ben):
    phone = Client()

    answer = phone.get(f"/v/{voice_token(ben)}/")

    cookie = phone.cookies[VOICE_COOKIE + "tunis"]
    assert (answer.status_code, answer.url) == (303, "/ar/e/tunis/room/")
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert phone.get("/ar/e/tunis/room/").status_code == 200


def test_voice_link_changes_nothing_on_the_server(ben, django_assert_num_queries):
    before = Voice.objects.values().get()
    n_acts = acts_on(ben).count()

    Client().get(f"/v/{voice_token(ben)}/")

    assert Voice.objects.values().get() == before
    assert acts_on(ben).count() == n_acts


def test_reissued_link_keeps_the_voice_and_the_old_card_says_so(ben, ada):
    old = voice_token(ben)
    phone = as_voice(ben)

    actions.reissue_link(ben.registration, by=ada)

    new = voice_token(Voice.objects.get())
    dead = Client().get(f"/v/{old}/")
    assert access.voice_by_token(new) == ben
    assert dead.status_code == 410
    assert "It has been replaced. Use your most recent email or card." in dead.content.decode()
    assert phone.get("/en/e/tunis/room/").status_code == 404
    assert new in outbox()[0].text


def test_revoked_link_opens_nothing_until_it_is_made_anew(ben, ada):
    token = voice_token(ben)

    actions.revoke_link(ben.registration, by=ada)
    dead = Client().get(f"/v/{token}/")
    with pytest.raises(RuleBroken, match="already been disabled"):
        actions.revoke_link(ben.registration, by=ada)
    actions.reissue_link(ben.registration, by=ada)

    assert dead.status_code == 410
    assert (
        "The organisers have disabled it, for example because the card was lost."
        in dead.content.decode()
    )
    assert access.voice_by_token(voice_token(Voice.objects.get())) == ben


def test_voice_link_guessed_tells_nothing_and_guessing_ends(ben):
    wrong, phone = f"/v/{ben.code}{'a' * 16}/", Client()
    for _n in range(GUESSES.times - 1):
        GUESSES.spend("127.0.0.1")

    answers = [
        phone.get(address).status_code for address in [f"/v/{voice_token(ben)}/", wrong, wrong]
    ]

    assert answers == [303, 404, 429]


def test_join_page_takes_the_code_as_people_type_it(ben):
    token = voice_token(ben)
    typed = "-".join(token[i : i + 4] for i in range(0, 24, 4)).upper()

    answer = Client().post("/en/e/tunis/join/", {"code": f"  {typed} "})

    assert (answer.status_code, answer.url) == (303, "/ar/e/tunis/room/")


@pytest.mark.parametrize("typed", ["", "abc", "ü" * 24, "x" * 24])
def test_join_page_says_what_is_wrong_with_a_code(ben, typed):
    answer = Client().post("/en/e/tunis/join/", {"code": typed})

    assert answer.status_code == 422
    assert VOICE_COOKIE + "tunis" not in answer.cookies


def test_join_page_refuses_a_card_of_another_edition(ben):
    omar = VoiceFactory()

    answer = Client().post("/en/e/tunis/join/", {"code": voice_token(omar)})

    assert answer.status_code == 422
    assert not answer.cookies.keys() & {VOICE_COOKIE + "tunis", VOICE_COOKIE + omar.edition.slug}


def test_seal_edition_cuts_every_voice_for_good_and_links_go_on_working(ben, ada, edition):
    token = voice_token(ben)
    omar = VoiceFactory()

    actions.seal_edition(edition, by=ada)

    edition.refresh_from_db()
    ben.refresh_from_db()
    omar.refresh_from_db()
    assert (edition.is_sealed, edition.registration_open) == (True, False)
    assert ben.registration is None
    assert omar.registration is not None
    assert access.voice_by_token(token) == ben
    assert [a.verb for a in acts_on(edition)] == ["sealed edition"]


def test_sealed_edition_takes_nobody_and_makes_no_links(ben, ada, edition):
    registration = ben.registration
    waiting = RegistrationFactory(edition=edition, state="waiting")
    sealed = actions.seal_edition(edition, by=ada)
    walid = Answers(name="Walid", constituency="sme", country="TN", capacity="personal")

    for refused in (
        lambda: actions.approve(waiting, by=ada),
        lambda: actions.reissue_link(Registration.objects.get(pk=registration.pk), by=ada),
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
    actions.reissue_link(ben.registration, by=ada)
    actions.reissue_link(omar.registration, by=ada)

    page = as_person(ada).get("/en/desk/tunis/mail/").content.decode()
    stranger = as_person(RoleFactory().person).get("/en/desk/tunis/mail/")

    assert ben.registration.person.email in page
    assert voice_token(Voice.objects.get(pk=omar.pk)) not in page
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


def test_leave_makes_the_phone_forget_its_card(ben):
    phone = as_voice(ben)

    phone.post("/en/e/tunis/join/leave/")

    assert phone.get("/en/e/tunis/room/").status_code == 404
    assert access.voice_by_token(voice_token(ben)) == ben


@pytest.mark.parametrize("lang", ["xx", "/evil.example", "..", "a" * 3000])
def test_voice_link_leads_to_this_site_in_a_language_there_is(client, lang):
    voice = VoiceFactory(language="fr")

    answer = client.get(f"/v/{voice_token(voice)}/", {"lang": lang})

    assert answer["Location"] == f"/fr/e/{voice.edition.slug}/room/"
