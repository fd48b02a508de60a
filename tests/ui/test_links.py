"""Whole addresses never lead to this machine alone where it has a name that others know."""

import pytest

from majlis.ui.links import own_address

LOOPBACK, SET = "http://127.0.0.1:8000", "https://seminar.example"


@pytest.mark.parametrize(
    ("public", "came_by", "known_as", "expected"),
    [
        (SET, "192.168.1.7:8000", "majlis.example", SET),
        (SET, None, "", SET),
        (LOOPBACK, "192.168.1.7:8000", "majlis.example", "http://192.168.1.7:8000"),
        (LOOPBACK, "localhost:8000", "majlis.example", "http://majlis.example"),
        (LOOPBACK, None, "majlis.example", "http://majlis.example"),
        (LOOPBACK, "localhost:8000", "", "http://localhost:8000"),
        (LOOPBACK, None, "", LOOPBACK),
    ],
)
def test_own_address_is_the_best_known(rf, settings, public, came_by, known_as, expected):
    settings.PUBLIC_URL, settings.KNOWN_AS = public, known_as
    settings.ALLOWED_HOSTS = ["*"]

    assert own_address(rf.get("/", headers={"host": came_by}) if came_by else None) == expected
