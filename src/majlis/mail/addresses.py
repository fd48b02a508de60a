"""Email addresses: one form for comparing and storing, one for the wire."""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache

import idna

from majlis.kernel import writing


def normal_address(address: str) -> str:
    """Return the one form of an address, by which it is stored and looked up.

    Capitals do not matter, and a domain in punycode is the domain that people read
    (`mona@xn--exmple-cua.org` is `mona@exämple.org`). A domain that IDNA 2008 does not know
    stays as it is, in small letters. What cannot be seen is no part of it.
    """
    local, at, domain = writing.email(address).lower().rpartition("@")
    return f"{local}{at}{_normal_domain(domain)}"


@lru_cache(maxsize=1024)  # a list of people names few domains, each many times
def _normal_domain(domain: str) -> str:
    with suppress(idna.IDNAError):
        return idna.decode(idna.encode(domain, uts46=True))
    return domain


def wire_address(address: str) -> str:
    """Return an address as mail servers take it, its domain in punycode."""
    local, at, domain = address.rpartition("@")
    with suppress(idna.IDNAError):
        domain = idna.encode(domain, uts46=True).decode()
    return f"{local}{at}{domain}"


def spellings(address: str) -> tuple[str, str]:
    """Return the ways in which somebody may type an address into a search box."""
    return address, wire_address(address)
