"""An organiser's seminar from an empty installation, in the browser alone, up to a change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from openpyxl import Workbook

from tests.config.installation import migrated
from tests.factories.packs import PNG
from tests.journeys.conftest import DESKTOP, PHONE, Server, faults, started
from tests.waiting import PATIENCE

pytestmark = pytest.mark.once
AMINA = "amina@example.org"
LANGUAGES = ("en", "fr", "ar")


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Server]:
    """A server without any edition."""
    here = migrated(tmp_path / "var")
    here.settings = {"MAJLIS_EMPTY": "1"}
    server = started(here)
    yield server
    server.process.terminate()
    server.process.wait(PATIENCE)


class Walk:
    """An organiser at a desk and a guest with a phone."""

    def __init__(self, server: Server, chromium: Any, folder: Path) -> None:
        self.server, self.folder = server, folder
        self.desk = chromium.new_context(**DESKTOP).new_page()
        self.phone = chromium.new_context(**PHONE).new_page()
        self.anybody = chromium.new_context(bypass_csp=True).new_page()
        for tab in (self.desk, self.phone, self.anybody):
            tab.set_default_timeout(60_000)

    def at(self, path: str) -> Any:
        self.desk.goto(f"{self.server.address}/en/desk/algiers/{path}")
        return self.desk

    def press(self, name: str) -> None:
        self.desk.get_by_role("main").get_by_role("button", name=name).first.click()

    def in_three(self, field: str, *words: str) -> None:
        for lang, said in zip(LANGUAGES, words, strict=True):
            self.desk.fill(f"[name={field}_{lang}]", said)

    def said(self) -> str:
        return str(self.desk.inner_text("#messages"))

    # Each step asserts what a person would look at before going on.

    def a_series_and_an_edition_are_made(self) -> None:
        desk = self.desk
        desk.goto(self.server.way_in)
        self.press("Sign in")
        assert "There is no edition yet" in desk.inner_text("main")
        desk.get_by_role("link", name="New edition").click()
        desk.fill("[name=title]", "Industry dialogues")
        desk.fill("[name=slug]", "industry")
        self.press("Create the series")
        today = datetime.now(ZoneInfo("Africa/Tunis")).date()
        desk.fill("[name=title]", "Clusters of tomorrow")
        desk.fill("[name=slug]", "algiers")
        desk.fill("[name=place]", "Algiers")
        desk.fill("[name=starts_on]", today.isoformat())
        desk.fill("[name=ends_on]", (today + timedelta(days=1)).isoformat())
        self.press("Create the edition")
        assert "Funding statement – there is none yet" in desk.inner_text("main")

    def who_pays_is_said(self) -> None:
        desk = self.at("plan/texts/new/")
        for kind in ("funding", "disclaimer"):
            desk.select_option("[name=kind]", kind)
            self.in_three("title", "Who pays", "Qui finance", "من يموّل")
            self.in_three("body", "The Union pays.", "L’Union finance.", "بتمويل من الاتحاد.")
            self.press("Save and add another")
        self.at("plan/partners/new/")
        desk.fill("[name=name_en]", "European Union")
        desk.select_option("[name=role]", "funder")
        logo = {"name": "logo.png", "mimeType": "image/png", "buffer": PNG}
        desk.set_input_files("[name=emblem]", files=logo)
        self.press("Save")

    def sessions_stand_in_two_rooms(self) -> None:
        desk = self.at("plan/speakers/new/")
        self.in_three("name", "Samia Cherif", "Samia Chérif", "سامية شريف")
        desk.check("[name=has_agreed]")
        self.press("Save")
        self.at("plan/programme/new/")
        self.in_three("title", "Opening", "Ouverture", "الافتتاح")
        desk.select_option("[name=on_date]", index=1)  # what is over is folded away
        desk.fill("[name=starts]", "09:00")
        desk.fill("[name=ends]", "10:00")
        desk.fill("[name=room]", "Room A")
        self.press("Save and add another")
        assert desk.input_value("[name=starts]") == "10:00"
        self.in_three("title", "Skills", "Compétences", "المهارات")
        desk.fill("[name=ends]", "11:00")
        desk.fill("[name=room]", "Room B")
        self.press("Save")
        desk.get_by_role("link", name="Opening").click()
        desk.fill("[name=person]", "Samia Cherif")
        self.press("Add to the session")

    def it_is_published(self) -> None:
        self.at("plan/programme/")
        self.press("Publish the programme")
        self.at("plan/")
        self.press("Announce the edition")
        assert "everybody can see it" in self.said()

    def a_messy_list_of_guests_is_imported_and_invited(self) -> None:
        book = Workbook()
        sheet = book.active
        for row in (
            ["Liste des invités"], [], ["N°", "NOM, Prénom", "E-mail", "Pays"],
            [1, "Haddad, Leïla", " Leila@Example.org ", "Algérie"], [],
            [2, "سلمى بن علي", "salma@example.org", "المغرب"],
            [3, "Haddad, Leïla", "leila@example.org", "DZA"],
        ):  # fmt: skip
            sheet.append(row)
        book.save(self.folder / "guests.xlsx")
        desk = self.at("imports/new/")
        desk.set_input_files("[name=file]", self.folder / "guests.xlsx")
        self.press("Show the preview")
        assert "Leïla Haddad" in desk.inner_text("main table")
        self.press("Import 2 people")
        self.at("guests/")
        self.press("Send 2 invitations")
        desk.get_by_role("dialog").get_by_role("button", name="Send 2 invitations").click()
        assert "2 invitations are kept here: there is no mail server." in self.said()

    def amina_registers_on_her_phone(self) -> None:
        phone = self.phone
        phone.goto(f"{self.server.address}/ar/e/algiers/register/")
        phone.fill("[name=name]", "أمينة الزهراء")
        phone.fill("[name=email]", AMINA)
        phone.fill("[name=organisation]", "عنقود الميكاترونيك")
        phone.select_option("[name=constituency]", "cluster")
        phone.select_option("[name=country]", "TN")
        phone.check("[name=languages][value=ar]")
        phone.locator("main form button.button").last.click()
        phone.goto(self.server.link_in_mail(AMINA, "register/confirm/"))
        phone.locator("main form button.button").click()
        self.at("registrations/")
        self.press("Approve")
        self.desk.get_by_role("row", name="أمينة").get_by_text("confirmed").wait_for()
        phone.goto(self.server.link_in_mail(AMINA, "/v/"))
        phone.locator("main form button.button").click()
        assert "/ar/e/algiers/room/" in phone.url

    def she_arrives(self) -> None:
        desk = self.at("arrivals/")
        desk.get_by_label("Search by name").fill("امينة")
        desk.get_by_role("button", name="Check in").click()
        desk.get_by_role("button", name="Undo").wait_for()

    def a_change_reaches_her(self) -> None:
        desk = self.at("plan/programme/")
        desk.get_by_role("link", name="Skills").first.click()
        desk.fill("[name=room]", "Room C")
        self.press("Save")
        desk.get_by_label("They and all confirmed participants").check()
        self.press("Publish the programme")
        assert "1 email is being written" in self.said()
        self.phone.goto(f"{self.server.address}/ar/e/algiers/programme/")
        assert "Room C" in self.phone.inner_text("main")
        for _ in range(60):  # the tick writes it
            if found := re.search("المهارات.*Room C", self.server.mails_to(AMINA)):
                break
            self.desk.wait_for_timeout(500)
        assert found

    def everybody_sees_it_in_three_languages(self) -> None:
        for lang, title in zip(LANGUAGES, ("Skills", "Compétences", "المهارات"), strict=True):
            page = f"{self.server.address}/{lang}/e/algiers/programme/"
            assert faults(self.anybody, page) == []
            assert title in self.anybody.inner_text("main")


def test_seminar_is_made_from_nothing_and_a_change_reaches_a_guest(empty, chromium, tmp_path):
    walk = Walk(empty, chromium, tmp_path)

    walk.a_series_and_an_edition_are_made()
    walk.who_pays_is_said()
    walk.sessions_stand_in_two_rooms()
    walk.it_is_published()
    walk.a_messy_list_of_guests_is_imported_and_invited()
    walk.amina_registers_on_her_phone()
    walk.she_arrives()
    walk.a_change_reaches_her()
    walk.everybody_sees_it_in_three_languages()
