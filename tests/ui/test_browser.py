"""The gallery in a real browser: accessibility, narrow screens, behaviours. Needs Chromium."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from tests.conftest import AXE
from tests.ui import gallery

PAGES = [f"{kind}{lang}.html" for kind in ("", "desk-", "stage-") for lang in gallery.SAY]
REVISION = {"n": 1, "asked": 0, "unchanged": 0}

BEHAVIOURS = """<!doctype html><html lang="en"><head><title>Behaviours</title>
<script type="module" src="/static/ui/js/confirm.js"></script>
<script type="module" src="/static/ui/js/copy.js"></script>
<script type="module" src="/static/ui/js/live.js"></script>
<script type="module" src="/static/ui/js/print.js"></script>
<script type="module" src="/static/ui/js/autosubmit.js"></script></head><body>
<form action="/sent.html" data-confirm="Remove it?" data-confirm-no="Keep">
<button class="button button--danger">Remove</button></form>
<form action="/chosen.html" data-autosubmit><select name="t"><option>a<option>b</select>
<button data-autosubmit-button>Show</button></form>
<button id="copy" data-copy="#code" data-copied="Copied" hidden>Copy</button><p id="code">482</p>
<section id="scene" data-live="/hints" data-live-from="/piece" data-live-every="1">old</section>
</body></html>"""


class Handler(SimpleHTTPRequestHandler):
    """The gallery's files, one piece with an ETag, and a stream that says when it changed."""

    def do_GET(self) -> None:
        if self.path == "/piece":
            REVISION["asked"] += 1
            tag = f'"r{REVISION["n"]}"'
            is_same = self.headers.get("If-None-Match") == tag
            REVISION["unchanged"] += is_same
            self.send_response(304 if is_same else 200)
            self.send_header("ETag", tag)
            self.end_headers()
            if not is_same:
                self.wfile.write(f'<section id="scene">revision {REVISION["n"]}</section>'.encode())
        elif self.path == "/hints":
            self.send_error(404)
        else:
            super().do_GET()

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("gallery")
    gallery.main(folder)
    (folder / "behaviours.html").write_text(BEHAVIOURS)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("name", "scheme"), [(p, "light") for p in PAGES] + [(p, "dark") for p in PAGES if "ar" in p]
)
def test_axe_finds_nothing(chromium: Any, site: str, name: str, scheme: str):
    tab = chromium.new_page(color_scheme=scheme, viewport={"width": 1280, "height": 800})
    tab.goto(f"{site}/{name}")
    tab.add_script_tag(path=str(AXE))
    found = tab.evaluate("axe.run().then(r => r.violations)")
    tab.close()
    assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found] == []


@pytest.mark.parametrize("name", [p for p in PAGES if not p.startswith("stage")])
def test_nothing_scrolls_sideways_at_320(chromium: Any, site: str, name: str):
    tab = chromium.new_page(viewport={"width": 320, "height": 640})
    tab.goto(f"{site}/{name}")
    wide = tab.evaluate("document.documentElement.scrollWidth")
    tab.close()
    assert wide == 320


@pytest.mark.parametrize("name", ["stage-en.html", "stage-fr.html", "stage-ar.html"])
def test_the_stage_fits_its_screen(chromium: Any, site: str, name: str):
    tab = chromium.new_page(viewport={"width": 1280, "height": 720})
    tab.goto(f"{site}/{name}")
    smallest, hidden = tab.evaluate(
        """() => {
          const words = [...document.querySelectorAll("body *")].filter((e) =>
            !e.closest("svg") && !e.matches(".skip-link") &&
            [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()));
          const outside = words.filter((e) => {
            const r = e.getBoundingClientRect();
            return r.left < 0 || r.right > innerWidth || r.bottom > innerHeight;
          });
          return [
            Math.min(...words.map((e) => parseFloat(getComputedStyle(e).fontSize))),
            outside.map((e) => e.textContent),
          ];
        }"""
    )
    tab.close()
    assert hidden == []
    assert smallest >= 0.04 * 720 - 0.5


def test_what_the_thumb_does_is_large_enough(chromium: Any, site: str):
    tab = chromium.new_page(viewport={"width": 360, "height": 740})
    tab.goto(f"{site}/en.html")
    small = tab.evaluate(
        """() => [...document.querySelectorAll("button, .button, summary, input, select, .tabs a")]
          .filter((e) => e.offsetParent && !e.matches("[type=radio], [type=checkbox]"))
          .filter((e) => e.getBoundingClientRect().height < 47.5)
          .map((e) => e.outerHTML.slice(0, 80))"""
    )
    tab.close()
    assert small == []


def test_confirm_asks_and_sends_only_after_a_yes(chromium: Any, site: str):
    tab = chromium.new_page()
    tab.goto(f"{site}/behaviours.html")
    tab.click("text=Remove")
    assert tab.inner_text("dialog p") == "Remove it?"
    tab.keyboard.press("Escape")
    assert tab.url.endswith("/behaviours.html")
    tab.click("form >> text=Remove")
    tab.click("dialog .button--danger")
    tab.wait_for_url("**/sent.html*")
    tab.close()


def test_a_choice_sends_its_form_and_needs_no_button(chromium: Any, site: str):
    tab = chromium.new_page()
    tab.goto(f"{site}/behaviours.html")
    assert not tab.is_visible("[data-autosubmit-button]")
    tab.select_option("select", "b")
    tab.wait_for_url("**/chosen.html?t=b")
    tab.close()


def test_copy_shows_its_button_and_says_that_it_copied(chromium: Any, site: str):
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    tab = context.new_page()
    tab.goto(f"{site}/behaviours.html")
    tab.click("#copy")
    tab.wait_for_selector("text=Copied")
    assert tab.evaluate("navigator.clipboard.readText()") == "482"
    context.close()


def test_a_live_piece_follows_without_a_stream_and_is_not_sent_again_unchanged(
    chromium: Any, site: str
):
    tab = chromium.new_page()
    tab.goto(f"{site}/behaviours.html")
    tab.wait_for_selector("#scene >> text=revision 1")
    before = REVISION["unchanged"]
    for _ in range(600):
        if REVISION["unchanged"] > before:
            break
        tab.wait_for_timeout(100)
    assert REVISION["unchanged"] > before
    REVISION["n"] = 2
    tab.wait_for_selector("#scene >> text=revision 2")
    tab.close()
