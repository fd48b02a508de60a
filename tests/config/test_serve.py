"""The server as people start it: a process, a port, signals."""

from __future__ import annotations

import asyncio
import os
import pty
import re
import signal
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

import pytest

from majlis.config.server import bind
from tests.config.installation import Installation
from tests.waiting import PATIENCE


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def read_until(stream: IO[str], words: str) -> str:
    """What a process prints up to some words, or up to its end."""
    said = ""
    for line in stream:
        said += line
        if words in line:
            break
    return said


@contextmanager
def serving(here: Installation) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A running server and what it said until it was ready."""
    process = subprocess.Popen(
        here.command("serve"),
        env=here.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    try:
        yield process, read_until(process.stdout, "Ctrl-C stops it.")
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


@pytest.fixture
def here(install) -> Installation:
    installation = install()
    installation.settings = {"HOST": "127.0.0.1", "PORT": str(free_port())}
    return installation


def get(url: str) -> tuple[int, str]:
    with urllib.request.urlopen(url, timeout=PATIENCE) as answer:
        return answer.status, answer.read().decode()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_signal_ends_the_server_at_once_with_a_stream_open(here, how):
    with serving(here) as (process, says):
        where = f"http://127.0.0.1:{here.settings['PORT']}"
        assert f"  Address     {where}/" in says
        assert "  Organiser   .venv/bin/majlis sign-in-link organiser@majlis.invalid\n" in says
        assert "/sign-in/" not in says  # this may be a service's journal
        assert get(f"{where}/healthz") == (200, '{"database": "ok", "tick": "ok"}')
        stream = urllib.request.urlopen(f"{where}/live/tunis-2026/", timeout=PATIENCE)
        assert re.fullmatch(rb"retry: [1-3]\d{3}\n", stream.readline())  # phones come back apart
        assert stream.readline() == b"\n"
        assert re.fullmatch(rb"data: revision \d+\n", stream.readline())

        process.send_signal(how)

        assert process.wait(PATIENCE) == 0
        assert "everything is kept" in process.stdout.read()
    assert not cut_off(here)
    stream.close()


def cut_off(here: Installation) -> list[str]:
    """What the server said about requests that had to be cut off because they did not end."""
    log = (here.var / "log" / "majlis.log").read_text().splitlines()
    return [line for line in log if "level=error from=uvicorn.error" in line]


def test_second_start_finds_everything_as_it_was(install):
    here = install(is_bare=True)
    here.settings = {"HOST": "127.0.0.1", "PORT": str(free_port())}
    count = (
        "from majlis.series.models import Edition; from majlis.people.models import Person\n"
        "print(Edition.objects.count(), Person.objects.count())"
    )
    with serving(here) as (process, first):
        process.send_signal(signal.SIGINT)
        process.wait(timeout=PATIENCE)
    before = here.python(count)
    with serving(here) as (process, second):
        process.send_signal(signal.SIGINT)
        process.wait(timeout=PATIENCE)

    assert "The first edition was loaded." in first
    assert "loaded" not in second
    assert here.python(count) == before == "1 1\n"


def test_restored_backup_serves(install, here, tmp_path):
    file = tmp_path / "b.zip"
    with serving(here):
        assert here.run("backup", file).returncode == 0
    elsewhere = install()
    elsewhere.settings = {"HOST": "127.0.0.1", "PORT": str(free_port())}
    assert elsewhere.run("restore", file).returncode == 0

    with serving(elsewhere):
        where = f"http://127.0.0.1:{elsewhere.settings['PORT']}"
        assert get(f"{where}/en/e/tunis-2026/")[0] == 200
        with pytest.raises(urllib.error.HTTPError, match="404") as refused:
            get(f"{where}/v/23456789abcdefghjkmnpqrs/")
        refused.value.close()


@pytest.mark.once
def test_answer_leaves_at_once_in_however_many_pieces_it_is_written():
    taken = bind("127.0.0.1", 0)

    class Accepted(asyncio.Protocol):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            held = transport.get_extra_info("socket")
            delays.append(held.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) == 0)

    async def accept_one() -> None:
        loop = asyncio.get_running_loop()
        async with await loop.create_server(Accepted, sock=taken):
            _, writer = await asyncio.open_connection(*taken.getsockname())
            while not delays:
                await asyncio.sleep(0.01)
            writer.close()

    delays: list[bool] = []
    asyncio.run(asyncio.wait_for(accept_one(), PATIENCE))

    assert delays == [False]


@pytest.mark.once
def test_link_that_signs_in_is_shown_on_a_terminal_until_somebody_has(install):
    here = install(on_sqlite=True)
    here.settings = {"HOST": "127.0.0.1", "PORT": str(free_port())}

    first = on_a_terminal(here)
    here.python(
        "from django.utils import timezone; from majlis.people.models import Person\n"
        "Person.objects.update(last_login=timezone.now())"
    )
    second = on_a_terminal(here)

    assert re.search(r"  Organiser   http://\S+/en/sign-in/[-\w]{20,}/\r\n", first)
    assert "/sign-in/" not in second
    assert "majlis sign-in-link organiser@majlis.invalid" in second


def on_a_terminal(here: Installation) -> str:
    """What a server says on a terminal until it is ready."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(here.command("serve"), env=here.environment, stdout=theirs)
    os.close(theirs)
    with open(ours, encoding="utf-8", newline="") as terminal:
        try:
            return read_until(terminal, "Ctrl-C stops it.")
        finally:
            process.kill()
            process.wait()


@pytest.mark.once
def test_busy_port_is_said_with_a_way_out(here):
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", int(here.settings["PORT"])))
        taken.listen()
        done = here.run("serve")

    port = here.settings["PORT"]
    assert done.returncode == 1
    assert done.stderr.strip() == (
        f"Port {port} is taken by another program. Stop that one, or choose another port:"
        f"  make run PORT={int(port) + 1}"
    )


@pytest.mark.once
def test_folder_that_cannot_be_written_is_said(here, tmp_path):
    blocking = tmp_path / "file"
    blocking.write_text("in the way")
    here.var = blocking / "var"

    done = here.run("serve")

    assert done.returncode == 1
    assert str(blocking) in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.once
def test_two_servers_on_one_sqlite_folder_are_refused(install):
    here = install(on_sqlite=True)
    here.settings = {"PORT": str(free_port())}
    with serving(here):
        here.settings = {"PORT": str(free_port())}
        done = here.run("serve")

    assert done.returncode == 1
    assert "already running on this folder" in done.stderr


@pytest.mark.once
def test_host_for_everybody_prints_an_address_that_is_not_the_machines_own(here):
    here.settings["HOST"] = "0.0.0.0"
    with serving(here) as (_, says):
        (address,) = re.findall(r"  Address     http://([\d.]+):", says)
        status, _ = get(f"http://{address}:{here.settings['PORT']}/healthz")

    assert status == 200
    if address != "127.0.0.1":  # a machine without any network has no other
        assert "▄" in says
        assert "/en/reach/" in says
