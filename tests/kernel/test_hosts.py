"""Names of machines."""

import pytest

from majlis.kernel.hosts import is_loopback


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("192.168.1.7", False), ("a", False)],
)
def test_is_loopback_knows_the_machine_itself(host, expected):
    assert is_loopback(host) is expected
