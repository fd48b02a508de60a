"""Writing to many people: whom it reaches, once, in whose language, and how it ends."""

from __future__ import annotations

import re

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from majlis.circulars import actions
from majlis.circulars.letters import letters_for
from majlis.circulars.models import Circular
from majlis.circulars.queries import readers
from majlis.circulars.states import CircularState
from majlis.kernel.clock import now
from majlis.kernel.errors import RuleBroken
from majlis.kernel.ledger import CLOCK
from majlis.kernel.texts import Text
from majlis.mail.actions import send_due
from majlis.mail.models import Message
from majlis.mail.states import MessageState
from majlis.registration import letters
from majlis.registration.models import Registration
from tests.conftest import as_person
from tests.factories.circulars import CircularFactory
from tests.factories.mail import KEPT, outbox
from tests.factories.registration import GuestFactory, RegistrationFactory, RoleFactory
from tests.factories.series import SessionFactory, SpeakerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def circular():
    """A draft with three readers: one reads French, one Arabic, of which it has no words."""
    made = CircularFactory()
    for language in ("en", "fr", "ar"):
        RegistrationFactory(
            edition=made.edition, person__language=language, person__name=f"Reader {language}"
        )
    return made


def sent_on(circular, n=3):
    actions.begin_circular(circular, n=n, by=CLOCK)
    while Circular.objects.get().state == CircularState.SENDING:
        actions.send_pieces()


def names(circular, **audience):
    found = readers(circular.edition, audience, is_about_place=circular.is_about_place)
    return sorted(one.name for one in found)


def test_audience_is_narrowed_by_all_that_is_ticked(circular):
    edition = circular.edition
    RegistrationFactory(edition=edition, person__name="Bank", constituency="bank", country="MA",
                        state="waiting", confirmed_at=None, arrived_at=None)  # fmt: skip
    RegistrationFactory(edition=edition, person__name="There", arrived_at=now())
    RegistrationFactory(edition=edition, person__name="No address", person__email=None)
    RoleFactory(edition=edition, person__name="Ada")
    RoleFactory(edition=edition, kind="moderator", person__name="Mia")
    RegistrationFactory(person__name="Elsewhere")

    assert names(circular, states=["waiting"]) == ["Bank"]
    assert names(circular, countries=["MA"], constituencies=["bank"]) == ["Bank"]
    assert names(circular, countries=["MA"], constituencies=["sme"]) == []
    assert names(circular, arrived="yes") == ["There"]
    assert names(circular, languages=["ar", "fr"]) == ["Reader ar", "Reader fr"]
    assert names(circular, to="team") == ["Ada", "Mia"]
    assert names(circular, to="team", roles=["moderator"]) == ["Mia"]
    assert len(names(circular)) == 5


def test_everybody_gets_one_in_their_language_or_in_the_original(circular):
    sent_on(circular)

    found = {m.text.splitlines()[0]: (m.language, m.subject) for m in outbox()}
    assert found == {
        "Hello Reader en,": ("en", "See you soon: Maghreb Edition"),
        "Bonjour Reader fr,": ("fr", "À bientôt : Édition Maghreb".replace(" :", "\u00a0:")),
        "Hello Reader ar,": ("en", "See you soon: Maghreb Edition"),
    }


def test_pieces_that_are_repeated_or_cut_off_write_to_nobody_twice(circular, monkeypatch):
    monkeypatch.setattr(actions, "AT_ONCE", 2)
    actions.begin_circular(circular, n=3, by=CLOCK)
    with transaction.atomic():  # the process dies before it commits
        actions.send_pieces()
        transaction.set_rollback(True)
    assert outbox() == []

    actions.send_pieces()
    circular.refresh_from_db()
    before = [m.pk for m in outbox()]
    actions.write_batch(
        circular.code,
        letters_for(circular, readers(circular.edition, circular.audience, is_about_place=False)),
        edition=circular.edition.slug,
        template="",
    )  # another process that took the same readers, and one more
    for _again in range(3):
        actions.send_pieces()

    assert len(before) == 2
    assert len({m.recipient for m in outbox()}) == len(outbox()) == 3
    assert Circular.objects.get().state == CircularState.DONE


def test_sending_begins_only_with_as_many_readers_as_were_shown(circular):
    with pytest.raises(RuleBroken, match="There are 3 recipients now"):
        actions.begin_circular(circular, n=2, by=CLOCK)

    actions.send_pieces()
    assert (Circular.objects.get().state, outbox()) == (CircularState.DRAFT, [])


def test_stop_holds_back_what_was_written_and_writes_no_more(circular, monkeypatch):
    monkeypatch.setattr(actions, "AT_ONCE", 1)
    actions.begin_circular(circular, n=3, by=CLOCK)
    actions.send_pieces()
    send_due()
    actions.send_pieces()

    assert actions.stop_circular(circular, by=CLOCK) == 1
    actions.send_pieces()
    send_due()

    assert [m.state for m in outbox()] == [MessageState.SENT, MessageState.STOPPED]
    assert Circular.objects.get().state == CircularState.STOPPED


def test_message_stopped_while_a_server_puts_it_off_stays_stopped(circular):
    from majlis.mail.actions import sending

    sent_on(circular)
    claimed = sending._claimed()
    actions.stop_circular(circular, by=CLOCK)
    claimed.postpone("451 Later", at=now())
    sending._mark(claimed)

    assert {m.state for m in outbox()} == {MessageState.STOPPED}


def test_sent_email_cannot_be_changed_or_sent_again(circular):
    sent_on(circular)

    for act in (
        lambda: actions.begin_circular(circular, n=0, by=CLOCK),
        lambda: actions.change_circular(circular, {"heading": Text()}, by=CLOCK),
        lambda: actions.remove_circular(circular, by=CLOCK),
    ):
        with pytest.raises(RuleBroken, match="cannot be changed any more"):
            act()


def test_link_asks_before_it_ends_emails_and_those_about_the_place_still_come(circular):
    sent_on(circular)
    letter = next(m for m in outbox() if "Reader fr" in m.text)
    path = re.search(r"https?://[^/]+(/fr/e/\S+/emails/\S+)", letter.text)[1]
    assert letter.stop_address.endswith(path)

    browser = Client()
    assert "Reader fr" in names(circular)  # opening the link ends nothing
    assert browser.get(path).status_code == 200
    assert "Reader fr" in names(circular)
    browser.post(path, {"List-Unsubscribe": "One-Click"})
    assert "Reader fr" not in names(circular)
    circular.is_about_place = True
    assert "Reader fr" in names(circular)
    circular.is_about_place = False
    browser.post(path, {"to": "again"})
    assert "Reader fr" in names(circular)


def test_email_about_the_place_has_no_link_that_ends_it(circular):
    Circular.objects.update(is_about_place=True)

    sent_on(circular)

    assert {m.stop_address for m in outbox()} == {""}


def test_letters_name_the_link_that_ends_them_to_mail_programs(circular, settings):
    settings.PUBLIC_URL = "https://seminar.example"
    sent_on(circular)

    send_due()

    from django.core import mail

    [first, *_others] = mail.outbox
    assert first.extra_headers["List-Unsubscribe"].startswith("<https://seminar.example/")
    assert first.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_test_goes_to_the_organiser_alone_as_often_as_wanted(circular):
    ada = RoleFactory(edition=circular.edition, person__email="ada@seminar.example").person

    for _time in range(2):
        actions.try_circular(circular, to=ada, language="fr", by=ada)

    assert [(m.recipient, m.language) for m in outbox()] == [("ada@seminar.example", "fr")] * 2
    assert Circular.objects.get().is_draft
    sent_on(circular)
    assert Message.objects.filter(batch=circular.code).count() == 3


def test_without_a_mail_server_everything_is_kept_and_can_be_sent_later(circular, settings):
    usual = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = KEPT
    sent_on(circular)
    assert {m.state for m in outbox()} == {MessageState.KEPT}

    from majlis.mail.actions import send_kept

    with pytest.raises(RuleBroken, match="no mail server"):
        send_kept(circular.edition, by=CLOCK)
    settings.EMAIL_BACKEND = usual
    assert send_kept(circular.edition, by=CLOCK) == 3
    send_due()
    assert {m.state for m in outbox()} == {MessageState.SENT}


def test_guests_without_an_answer_and_people_with_a_part_can_be_written_to(circular):
    edition = circular.edition
    GuestFactory(edition=edition, name="Waits", sent_at=now(), language="en")
    GuestFactory(edition=edition, name="Said no", sent_at=now(), answer="no")
    GuestFactory(edition=edition, name="Not invited yet")
    for code, email in (("P1", "chair@seminar.example"), ("P2", ""), ("P3", "x@seminar.example")):
        SpeakerFactory(edition=edition, code=code, name=Text.of("en", en=code), email=email)
    SessionFactory(edition=edition, people=[["chair", "P1"], ["speaker", "P2"], ["speaker", "P3"]])

    assert names(circular, to="guests") == ["Waits"]
    assert names(circular, to="parts") == ["P1", "P3"]
    assert names(circular, to="parts", parts=["chair"]) == ["P1"]

    Circular.objects.update(audience={"to": "guests"})
    sent_on(Circular.objects.get(), n=1)
    letter = outbox()[0]
    assert "the organisers invite you" in letter.text
    assert "/guest/" in letter.text  # where a guest ends it
    assert letter.stop_address == ""


def test_the_list_of_emails_is_narrowed_by_kind_ordered_and_taken_along(circular):
    sent_on(circular)
    edition = circular.edition
    ada = RoleFactory(edition=edition, person__name="Ada").person
    letters.withdrawn(Registration.objects.filter(edition=edition).first())
    client, address = as_person(ada), reverse("circulars:messages", args=[edition.slug])
    template = "registration/letters/withdrawn.txt"

    def shown(**query):
        return [one.template for one in client.get(address, query).context["page"]]

    assert len(shown()) == 4
    assert shown(template=template) == [template]
    assert shown(template=template, state="sent") == []
    oldest = client.get(address, {"sort": "recipient"}).context["page"].object_list
    assert [one.recipient for one in oldest] == sorted(one.recipient for one in oldest)
    page = client.get(address, {"columns": "subject"}).content.decode()
    assert "Place given back" in page
    sheet = client.get(address, {"template": template, "file": "csv"}).content.decode()
    assert len(sheet.splitlines()) == 2
