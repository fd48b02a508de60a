"""Draw the pictures of the documentation anew, from a rehearsal in an installation of its own.

.venv/bin/python scripts/pictures.py [name ...]
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
PORT = "8753"
SITE = f"http://127.0.0.1:{PORT}"
PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 860}

# name: language, size, address of an edition `e` with its rounds
PICTURES: dict[str, tuple[str, dict[str, int], str]] = {
    "desk": ("en", DESKTOP, "desk/{e}/"),
    "moderation": ("en", DESKTOP, "desk/{e}/moderation/"),
    "ballot-ar": ("ar", PHONE, "e/{e}/room/rounds/{open}/"),
    "my-page-en": ("en", PHONE, "e/{e}/room/"),
    "results-en": ("en", DESKTOP, "e/{e}/room/rounds/{shown}/results/"),
    "edition-en": ("en", DESKTOP, "e/{e}/"),
    "evaluation-en": ("en", DESKTOP, "desk/{e}/evaluation/day/"),
}
BRIEF = "desk/{e}/brief/preview/en.pdf"
SEED = """
import json
from django.test import Client
from majlis.registration.access import VOICE_COOKIE
from majlis.registration.models import Role
from majlis.series.models import Edition
from tests.factories.registration import connect
edition = Edition.objects.get(is_rehearsal=True)
asked = edition.rounds.get(state="open").statements.all()
voice = next(
    v for v in edition.voices.order_by("pk") if not v.votes.filter(statement__in=asked).exists()
)
desk = Client()
desk.force_login(Role.objects.filter(edition=edition, kind="organiser").first().person)
rounds = {r.state: r.code for r in edition.rounds.all()}
cookies = {
    "sessionid": desk.cookies["sessionid"].value, VOICE_COOKIE + edition.slug: connect(voice)
}
print(json.dumps({"e": edition.slug, **rounds, "cookies": cookies}))
"""


@contextmanager
def served(var: Path) -> Iterator[dict[str, Any]]:
    """A server with a rehearsal; gives what its addresses need."""
    environment = os.environ | {"MAJLIS_VAR": str(var), "PORT": PORT, "MAJLIS_STATIC": "source"}
    majlis = str(ROOT / ".venv/bin/majlis")
    server = subprocess.Popen([majlis, "serve"], env=environment)
    try:
        while not _answers():
            time.sleep(0.2)
        rehearse = [majlis, "rehearse", "tunis-2026", "--voices", "60", "--seed", "1"]
        subprocess.run(rehearse, env=environment, check=True)
        python = [sys.executable, "manage.py", "shell", "-v", "0", "-c", SEED]
        told = subprocess.run(
            python, env=environment | {"PYTHONPATH": str(ROOT)}, cwd=ROOT, check=True,
            capture_output=True, text=True,
        )  # fmt: skip
        yield json.loads(told.stdout)
    finally:
        server.terminate()
        server.wait()


def _answers() -> bool:
    try:
        with urllib.request.urlopen(f"{SITE}/healthz", timeout=2):
            return True
    except OSError:
        return False


def draw(wanted: list[str], known: dict[str, Any], folder: Path) -> None:
    """Take each picture that is wanted, or all."""
    from playwright.sync_api import sync_playwright

    cookies = [{"name": n, "value": v, "url": SITE} for n, v in known["cookies"].items()]
    with sync_playwright() as driver:
        chromium = os.environ.get("MAJLIS_CHROMIUM", "/usr/bin/chromium")
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, (lang, size, address) in PICTURES.items():
            if wanted and name not in wanted:
                continue
            context = browser.new_context(viewport=size)  # type: ignore[arg-type]
            context.add_cookies(cookies)  # type: ignore[arg-type]
            tab = context.new_page()
            tab.goto(f"{SITE}/{lang}/{address.format(**known)}")
            tab.evaluate("document.fonts.ready")
            tab.screenshot(path=IMAGES / f"{name}.png")
            if name == "desk":
                pdf = context.request.get(f"{SITE}/en/{BRIEF.format(**known)}").body()
                (folder / "brief.pdf").write_bytes(pdf)
            context.close()
        browser.close()
    if (folder / "brief.pdf").exists():
        page = ["pdftoppm", "-png", "-r", "75", "-singlefile", "-f", "2"]
        subprocess.run([*page, folder / "brief.pdf", IMAGES / "brief-en"], check=True)


def lighten(wanted: list[str]) -> None:
    """Keep 256 colours of each picture: a third of the bytes, and nobody sees it."""
    from PIL import Image

    for path in IMAGES.glob("*.png"):
        if not wanted or path.stem in wanted:
            with Image.open(path) as picture:
                light = picture.convert("RGB").quantize(256, dither=Image.Dither.NONE)
            light.save(path, optimize=True)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, served(Path(folder) / "var") as known:
        draw(sys.argv[1:], known, Path(folder))
    lighten(sys.argv[1:])


if __name__ == "__main__":
    main()
