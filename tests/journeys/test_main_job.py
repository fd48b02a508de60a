"""The main job from end to end: real votes and live ones, three languages, down to the PDF."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.conftest import ROOT, words_in
from tests.journeys.conftest import DESKTOP, PHONE, Server
from tests.journeys.test_voting import waits_for_empty_outbox

SAID = "فتح سجل عمومي للعناقيد الصناعية مع تقييم كل ثلاث سنوات."
IN_FRENCH = "Ouvrir un registre public des clusters avec une évaluation tous les trois ans."
IN_ENGLISH = "Open a public register of clusters with an assessment every three years."
AMINA = "amina@example.org"


class Walk:
    """One walk through everything by the organiser at a desk and a participant with a phone."""

    def __init__(self, server: Server, chromium: Any) -> None:
        self.server = server
        self.desk = chromium.new_context(**DESKTOP).new_page()
        self.phone = chromium.new_context(**PHONE).new_page()
        self.desk.set_default_timeout(60_000)
        self.phone.set_default_timeout(60_000)
        self.statement = self.round = self.rec_id = ""

    def at(self, path: str, *, phone: bool = False) -> Any:
        page = self.phone if phone else self.desk
        page.goto(self.server.address + path)
        return page

    def todays_edition_is_loaded(self, folder: Path) -> None:
        """The pack of the first edition, moved to today as an organiser would."""
        pack = folder / "today"
        shutil.copytree(ROOT / "editions" / "tunis-2026", pack)
        day = datetime.now(ZoneInfo("Africa/Tunis")).date().isoformat()
        for name in ("edition.yaml", "programme.csv"):
            text = (pack / name).read_text(encoding="utf-8").replace("2026-03-25", day)
            text = text.replace("slug: tunis-2026", "slug: today")
            (pack / name).write_text(text, encoding="utf-8")
        done = self.server.installation.run("load", pack)
        assert done.returncode == 0, done.stderr

    # Each step asserts what a person would look at before going on.

    def organiser_comes_in(self) -> None:
        self.desk.goto(self.server.way_in)
        self.desk.get_by_role("main").get_by_role("button").click()
        assert "/desk/" in self.desk.url

    def real_votes_come_in(self, folder: Path) -> None:
        done = self.server.installation.run(
            "import-polis", folder, "--edition", "today", "--round", "Consensus"
        )
        assert done.returncode == 0, done.stderr

    def amina_registers_in_arabic(self) -> None:
        page = self.at("/ar/e/today/register/", phone=True)
        page.fill("[name=name]", "أمينة")
        page.fill("[name=email]", AMINA)
        page.check("[name=capacity][value=official]")
        page.fill("[name=organisation]", "عنقود الميكاترونيك")
        page.select_option("[name=constituency]", "cluster")
        page.select_option("[name=country]", "TN")
        page.check("[name=languages][value=ar]")
        page.locator("main form button.button").last.click()
        page.goto(self.server.link_in_mail(AMINA, "register/confirm/"))
        page.locator("main form button.button").click()

    def organiser_approves(self) -> None:
        page = self.at("/en/desk/today/registrations/?state=waiting")
        page.get_by_role("link", name="أمينة").click()
        page.get_by_role("button", name="Approve").click()

    def amina_opens_her_seat(self) -> None:
        self.phone.goto(self.server.link_in_mail(AMINA, "/v/"))
        self.phone.locator("main form button.button").click()
        assert "/ar/e/today/room/" in self.phone.url
        assert self.phone.locator("html").get_attribute("dir") == "rtl"

    def amina_says_something(self) -> None:
        page = self.at("/ar/e/today/room/contribute/", phone=True)
        page.fill("[name=words]", SAID)
        page.check("[name=kind][value=proposal]")
        page.select_option("[name=session]", "A08")
        page.select_option("[name=theme]", "T1")
        page.locator("form#contribute button.button").click()
        page.wait_for_url("**/room/contributions/**")
        assert SAID in page.locator("main").inner_text()

    def moderator_takes_it_up(self) -> None:
        page = self.at("/en/desk/today/moderation/")
        page.get_by_role("button", name="Use as written").click()
        page.goto(self.server.address + "/en/desk/today/statements/?q=سجل عمومي")
        page.get_by_role("link", name=SAID).first.click()
        self.statement = page.url.rstrip("/").rsplit("/", 1)[-1]
        for language, text in (("fr", IN_FRENCH), ("en", IN_ENGLISH)):
            form = page.locator(f"form[action$='/translation/{language}/']")
            form.locator("textarea").fill(text)
            form.locator("select").select_option("edited")
            form.locator("button.button").click()
            page.wait_for_load_state()

    def round_is_opened(self) -> None:
        page = self.at("/en/desk/today/rounds/")
        page.get_by_role("link", name="Prepare a voting round").first.click()
        page.fill("[name=title_en]", "Table one")
        page.fill("[name=title_fr]", "Table un")
        page.fill("[name=title_ar]", "الطاولة الأولى")
        page.get_by_role("button", name="Save and select statements").click()
        page.check(f"[name=statement][value='{self.statement}']")
        page.get_by_role("button", name="Add to the round").click()
        page.get_by_role("link", name="Open voting").click()
        page.locator("main form button.button").click()
        self.round = re.search(r"/rounds/(\w+)/", page.url).group(1)

    def amina_votes_in_french_on_her_phone(self) -> None:
        page = self.at(f"/fr/e/today/room/rounds/{self.round}/", phone=True)
        assert IN_FRENCH in page.locator("main").inner_text()
        page.locator("button[name=stance][value='1']").click()
        waits_for_empty_outbox(page)
        again = self.at(f"/en/e/today/room/rounds/{self.round}/answers/", phone=True)
        assert "Agree" in again.locator("main").inner_text()

    def desk_sees_turnout_only_until_results_are_shown(self) -> None:
        page = self.at(f"/en/desk/today/rounds/{self.round}/")
        assert "1" in page.locator("#turnout").inner_text()
        refused = page.goto(f"{self.server.address}/en/desk/today/rounds/{self.round}/results/")
        assert refused.status == 409
        page = self.at(f"/en/desk/today/rounds/{self.round}/")
        for step in ("Close voting", "Show the results"):
            page.get_by_role("link", name=step).click()
            page.locator("main form button.button").click()

    def stage_follows_the_desk(self) -> None:
        page = self.at("/en/desk/today/stage/")
        screen = page.context.new_page()
        screen.goto(page.locator("a.stage-address").get_attribute("href"))
        page.check("[name=scene][value=turnout]")
        page.select_option("[name=round]", self.round)
        page.check("[name=language][value=ar]")
        page.get_by_role("button", name="Show on screen").click()
        screen.locator(".big-number").wait_for()
        assert screen.locator(".big-number").inner_text().strip() == "1"
        screen.close()

    def rapporteur_writes_a_recommendation(self) -> None:
        chosen = f"?s={self.statement}&page=2"  # where the last statements stand
        page = self.at(f"/en/desk/today/recommendations/statements/{chosen}")
        page.check(f"[name=s][value='{self.statement}']")
        imported = page.locator("li.pick", has_text="Brexit").first
        imported.locator("input").check()
        page.get_by_role("button", name="Write from the selected statements").click()
        page.select_option("[name=original]", "en")
        for language, title, text in (
            ("en", "A public register", IN_ENGLISH),
            ("fr", "Un registre public", IN_FRENCH),
            ("ar", "سجل عمومي", SAID),
        ):
            page.fill(f"[name=title_{language}]", title)
            page.fill(f"[name=text_{language}]", text)
        page.select_option("[name=theme]", index=1)
        page.locator("[name=challenges]").first.check()
        page.select_option("[name=level]", "national")
        page.check("[name=countries][value=TN]")
        page.locator("[name=value_chains]").first.check()
        for name in ("problem", "rationale", "co_actors", "decision_needed", "equity", "risks"):
            page.fill(f"[name={name}]", f"What there is to say of {name.replace('_', ' ')}.")
        page.select_option("[name=certainty]", "low")
        page.check("[name=no_evidence_found]")
        page.fill("[name=new_unit]", "General directorate of industrial policy")
        page.select_option("[name=instrument]", "register")
        page.check("[name=no_legal_basis_needed]")
        page.select_option("[name=cost_range]", "low")
        page.select_option("[name=funding_source]", "existing")
        page.check("[name=overlap_checked]")
        page.fill("[name=first_action]", "The draft order is sent for opinion.")
        page.fill("[name=due_on]", "2027-03-31")
        page.fill("[name=indicator]", "Clusters registered")
        page.fill("[name=indicator_baseline]", "0")
        page.get_by_role("button", name="Save the first draft").click()
        self.rec_id = re.search(r"/recommendations/([A-Z0-9-]+)/", page.url).group(1)

    def it_is_reviewed_adopted_and_published(self) -> None:
        page = self.at(f"/en/desk/today/recommendations/{self.rec_id}/")
        page.get_by_role("button", name="Send for review").click()
        page.get_by_role("link", name="Write a review").click()
        page.locator("[name=is_ready]").first.check()
        page.get_by_role("button", name="Save my review").click()
        page.get_by_role("link", name="Add to the final list").click()
        page.get_by_role("button", name="Lock the wording").click()
        page.get_by_role("link", name="Record the decision").click()
        page.locator("[name=outcome][value=adopted]").check()
        page.fill("[name=rule]", "Simple majority of those voting")
        page.fill("[name=body]", "Closing plenary")
        page.fill("[name=decided_on]", datetime.now(ZoneInfo("Africa/Tunis")).date().isoformat())
        page.fill("[name=n_for]", "22")
        page.fill("[name=n_against]", "1")
        page.fill("[name=n_abstaining]", "3")
        page.check("[name=no_dissent_recorded]")
        page.get_by_role("button", name="Record the decision").click()
        page.get_by_role("link", name="Publish").first.click()
        page.check("[name=attribution_checked]")
        page.get_by_role("button", name="Publish the page").click()
        page.wait_for_load_state()

    def brief_is_issued(self) -> None:
        page = self.at("/en/desk/today/brief/")
        page.on("dialog", lambda dialog: dialog.accept())
        page.get_by_role("button", name="Publish the brief").click()
        confirm = page.locator("dialog[open] button", has_text="Publish")
        if confirm.count():
            confirm.first.click()
        page.locator("#brief-1").wait_for()

    def pdf(self, language: str, folder: Path) -> str:
        name = f"today-brief-1-{language}.pdf"
        data = self.phone.request.get(f"{self.server.address}/{language}/e/today/brief/1/{name}")
        (folder / name).write_bytes(data.body())
        done = subprocess.run(
            ["pdftotext", str(folder / name), "-"], capture_output=True, check=True
        )
        return done.stdout.decode()

    def footnote_leads_to_the_words_said(self, language: str) -> str:
        page = self.at(f"/{language}/e/today/recommendations/{self.rec_id}/why/", phone=True)
        return page.locator("main").inner_text()


@pytest.fixture
def polis_export(shared_data: Path) -> Path:
    return shared_data / "opinion" / "openData" / "brexit-consensus"


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_one_seminar_from_its_page_to_its_brief(served, chromium, polis_export, tmp_path):
    walk = Walk(served, chromium)
    walk.todays_edition_is_loaded(tmp_path)
    walk.organiser_comes_in()
    walk.real_votes_come_in(polis_export)
    walk.amina_registers_in_arabic()
    walk.organiser_approves()
    walk.amina_opens_her_seat()
    walk.amina_says_something()
    walk.moderator_takes_it_up()
    walk.round_is_opened()
    walk.amina_votes_in_french_on_her_phone()
    walk.desk_sees_turnout_only_until_results_are_shown()
    walk.stage_follows_the_desk()
    walk.rapporteur_writes_a_recommendation()
    walk.it_is_reviewed_adopted_and_published()
    walk.brief_is_issued()

    for language, text in (("en", IN_ENGLISH), ("fr", IN_FRENCH), ("ar", SAID)):
        printed = walk.pdf(language, tmp_path)
        assert words_in(text) - words_in(printed) == set(), language
        assert words_in(walk.rec_id) - words_in(printed) == set()
        why = walk.footnote_leads_to_the_words_said(language)
        assert SAID in why
        assert "أمينة" not in why
        assert "الميكاترونيك" not in why
