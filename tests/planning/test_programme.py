"""The programme on the desk: planned, published, moved on the day."""

from __future__ import annotations

import re
from datetime import date, time
from time import thread_time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from majlis.front import packs
from majlis.kernel.errors import RuleBroken
from majlis.kernel.ledger import CLOCK
from majlis.kernel.pack import Faults, PackFolder
from majlis.kernel.texts import Text
from majlis.mail.models import Message
from majlis.registration.actions import publishing, write_notices
from majlis.registration.states import RoleKind
from majlis.series import pack, programme
from majlis.series.actions import give_part, move_session, publish_programme
from majlis.series.models import Session
from majlis.series.models.programme import Placing
from majlis.series.programme import Change
from majlis.series.states import SessionType
from tests.conftest import as_person
from tests.factories.dialogue import ContributionFactory
from tests.factories.registration import RegistrationFactory, RoleFactory
from tests.factories.series import EditionFactory, SessionFactory, SpeakerFactory, ThemeFactory
from tests.house.outputs import BIDI

pytestmark = pytest.mark.django_db


def url(name, edition, **kwargs):
    return reverse(f"planning:{name}", kwargs={"edition": edition.slug} | kwargs)


def session(**changes):
    sent = {
        "original": "en", "title_en": "Clusters and banks", "on_date": "2026-03-25",
        "starts": "09:00", "ends": "10:15", "kind": "panel", "attribution_rule": "chatham_house",
        "room": "Room A",
    }  # fmt: skip
    return sent | changes


@pytest.fixture
def ada():
    return RoleFactory(edition__slug="sfax-2026")


def test_session_is_public_once_the_programme_is_published(ada, client):
    browser, edition = as_person(ada.person), ada.edition
    public = reverse("series:programme", kwargs={"edition": edition.slug})

    made = browser.post(url("new-row", edition, part="programme"), session())
    before = client.get(public).content.decode()
    page = browser.get(url("programme", edition))
    browser.post(url("publish", edition))

    assert made.url == url("programme", edition)
    assert "Clusters and banks" not in before
    assert "not published" in page.content.decode()
    assert "Clusters and banks" in client.get(public).content.decode()
    (one,) = programme.sessions_of(edition)
    assert one.pk == edition.sessions.get().pk
    assert (one.starts, one.room, one.kind) == (time(9), "Room A", SessionType.PANEL)


def test_desk_says_what_waits_and_the_public_what_changed(ada, client):
    edition, browser = ada.edition, as_person(ada.person)
    first = SessionFactory(edition=edition, starts=time(9), ends=time(10), room="Room A")
    gone = SessionFactory(edition=edition, starts=time(10), ends=time(11))
    form = browser.get(url("row", edition, part="programme", code=first.code)).context["form"]
    sent = session(was=form["was"].value(), title_en="Table 1", kind="theme_table")
    sent |= {"title_fr": "Table 1", "title_ar": "الطاولة 1", "starts": "09:30", "room": "Room B"}

    browser.post(url("row", edition, part="programme", code=first.code), sent)
    browser.post(url("remove", edition, part="programme", code=gone.code))
    browser.post(url("new-row", edition, part="programme"), session(starts="15:00", ends="16:00"))
    waits = browser.get(url("programme", edition)).context["changes"]
    browser.post(url("publish", edition))

    assert [one.kinds for one in waits] == [
        (Change.MOVED, Change.ROOM), (Change.REMOVED,), (Change.ADDED,),
    ]  # fmt: skip
    page = client.get(reverse("series:programme", kwargs={"edition": edition.slug}))
    with timezone.override(edition.zone):
        said = [one.said for one in page.context["changes"]]
    assert said[0] == ["moved to Wednesday 25 March 2026, 09:30–10:15", "now in Room B"]
    assert said[1:] == [["cancelled"], ["new"]]
    assert browser.get(url("programme", edition)).context["changes"] == []


def test_publishing_nothing_new_makes_no_version(ada):
    SessionFactory(edition=ada.edition)

    answer = as_person(ada.person).post(url("publish", ada.edition), follow=True)

    assert "Nothing has changed." in answer.content.decode()
    assert ada.edition.programme_versions.count() == 1


def test_two_sessions_in_one_room_are_told_and_kept(ada):
    edition = ada.edition
    SessionFactory(edition=edition, code="A", starts=time(9), ends=time(10), room="Room A")
    SessionFactory(edition=edition, code="B", starts=time(9, 30), ends=time(11), room="room a ")
    SessionFactory(edition=edition, code="C", starts=time(10), ends=time(11), room="Room B")
    SessionFactory(edition=edition, code="D", starts=time(9), ends=time(12), room="")

    said = as_person(ada.person).get(url("programme", edition)).content.decode()

    assert said.count("Room A is taken by") == 1
    assert said.count("room a is taken by") == 1
    assert "Room B is taken" not in said


def test_sessions_that_overlap_stand_side_by_side_and_load_again(ada, tmp_path):
    edition = ada.edition
    for code, starts, ends in [("A", 9, 11), ("B", 10, 12), ("C", 12, 13), ("D", 14, 15)]:
        SessionFactory(edition=edition, code=code, starts=time(starts), ends=time(ends))

    (day,) = programme.by_day(programme.sessions_of(edition))
    packs.dump(edition, tmp_path / "pack")

    assert [[s.code for s in b.sessions] for b in day.blocks] == [["A", "B"], ["C"], ["D"]]
    faults = Faults()
    pack.read(PackFolder(tmp_path / "pack", faults))
    assert not [fault for fault in faults if fault.file == "programme.csv"]


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"ends": "08:00"}, "ends"),
        ({"ends": "09:00"}, "ends"),
        ({"on_date": "2026-03-26"}, "on_date"),
        ({"title_en": ""}, "title_en"),
        ({"starts": "25:00"}, "starts"),
    ],
)
def test_session_that_cannot_be_is_told_at_its_field(ada, sent, field):
    answer = as_person(ada.person).post(
        url("new-row", ada.edition, part="programme"), session(**sent)
    )

    assert list(answer.context["form"].errors) == [field]


def test_session_keeps_a_theme_that_was_retired(ada):
    theme = ThemeFactory(edition=ada.edition, is_retired=True)
    one = SessionFactory(edition=ada.edition, theme=theme)
    form = as_person(ada.person).get(url("row", ada.edition, part="programme", code=one.code))

    assert theme in form.context["form"].fields["theme"].queryset


def test_session_may_end_in_the_night(ada):
    as_person(ada.person).post(
        url("new-row", ada.edition, part="programme"), session(starts="21:00", ends="01:00")
    )
    assert ada.edition.sessions.get().ends == time(1)


def move(person, one, **sent):
    return as_person(person).post(url("move-session", one.edition, code=one.code), sent)


def test_facilitator_moves_a_session_in_two_presses_for_everybody(ada, client):
    facilitator = RoleFactory(edition=ada.edition, kind=RoleKind.FACILITATOR).person
    one = SessionFactory(edition=ada.edition, starts=time(9), ends=time(10), room="Room A")
    other = SessionFactory(edition=ada.edition, starts=time(10), ends=time(11))
    other.room = "Not yet"  # planned, and not published
    other.save()

    by_minutes = move(facilitator, one, minutes="10")
    by_room = move(facilitator, one, room="Room C")

    assert (by_minutes.status_code, by_room.status_code) == (303, 303)
    shown = {s.code: (s.starts, s.ends, s.room) for s in programme.sessions_of(ada.edition)}
    assert shown[one.code] == (time(9, 10), time(10, 10), "Room C")
    assert shown[other.code] == (time(10), time(11), "")
    one.refresh_from_db()
    assert (one.starts, one.room) == (time(9, 10), "Room C")
    page = client.get(reverse("series:programme", kwargs={"edition": ada.edition.slug}))
    assert [c.kinds for c in page.context["changes"]] == [(Change.ROOM,)]


def test_move_says_what_cannot_be(ada):
    late = SessionFactory(edition=ada.edition, starts=time(23, 30), ends=time(0, 30))
    draft = SessionFactory(edition=ada.edition, code="X1", published=False)

    with pytest.raises(RuleBroken, match="another day"):
        move_session(late, minutes=60, by=CLOCK)
    with pytest.raises(RuleBroken, match="not published yet"):
        move_session(draft, minutes=5, by=CLOCK)
    assert move(ada.person, late).status_code == 422
    assert move(ada.person, late, minutes="7").status_code == 422


def test_rule_of_a_contribution_is_the_published_one(world):
    one = SessionFactory(edition=world.edition, attribution_rule="chatham_house")
    one.attribution_rule = "public"
    one.save()

    from majlis.dialogue.forms.contributions import WordsForm

    form = WordsForm({"session": one.code, "words": "Banks lend little."}, edition=world.edition)
    form.is_valid()
    assert form.cleaned_data["session"].attribution_rule == "chatham_house"


def test_session_that_somebody_spoke_in_is_cancelled_and_not_lost(world):
    one = SessionFactory(edition=world.edition)
    ContributionFactory(voice=world.ben, session=one)

    answer = as_person(world.ada).post(
        url("remove", world.edition, part="programme", code=one.code)
    )

    assert answer.status_code == 409


def test_copied_edition_publishes_nothing_by_itself(ada, client):
    SessionFactory(edition=ada.edition)
    from majlis.series.actions import copy_parts

    new = EditionFactory(starts_on=date(2027, 3, 1), ends_on=date(2027, 3, 1))
    copy_parts(ada.edition, new, {"programme.csv"}, by=CLOCK)

    assert new.sessions.count() == 1
    assert programme.sessions_of(new) == []
    assert publish_programme(new, by=CLOCK).number == 1


def test_programme_page_asks_as_much_for_one_session_as_for_many(ada):
    browser, address = as_person(ada.person), url("programme", ada.edition)
    SessionFactory(edition=ada.edition)
    browser.get(address)
    with CaptureQueriesContext(connection) as for_one:
        browser.get(address)
    SessionFactory.create_batch(4, edition=ada.edition, room="Room A")
    with CaptureQueriesContext(connection) as for_many:
        browser.get(address)

    assert len(for_many) == len(for_one)


MOVED = {"on_date": "2026-03-25", "starts": "15:05", "ends": "16:00", "room": "Room B"}


def place(ada, session, **sent):
    address = url("place", ada.edition, code=session.code)
    return as_person(ada.person).post(address, sent, headers={"X-Grid": "1"})


def test_grid_moves_a_session_in_the_draft_and_gets_itself_back(ada):
    session = SessionFactory(edition=ada.edition, room="Room A")
    SessionFactory(edition=ada.edition, starts=time(15), ends=time(16), room="Room B")

    piece = place(ada, session, **MOVED, was=Placing.of(session).mark).content.decode()

    session.refresh_from_db()
    assert Placing.of(session).mark == "2026-03-25 15:05 16:00 Room B"
    assert f'data-was="{Placing.of(session).mark}"' in piece
    assert "Room B is taken by" in piece
    assert [s.starts for s in programme.sessions_of(ada.edition)] == [time(11, 35), time(15)]


def test_grid_moves_a_session_that_has_no_room_yet(ada):
    session = SessionFactory(edition=ada.edition, room="")

    answer = place(ada, session, **MOVED | {"room": ""}, was=Placing.of(session).mark)

    session.refresh_from_db()
    assert (answer.status_code, session.starts) == (200, time(15, 5))
    assert Placing.read(Placing.of(session).mark) == Placing.of(session)


def test_grid_that_is_behind_moves_nothing_and_says_so(ada):
    session = SessionFactory(edition=ada.edition, room="Room A")

    answer = place(ada, session, **MOVED, was="2026-03-25 08:00 09:00 Room A")

    session.refresh_from_db()
    assert (answer.status_code, session.room) == (422, "Room A")
    assert "Somebody else moved this session meanwhile" in answer.content.decode()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"ends": "14:00"}, "The session ends before it begins."),
        ({"on_date": "2026-03-26"}, "That day is outside the edition."),
        ({"starts": "25:00"}, "Enter a valid time."),
    ],
)
def test_grid_refuses_what_is_no_place(ada, sent, said):
    session = SessionFactory(edition=ada.edition, room="Room A")

    answer = place(ada, session, **MOVED | sent)

    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_list_offers_to_put_a_session_back_where_it_was(ada):
    session = SessionFactory(edition=ada.edition, room="Room A")
    browser = as_person(ada.person)
    sent = {"original": "en", "title_en": "Table 1", "kind": "panel", "attribution_rule": "public"}
    address = url("row", ada.edition, part="programme", code=session.code)

    after = browser.post(address, sent | MOVED)
    page = browser.get(after.url).content.decode()
    put_back = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    browser.post(url("place", ada.edition, code=session.code), put_back)

    assert "Put it back where it was" in page
    session.refresh_from_db()
    assert Placing.of(session).mark == "2026-03-25 11:35 12:50 Room A"


def test_new_session_begins_where_the_grid_was_pressed(ada):
    address = url("new-row", ada.edition, part="programme")

    page = as_person(ada.person).get(f"{address}?starts=09:30&room=Room+B").content.decode()

    assert 'value="09:30"' in page
    assert 'value="Room B"' in page


@pytest.mark.once
@pytest.mark.parametrize("name", ["programme", "grid"])
def test_programme_of_200_sessions_asks_as_often_as_one_of_two(ada, name):
    """And takes less than 200 ms of the processor."""
    browser = as_person(ada.person)
    speakers = SpeakerFactory.create_batch(20, edition=ada.edition)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            before = thread_time()
            browser.get(url(name, ada.edition))
            return len(queries), thread_time() - before

    found = []
    for n in range(200):
        hour, desk = 8 + n // 20, n % 20
        SessionFactory(
            edition=ada.edition, code=f"X{n}", starts=time(hour), ends=time(hour + 1),
            room=f"Room {desk}", people=[["speaker", speakers[desk].code]],
            published=n in {1, 199},
        )  # fmt: skip
        if n in {1, 199}:
            asked()  # what is read once per process
            found.append(asked())

    (few, _), (many, seconds) = found
    assert few == many
    assert seconds < 0.4  # twice as long on a busy machine


def test_publishing_writes_to_those_concerned_when_asked(ada):
    edition = ada.edition
    lina, karim = (SpeakerFactory(edition=edition, email=f"{n}@example.org") for n in "lk")
    session = SessionFactory(edition=edition, people=[["chair", lina.code]])
    SessionFactory(edition=edition, people=[["chair", karim.code]], starts=time(9))
    guest = RegistrationFactory(edition=edition, state="confirmed")
    browser = as_person(ada.person)

    def told(room, **sent):
        Session.objects.filter(pk=session.pk).update(room=room)
        browser.post(url("publish", edition), sent)
        write_notices()
        write_notices()
        return set(Message.objects.values_list("recipient", flat=True))

    assert told("A") == set()
    assert told("B", told="speakers") == {lina.email}
    assert told("C", told="everybody") == {lina.email, guest.person.email}
    assert "Table 1: now in C" in BIDI.sub("", Message.objects.latest("pk").text)
    assert Message.objects.count() == 3


def test_many_are_written_to_in_pieces_that_can_be_stopped(ada, monkeypatch):
    monkeypatch.setattr(publishing, "AT_ONCE", 2)
    edition, browser = ada.edition, as_person(ada.person)
    session = SessionFactory(edition=edition)
    RegistrationFactory.create_batch(5, edition=edition, state="confirmed")
    Session.objects.filter(pk=session.pk).update(room="B")

    before = browser.get(url("programme", edition)).context["told"]
    with CaptureQueriesContext(connection) as asked:
        browser.post(url("publish", edition), {"told": "everybody"})
    at_once = Message.objects.count()
    write_notices()
    page = browser.get(url("programme", edition))
    notice = page.context["notice"].notice
    browser.post(url("stop-notice", edition, code=notice.code))
    write_notices()

    assert [n for _told, n in before] == [0, 0, 5]
    assert at_once == 0
    assert not [one for one in asked if "mail_message" in one["sql"]]
    assert "being written" in page.content.decode()
    states = list(Message.objects.values_list("state", flat=True))
    assert states == ["stopped", "stopped"]
    assert browser.get(url("programme", edition)).context["notice"].can_stop is False


def cast(n, name, part="speaker", **more):
    sent = {f"cast{n}-person": name, f"cast{n}-part": part}
    return sent | {f"cast{n}-{field}": value for field, value in more.items()}


def test_new_session_takes_its_people_by_name_and_asks_about_nearly_the_same(ada):
    edition, browser = ada.edition, as_person(ada.person)
    known = SpeakerFactory(edition=edition, name=Text.of("en", en="Amel Ben Salah"))
    new = url("new-row", edition, part="programme")
    sent = session() | cast(1, "amel  ben sâlah", "chair") | cast(2, "Ben Salah Amel")

    asked = browser.post(new, sent)
    browser.post(new, sent | cast(2, "Ben Salah Amel", is_who="new") | cast(3, ""))

    assert asked.status_code == 422
    assert [bool(line.errors) for line in asked.context["lines"]] == [False, True, False]
    added = edition.speakers.exclude(pk=known.pk).get()
    assert edition.sessions.get().people == [["chair", known.code], ["speaker", added.code]]


def test_two_who_write_one_new_name_make_one_speaker(ada):
    here = SessionFactory(edition=ada.edition)
    stale = Session.objects.get(pk=here.pk)

    give_part(here, "chair", "Nadia Trabelsi", by=ada.person)
    give_part(stale, "speaker", "nadia trabelsi", by=ada.person)

    (one,) = ada.edition.speakers.all()
    here.refresh_from_db()
    assert here.people == [["chair", one.code], ["speaker", one.code]]


def test_speaker_who_is_there_is_not_added_twice_without_a_word(ada):
    SpeakerFactory(edition=ada.edition, name=Text.of("en", en="Nadia Trabelsi"))
    browser, new = as_person(ada.person), url("new-row", ada.edition, part="speakers")
    sent = {"original": "en", "name_en": "Nadia TRABELSI"}

    asked = browser.post(new, sent)
    browser.post(new, sent | {"is_another": "on"})

    assert list(asked.context["form"].errors) == ["is_another"]
    assert ada.edition.speakers.count() == 2


def test_first_version_is_told_as_one_and_not_as_news(ada):
    session_of = SessionFactory(edition=ada.edition)
    ada.edition.programme_versions.all().delete()

    said = as_person(ada.person).get(url("programme", ada.edition)).content.decode()

    assert "The first version will have 1 session." in said
    assert f"{session_of.title}</strong>" not in said


def test_rule_is_told_only_where_people_speak(ada, client):
    for kind in (SessionType.LUNCH, SessionType.REGISTRATION, SessionType.PANEL):
        SessionFactory(edition=ada.edition, kind=kind, code=kind[:5])

    desk = as_person(ada.person).get(url("programme", ada.edition)).content.decode()
    public = client.get(reverse("series:programme", args=[ada.edition.slug])).content.decode()

    assert desk.count("Chatham House Rule") == 1
    assert public.count("Chatham House Rule") == 1


def test_open_programme_learns_what_changed_since(ada, client):
    moved = SessionFactory(edition=ada.edition, room="Room A")
    news = reverse("series:programme-news", kwargs={"edition": ada.edition.slug})

    before = client.get(news, {"known": "1"}).content.decode()
    move_session(moved, room="Room B", by=CLOCK)
    move_session(moved, minutes=10, by=CLOCK)
    after = client.get(news, {"known": "1"}).content.decode()

    assert before.strip() == ""
    assert "now in Room B" in after
    assert "moved to" in after
    assert client.get(news, {"known": "3"}).content.decode().strip() == ""
    assert client.get(news, {"known": "no number"}).content.decode().strip() == ""
