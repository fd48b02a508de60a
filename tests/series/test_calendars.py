"""The programme as calendars and apps of conferences read it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time

import pytest
import vobject
import xmlschema
from django.urls import reverse

from majlis.kernel.ledger import CLOCK
from majlis.kernel.texts import Text
from majlis.series.actions import move_session, publish_programme, remove_part
from majlis.series.pack import SESSION_BINDING
from tests.factories.series import EditionFactory, SessionFactory, SpeakerFactory, ThemeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]

SCHEMA = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
<!-- What c3voc's validator asks of a schedule, in our words. -->
<xs:element name="schedule"><xs:complexType><xs:sequence>
  <xs:element name="version" type="xs:string"/>
  <xs:element name="conference"><xs:complexType><xs:all>
    <xs:element name="title" type="xs:string"/><xs:element name="acronym" type="xs:string"/>
    <xs:element name="start" type="xs:date"/><xs:element name="end" type="xs:date"/>
    <xs:element name="days" type="xs:integer"/><xs:element name="timeslot_duration" type="span"/>
  </xs:all></xs:complexType></xs:element>
  <xs:element name="day" maxOccurs="unbounded"><xs:complexType><xs:sequence>
    <xs:element name="room" minOccurs="0" maxOccurs="unbounded"><xs:complexType><xs:sequence>
      <xs:element name="event" type="event" minOccurs="0" maxOccurs="unbounded"/>
    </xs:sequence><xs:attribute name="name" type="xs:string" use="required"/></xs:complexType>
    </xs:element></xs:sequence>
    <xs:attribute name="date" type="xs:date" use="required"/>
    <xs:attribute name="start" type="xs:dateTime" use="required"/>
    <xs:attribute name="end" type="xs:dateTime" use="required"/>
    <xs:attribute name="index" type="xs:positiveInteger" use="required"/>
  </xs:complexType></xs:element>
</xs:sequence></xs:complexType>
<xs:unique name="guids"><xs:selector xpath="day/room/event"/><xs:field xpath="@guid"/></xs:unique>
<xs:unique name="ids"><xs:selector xpath="day/room/event"/><xs:field xpath="@id"/></xs:unique>
<xs:unique name="slugs"><xs:selector xpath="day/room/event/slug"/><xs:field xpath="."/></xs:unique>
</xs:element>
<xs:complexType name="event"><xs:all>
  <xs:element name="room" type="xs:string"/><xs:element name="title" type="xs:string"/>
  <xs:element name="type" type="xs:string"/><xs:element name="date" type="xs:dateTime"/>
  <xs:element name="start" type="clock"/><xs:element name="duration" type="span"/>
  <xs:element name="persons"><xs:complexType><xs:sequence>
    <xs:element name="person" minOccurs="0" maxOccurs="unbounded"><xs:complexType>
      <xs:simpleContent><xs:extension base="xs:string">
        <xs:attribute name="id" type="xs:positiveInteger"/>
      </xs:extension></xs:simpleContent></xs:complexType></xs:element>
  </xs:sequence></xs:complexType></xs:element>
  <xs:element name="language" type="xs:string"/><xs:element name="abstract" type="xs:string"/>
  <xs:element name="description" type="xs:string"/><xs:element name="slug" type="xs:string"/>
  <xs:element name="subtitle" type="xs:string"/><xs:element name="track" type="xs:string"/>
  <xs:element name="links"><xs:complexType/></xs:element>
</xs:all>
  <xs:attribute name="id" type="xs:positiveInteger" use="required"/>
  <xs:attribute name="guid" type="xs:string" use="required"/>
</xs:complexType>
<xs:simpleType name="span"><xs:restriction base="xs:string">
  <xs:pattern value="[0-9]{1,2}:[0-9]{2}"/></xs:restriction></xs:simpleType>
<xs:simpleType name="clock"><xs:restriction base="xs:string">
  <xs:pattern value="[0-2][0-9]:[0-5][0-9]"/></xs:restriction></xs:simpleType>
</xs:schema>"""


@pytest.fixture
def edition():
    edition = EditionFactory(
        time_zone="Africa/Tunis", title=Text.of("en", en="A, B; C\\D", ar="ألف")
    )
    lina = SpeakerFactory(edition=edition)
    hidden = SpeakerFactory(edition=edition, has_agreed=False, name=Text.of("en", en="Nobody Yet"))
    theme = ThemeFactory(edition=edition)
    people = [["chair", lina.code], ["speaker", hidden.code]]
    SessionFactory(edition=edition, code="A1", room="Room A", theme=theme, people=people)
    SessionFactory(edition=edition, code="A2", starts=time(22), ends=time(0, 30), spoken=["fr"])
    return edition


def got(client, name, edition, query="", **more):
    return client.get(reverse(f"series:{name}", kwargs={"edition": edition.slug, **more}) + query)


def events(client, edition, query=""):
    told = vobject.readOne(got(client, "calendar", edition, query).content.decode())
    return {event.uid.value.split("@")[0].removeprefix(f"{edition.slug}-"): event
            for event in told.vevent_list}  # fmt: skip


def test_calendar_has_each_session_in_the_zone_of_the_place(client, edition):
    text = got(client, "calendar", edition).content.decode()
    first, late = events(client, edition).values()

    assert "TZID:Africa/Tunis" in text
    assert "DTSTART;TZID=Africa/Tunis:20260325T113500" in text
    assert first.dtstart.value.astimezone(UTC) == datetime(2026, 3, 25, 10, 35, tzinfo=UTC)
    assert late.dtend.value.astimezone(UTC) == datetime(2026, 3, 25, 23, 30, tzinfo=UTC)
    assert first.summary.value == "Table 1"
    assert "Lina Example" in first.description.value
    assert "Nobody Yet" not in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_number_of_a_session_rises_only_with_versions_that_change_it(client, edition):
    def numbers():
        return {code: event.sequence.value for code, event in events(client, edition).items()}

    before = numbers()
    move_session(edition.sessions.get(code="A1"), minutes=10, by=CLOCK)
    once = numbers()
    move_session(edition.sessions.get(code="A1"), room="Room B", by=CLOCK)

    assert (before, once, numbers()) == (
        {"A1": "0", "A2": "0"}, {"A1": "1", "A2": "0"}, {"A1": "2", "A2": "0"},
    )  # fmt: skip


def test_session_that_is_taken_away_is_told_as_cancelled(client, edition):
    remove_part(SESSION_BINDING, edition.sessions.get(code="A2"), by=CLOCK)
    publish_programme(edition, by=CLOCK)

    gone = events(client, edition)["A2"]

    assert (gone.status.value, gone.sequence.value) == ("CANCELLED", "1")


def test_calendar_of_ones_own_selection_and_of_one_session(client, edition):
    one = got(client, "session-calendar", edition, code="A2")

    assert [*events(client, edition, "?only=A2,XX")] == ["A2"]
    assert one.content.decode().count("BEGIN:VEVENT") == 1
    assert "attachment" in one["Content-Disposition"]
    assert got(client, "session-calendar", edition, code="XX").status_code == 404


def test_schedule_is_valid_and_names_only_who_has_agreed(client, edition):
    xml = got(client, "schedule-xml", edition).content.decode()
    told = json.loads(got(client, "schedule-json", edition).content)["schedule"]

    xmlschema.XMLSchema(SCHEMA).validate(xml)
    (day,) = told["conference"]["days"]
    assert (day["date"], [*day["rooms"]]) == ("2026-03-25", ["Room A", "–"])
    (talk,) = day["rooms"]["Room A"]
    assert (talk["start"], talk["duration"], talk["date"]) == (
        "11:35", "01:15", "2026-03-25T11:35:00+01:00",
    )  # fmt: skip
    assert [person["public_name"] for person in talk["persons"]] == ["Lina Example"]
    assert "Nobody Yet" not in xml


def test_schedule_keeps_its_identifiers_when_a_session_moves(client, edition):
    def ids():
        told = json.loads(got(client, "schedule-json", edition).content)["schedule"]
        rooms = told["conference"]["days"][0]["rooms"]
        return {talk["slug"]: (talk["id"], talk["guid"]) for r in rooms.values() for talk in r}

    before = ids()
    move_session(edition.sessions.get(code="A1"), minutes=-30, by=CLOCK)

    assert ids() == before
