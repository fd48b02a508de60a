"""Reading the environment. What is wrong with it is said in a sentence, as `BadSetting`."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from majlis.config import network


class BadSetting(ValueError):
    """A variable of the environment holds what cannot be used; the message says what can."""


def text(name: str, default: str = "") -> str:
    """A setting from the environment, stripped."""
    return os.environ.get(name, default).strip()


def flag(name: str, default: bool = False) -> bool:
    """True for 1, true, yes, on."""
    value = text(name).lower()
    return default if not value else value in {"1", "true", "yes", "on"}


def port(name: str, default: int) -> int:
    """The number of a port."""
    value = text(name) or str(default)
    if not value.isdecimal() or not 0 < int(value) < 65536:
        raise BadSetting(f"{name} must be a number from 1 to 65535; it is “{value}”.")
    return int(value)


def number(name: str, default: int) -> int:
    """A whole number, one or more."""
    value = text(name) or str(default)
    if not (value.isascii() and value.isdecimal() and 0 < int(value[:12]) < 10**9):
        raise BadSetting(f"{name} must be a whole number from 1 on; it is “{value}”.")
    return int(value)


def words(name: str) -> list[str]:
    """A list with commas between."""
    return [word.strip() for word in text(name).split(",") if word.strip()]


def one_of(name: str, *allowed: str) -> str:
    """One of a few words, the first being the default."""
    value = text(name).upper() or allowed[0]
    if value not in allowed:
        raise BadSetting(f"{name} must be {' or '.join(allowed)}; it is “{value}”.")
    return value


def public_url(var: Path, *, host: str, port: int) -> str:
    """The address given to people: as set, as served here, or as the running server noted it."""
    given = text("MAJLIS_PUBLIC_URL").rstrip("/")
    if given:
        parts = urlsplit(given)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path:
            raise BadSetting(
                f"MAJLIS_PUBLIC_URL must be like https://seminar.example; it is “{given}”."
            )
        return given
    noted = var / "address"  # written by `majlis serve`, for commands beside it
    if not text("HOST") and not text("PORT") and noted.is_file():
        return noted.read_text(encoding="utf-8").strip()
    return network.served_url(host, port)


def mail(url: str) -> dict[str, Any]:
    """Django's mail settings for smtp://, smtp+starttls:// or smtps:// user:password@host:port."""
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    parts = urlsplit(url)
    ports = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
    if parts.scheme not in ports or not parts.hostname:
        raise BadSetting(
            "MAJLIS_MAIL_URL must be like smtp+starttls://user:password@mail.example:587 "
            "(or smtp:// or smtps://)."
        )
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or ports[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+starttls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
    }


def static_is_built(folder: Path) -> bool:
    """Whether to serve collected static files: where there are some, or as MAJLIS_STATIC says."""
    said = text("MAJLIS_STATIC")
    return said == "built" or (said != "source" and (folder / "staticfiles.json").exists())


def log_file(var: Path) -> Path | None:
    """The file that takes the log: none but the terminal with MAJLIS_LOG=terminal."""
    if text("MAJLIS_LOG") == "terminal":
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
    if parts.scheme not in {"postgres", "postgresql"}:
        raise BadSetting(
            f"MAJLIS_DATABASE_URL begins with “{parts.scheme}:”; use sqlite:///path or "
            "postgres://user:password@host:port/name."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 10}, **dict(parse_qsl(parts.query))},
    }


def secret_key(var: Path) -> str:
    """The signing key: from the environment, else drawn once and kept in `var`, mode 0600."""
    given = text("MAJLIS_SECRET_KEY")
    if given:
        return given
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
