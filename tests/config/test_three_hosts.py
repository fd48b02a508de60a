"""Three hosts on one PostgreSQL, each in a network namespace of its own, as three machines are."""

from __future__ import annotations

import glob
import os
import pwd
import random
import secrets
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.config.hosts import (
    Host,
    answers,
    change_is_read,
    change_text,
    has_turn,
    kept_keys,
    key,
    made,
    vote_is_seen,
)
from tests.config.installation import Installation, postgresql_beside
from tests.waiting import PATIENCE, until

pytestmark = [pytest.mark.long, pytest.mark.once]
BINARIES = max(glob.glob("/usr/lib/postgresql/*/bin"), default="")


def ip(*words: str) -> None:
    done = subprocess.run(["ip", *words], capture_output=True, text=True)
    if done.returncode:
        raise OSError(f"ip {' '.join(words)}: {done.stderr.strip()}")


@dataclass
class Network:
    """A bridge here, where PostgreSQL is, and three namespaces at it."""

    name: str = field(default_factory=lambda: f"mj{secrets.token_hex(2)}")
    net: str = field(default_factory=lambda: f"10.213.{random.randint(1, 254)}")

    @property
    def hosts(self) -> range:
        return range(2, 5)

    def begin(self) -> None:
        ip("link", "add", self.name, "type", "bridge")
        ip("addr", "add", f"{self.net}.1/24", "dev", self.name)
        ip("link", "set", self.name, "up")
        for n in self.hosts:
            within = f"{self.name}-{n}"
            ip("netns", "add", within)
            ip("link", "add", within, "type", "veth", "peer", "name", "eth0", "netns", within)
            ip("link", "set", within, "master", self.name, "up")
            ip("-n", within, "addr", "add", f"{self.net}.{n}/24", "dev", "eth0")
            for device in ("lo", "eth0"):
                ip("-n", within, "link", "set", device, "up")

    def end(self) -> None:
        for n in self.hosts:
            subprocess.run(["ip", "netns", "del", f"{self.name}-{n}"], capture_output=True)
        subprocess.run(["ip", "link", "del", self.name], capture_output=True)

    def cut_off(self, n: int, *, again: bool = False) -> None:
        """Pull the cable of a host, or put it in again."""
        ip("link", "set", f"{self.name}-{n}", "up" if again else "down")


@pytest.fixture(scope="module")
def network() -> Iterator[Network]:
    if os.geteuid() != 0 or not shutil.which("ip"):
        pytest.skip("network namespaces need root and iproute2")
    if not BINARIES:
        pytest.skip("PostgreSQL's own programs are not here")
    made = Network()
    try:
        try:
            made.begin()
        except OSError as error:
            pytest.skip(f"network namespaces cannot be made here: {error}")
        yield made
    finally:
        made.end()


@pytest.fixture(scope="module")
def postgresql(network) -> Iterator[str]:
    """A PostgreSQL that listens at the bridge."""
    folder = Path(tempfile.mkdtemp(prefix="majlis-postgresql-"))
    owner = pwd.getpwnam("postgres")
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    as_owner: dict[str, Any] = {"user": "postgres", "group": owner.pw_gid, "cwd": folder}
    subprocess.run(
        [f"{BINARIES}/initdb", "-D", folder / "data", "--auth=trust"],
        check=True, capture_output=True, **as_owner,
    )  # fmt: skip
    with (folder / "data" / "pg_hba.conf").open("a") as rules:
        rules.write(f"host all all {network.net}.0/24 trust\n")
    server = subprocess.Popen(
        [f"{BINARIES}/postgres", "-D", folder / "data", "-k", folder,
         "-h", f"{network.net}.1", "-p", "5432"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **as_owner,
    )  # fmt: skip
    url = f"postgres://postgres@{network.net}.1:5432/postgres"

    def answers() -> bool:
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            return False
        return True

    try:
        until(answers)
        yield url
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(PATIENCE)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def three(network, postgresql, tmp_path_factory) -> Iterator[list[Host]]:
    folder = tmp_path_factory.mktemp("hosts")
    database = postgresql_beside(postgresql)  # goes away with its server
    same_key = secrets.token_hex(32)
    hosts = []
    for n in network.hosts:
        address = f"{network.net}.{n}"
        settings = {"HOST": address, "PORT": "8000", "MAJLIS_SECRET_KEY": same_key}
        here = Installation(folder / str(n), database, settings)
        hosts.append(Host(here, address, within=("ip", "netns", "exec", f"{network.name}-{n}")))
    try:
        for host in hosts:
            host.begin()
        yield hosts
    finally:
        for host in hosts:
            host.end()


@pytest.fixture(scope="module")
def seminars(three) -> dict[str, Any]:
    return made(three[0], "stage", "desk", "killed", "cut-off")


def test_votes_on_each_are_on_the_stage_of_the_next(three, seminars):
    seminar = seminars["stage"]

    for n, host in enumerate(three):
        vote_is_seen(host, three[(n + 1) % 3], seminar, phone=n)


def test_change_on_the_desk_of_each_is_read_on_the_next(three, seminars):
    seminar = seminars["desk"]

    for n, host in enumerate(three):
        change_is_read(host, three[(n + 1) % 3], seminar, words=f"Written on host {n}.")


def test_host_killed_under_votes_loses_none_and_the_tick_goes_on_elsewhere(three, seminars):
    seminar = seminars["killed"]
    until(lambda: any(map(has_turn, three)))
    (holder,) = filter(has_turn, three)
    others = [host for host in three if host is not holder]
    acknowledged: set[str] = set()
    stop = threading.Event()

    def storm(phone: int) -> None:
        host, seq = three[phone % 3], 0
        while not stop.is_set():
            seq += 1
            try:
                if host.vote(seminar, phone=phone, statement=seq % 20, seq=seq).status == 200:
                    acknowledged.add(key(phone, seq % 20, seq))
            except OSError:
                return  # killed: this phone has lost its server

    threads = [threading.Thread(target=storm, args=[phone]) for phone in range(8)]
    for thread in threads:
        thread.start()
    until(lambda: len(acknowledged) > 150)
    holder.end()
    before = len(acknowledged)
    until(lambda: any(map(has_turn, others)))
    until(lambda: len(acknowledged) > before + 50)  # the others go on
    stop.set()
    for thread in threads:
        thread.join()
    holder.begin()

    kept = kept_keys(others[0])
    assert acknowledged <= set(kept)
    assert len(kept) == len(set(kept))


def test_host_that_is_cut_off_gives_its_turn_up_and_keeps_no_old_page(three, seminars, network):
    seminar = seminars["cut-off"]
    until(lambda: any(map(has_turn, three)))
    (cut,) = filter(has_turn, three)
    others = [host for host in three if host is not cut]
    path = f"/en/e/{seminar['edition']}/about/privacy/"
    for _ in range(3):
        assert "Meanwhile." not in cut.ask(path).text

    n = int(cut.address.rpartition(".")[2])
    network.cut_off(n)
    until(lambda: any(map(has_turn, others)))
    change_text(others[0].signed_in(seminar["session"]), seminar, "Meanwhile.")
    network.cut_off(n, again=True)
    until(lambda: answers(cut))

    assert "Meanwhile." in cut.ask(path).text
