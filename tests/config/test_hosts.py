"""Two servers on one PostgreSQL are one seminar."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from threading import Thread
from typing import Any

import pytest

from tests.config.hosts import (
    TOKEN,
    Host,
    change_is_read,
    has_turn,
    kept_keys,
    key,
    made,
    vote_is_seen,
)
from tests.config.installation import Installation
from tests.config.test_serve import free_port
from tests.waiting import until

pytestmark = pytest.mark.skipif(
    not os.environ.get("MAJLIS_TEST_DATABASE_URL"), reason="needs PostgreSQL"
)
Pair = tuple[Host, Host]


@pytest.fixture(scope="module")
def pair(install_once, tmp_path_factory) -> Iterator[Pair]:
    first = install_once()
    second = Installation(tmp_path_factory.mktemp("second") / "var", first.database_url)
    same_key = secrets.token_hex(32)
    hosts = []
    for here in (first, second):
        here.settings = {
            "HOST": "127.0.0.1", "PORT": str(free_port()), "MAJLIS_SECRET_KEY": same_key,
        }  # fmt: skip
        hosts.append(Host(here, "127.0.0.1"))
    try:
        for host in hosts:
            host.begin()
        yield hosts[0], hosts[1]
    finally:
        for host in hosts:
            host.end()


@pytest.fixture(scope="module")
def seminars(pair) -> dict[str, Any]:
    return made(pair[0], "stage", "desk", "ended", "closed")


def test_vote_on_one_is_on_the_stage_of_the_other(pair, seminars):
    one, other = pair
    seminar = seminars["stage"]

    vote_is_seen(one, other, seminar, phone=0)
    vote_is_seen(other, one, seminar, phone=1)


def test_change_on_the_desk_of_one_is_read_on_the_other(pair, seminars):
    one, other = pair
    seminar = seminars["desk"]

    change_is_read(one, other, seminar, words="Written on the first.")
    change_is_read(other, one, seminar, words="Written on the second.")


def test_phone_that_is_disconnected_votes_on_neither(pair, seminars):
    one, other = pair
    seminar = seminars["ended"]
    for n, host in enumerate(pair):
        assert host.vote(seminar, phone=0, statement=n, seq=1).status == 200
    one.here.python(
        "from majlis.registration.actions import end_device\n"
        "from majlis.registration.models import Device\n"
        "from majlis.kernel.seal import digest_of\n"
        f"end_device(Device.objects.get(secret_digest=digest_of({seminar['phones'][0]!r})))"
    )

    refused = [host.vote(seminar, phone=0, statement=2, seq=1).status for host in pair]

    assert 200 not in refused
    assert key(0, 2, 1) not in kept_keys(one)
    assert other.vote(seminar, phone=1, statement=2, seq=1).status == 200


def test_round_that_is_closed_takes_votes_on_neither(pair, seminars):
    _one, other = pair
    seminar = seminars["closed"]
    for n, host in enumerate(pair):
        assert host.vote(seminar, phone=0, statement=n, seq=1).status == 200
    other.here.python(
        "from majlis.dialogue.actions import close_round\n"
        "from majlis.dialogue.models import Round\n"
        "from majlis.kernel.ledger import CLOCK\n"
        f"close_round(Round.objects.get(code={seminar['round']!r}), by=CLOCK)"
    )

    assert [host.vote(seminar, phone=1, statement=2, seq=1).status for host in pair] == [409, 409]


def test_tries_on_one_are_spent_on_the_other(pair):
    one, other = pair

    def ask(host: Host, email: str) -> int:
        asking = Host(host.here, host.address, cookies={"csrftoken": TOKEN})
        return asking.ask("/en/sign-in/", post={"email": email}).status

    assert [ask(one, "ada@seminar.example") for _ in range(6)] == [303] * 6
    until(lambda: ask(other, "ada@seminar.example") == 429)

    assert ask(other, "ben@seminar.example") == 303


def test_one_does_the_scheduled_work_and_when_it_dies_the_other(pair):
    until(lambda: any(map(has_turn, pair)))
    (holder,) = filter(has_turn, pair)
    (other,) = (host for host in pair if host is not holder)

    holder.end()
    until(lambda: has_turn(other))
    holder.begin()

    assert not has_turn(holder)


def test_two_that_begin_at_once_prepare_one_database(install, tmp_path):
    first = install(is_bare=True)
    hosts = [
        Host(Installation(tmp_path / f"at-once-{n}", first.database_url), "127.0.0.1")
        for n in range(2)
    ]
    for host in hosts:
        host.here.settings = {"HOST": "127.0.0.1", "PORT": str(free_port())}
    threads = [Thread(target=host.begin) for host in hosts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    try:
        there = first.python(
            "from majlis.series.models import Edition\n"
            "from majlis.registration.models import Role\n"
            "print(Edition.objects.count(), Role.objects.count())"
        )
        assert there.split() == ["1", "1"]
        assert [host.ask("/en/e/tunis-2026/").status for host in hosts] == [200, 200]
    finally:
        for host in hosts:
            host.end()
