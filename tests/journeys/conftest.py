"""A server that runs as a person starts it, and browsers that come to it."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.config.installation import Installation, drop, postgresql_beside
from tests.conftest import AXE
from tests.waiting import PATIENCE


@dataclass
class Server:
    """A running server with its folder, and what it printed when it was ready."""

    installation: Installation
    address: str
    process: subprocess.Popen[str]

    @property
    def way_in(self) -> str:
        """A link that signs the organiser in, from the command that the server names."""
        said = self.installation.run("sign-in-link", "organiser@majlis.invalid").stdout
        found = re.search(r"http\S+", said)
        assert found, said
        return found[0]

    def mails_to(self, email: str) -> str:
        """The texts of all messages to an address."""
        return self.installation.python(
            "from majlis.mail.models import Message\n"
            f"for m in Message.objects.filter(recipient={email!r}).order_by('pk'): print(m.text)"
        )

    def link_in_mail(self, email: str, part: str) -> str:
        """The newest link to `part` in the letters to an address."""
        found = re.findall(rf"http://[^\s<>]*{part}[^\s<>]*", self.mails_to(email))
        assert found, f"no link to {part} in the letters to {email}"
        return found[-1]


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def started(installation: Installation) -> Server:
    """`majlis serve`, up to the words that say where it is."""
    port = free_port()
    installation.settings |= {"PORT": str(port)}
    log = installation.var.parent / f"{installation.var.name}-server.log"
    with log.open("w") as out:
        process = subprocess.Popen(
            installation.command("serve"),
            env=installation.environment,
            stdout=out,
            stderr=subprocess.STDOUT,
            text=True,
        )
    address = f"http://127.0.0.1:{port}"
    for _ in range(1200):
        said = log.read_text()
        found = re.search(r"Organiser\s+(\S+)", said)
        if found and is_up(address):
            return Server(installation, address, process)
        assert process.poll() is None, said
        time.sleep(0.1)
    process.kill()
    process.wait()
    raise AssertionError(f"the server did not come up:\n{log.read_text()}")


def is_up(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=PATIENCE) as answer:
            return answer.status == 200
    except OSError:
        return False


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Server]:
    """A fresh server on the database of this test run, stopped and removed afterwards."""
    server = os.environ.get("MAJLIS_TEST_DATABASE_URL", "")
    url = postgresql_beside(server) if server else ""
    made = started(Installation(tmp_path / "var", url))
    yield made
    made.process.terminate()
    made.process.wait(PATIENCE)
    if url:
        drop(url)


def until_asked(tab: Any, asked: list[str]) -> None:
    """Wait until a page that is closed has asked whether it may."""
    for _ in range(600):
        if asked:
            return
        tab.wait_for_timeout(100)


ONE_NOW_ALL_LONG = [*(pytest.param(lang, marks=pytest.mark.long) for lang in ("en", "fr")), "ar"]
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
DESKTOP = {"viewport": {"width": 1280, "height": 900}}


def faults(tab: Any, page: str) -> list[tuple[str, object]]:
    """What axe finds on a page, and how wide it is where a phone is narrower."""
    tab.set_viewport_size({"width": 320, "height": 640})
    answer = tab.goto(page)
    faults: list[tuple[str, object]] = [] if answer.status == 200 else [(page, answer.status)]
    if (wide := tab.evaluate("document.documentElement.scrollWidth")) > 320:
        faults.append((page, wide))
    tab.add_script_tag(path=str(AXE))
    found = tab.evaluate("axe.run().then(r => r.violations)")
    faults += [(page, (rule["id"], [n["html"][:120] for n in rule["nodes"]])) for rule in found]
    return faults
