"""Reading the environment."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


def text(name: str, default: str = "") -> str:
    """A setting from the environment, stripped."""
    return os.environ.get(name, default).strip()


def flag(name: str, default: bool = False) -> bool:
    """True for 1, true, yes, on."""
    value = text(name).lower()
    return default if not value else value in {"1", "true", "yes", "on"}


def database(url: str, var: Path, *, synchronous: str) -> dict[str, Any]:
    """Django's description of the database that `url` names; SQLite in `var` when empty."""
    if not url or url.startswith("sqlite"):
        name = unquote(urlsplit(url).path) if url else str(var / "majlis.sqlite3")
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": name,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": f"PRAGMA journal_mode=WAL;PRAGMA synchronous={synchronous};",
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError(
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
    import secrets

    path = var / "secret_key"
    if not path.exists():
        var.mkdir(parents=True, exist_ok=True)
        fresh = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(fresh, "w") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text().strip()
