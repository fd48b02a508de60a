"""What letters of an edition tell around their words."""

from __future__ import annotations

import base64
from datetime import date, time

import pytest
import vobject

from majlis.kernel.ledger import CLOCK
from majlis.registration.actions import approve
from tests.factories.mail import outbox
from tests.factories.registration import RegistrationFactory
from tests.factories.series import PublicTextFactory, SessionFactory

pytestmark = pytest.mark.django_db


def confirmed_letter(edition, language="en"):
    place = RegistrationFactory(
        edition=edition, state="waiting", confirmed_at=None, person__language=language
    )
    approve(place, by=CLOCK)
    return outbox()[-1]


def calendar_in(letter):
    [part] = letter.attachments
    assert (part["type"], part["name"]) == ("text/calendar", f"{letter.edition}.ics")
    return vobject.readOne(base64.b64decode(part["content"]).decode())


def test_confirmed_letter_puts_the_hours_of_the_published_programme_into_a_calendar():
    session = SessionFactory(starts=time(9), ends=time(10, 30))
    edition = session.edition

    letter = confirmed_letter(edition, "fr")

    event = calendar_in(letter).vevent
    assert event.dtstart.value.isoformat() == "2026-03-25T09:00:00+01:00"
    assert event.dtend.value.isoformat() == "2026-03-25T10:30:00+01:00"
    assert event.dtstart.value.tzinfo.utcoffset(event.dtstart.value).total_seconds() == 3600
    assert (event.summary.value, event.sequence.value) == ("Édition Maghreb", "1")
    assert "09:00–10:30" in letter.text


def test_edition_without_a_programme_or_of_several_days_is_whole_days_in_a_calendar():
    place = RegistrationFactory(edition__ends_on=date(2026, 3, 26))

    event = calendar_in(confirmed_letter(place.edition)).vevent

    assert (event.dtstart.value, event.dtend.value) == (date(2026, 3, 25), date(2026, 3, 27))


def test_letter_says_who_pays_for_the_edition():
    text = PublicTextFactory(kind="funding")

    letter = confirmed_letter(text.edition)

    assert str(text.body) in letter.text
    assert str(text.body) in letter.html
