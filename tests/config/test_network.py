"""Addresses of this machine."""

from majlis.config import network
from majlis.kernel.hosts import is_loopback


def test_served_url_of_everywhere_is_an_address_a_phone_can_type(monkeypatch):
    monkeypatch.setattr(network, "local_addresses", lambda: ["192.168.1.7", "10.0.0.3"])

    assert network.served_url("0.0.0.0", 8000) == "http://192.168.1.7:8000"


def test_served_url_without_a_network_is_the_machine_itself(monkeypatch):
    monkeypatch.setattr(network, "local_addresses", list)

    assert network.served_url("0.0.0.0", 8000) == "http://127.0.0.1:8000"


def test_served_url_writes_ipv6_in_brackets():
    assert network.served_url("::1", 8000) == "http://[::1]:8000"


def test_answered_hosts_of_one_address_are_it_and_the_machine():
    assert network.answered_hosts("192.168.1.7") == [
        "127.0.0.1",
        "localhost",
        "[::1]",
        "192.168.1.7",
    ]


def test_answered_hosts_of_everywhere_are_all_addresses_and_the_machines_name(monkeypatch):
    monkeypatch.setattr(network, "local_addresses", lambda: ["192.168.1.7"])
    monkeypatch.setattr(network.socket, "gethostname", lambda: "laptop")

    assert network.answered_hosts("0.0.0.0") == [
        "127.0.0.1",
        "localhost",
        "[::1]",
        "192.168.1.7",
        "laptop",
        "laptop.local",
    ]


def test_local_addresses_are_reachable_from_elsewhere():
    assert not [a for a in network.local_addresses() if is_loopback(a)]
