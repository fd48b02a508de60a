"""Reading the environment: one table of all settings, each checked at start as it will be used.

What is wrong with one is said in a sentence, as `BadSetting`, which names the setting, what it is
and what it may be.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from majlis.config import kinds, network


class BadSetting(ValueError):
    """A variable of the environment holds what cannot be used; the message says what can."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A variable of the environment: how it is read, what it may be, and what it is when unset."""

    name: str
    read: Callable[[str], Any]
    may_be: str
    default: Any = ""
    is_secret: bool = False

    def value(self) -> Any:
        """What it is set to, or its default where it is not set or empty."""
        given = os.environ.get(self.name, "").strip()
        if not given:
            return self.default
        try:
            return self.read(given)
        except ValueError:
            raise BadSetting(
                f"{self.name} is “{self._shown(given)}”; it must be {self.may_be}."
            ) from None

    def _shown(self, given: str) -> str:
        """The value without a password, for a terminal or a journal."""
        if self.is_secret:
            return f"{len(given)} characters"
        hidden = re.sub(r"(://[^/@:]*):.*@", r"\1:…@", given)
        shown = "".join(sign if sign.isprintable() else "�" for sign in hidden)
        return shown if len(shown) <= 80 else f"{shown[:79]}…"


YES_OR_NO = "1 or 0 (or yes, no, on, off, true, false)"
FROM_ONE = "a whole number from 1 to 1000000"
_ALL = (
    Setting("HOST", kinds.host, "an address of this machine, such as 0.0.0.0", "127.0.0.1"),
    Setting("PORT", kinds.number(1, 65535), "a number from 1 to 65535", 8000),
    Setting("MAJLIS_PUBLIC_URL", kinds.origin, "like https://seminar.example, with no path"),
    Setting(
        "MAJLIS_ALLOWED_HOSTS", kinds.hosts,
        "names with commas between and without https:// or port, like seminar.example", [],
    ),
    Setting(
        "MAJLIS_TRUSTED_PROXIES", kinds.networks,
        "addresses or networks with commas between, like 127.0.0.1,10.0.0.0/8",
        ["127.0.0.1", "::1"],
    ),
    Setting("MAJLIS_STREAMS", kinds.number(1, 10**6), FROM_ONE, 10_000),
    Setting("MAJLIS_STREAMS_PER_ADDRESS", kinds.number(1, 10**6), FROM_ONE, 2_500),
    Setting("MAJLIS_PROCESSES", kinds.number(1, 64), "a whole number from 1 to 64", 1),
    Setting("MAJLIS_TICK", kinds.flag, YES_OR_NO, True),
    Setting("MAJLIS_EMPTY", kinds.flag, YES_OR_NO, False),
    Setting("MAJLIS_VAR", kinds.folder, "the path of a folder", None),
    Setting(
        "MAJLIS_DATABASE_URL", kinds.database,
        "like postgres://user:password@host:port/name or sqlite:////path/to/file; signs such as "
        "# and @ in a password are written %23 and %40",
    ),
    Setting("MAJLIS_SQLITE_SYNCHRONOUS", kinds.one_of("FULL", "NORMAL"), "FULL or NORMAL", "FULL"),
    Setting(
        "MAJLIS_SECRET_KEY", kinds.key,
        f"{kinds.SHORTEST_KEY} characters or more that nobody can guess", is_secret=True,
    ),
    Setting("MAJLIS_STATIC", kinds.one_of("built", "source"), "built or source"),
    Setting(
        "MAJLIS_MAIL_URL", kinds.mail_server,
        "like smtp+starttls://user:password@mail.example:587 (or smtp:// or smtps://); signs such "
        "as # and @ in a password are written %23 and %40",
    ),
    Setting(
        "MAJLIS_MAIL_FROM", kinds.sender,
        "one email address, or a name and an address: Seminar <seminar@example.org>",
    ),
    Setting(
        "MAJLIS_ORGANISER_EMAIL", kinds.email, "one email address, like ada@example.org",
        "organiser@majlis.invalid",
    ),
    Setting("MAJLIS_LOG", kinds.one_of("terminal", "file"), "terminal or file", "file"),
    Setting(
        "MAJLIS_LOG_LEVEL", kinds.one_of("DEBUG", "INFO", "WARNING", "ERROR"),
        "DEBUG, INFO, WARNING or ERROR", "INFO",
    ),
    Setting("MAJLIS_DEBUG", kinds.flag, YES_OR_NO, False),
)  # fmt: skip
SETTINGS = {setting.name: setting for setting in _ALL}


def value(name: str) -> Any:
    """What a setting of the table is set to."""
    return SETTINGS[name].value()


def unknown_names() -> list[str]:
    """Variables that are named like settings and are none: a misspelt one has no effect."""
    ours = (name for name in os.environ if name.startswith("MAJLIS_"))
    meant_for_tests = ("MAJLIS_TEST_", "MAJLIS_CHROMIUM", "MAJLIS_SHARED", "MAJLIS_REQUIRE")
    return sorted(n for n in ours if n not in SETTINGS and not n.startswith(meant_for_tests))


def public_url(var: Path, *, host: str, port: int) -> str:
    """The address given to people: as set, as served here, or as the running server noted it."""
    if given := value("MAJLIS_PUBLIC_URL"):
        return str(given)
    noted = var / "address"  # written by `majlis serve`, for commands beside it
    is_set = any(os.environ.get(name, "").strip() for name in ("HOST", "PORT"))
    if not is_set and noted.is_file():
        return noted.read_text(encoding="utf-8").strip()
    return network.served_url(host, port)


def mail(url: str) -> dict[str, Any]:
    """Django's mail settings for smtp://, smtp+starttls:// or smtps:// user:password@host:port."""
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    parts = urlsplit(url)
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or kinds.MAIL_PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+starttls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
    }


def static_is_built(folder: Path) -> bool:
    """Whether to serve collected static files: where there are some, or as MAJLIS_STATIC says."""
    said = value("MAJLIS_STATIC")
    return said == "built" or (said != "source" and (folder / "staticfiles.json").exists())


def log_file(var: Path) -> Path | None:
    """The file that takes the log: none but the terminal with MAJLIS_LOG=terminal."""
    if value("MAJLIS_LOG") == "terminal":
        return None
    folder = var / "log"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / "majlis.log"


def database(url: str, var: Path, *, synchronous: str) -> dict[str, Any]:
    """Django's description of the database that `url` names; SQLite in `var` when empty."""
    if not url or url.startswith("sqlite"):
        name = unquote(urlsplit(url).path) if url else str(var / "majlis.sqlite3")
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "CONN_MAX_AGE": None,  # closing the last one would write the whole log back each time
            "NAME": name,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": f"PRAGMA journal_mode=WAL;PRAGMA synchronous={synchronous};",
            },
        }
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,  # the pool hands out no connection of before a restart
        "OPTIONS": {
            "pool": {"min_size": 1, "max_size": 10, "timeout": 10},
            # A database that does not answer is given up, not waited for until the system does.
            "connect_timeout": 5,
            "keepalives_idle": 10,
            "keepalives_interval": 2,
            "keepalives_count": 3,
            "tcp_user_timeout": 10_000,
            **dict(parse_qsl(parts.query)),
        },
    }


def secret_key(var: Path) -> str:
    """The signing key: from the environment, else drawn once and kept in `var`, mode 0600."""
    if given := value("MAJLIS_SECRET_KEY"):
        return str(given)
    path = var / "secret_key"
    if not path.exists():
        var.mkdir(parents=True, exist_ok=True)
        fresh = var / f"secret_key.{os.getpid()}"
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
        with contextlib.suppress(FileExistsError):  # another process was quicker: theirs holds
            os.link(fresh, path)
        fresh.unlink()
    return path.read_text(encoding="utf-8").strip()
