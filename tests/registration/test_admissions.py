"""Cards and letters connect devices and are spent; what a device may see hangs on how it came."""

from datetime import timedelta

import pytest
from django.test import Client

from majlis.dialogue import actions as dialogue
from majlis.dialogue.models import VoteEvent
from majlis.dialogue.states import Stance
from majlis.kernel.clock import now
from majlis.kernel.errors import RuleBroken
from majlis.kernel.ledger import acts_on
from majlis.kernel.texts import Text
from majlis.mail.models import Message
from majlis.registration import access, actions, queries
from majlis.registration.access import VOICE_COOKIE, admission_token
from majlis.registration.answers import Answers
from majlis.registration.models import Admission, Device, Voice
from majlis.registration.states import AdmissionKind
from majlis.registration.views.voice import GUESSES
from tests.conftest import as_person, as_voice
from tests.factories.dialogue import ContributionFactory, RoundFactory, StatementFactory
from tests.factories.mail import KEPT, outbox
from tests.factories.registration import (
    AdmissionFactory,
    DeviceFactory,
    RoleFactory,
    VoiceFactory,
    connect,
)
from tests.factories.series import EditionFactory

pytestmark = pytest.mark.django_db
PRESS = "0123456789abcdef"
COOKIE = VOICE_COOKIE + "tunis"
PREVIEWS = ["WhatsApp/2.23", "facebookexternalhit/1.1", "Mozilla/5.0 BingPreview/1.0b", ""]


@pytest.fixture
def edition():
    return EditionFactory(slug="tunis")


@pytest.fixture
def ada(edition):
    return RoleFactory(edition=edition, person__name="Ada").person


@pytest.fixture
def fay(edition):
    return RoleFactory(edition=edition, kind="facilitator", person__name="Fay").person


@pytest.fixture
def ben(edition):
    return VoiceFactory(
        edition=edition,
        language="ar",
        registration__person__name="Ben",
        registration__address_confirmed_at=now(),
    )


@pytest.fixture
def round(edition):
    return RoundFactory(edition=edition, state="open")


@pytest.fixture
def answered(ben, round):
    """A statement that Ben agreed with on his first phone, and words of his."""
    statement = StatementFactory(round=round, edition=round.edition)
    dialogue.cast_vote(statement=statement, voice=ben, stance=Stance.AGREE, seq=1, key="k" * 20)
    ContributionFactory(voice=ben, edition=round.edition, words="Words of Ben alone.")
    return statement


def card_of(voice: Voice, kind: str = AdmissionKind.CARD, **facts: object) -> str:
    return f"/v/{admission_token(AdmissionFactory(voice=voice, kind=kind, **facts))}/"


def press(address: str, phone: Client | None = None, **fields: object):
    phone = phone or Client()
    return phone, phone.post(address, {"press": PRESS, **fields})


# The page and its button


@pytest.mark.parametrize("agent", PREVIEWS)
def test_opening_a_link_spends_nothing(ben, agent):
    address = card_of(ben)
    before = Admission.objects.values().get()

    for look in (Client().get, Client().head):
        assert look(address, headers={"user-agent": agent}).status_code == 200

    assert Admission.objects.values().get() == before
    assert not Device.objects.exists()


def test_button_connects_the_browser_in_the_language_of_the_voice(ben):
    address = card_of(ben)

    phone, answer = press(address)

    cookie = phone.cookies[COOKIE]
    assert (answer.status_code, answer.url) == (303, "/ar/e/tunis/room/")
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert phone.get("/ar/e/tunis/room/").status_code == 200
    assert cookie.value not in str(list(Device.objects.values()))
    assert [a.verb for a in acts_on(ben.registration)] == ["admitted device"]


@pytest.mark.parametrize("lang", ["xx", "/evil.example", "..", "a" * 3000])
def test_link_leads_to_this_site_in_a_language_there_is(lang):
    voice = VoiceFactory(language="fr")
    address = f"{card_of(voice)}?lang={lang}"

    _phone, answer = press(address)

    assert answer["Location"] == f"/fr/e/{voice.edition.slug}/room/"


def test_page_of_a_link_speaks_the_language_asked_for(ben):
    assert 'lang="fr"' in Client().get(f"{card_of(ben)}?lang=fr").content.decode()


@pytest.mark.parametrize(("kind", "n"), [("card", 1), ("new card", 1), ("letter", 3)])
def test_link_connects_so_many_browsers_and_then_says_what_to_do(ben, kind, n):
    address = card_of(ben, kind, left=n)

    answers = [press(address, press=f"{PRESS}{i}")[1].status_code for i in range(n + 1)]
    spent = Client().get(address)

    assert answers == [303] * n + [410]
    assert spent.status_code == 410
    assert "/ar/e/tunis/join/" in spent.content.decode()
    assert Device.objects.count() == n


def test_same_press_again_succeeds_and_spends_nothing_more(ben):
    address = card_of(ben)

    first, _answer = press(address)
    again, answer = press(address)

    assert answer.status_code == 303
    assert Device.objects.count() == 1
    assert first.cookies[COOKIE].value == again.cookies[COOKIE].value
    assert again.get("/en/e/tunis/room/").status_code == 200


def test_same_press_does_not_bring_an_ended_device_back(ben):
    address = card_of(ben)
    press(address)
    actions.end_device(Device.objects.get())

    _phone, answer = press(address)

    assert answer.status_code == 410
    assert Device.objects.filter(ended_at=None).count() == 0


def test_own_card_scanned_again_leads_home_and_spends_nothing(ben):
    phone, _answer = press(card_of(ben))

    answer = phone.get(card_of(ben))

    assert (answer.status_code, answer.url) == (303, "/ar/e/tunis/room/")
    assert Admission.objects.latest("pk").left == 1


def test_another_persons_card_asks_before_it_replaces(ben, edition):
    omar = VoiceFactory(edition=edition, registration__person__name="Omar")
    phone, address = as_voice(omar), card_of(ben)

    asked = phone.get(address).content.decode()
    _phone, unsure = press(address, phone)
    still = phone.get("/en/e/tunis/room/").status_code
    press(address, phone, replace="on")

    assert 'name="replace"' in asked
    assert (unsure.status_code, still) == (200, 200)
    assert not omar.devices.filter(ended_at=None).exists()
    assert ben.devices.count() == 1


def test_press_of_nothing_is_refused(ben):
    for fields in ({"press": ""}, {"press": "short"}, {"press": "x" * 65}):
        assert Client().post(card_of(ben), fields).status_code == 422
    assert not Device.objects.exists()


def test_link_guessed_tells_nothing_and_guessing_ends(ben):
    address, wrong, phone = card_of(ben), f"/v/{ben.code}{'a' * 16}/", Client()
    for _n in range(GUESSES.times - 1):
        GUESSES.spend("127.0.0.1")

    assert [phone.get(at).status_code for at in [address, wrong, wrong]] == [200, 404, 429]


def test_device_stops_with_the_registration(ben, ada):
    phone, address = as_voice(ben), card_of(ben)

    actions.decline(ben.registration, reason="The room is full.", by=ada)

    assert phone.get("/en/e/tunis/room/").status_code == 404
    dead = Client().get(address)
    assert dead.status_code == 410
    assert Client().post(address, {"press": PRESS}).status_code == 410


def test_a_vote_costs_one_query_to_know_its_device(ben, django_assert_num_queries, rf):
    request = rf.get("/")
    request.COOKIES[COOKIE] = connect(ben)

    with django_assert_num_queries(1):
        device = access.device_of(request, "tunis")
        assert device.voice.registration.person.name == "Ben"
        assert device.voice.edition.series.pk


# The threat: who holds the sheet of cards, and a copy of the database without the server's key


def seen_by(phone: Client, round) -> str:
    pages = [
        "room/", "room/rounds/", f"room/rounds/{round.code}/", f"room/rounds/{round.code}/answers/",
        "room/contributions/", "my-data/", "my-data/download/", "devices/",
    ]  # fmt: skip
    return "".join(phone.get(f"/en/e/tunis/{page}", follow=True).content.decode() for page in pages)


@pytest.mark.parametrize("is_spent", [True, False])
def test_sheet_of_cards_opens_no_votes_and_no_words(ben, answered, round, is_spent):
    """The organiser kept the sheet; Ben votes on a phone that he connected with his letter."""
    address = card_of(ben)
    if is_spent:
        press(address, press="f" * 16)
    DeviceFactory(voice=ben)

    thief, _answer = press(address)
    page = seen_by(thief, round)

    assert str(answered) not in page
    assert "Words of Ben alone." not in page
    if not is_spent:
        assert thief.get("/en/e/tunis/room/").status_code == 200
        assert Device.objects.latest("pk").is_limited


def test_copy_of_the_database_without_the_key_opens_nothing(ben, ada, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    letter = actions.send_link_again(ben.registration, by=ada)
    message = outbox()[0]
    message.mark_sent(at=now())
    message.save()
    press(f"/v/{admission_token(letter)}/")

    rows = [row for m in (Admission, Device, Voice, Message) for row in m.objects.values()]
    secret = admission_token(letter)[-16:]
    assert letter.code in str(rows)
    assert secret not in str(rows)


def test_letter_kept_for_want_of_a_mail_server_opens_no_more_than_a_card(ben, ada, settings):
    settings.EMAIL_BACKEND = KEPT
    letter = actions.send_link_again(ben.registration, by=ada)

    assert not letter.opens_earlier


def test_letter_opens_what_was_said_before_only_at_a_confirmed_address(ben, ada, edition, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    walked_in = VoiceFactory(edition=edition)

    assert actions.send_link_again(ben.registration, by=ada).opens_earlier
    assert not actions.send_link_again(walked_in.registration, by=ada).opens_earlier


# A new card, and what earlier devices are told


def test_new_card_answers_what_is_open_and_replaces_nothing(ben, ada, answered, round):
    first = as_voice(ben)
    open_ = StatementFactory(
        round=round, edition=round.edition, wording=Text.of("en", en="Still open.")
    )
    card = actions.give_new_card(ben.registration, by=ada)
    second, _answer = press(f"/v/{admission_token(card)}/")
    at = f"/en/e/tunis/room/rounds/{round.code}/"
    vote = {"seq": 1, "stance": -1, "box": ""}
    as_json = {"headers": {"accept": "application/json"}}

    ballot = second.get(at).content.decode()
    mine = second.post(f"{at}vote/", vote | {"statement": open_.code, "key": "a" * 20}, **as_json)
    theirs = second.post(
        f"{at}vote/", vote | {"statement": answered.code, "key": "b" * 20, "seq": 2}, **as_json
    )
    mended = second.post(
        f"{at}vote/",
        vote | {"statement": open_.code, "key": "c" * 20, "seq": 2, "stance": 1},
        **as_json,
    )

    assert str(open_) in ballot
    assert str(answered) not in ballot
    assert (mine.status_code, theirs.status_code, mended.status_code) == (200, 409, 200)
    assert "stance" not in theirs.json()
    assert str(open_) in second.get(f"{at}answers/").content.decode()
    assert str(answered) not in second.get(f"{at}answers/").content.decode()
    assert [v.stance for v in VoteEvent.objects.filter(statement=answered)] == [1]
    assert str(answered) in first.get(f"{at}answers/").content.decode()


def test_new_card_ends_the_unused_one_and_is_in_the_ledger(ben, ada):
    old = card_of(ben)

    card = actions.give_new_card(ben.registration, by=ada)

    assert card.kind == AdmissionKind.NEW_CARD
    assert Client().get(old).status_code == 410
    assert [(a.verb, a.doer) for a in acts_on(ben.registration)] == [("gave card", ada.doer)]


def test_earlier_device_is_told_by_whom_and_cancels_a_card_that_was_not_asked_for(ben, ada):
    phone = as_voice(ben)
    card = actions.give_new_card(ben.registration, by=ada)

    told = phone.get("/en/e/tunis/room/").content.decode()
    phone.post(f"/en/e/tunis/devices/cards/{card.code}/not-me/")

    assert "A new card was created for you" in told
    assert "Given by Ada." in told
    assert press(f"/v/{admission_token(card)}/")[1].status_code == 410
    assert "cancelled card" in [a.verb for a in acts_on(ben.registration)]


def test_not_me_ends_the_new_device_and_tells_the_desk_until_it_is_read(ben, ada):
    phone = as_voice(ben)
    card = actions.give_new_card(ben.registration, by=ada)
    other, _answer = press(f"/v/{admission_token(card)}/")
    device = Device.objects.latest("pk")

    told = phone.get("/en/e/tunis/room/").content.decode()
    phone.post(f"/en/e/tunis/devices/{device.code}/not-me/")
    desk = as_person(ada)
    list_ = desk.get("/en/desk/tunis/registrations/").content.decode()
    desk.post(f"/en/desk/tunis/registrations/{ben.registration.code}/seen/")

    assert "Another device was connected for you" in told
    assert other.get("/en/e/tunis/room/").status_code == 404
    assert phone.get("/en/e/tunis/room/").status_code == 200
    assert "was not theirs" in list_
    assert queries.disowned(ben.edition) == []
    assert "disowned device" in [a.verb for a in acts_on(ben.registration)]


def test_device_that_one_knows_is_spoken_of_no_more(ben):
    phone = as_voice(ben)
    other = DeviceFactory(voice=ben)

    phone.post(f"/en/e/tunis/devices/{other.code}/known/")

    assert "Another device" not in phone.get("/en/e/tunis/room/").content.decode()
    assert Device.objects.filter(ended_at=None).count() == 2


def test_limited_device_sees_and_ends_itself_only(ben):
    first = DeviceFactory(voice=ben)
    limited = as_voice(ben, is_limited=True)
    own = Device.objects.latest("pk")

    page = limited.get("/en/e/tunis/devices/").content.decode()
    refused = [
        limited.post(f"/en/e/tunis/devices/{first.code}/{verb}/").status_code
        for verb in ("end", "not-me", "known")
    ]
    code = limited.post("/en/e/tunis/devices/code/").status_code
    limited.post(f"/en/e/tunis/devices/{own.code}/end/")

    assert first.code not in page
    assert (refused, code) == ([404] * 3, 404)
    assert list(Device.objects.filter(ended_at=None)) == [first]


def test_limited_device_changes_nothing_that_was_said_before(ben, answered):
    limited = as_voice(ben, is_limited=True)
    code = ben.contributions.get().code

    assert limited.post(f"/en/e/tunis/room/contributions/{code}/withdraw/").status_code == 404
    assert limited.get("/en/e/tunis/my-data/download/").status_code == 404
    assert limited.post("/en/e/tunis/my-data/erase/").status_code == 404


def test_first_device_is_limited_when_the_voice_has_spoken_on_paper_but_not_in_a_rehearsal(
    ben, answered
):
    press(card_of(ben))
    was_limited = Device.objects.get().is_limited
    Device.objects.all().delete()
    ben.registration.is_simulated = True
    ben.registration.save()
    press(card_of(ben))

    assert (was_limited, Device.objects.get().is_limited) == (True, False)


# More devices


def test_code_on_one_device_connects_another_once(ben):
    phone = as_voice(ben)
    phone.post("/en/e/tunis/devices/code/")
    code = access.short_code(Admission.objects.get(kind="device"))
    shown = phone.get("/en/e/tunis/devices/").content.decode()

    other = Client()
    led = other.post("/en/e/tunis/join/", {"code": f" {code[:4].upper()}-{code[4:]}"})
    press(led.url, other)
    again = Client().post("/en/e/tunis/join/", {"code": code})

    assert f"{code[:4]} {code[4:]}" in shown
    assert other.get("/en/e/tunis/room/").status_code == 200
    assert not Device.objects.latest("pk").is_limited
    assert again.status_code == 422


def test_code_is_void_after_minutes_and_when_another_is_shown(ben):
    old = actions.show_code(DeviceFactory(voice=ben))
    new = actions.show_code(DeviceFactory(voice=ben))
    join = "/en/e/tunis/join/"

    first = Client().post(join, {"code": access.short_code(old)}).status_code
    Admission.objects.filter(pk=new.pk).update(expires_at=now() - timedelta(seconds=1))
    late = Client().post(join, {"code": access.short_code(new)}).status_code

    assert (first, late) == (422, 422)
    assert press(f"/v/{admission_token(new)}/")[1].status_code == 410


def test_signing_in_by_email_connects_a_full_device(ben, answered, round):
    DeviceFactory(voice=ben)
    phone = as_person(ben.registration.person)
    at = "/en/e/tunis/devices/connect/"

    assert phone.get(at).status_code == 200
    assert not Device.objects.filter(voice=ben, admission__kind="email").exists()
    press(at, phone)
    press(at, phone)

    assert Device.objects.filter(admission__kind="email", is_limited=False).count() == 1
    assert "Words of Ben alone." in seen_by(phone, round)


def test_address_that_an_organiser_wrote_opens_nothing_that_was_said_before(ben, ada, answered):
    """Ada writes her own address into Ben's registration and signs in with it."""
    letter = card_of(ben, "letter", left=3, opens_earlier=True)
    DeviceFactory(voice=ben)
    registration = ben.registration
    answers = Answers(
        name="Ben", email="ada.too@seminar.example", constituency="sme", country="TN",
        capacity="personal",
    )  # fmt: skip
    actions.correct(registration, answers=answers, language="fr", by=ada)
    person = Voice.objects.get(pk=ben.pk).registration.person
    phone = as_person(person)
    data = phone.get("/en/e/tunis/my-data/").content.decode()
    press("/en/e/tunis/devices/connect/", phone)

    assert person.email == "ada.too@seminar.example"
    assert "Words of Ben alone." not in data
    assert Device.objects.latest("pk").is_limited
    assert Client().get(letter).status_code == 410


def test_stranger_is_asked_to_sign_in_before_connecting(ben, edition):
    asked = Client().get("/en/e/tunis/devices/connect/")
    other = as_person(RoleFactory(edition=edition).person).get("/en/e/tunis/devices/connect/")

    assert (asked.status_code, asked.url) == (303, "/en/sign-in/?next=/en/e/tunis/devices/connect/")
    assert other.status_code == 409


def test_my_page_of_the_menu_leads_there_or_to_where_one_joins(ben):
    menu = "/en/e/tunis/join/?to=mine"

    assert as_voice(ben).get(menu)["Location"] == "/en/e/tunis/room/"
    page = Client().get(menu)
    assert page.status_code == 200
    assert b'name="code"' in page.content


@pytest.mark.parametrize("typed", ["", "abc", "ü" * 24, "x" * 24, "x" * 8])
def test_join_page_says_what_is_wrong_with_a_code(ben, typed):
    assert Client().post("/en/e/tunis/join/", {"code": typed}).status_code == 422


def test_join_page_takes_the_code_as_people_type_it(ben):
    token = admission_token(AdmissionFactory(voice=ben))
    typed = "-".join(token[i : i + 4] for i in range(0, 24, 4)).upper()
    typed = typed.translate({ord(str(n)): chr(0x660 + n) for n in range(10)})  # Arabic digits

    answer = Client().post("/en/e/tunis/join/", {"code": f"  {typed} "})

    assert (answer.status_code, answer.url) == (303, f"/v/{token}/?lang=en")


def test_join_page_refuses_a_card_of_another_edition(ben):
    code = admission_token(AdmissionFactory())

    assert Client().post("/en/e/tunis/join/", {"code": code}).status_code == 422


def test_leaving_ends_the_device(ben):
    phone = as_voice(ben)

    phone.post("/en/e/tunis/join/leave/")

    assert phone.get("/en/e/tunis/room/").status_code == 404
    assert Device.objects.get().ended_at
    assert Device.objects.get().label == ""


# The desk


def test_sheet_prints_unused_cards_as_they_were_and_names_the_used(ben, ada, edition):
    omar = VoiceFactory(edition=edition, registration__person__name="Omar")
    card, used = AdmissionFactory(voice=ben), AdmissionFactory(voice=omar, left=0)
    desk = as_person(ada)

    pages = [desk.get("/en/desk/tunis/registrations/cards/").content.decode() for _n in (1, 2)]

    for page in pages:
        assert admission_token(card) in page.replace(" ", "")
        assert admission_token(used) not in page.replace(" ", "")
        assert used.code in page


def test_facilitator_admits_again_with_limited_rights_and_phones_say_so(ben, fay, answered, round):
    phone = as_voice(ben)
    address = card_of(ben, left=0)
    page = "/en/desk/tunis/participants/admit-again/"

    as_person(fay).get(page)
    before = Client().get(address).status_code
    as_person(fay).post(page)
    told = phone.get("/en/e/tunis/room/").content.decode()
    again, answer = press(address)

    assert (before, answer.status_code) == (410, 303)
    assert "works once more" in told
    assert "Given by Fay." in told
    assert "Words of Ben alone." not in seen_by(again, round)
    assert [(a.verb, a.facts) for a in acts_on(ben.edition)] == [
        ("admitted again", {"admissions": 2})  # the phone that is connected had one too
    ]
    assert press(address, press="another press of it")[1].status_code == 410


def test_admit_again_leaves_unused_and_cancelled_cards_as_they_are(ben, fay):
    unused = AdmissionFactory(voice=ben, opens_earlier=True)
    cancelled = AdmissionFactory(voice=ben, left=0, ended_at=now())

    assert actions.admit_again(ben.edition, by=fay) == 0
    unused.refresh_from_db()
    cancelled.refresh_from_db()
    assert (unused.opens_earlier, cancelled.left) == (True, 0)


def test_desk_disconnects_every_device_and_card_of_a_lost_phone(ben, ada):
    phone, address = as_voice(ben), card_of(ben)
    registration = f"/en/desk/tunis/registrations/{ben.registration.code}/"

    as_person(ada).post(f"{registration}disconnect/")

    assert phone.get("/en/e/tunis/room/").status_code == 404
    assert Client().get(address).status_code == 410
    assert "disconnected" in [a.verb for a in acts_on(ben.registration)]


def test_code_for_paper_opens_nothing_on_a_phone(ben):
    assert Client().post("/en/e/tunis/join/", {"code": ben.paper_code}).status_code == 422
    assert Client().get(f"/v/{ben.paper_code}{'a' * 16}/").status_code == 404


def test_lines_of_the_ledger_name_no_voice_and_no_browser(ben, ada):
    card = actions.give_new_card(ben.registration, by=ada)
    phone = Client(headers={"user-agent": "Mozilla/5.0 (Linux; Android 14) Chrome/120"})
    press(f"/v/{admission_token(card)}/", phone)

    lines = str([(a.doer, a.object_code, a.facts) for a in acts_on(ben.registration)])
    assert Device.objects.get().label == "Chrome, Android"
    assert "Chrome" not in lines
    assert ben.code not in lines


def test_card_of_a_person_who_was_declined_cannot_be_given(ben, ada):
    actions.decline(ben.registration, reason="Full.", by=ada)

    with pytest.raises(RuleBroken, match="Approve the registration first"):
        actions.give_new_card(ben.registration, by=ada)
