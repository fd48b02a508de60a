"""How often something may be tried."""

from datetime import UTC, datetime

import pytest
from django.core.cache import cache

from majlis.kernel import ratelimit
from majlis.kernel.ratelimit import Limit, TooMany

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_cache(monkeypatch):
    cache.clear()
    monkeypatch.setattr(ratelimit, "now", lambda: datetime(2026, 3, 25, 9, 0, tzinfo=UTC))


def test_require_refuses_once_the_tries_of_a_window_are_spent():
    limit = Limit("guess", times=3, seconds=600)
    for _ in range(3):
        limit.require("192.0.2.7")
        limit.spend("192.0.2.7")

    with pytest.raises(TooMany, match="Nothing was changed"):
        limit.require("192.0.2.7")


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


def test_key_tells_nothing_about_who_tries():
    key = Limit("guess", times=1, seconds=600)._key(("ada@seminar.example",))

    assert "seminar" not in key
    assert set(key) <= set("0123456789abcdef")
