"""People of the programme: their pages, their consent, their pack, their clashes."""

from __future__ import annotations

import csv
import shutil
from datetime import time
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from majlis.front import packs
from majlis.kernel.ledger import CLOCK
from majlis.kernel.texts import Text
from majlis.registration.actions import erase
from majlis.series import clashes, programme
from majlis.series.actions import give_part, publish_programme
from majlis.series.models import Session, Speaker
from majlis.series.states import SessionType
from tests.factories.packs import PNG
from tests.factories.registration import RegistrationFactory
from tests.factories.series import EditionFactory, SessionFactory, SpeakerFactory

pytestmark = pytest.mark.django_db


def page(client, name, edition, **more):
    return client.get(reverse(f"series:{name}", kwargs={"edition": edition.slug, **more}))


def test_speaker_is_named_in_public_only_once_they_have_agreed(client):
    edition = EditionFactory()
    lina = SpeakerFactory(edition=edition, photo=ContentFile(PNG, name="lina.png"))
    karim = SpeakerFactory(
        edition=edition, name=Text.of("en", en="Karim Example"), has_agreed=False
    )
    people = [["moderator", lina.code], ["speaker", karim.code]]
    SessionFactory(edition=edition, people=people)

    pages = [page(client, name, edition).content.decode() for name in ("programme", "speakers")]

    assert all("Lina Example" in one and "Karim" not in one for one in pages)
    assert page(client, "speaker", edition, code=karim.code).status_code == 404
    assert page(client, "photo", edition, code=lina.code).content == PNG
    Speaker.objects.filter(pk=lina.pk).update(photo_agreed=False)
    assert page(client, "photo", edition, code=lina.code).status_code == 404
    assert "speaker-star" in page(client, "speakers", edition).content.decode()


def test_page_of_a_speaker_has_the_name_in_each_script_and_the_sessions(client):
    edition = EditionFactory()
    lina = SpeakerFactory(edition=edition)
    SessionFactory(edition=edition, people=[["chair", lina.code]], spoken=["fr"])

    said = page(client, "speaker", edition, code=lina.code).content.decode()

    assert all(part in said for part in ("Lina Example", "لينا مثال", "Table 1", "chair"))


def test_pack_with_people_loads_and_dumps_to_the_same_bytes(tmp_path):
    shutil.copytree("editions/tunis-2026", tmp_path / "pack")
    root = tmp_path / "pack"
    (root / "photos").mkdir()
    (root / "photos" / "P1.png").write_bytes(PNG)
    (root / "speakers.csv").write_text(
        "id,position,name_en,name_fr,name_ar,name_status,function_en,function_fr,function_ar,"
        "function_status,organisation_en,organisation_fr,organisation_ar,organisation_status,"
        "biography_en,biography_fr,biography_ar,biography_status,photo,has_agreed,photo_agreed\n"
        "P1,1,Lina,,لينا,en original; fr missing; ar reviewed,,,,,,,,,,,,,P1.png,yes,yes\n"
    )
    give_people(root / "programme.csv")

    edition = packs.load(root, by=CLOCK).edition
    packs.dump(edition, tmp_path / "again")

    assert edition.sessions.order_by("on_date", "starts").first().people == [["chair", "P1"]]
    for file in root.rglob("*"):
        if file.is_file() and not file.name.startswith("README"):
            assert (tmp_path / "again" / file.relative_to(root)).read_bytes() == file.read_bytes()


def give_people(path: Path) -> None:
    """Write people and languages into the first session, before the rule of attribution."""
    with path.open(newline="") as file:
        rows = list(csv.reader(file))
    at = rows[0].index("attribution_rule")
    more = [["people", "spoken", "interpreted"], ["chair:P1", "fr ar", "en"]]
    with path.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        for n, row in enumerate(rows):
            writer.writerow(row[:at] + (more[n] if n < 2 else ["", "", ""]) + row[at:])


def test_dump_leaves_out_whoever_has_not_agreed(tmp_path):
    edition = EditionFactory()
    karim = SpeakerFactory(edition=edition, has_agreed=False)
    SessionFactory(edition=edition, people=[["speaker", karim.code]])

    files = packs.contents(edition)

    assert "speakers.csv" not in files
    assert karim.code.encode() not in files["programme.csv"]


def test_name_that_nobody_has_becomes_a_speaker_who_is_not_public():
    session = SessionFactory()

    speaker = give_part(session, "chair", "Salma Example", by=CLOCK)
    give_part(session, "chair", speaker, by=CLOCK)

    session.refresh_from_db()
    assert (speaker.code, speaker.has_agreed) == ("P1", False)
    assert session.people == [["chair", "P1"]]


def planned(edition):
    return programme.with_casts(programme.planned_sessions(edition), edition.speakers.all())


def test_room_person_interpreter_and_block_collide():
    edition = EditionFactory()
    lina, karim = SpeakerFactory.create_batch(2, edition=edition)
    both = [["speaker", lina.code], ["interpreter", karim.code]]
    SessionFactory(edition=edition, code="A", room="Room A", people=both)
    SessionFactory(edition=edition, code="B", room="room a", people=both, starts=time(12))
    SessionFactory(edition=edition, code="C", starts=time(12, 50), ends=time(13), people=both)
    SessionFactory(
        edition=edition, code="L", kind=SessionType.LUNCH, starts=time(12, 55), ends=time(14)
    )

    found = clashes.clashes(planned(edition))

    assert {(c.session.code, c.other.code, str(c.kind)) for c in found} == {
        *((*pair, kind) for pair in (("A", "B"), ("B", "A")) for kind in ("room", "person")),
        *((*pair, "interpreter") for pair in (("A", "B"), ("B", "A"))),
        ("C", "L", "block"),
    }
    assert "Room A" in next(c.said for c in found if c.kind == "room")


def test_sessions_that_touch_do_not_collide():
    edition = EditionFactory()
    lina = SpeakerFactory(edition=edition)
    people = [["speaker", lina.code]]
    SessionFactory(edition=edition, room="A", people=people)
    SessionFactory(edition=edition, room="A", people=people, starts=time(12, 50), ends=time(13))

    assert clashes.clashes(planned(edition)) == []


def test_other_people_or_languages_are_a_change_that_readers_are_told():
    edition = EditionFactory()
    session = SessionFactory(edition=edition)
    lina = SpeakerFactory(edition=edition)
    give_part(session, "speaker", lina, by=CLOCK)
    Session.objects.update(spoken=["fr"])
    publish_programme(edition, by=CLOCK)

    (change,) = programme.newest(edition)[2]

    assert [str(kind) for kind in change.kinds] == ["people", "languages"]


def test_erasure_takes_the_speaker_of_this_address_along():
    registration = RegistrationFactory()
    edition, person = registration.edition, registration.person
    lina = SpeakerFactory(edition=edition, email=person.email)
    other = SpeakerFactory(edition=edition)
    session = SessionFactory(edition=edition, people=[["chair", lina.code], ["chair", other.code]])

    erase(person, by=CLOCK)

    session.refresh_from_db()
    assert list(Speaker.objects.all()) == [other]
    assert session.people == [["chair", other.code]]
