"""What pages weigh on a phone, first and second time, as they are sent."""

from __future__ import annotations

import gzip
import http.client
import re
import signal
from urllib.parse import urljoin

import pytest

from tests.config.installation import ROOT
from tests.config.test_serve import free_port, serving
from tests.waiting import PATIENCE

HEADERS = 400  # bytes of headers that come with each answer

OPEN_A_SEAT = """
from majlis.series.models import Edition
from tests.factories.dialogue import RoundFactory, StatementFactory
from tests.factories.registration import VoiceFactory, connect
edition = Edition.objects.get()
round = RoundFactory(edition=edition)
for n in range(20):
    StatementFactory(round=round, edition=edition, number=1001 + n)
print(edition.slug, connect(VoiceFactory(edition=edition)))
"""


BUILT = pytest.mark.skipif(
    not (ROOT / "static-built" / "staticfiles.json").exists(),
    reason="static files are not collected (make test does it)",
)


def visit(port: int, page: str, *, cookie: str = "", letters: str) -> tuple[int, int]:
    """Bytes of a first and of a second visit, as they are sent: the page and all that it names.

    `letters` are the families that its language asks for; pictures in style sheets count too.
    """
    phone = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)

    def load(path: str) -> tuple[int, str, str]:
        phone.request("GET", path, headers={"Accept-Encoding": "gzip", "Cookie": cookie})
        answer = phone.getresponse()
        body = answer.read()
        assert answer.status == 200, path
        is_packed = answer.getheader("Content-Encoding") == "gzip"
        text = (gzip.decompress(body) if is_packed else body).decode("utf-8", "replace")
        return len(body) + HEADERS, text, answer.getheader("Cache-Control") or ""

    first, text, _ = load(page)
    again = first
    files = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', text))
    seen: set[str] = set()
    while files := files - seen:
        path = files.pop()
        seen.add(path)
        n, text, cache = load(path)
        first += n
        again += 0 if "immutable" in cache else n
        if path.endswith(".css"):
            named = re.findall(r'url\("?([^")]+\.(?:woff2|svg))"?\)', text)
            files |= {
                urljoin(path, one)
                for one in named
                if one.endswith("svg") or re.search(letters, one)
            }
    phone.close()
    return first, again


@BUILT
@pytest.mark.once
def test_pages_stay_light_on_a_phone(install):
    """The room weighs 60 kB at first and 15 kB after; the page of an edition 120 kB."""
    here = install()
    port = free_port()
    here.settings = {"PORT": str(port), "HOST": "127.0.0.1", "MAJLIS_STATIC": "built"}
    with serving(here) as (process, _):
        slug, token = here.python(OPEN_A_SEAT).split()
        cookie = f"voice-{slug}={token}"
        rooms = [
            visit(port, f"/ar/e/{slug}/room/{page}", cookie=cookie, letters="readex")
            for page in ("", "contribute/", "contributions/")
        ]
        editions = {
            # The first answer after a start is not packed; it becomes what all others get.
            lang: [visit(port, f"/{lang}/e/{slug}/", letters=letters)[0] for _ in range(2)][-1]
            for lang, letters in (("en", "figtree|serif"), ("ar", "figtree|readex"))
        }
        process.send_signal(signal.SIGINT)

    assert max(first for first, _again in rooms) < 60_000, rooms
    assert max(again for _first, again in rooms) < 15_000, rooms
    assert max(editions.values()) < 120_000, editions
