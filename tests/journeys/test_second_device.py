"""A second device on the local network opens a personal address and votes.

Another network namespace stands for the device: it has its own address and reaches the server
over a wire, not over loopback.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.config.installation import Installation
from tests.journeys.conftest import Server, started
from tests.waiting import PATIENCE

pytestmark = pytest.mark.long
OURS, THEIRS = "10.77.0.1", "10.77.0.2"
NAME = f"majlis{os.getpid() % 10000}"

PHONE = """
import http.cookiejar, re, sys, urllib.parse, urllib.request
address, stance = sys.argv[1:]
cookies = http.cookiejar.CookieJar()
web = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(cookies))
door = web.open(address, timeout=60)
hidden = r'<input type="hidden" name="([^"]+)" value="([^"]*)"'
fields = dict(re.findall(hidden, door.read().decode()))
asked = urllib.request.Request(door.geturl(), urllib.parse.urlencode(fields).encode())
asked.add_header("Referer", door.geturl())
seat = web.open(asked, timeout=60)
seat_url = seat.geturl()
page = seat.read().decode()
ballot = re.search(r'href="(/[a-z]{2}/e/[^"]*/room/rounds/[a-z0-9]+/)"', page).group(1)
page = web.open(urllib.parse.urljoin(seat_url, ballot), timeout=60).read().decode()
form = re.search(r'<form[^>]*action="([^"]*vote/[^"]*)"[^>]*>(.*?)</form>', page, re.S)
fields = dict(re.findall(hidden, form.group(2)))
fields["stance"] = stance
data = urllib.parse.urlencode(fields).encode()
asked = urllib.request.Request(urllib.parse.urljoin(seat_url, form.group(1)), data)
asked.add_header("Referer", seat_url)
print(web.open(asked, timeout=60).status)
"""


def ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True, timeout=60)


@pytest.fixture
def device() -> Iterator[list[str]]:
    """How to run a command on the other device."""
    if os.geteuid() or shutil.which("ip") is None:
        pytest.skip("a second device needs root and iproute2")
    try:
        ip("netns", "add", NAME)
    except subprocess.CalledProcessError as error:
        pytest.skip(f"no network namespace can be made here: {error.stderr.decode().strip()}")
    ip("link", "add", f"{NAME}a", "type", "veth", "peer", "name", f"{NAME}b")
    ip("link", "set", f"{NAME}b", "netns", NAME)
    ip("addr", "add", f"{OURS}/24", "dev", f"{NAME}a")
    ip("link", "set", f"{NAME}a", "up")
    ip("netns", "exec", NAME, "ip", "addr", "add", f"{THEIRS}/24", "dev", f"{NAME}b")
    ip("netns", "exec", NAME, "ip", "link", "set", f"{NAME}b", "up")
    yield ["ip", "netns", "exec", NAME]
    ip("netns", "delete", NAME)


@pytest.fixture
def open_server(tmp_path: Path, device: list[str]) -> Iterator[Server]:
    """A server for the local network, with a rehearsal in it."""
    made = started(
        Installation(
            tmp_path / "var",
            "",
            {"HOST": "0.0.0.0"},
        )
    )
    yield made
    made.process.terminate()
    made.process.wait(PATIENCE)


def test_a_second_device_opens_its_printed_address_and_votes(open_server, device):
    server = open_server
    done = server.installation.run("rehearse", "tunis-2026", "--voices", "12")
    assert done.returncode == 0, done.stderr
    path = server.installation.python(
        "from majlis.registration.models import Admission\n"
        "from majlis.registration.access import admission_token\n"
        "print('/v/' + admission_token(Admission.objects.first()) + '/')"
    ).strip()
    before = server.installation.python(COUNT)
    port = server.address.rsplit(":", 1)[1]

    voted = subprocess.run(
        [*device, sys.executable, "-c", PHONE, f"http://{OURS}:{port}{path}", "1"],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )

    assert voted.returncode == 0, voted.stderr
    assert int(server.installation.python(COUNT)) == int(before) + 1


COUNT = "from majlis.dialogue.models import VoteEvent; print(VoteEvent.objects.count())"
