"""Several processes that serve one address, and their parent."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from majlis.config.processes import LONG_SECONDS, MOST_PAUSE_SECONDS, Place
from majlis.config.server import beside, bind
from tests.config.installation import Installation
from tests.config.test_serve import cut_off, free_port, get, serving
from tests.waiting import PATIENCE, until

on_postgresql = pytest.mark.skipif(
    not os.environ.get("MAJLIS_TEST_DATABASE_URL"), reason="needs PostgreSQL"
)


def children_of(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(child) for child in listed.split()]


def sockets_of(pid: int) -> set[str]:
    """The sockets that a process has open, by the system's numbers for them."""
    held = set()
    for file in Path(f"/proc/{pid}/fd").iterdir():
        try:
            held.add(os.readlink(file))
        except FileNotFoundError:  # closed meanwhile
            continue
    return {name for name in held if name.startswith("socket:")}


@pytest.fixture
def two(install) -> Iterator[tuple[Installation, subprocess.Popen[str], str]]:
    here = install()
    port = str(free_port())
    here.settings = {"HOST": "127.0.0.1", "PORT": port, "MAJLIS_PROCESSES": "2"}
    with serving(here) as (process, says):
        yield here, process, says


@on_postgresql
def test_parent_serves_nothing_and_shares_no_socket_with_its_children(two):
    here, process, says = two
    where = f"http://127.0.0.1:{here.settings['PORT']}"
    assert get(f"{where}/healthz")[0] == 200

    one, other = children_of(process.pid)

    assert says.count("Majlis is ready.") == 1
    of_all = [sockets_of(pid) for pid in (process.pid, one, other)]
    assert len(of_all[0]) == 1  # which holds the address
    assert sum(map(len, of_all)) == len(set.union(*of_all))
    assert len(list(Path(f"/proc/{process.pid}/task").iterdir())) == 1


@on_postgresql
def test_child_that_is_killed_is_replaced_and_the_others_serve_meanwhile(two):
    here, process, _ = two
    where = f"http://127.0.0.1:{here.settings['PORT']}"
    before = children_of(process.pid)
    os.kill(before[0], signal.SIGKILL)
    until(lambda: before[0] not in children_of(process.pid))

    assert get(f"{where}/healthz")[0] == 200
    until(lambda: len(children_of(process.pid)) == 2)
    assert before[1] in children_of(process.pid)
    process.send_signal(signal.SIGTERM)
    assert "a process ended; another one takes its place" in process.stdout.read()


@on_postgresql
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_signal_ends_all_at_once_with_streams_open(two, how):
    here, process, _ = two
    where = ("127.0.0.1", int(here.settings["PORT"]))
    children = children_of(process.pid)
    streams = [socket.create_connection(where) for _ in range(8)]
    for stream in streams:
        stream.sendall(b"GET /live/tunis-2026/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert stream.recv(12) == b"HTTP/1.1 200"

    process.send_signal(how)

    assert process.wait(PATIENCE) == 0
    assert not cut_off(here)
    assert "everything is kept" in process.stdout.read()
    assert not any(Path(f"/proc/{child}").exists() for child in children)
    for stream in streams:
        stream.close()


@on_postgresql
def test_children_of_a_parent_that_was_killed_end_too(two):
    _, process, _ = two
    children = children_of(process.pid)
    process.kill()
    process.wait()

    until(lambda: not any(is_running(child) for child in children))


def is_running(pid: int) -> bool:
    """Whether a process does anything still; who has ended may wait to be buried."""
    try:
        state = re.search(r"\) (\w)", Path(f"/proc/{pid}/stat").read_text())
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state is not None and state[1] != "Z"


@pytest.mark.once
def test_several_processes_on_sqlite_are_refused_in_words(install):
    done = install(on_sqlite=True).run("serve", "--processes", 2)

    assert (done.returncode, done.stderr.strip()) == (
        1,
        (
            "2 processes need PostgreSQL; on SQLite one process serves. Name a database in "
            "MAJLIS_DATABASE_URL, or leave --processes and MAJLIS_PROCESSES out."
        ),
    )


@pytest.mark.once
@pytest.mark.parametrize("many", ["0", "65", "two"])
def test_number_of_processes_that_is_none_is_refused(install, many):
    done = install(on_sqlite=True).run("serve", "--processes", many)

    assert done.returncode == 2
    assert "--processes" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.once
def test_pause_grows_while_children_end_early_and_begins_anew_after_a_long_life():
    place = Place(pid=1, since=0.0)
    pauses = [place.left(1.0) for _ in range(10)]
    place.since = 100.0
    after_long = place.left(100.0 + LONG_SECONDS)

    assert pauses[:4] == [0.25, 0.5, 1.0, 2.0]
    assert max(pauses) == pauses[-1] == MOST_PAUSE_SECONDS
    assert after_long == 0.25


@pytest.mark.once
def test_address_of_several_is_refused_to_another_program_and_lets_children_in():
    taken = bind("127.0.0.1", 0, for_children=True)
    own, more = beside(taken), beside(taken)
    for listening in (own, more):
        listening.listen()

    with pytest.raises(Exception, match="is taken by another program"):
        bind(*taken.getsockname(), for_children=True)
    assert own.getsockname() == more.getsockname() == taken.getsockname()
    for one in (taken, own, more):
        one.close()
