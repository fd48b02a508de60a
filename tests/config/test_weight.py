"""What the page of a participant weighs on a phone, first and second time, as it is sent."""

from __future__ import annotations

import gzip
import http.client
import re
import signal
from urllib.parse import urljoin

import pytest

from tests.config.installation import ROOT
from tests.config.test_serve import free_port, serving

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


@pytest.mark.skipif(
    not (ROOT / "static-built" / "staticfiles.json").exists(),
    reason="static files are not collected (make test does it)",
)
@pytest.mark.once
def test_room_is_under_60_kb_at_first_and_under_15_kb_after(install):
    here = install()
    port = free_port()
    here.settings = {"PORT": str(port), "HOST": "127.0.0.1", "MAJLIS_STATIC": "built"}
    with serving(here) as (process, _):
        slug, token = here.python(OPEN_A_SEAT).split()
        phone = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

        def load(path: str) -> tuple[int, str, str]:
            phone.request(
                "GET", path, headers={"Accept-Encoding": "gzip", "Cookie": f"voice-{slug}={token}"}
            )
            answer = phone.getresponse()
            body = answer.read()
            assert answer.status == 200, path
            is_packed = answer.getheader("Content-Encoding") == "gzip"
            text = (gzip.decompress(body) if is_packed else body).decode("utf-8", "replace")
            return len(body) + HEADERS, text, answer.getheader("Cache-Control") or ""

        page_bytes, page, _ = load(f"/ar/e/{slug}/room/")
        files = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page))
        first, again = page_bytes, page_bytes
        while files:
            path = files.pop()
            n, text, cache = load(path)
            first += n
            again += 0 if "immutable" in cache else n
            if path.endswith(".css"):  # with the Arabic letters that it names
                fonts = re.findall(r'url\("?([^")]+\.woff2)"?\)', text)
                files |= {urljoin(path, font) for font in fonts if "serif" not in font}
        process.send_signal(signal.SIGINT)

    assert first < 60_000
    assert again < 15_000
