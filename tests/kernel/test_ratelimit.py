"""How often something may be tried."""

from datetime import UTC, datetime

import pytest
from django.test import RequestFactory

from majlis.kernel import ratelimit
from majlis.kernel.errors import NotFound
from majlis.kernel.ratelimit import Counters, Limit, TooMany, address_of


@pytest.fixture(autouse=True)
def _nine_o_clock(monkeypatch):
    monkeypatch.setattr(ratelimit, "now", lambda: datetime(2026, 3, 25, 9, 0, tzinfo=UTC))


def test_require_refuses_once_the_tries_of_a_window_are_spent():
    limit = Limit("guess", times=3, seconds=600)
    for _ in range(3):
        limit.require("192.0.2.7")
        limit.spend("192.0.2.7")

    with pytest.raises(TooMany, match="Nothing was changed"):
        limit.require("192.0.2.7")


def test_take_refuses_the_one_that_is_too_many():
    limit = Limit("letters", times=2, seconds=600)
    limit.take("ada@seminar.example")
    limit.take("ada@seminar.example")

    with pytest.raises(TooMany):
        limit.take("ada@seminar.example")


def test_who_is_right_comes_in_after_any_number_of_wrong_guesses():
    limit = Limit("guess", times=3, seconds=600)

    def wrong() -> str:
        try:
            with limit.guessing("192.0.2.7"):
                raise NotFound
        except (NotFound, TooMany) as refused:
            return type(refused).__name__

    assert [wrong() for _ in range(5)] == ["NotFound"] * 3 + ["TooMany"] * 2
    with limit.guessing("192.0.2.7"):
        came_in = True
    assert came_in


def test_require_does_not_mix_up_who_tries_or_what():
    limit = Limit("guess", times=1, seconds=600)
    limit.spend("192.0.2.7")

    limit.require("192.0.2.8")
    Limit("other guess", times=1, seconds=600).require("192.0.2.7")


def test_next_window_begins_anew(monkeypatch):
    limit = Limit("guess", times=1, seconds=600)
    limit.spend("192.0.2.7")
    monkeypatch.setattr(ratelimit, "now", lambda: datetime(2026, 3, 25, 9, 10, tzinfo=UTC))

    limit.require("192.0.2.7")


def test_flood_of_other_keys_makes_nobody_forget_who_tried_often():
    counters = Counters(most=1000)
    for _ in range(5):
        counters.add(b"spent", until=9e12)
    for n in range(20_000):
        counters.add(b"flood %d" % n, until=9e12)

    assert counters.of(b"spent") == 5
    assert len(counters.counts) <= 1000


def test_what_is_over_goes_first():
    counters = Counters(most=4)
    for n in range(3):
        counters.add(b"over %d" % n, until=1.0)
        counters.add(b"over %d" % n, until=1.0)
    counters.add(b"once", until=9e12)
    counters.add(b"and one", until=9e12)

    assert counters.of(b"once") == 1
    assert counters.of(b"over 0") == 0


def test_key_tells_nothing_about_who_tries():
    key = Limit("guess", times=1, seconds=600)._key(("ada@seminar.example",))

    assert b"seminar" not in key
    assert len(key) < 64


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2::99", "2001:db8:1:2::"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_address_is_counted_as_its_network(address, network):
    assert address_of(RequestFactory().get("/", REMOTE_ADDR=address)) == network


# --- Several processes ----------------------------------------------------------------------------


def test_steps_that_were_counted_are_heard_by_the_other_process():
    one, other = Counters(), Counters()
    for _ in range(9):
        one.add(b"often", until=9e9, step=10)
    before = one.told()
    one.add(b"often", until=9e9, step=10)
    for message in one.told():
        other.heard(message)

    assert before == []
    assert other.of(b"often") == one.of(b"often") == 10


def test_limit_counts_together_with_what_was_heard(monkeypatch):
    here, there = Counters(), Counters()
    limit = Limit("letters", times=6, seconds=600)
    monkeypatch.setattr(ratelimit, "COUNTERS", there)
    for _ in range(6):
        limit.take("ada@seminar.example")
    monkeypatch.setattr(ratelimit, "COUNTERS", here)
    limit.take("ben@seminar.example")
    for message in there.told():
        here.heard(message)

    with pytest.raises(TooMany):
        limit.take("ada@seminar.example")
    limit.take("ben@seminar.example")


def test_process_does_not_count_again_what_it_told_itself():
    counters = Counters()
    counters.add(b"once", until=9e9)
    for message in counters.told():
        counters.heard(message)

    assert counters.of(b"once") == 1
    assert counters.told() == []


def test_flood_is_told_in_messages_that_postgresql_takes():
    one, other = Counters(), Counters()
    for n in range(10_000):
        one.add(n.to_bytes(16), until=9e9)
    told = one.told()
    for message in told:
        other.heard(message)

    assert max(map(len, told)) < 8000
    assert len(other.counts) == 10_000


@pytest.mark.parametrize("step", [1, 2])
def test_flood_that_is_never_told_is_kept_within_the_memory(step):
    counters = Counters(most=1000)
    for n in range(20_000):
        counters.add(b"flood %d" % n, until=9e12, step=step)

    assert len(counters.untold) <= 1000
    assert len(counters.to_tell) <= 1000


def test_what_is_given_back_is_told_to_nobody():
    counters = Counters()
    counters.add(b"key", until=9e9, step=2)
    counters.take_back(b"key")
    counters.add(b"key", until=9e9, step=2)

    assert (counters.of(b"key"), counters.told()) == (1, [])
