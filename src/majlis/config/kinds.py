"""Kinds of settings: how the text of a variable is read, as it will be used.

Each function returns the value or raises `ValueError`; the table in `env` says what it may be.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import NoReturn
from urllib.parse import SplitResult, parse_qsl, urlsplit

import idna

YES, NO = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}
SHORTEST_KEY = 32
MAIL_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


def flag(text: str) -> bool:
    """Yes or no."""
    if text.lower() not in YES | NO:
        raise ValueError
    return text.lower() in YES


def number(low: int, high: int) -> Callable[[str], int]:
    """A whole number."""

    def read(text: str) -> int:
        if not re.fullmatch("[0-9]{1,12}", text) or not low <= int(text) <= high:
            raise ValueError
        return int(text)

    return read


def one_of(*allowed: str) -> Callable[[str], str]:
    """One of a few words, in capitals or not."""

    def read(text: str) -> str:
        return {word.lower(): word for word in allowed}.get(text.lower()) or _refused()

    return read


def host(text: str) -> str:
    """A name of a machine or an address, of IPv6 too."""
    try:
        ip_address(text.strip("[]"))
    except ValueError:
        if not re.fullmatch(r"(?!-)[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})*", _ascii(text)):
            raise
    return text


def hosts(text: str) -> list[str]:
    """Names with commas between; `.example.org` stands for all below it, `*` for all."""
    names = _words(text)
    for name in names:
        if name != "*":
            host(name.removeprefix("."))
    return names


def networks(text: str) -> list[str]:
    """Addresses or networks with commas between."""
    names = _words(text)
    for name in names:
        ip_network(name, strict=False)
    return names


def email(text: str) -> str:
    """One address, as a mail server takes it."""
    local, at, domain = text.rpartition("@")
    if not at or not re.fullmatch(r"[^\s@,;:<>()\[\]\"\\]{1,64}", local) or not domain:
        raise ValueError
    host(domain)
    if "." not in domain and domain != "localhost":
        raise ValueError
    return text


def sender(text: str) -> str:
    """An address, or a name and an address: `Name <address>`."""
    found = re.fullmatch(r'(?:"[^"<>]*"|[^"<>@,;:]*)\s*<([^<>]+)>|([^<>]+)', text)
    if found is None or not text.isprintable():
        raise ValueError
    email(found[1] or found[2])
    return text


def origin(text: str) -> str:
    """`https://host`, perhaps with a port."""
    parts = _parts(text.rstrip("/"))
    if parts.scheme not in {"http", "https"} or parts.path or parts.query or parts.fragment:
        raise ValueError
    if parts.username is not None:
        raise ValueError
    return text.rstrip("/")


def mail_server(text: str) -> str:
    """`smtp://user:password@host:port`."""
    parts = _parts(text)
    if parts.scheme not in MAIL_PORTS or parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError
    return text


def database(text: str) -> str:
    """`postgres://user:password@host:port/name` or `sqlite:////path`."""
    parts = urlsplit(text)
    if parts.scheme == "sqlite":
        if parts.netloc or not parts.path.strip("/") or Path(parts.path).is_dir():
            raise ValueError
        return text
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise ValueError
    if parts.hostname:
        _parts(text)
    _require_known_to_libpq(parts.query)
    return text


def _require_known_to_libpq(query: str) -> None:
    from psycopg import Error
    from psycopg.conninfo import make_conninfo

    try:
        make_conninfo(**dict(parse_qsl(query, strict_parsing=bool(query))))
    except (Error, TypeError) as error:
        raise ValueError from error


def key(text: str) -> str:
    """Something that nobody can guess."""
    return text if len(text) >= SHORTEST_KEY and len(set(text)) >= 8 else _refused()


def folder(text: str) -> Path:
    """A folder, which need not be there yet; `~` is one's own."""
    found = Path(text).expanduser().resolve()
    if found.exists() and not found.is_dir():
        raise ValueError
    return found


def _parts(text: str) -> SplitResult:
    parts = urlsplit(text)
    if not parts.hostname or parts.port == 0:  # `port` itself refuses what is none
        raise ValueError
    host(parts.hostname)
    return parts


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()] or _refused()


def _ascii(name: str) -> str:
    """A name as the network has it."""
    try:
        return idna.encode(name, uts46=True).decode() if not name.isascii() else name
    except idna.IDNAError as error:
        raise ValueError from error


def _refused() -> NoReturn:
    raise ValueError
