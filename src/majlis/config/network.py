"""At which addresses other devices can reach this machine."""

from __future__ import annotations

import socket

import ifaddr

from majlis.kernel.hosts import is_loopback

ANYWHERE = {"0.0.0.0", "::", ""}  # noqa: S104 - recognising it, not binding to it


def local_addresses() -> list[str]:
    """IPv4 addresses of this machine that others may reach, the likeliest first.

    The likeliest is the one the system would use towards other networks; asking for it sends
    nothing. The rest are those of the interfaces.
    """
    found = [_towards("192.0.2.1"), _towards("10.255.255.255"), _towards("192.168.255.255")]
    found += [str(ip.ip) for card in ifaddr.get_adapters() for ip in card.ips if ip.is_IPv4]
    kept = [a for a in dict.fromkeys(found) if a and not is_loopback(a) and a not in ANYWHERE]
    # Containers and virtual machines bring bridges of their own; no phone is behind them.
    return sorted(kept, key=lambda a: a.startswith("172.17."))


def _towards(elsewhere: str) -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((elsewhere, 9))
        except OSError:
            return ""
        return str(probe.getsockname()[0])


def served_url(host: str, port: int) -> str:
    """The address to print for a server bound to `host`: one a phone can type when there is one."""
    if host in ANYWHERE:
        host = next(iter(local_addresses()), "127.0.0.1")
    if ":" in host:
        host = f"[{host}]"
    return f"http://{host}:{port}"


def answered_hosts(host: str) -> list[str]:
    """The names under which a server bound to `host` answers: Django's ALLOWED_HOSTS."""
    if host in ANYWHERE:
        name = socket.gethostname()
        others = [*local_addresses(), name, f"{name}.local"]
    else:
        others = [f"[{host}]" if ":" in host else host]
    return list(dict.fromkeys(["127.0.0.1", "localhost", "[::1]", *others]))
