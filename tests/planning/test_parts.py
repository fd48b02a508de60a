"""What an edition is made of, changed on the desk."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from majlis.front import packs
from majlis.kernel.models import Act
from majlis.kernel.texts import Text, TextStatus
from majlis.planning.parts import PARTS
from majlis.series.models import Partner, PublicText, Theme
from tests.conftest import ROOT, as_person
from tests.factories.dialogue import StatementFactory
from tests.factories.series import PublicTextFactory, SessionFactory, ThemeFactory

pytestmark = pytest.mark.django_db


def url(name, edition, part, code=""):
    kwargs = {"edition": edition.slug, "part": part} | ({"code": code} if code else {})
    return reverse(f"planning:{name}", kwargs=kwargs)


def theme(**changes):
    return {"original": "en", "title_en": "Finance", "about_en": "Money.", "was": ""} | changes


LISTED = [code for code in PARTS if code != "programme"]  # it has a page of its own


@pytest.mark.parametrize("code", LISTED)
def test_every_part_takes_a_row_in_its_first_language(world, code):
    part = PARTS[code]
    sent = {"original": "en"} | {f"{c.name}_en": "Words" for c in part.columns}
    kind = "long" if code == "form" else "about"
    sent |= {"kind": kind, "role": "host", "direction": "feeds", "readers": "team"}

    answer = as_person(world.ada).post(url("new-row", world.edition, code), sent)

    assert answer.status_code == 303
    page = as_person(world.ada).get(url("part", world.edition, code))
    assert "Words" in [row.title.words("en") for row in page.context["rows"]]


def test_next_session_begins_where_the_one_before_it_ends(world):
    ada, edition = as_person(world.ada), world.edition
    sent = {"original": "en", "title_en": "Opening", "on_date": edition.starts_on.isoformat(),
            "starts": "09:00", "ends": "09:45", "room": "Room A", "kind": "opening",
            "attribution_rule": "chatham_house", "another": ""}  # fmt: skip

    page = ada.post(url("new-row", edition, "programme"), sent, follow=True)

    assert page.context["row"] is None
    begun = {name: page.context["form"][name].value() for name in ("on_date", "starts", "room")}
    assert begun == {"on_date": sent["on_date"], "starts": "09:45", "room": "Room A"}


def test_row_is_translated_beside_its_original(world):
    row = ThemeFactory(edition=world.edition, title=Text.of("en", en="Finance"), about=Text())
    ada = as_person(world.ada)

    ada.post(
        url("row", world.edition, "themes", row.code),
        theme(title_ar="التمويل", about_ar="المال.", status_ar="reviewed"),
    )

    row.refresh_from_db()
    assert row.title["ar"].status == TextStatus.REVIEWED
    assert row.about.words("en") == "Money."
    states = {s.lang: s.status for s in _row(ada, world, row).languages}
    assert states == {"en": "original", "fr": None, "ar": "reviewed"}


def _row(browser, world, row):
    page = browser.get(url("part", world.edition, "themes"))
    return next(one for one in page.context["rows"] if one.code == row.code)


def test_translation_tells_what_changed_in_the_original_until_it_follows(world):
    row = ThemeFactory(edition=world.edition)
    ada, address = as_person(world.ada), url("row", world.edition, "themes", row.code)
    sent = theme(title_en="Finance and capital", title_fr="Finance", title_ar="التمويل")

    ada.post(address, sent)
    page = ada.get(address)

    assert _row(ada, world, row).languages[1].is_behind
    changed = [one.changed for one in page.context["form"].sheet() if one.lang == "fr"]
    assert [[was for _label, was in one] for one in changed] == [["Finance"]]
    ada.post(address, sent | {"follows_fr": "on"})
    assert [s.is_behind for s in _row(ada, world, row).languages] == [False, False, True]


def test_original_is_asked_and_translations_are_not(world):
    answer = as_person(world.ada).post(
        url("new-row", world.edition, "themes"), {"original": "fr", "title_en": "Finance"}
    )

    assert answer.context["form"].errors == {
        "title_fr": ["Write this in the language of the original."]
    }


def test_rows_change_places(world):
    Theme.objects.filter(edition=world.edition).delete()
    rows = [ThemeFactory(edition=world.edition) for _ in range(3)]
    ada = as_person(world.ada)

    ada.post(url("move", world.edition, "themes", rows[2].code), {"to": "up"})
    ada.post(url("move", world.edition, "themes", rows[0].code), {"to": "up"})

    codes = list(world.edition.themes.values_list("code", flat=True))
    assert codes == [rows[0].code, rows[2].code, rows[1].code]


def test_named_row_cannot_be_deleted_and_says_so(world):
    row = ThemeFactory(edition=world.edition)
    StatementFactory(edition=world.edition, theme=row)
    ada = as_person(world.ada)

    page = ada.get(url("row", world.edition, "themes", row.code))
    answer = ada.post(url("remove", world.edition, "themes", row.code))

    assert page.context["uses"] == 1
    assert url("remove", world.edition, "themes", row.code) not in page.content.decode()
    assert answer.status_code == 409
    assert Theme.objects.filter(pk=row.pk).exists()


def test_retired_row_is_offered_no_more_and_stays_where_it_is_named(world, client):
    row = ThemeFactory(edition=world.edition, title=Text.of("en", en="Old finance"))
    statement = StatementFactory(edition=world.edition, theme=row)
    ada = as_person(world.ada)

    ada.post(url("retire", world.edition, "themes", row.code), {"to": "retire"})

    public = client.get(reverse("front:edition", kwargs={"edition": "tunis"}))
    assert "Old finance" not in public.content.decode()
    statement.refresh_from_db()
    assert statement.theme == row
    page = ada.get(url("part", world.edition, "themes"))
    assert [one.code for one in page.context["retired"]] == [row.code]
    ada.post(url("retire", world.edition, "themes", row.code), {"to": "restore"})
    again = client.get(reverse("front:edition", kwargs={"edition": "tunis"}))
    assert "Old finance" in again.content.decode()


def test_identifier_of_a_deleted_row_is_never_given_again(world):
    ada = as_person(world.ada)
    ada.post(url("new-row", world.edition, "challenges"), theme())
    first = world.edition.challenges.order_by("-pk").first().code
    ada.post(url("remove", world.edition, "challenges", first))

    ada.post(url("new-row", world.edition, "challenges"), theme())

    assert world.edition.challenges.order_by("-pk").first().code == f"C{int(first[1:]) + 1}"


def test_what_somebody_else_changed_is_told_before_it_is_replaced(world):
    row = ThemeFactory(edition=world.edition)
    ada, address = as_person(world.ada), url("row", world.edition, "themes", row.code)
    was = ada.get(address).context["form"]["was"].value()
    ada.post(address, theme(title_en="Theirs", was=was))

    told = ada.post(address, theme(title_en="Mine", was=was))

    assert told.status_code == 422
    assert "Somebody else changed this" in told.content.decode()
    assert 'value="Mine"' in told.content.decode()
    row.refresh_from_db()
    assert row.title.words("en") == "Theirs"
    ada.post(address, theme(title_en="Mine", was=told.context["form"]["was"].value()))
    row.refresh_from_db()
    assert row.title.words("en") == "Mine"


def test_every_change_leaves_a_line_without_words(world):
    ada = as_person(world.ada)
    ada.post(url("new-row", world.edition, "themes"), theme())

    act = Act.objects.order_by("-pk").first()
    assert (act.verb, act.facts) == ("add_part", {"file": "themes.csv"})


def test_part_page_asks_as_much_for_one_row_as_for_many(world):
    ada, address = as_person(world.ada), url("part", world.edition, "texts")
    PublicTextFactory(edition=world.edition)
    with CaptureQueriesContext(connection) as for_one:
        ada.get(address)
    PublicTextFactory.create_batch(5, edition=world.edition)
    with CaptureQueriesContext(connection) as for_many:
        ada.get(address)

    assert len(for_many) == len(for_one)


@pytest.mark.parametrize(("part", "code"), [("nothing", ""), ("themes", "nothing")])
def test_nothing_is_not_found(world, part, code):
    name = "row" if code else "part"
    assert as_person(world.ada).get(url(name, world.edition, part, code)).status_code == 404


def picture(kind="PNG", size=(400, 100), colour=(0, 90, 140, 0)):
    made = io.BytesIO()
    Image.new("RGBA" if kind == "PNG" else "RGB", size, colour[: 4 if kind == "PNG" else 3]).save(
        made, kind
    )
    return made.getvalue()


SVG = b"""<?xml version="1.0"?>
<svg xmlns="http://www.w3.org/2000/svg" width="400" height="100">
<script>alert(1)</script><rect width="400" height="100" fill="#0c4a6e" onload="alert(1)"/></svg>"""


def hand_in(world, content, name="logo.png", **changes):
    sent = {"original": "en", "name_en": "FEMISE", "about_en": "", "role": "organiser"}
    sent |= {"emblem": SimpleUploadedFile(name, content), "is_confirmed": "on"} | changes
    return as_person(world.ada).post(url("new-row", world.edition, "partners"), sent)


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (picture("PNG"), (400, 100)),
        (picture("JPEG", size=(4000, 1000)), (1200, 300)),
        (SVG, (1200, 300)),
        (b"\xef\xbb\xbf" + SVG, (1200, 300)),
    ],
    ids=["png", "large jpeg", "drawing", "drawing with a mark"],
)
def test_emblem_is_drawn_anew_and_never_stretched(world, content, size):
    assert hand_in(world, content, name="../../etc/logo.svg").status_code == 303

    partner = Partner.objects.get(edition=world.edition, code__startswith="partner-")
    with partner.emblem.open() as file:
        kept = file.read()
    assert kept.startswith(b"\x89PNG")
    assert b"script" not in kept
    assert Image.open(io.BytesIO(kept)).size == size
    assert partner.emblem.name.startswith(f"emblems/tunis-{partner.code}")


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg"/>'


@pytest.mark.parametrize(
    "content", [b"GIF89a, not", b"<html><script>alert(1)</script>", SVG[:80], BOMB, b"%PDF-1.7"]
)
def test_what_is_no_picture_is_told_and_changes_nothing(world, content):
    answer = hand_in(world, content)

    assert answer.status_code == 422
    assert "cannot be read as a picture" in str(answer.context["form"].errors["emblem"])


def test_emblem_is_taken_away(world):
    hand_in(world, picture())
    partner = Partner.objects.get(edition=world.edition, code__startswith="partner-")
    sent = {"original": "en", "name_en": "FEMISE", "role": "organiser", "emblem-clear": "on"}

    as_person(world.ada).post(url("row", world.edition, "partners", partner.code), sent)

    partner.refresh_from_db()
    assert not partner.emblem


@pytest.mark.parametrize("fault", ["lost", "cut", "none"])
def test_emblem_that_nobody_can_see_is_told(world, fault):
    hand_in(world, picture())
    partner = Partner.objects.get(edition=world.edition, code__startswith="partner-")
    if fault == "lost":
        Path(partner.emblem.path).unlink()
    elif fault == "cut":
        Path(partner.emblem.path).write_bytes(picture()[:60])
    ada = as_person(world.ada)

    rows = ada.get(url("part", world.edition, "partners")).context["rows"]
    page = ada.get(url("row", world.edition, "partners", partner.code)).content.decode()

    is_told = "lost or damaged" in page
    assert [row.emblem_is_broken for row in rows if row.code == partner.code] == [is_told]
    assert is_told == (fault != "none")
    assert is_told != ("plan-emblem" in page)


def test_drawing_loads_no_file_of_the_server(world, tmp_path):
    secret = tmp_path / "secret.png"
    secret.write_bytes(picture(size=(1200, 300), colour=(255, 0, 0, 255)))
    drawing = f"""<svg xmlns="http://www.w3.org/2000/svg" width="400" height="100">
    <image href="{secret}" width="400" height="100"/>
    <image href="file://{secret}" width="400" height="100"/></svg>"""

    hand_in(world, drawing.encode())

    for partner in Partner.objects.filter(edition=world.edition, code__startswith="partner-"):
        with partner.emblem.open() as file:
            colours = Image.open(file).convert("RGB").getcolors()
        assert colours == [(1200 * 300, (0, 0, 0))]


def test_text_is_shown_on_the_public_page_at_once(world, client):
    text = PublicTextFactory(edition=world.edition, is_confirmed=False)
    sent = {
        "original": "en", "title_en": "About", "body_en": "A working day.", "title_fr": "À propos",
        "body_fr": "Une **longue** journée.\r\n\r\nDeux. \r\n", "status_fr": "reviewed",
        "kind": "about", "is_confirmed": "on",
    }  # fmt: skip

    as_person(world.ada).post(url("row", world.edition, "texts", text.code), sent)

    page = client.get(f"/fr/e/{world.edition.slug}/").content.decode()
    assert "<p>Une <strong>longue</strong> journée.</p>" in page
    assert PublicText.objects.get(pk=text.pk).is_confirmed


def test_shipped_edition_opens_and_saves_every_row_unchanged(db):
    from tests.factories.registration import RoleFactory

    edition = packs.load(ROOT / "editions" / "tunis-2026").edition
    before = packs.contents(edition)
    ada = as_person(RoleFactory(edition=edition).person)
    for part in (PARTS[code] for code in LISTED):
        rows = ada.get(url("part", edition, part.code)).context["rows"]
        for row in rows[:4]:
            address = url("row", edition, part.code, row.code)
            form = ada.get(address).context["form"]
            sent = {bound.html_name: bound.value() for bound in form}
            sent = {k: v for k, v in sent.items() if v not in (None, False, "")}
            assert ada.post(address, sent).status_code == 303

    after = packs.contents(edition)
    assert {n: after[n].decode().splitlines() for n in after} == {
        n: before[n].decode().splitlines() for n in before
    }


def test_what_a_session_rarely_says_is_folded_until_it_says_it(world):
    ada, edition = as_person(world.ada), world.edition
    row = SessionFactory(edition=edition, method=Text.of("en", en="Three rounds."))

    new = ada.get(url("new-row", edition, "programme")).context["form"]
    there = ada.get(url("row", edition, "programme", row.code)).context["form"]

    assert next(new.sheet()).folded[0].name == "method_en"
    assert next(there.sheet()).folded[0].name == "roles_en"
    assert [(one.is_first, str(one.state)) for one in there.sheet()] == [
        (True, "original"), (False, "incomplete"), (False, "incomplete"),
    ]  # fmt: skip
