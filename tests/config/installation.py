"""A real installation of its own: a folder, a database, and the `majlis` command run in it."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
import uuid
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parents[2]
COMMAND = (
    "import sys; from majlis.config.cli import main; sys.exit(main(['majlis', *sys.argv[1:]]))"
)


@dataclass
class Installation:
    """A folder and, on PostgreSQL, a database that go away with the test."""

    var: Path
    database_url: str = ""
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("MAJLIS_")}
        kept.pop("DJANGO_SETTINGS_MODULE", None)
        return {
            **kept,
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            "MAJLIS_VAR": str(self.var),
            "MAJLIS_DATABASE_URL": self.database_url,
            "MAJLIS_STATIC": "source",
            "PYTHONDONTWRITEBYTECODE": "",  # compiled once, servers start as they do at home
            **self.settings,
        }

    def command(self, *words: object) -> list[str]:
        return [sys.executable, "-c", COMMAND, *map(str, words)]

    def run(self, *words: object) -> subprocess.CompletedProcess[str]:
        """Run `majlis …`; its words and its exit code."""
        return subprocess.run(
            self.command(*words), env=self.environment, capture_output=True, text=True, timeout=300
        )

    def python(self, code: str) -> str:
        """Run a few lines inside the installation."""
        setup = (
            "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'majlis.config.settings'\n"
            "import django; django.setup()\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", setup + code],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


def migrated(folder: Path, server: str = "") -> Installation:
    """An installation with tables and nobody in it, on a copy of a database that is migrated once.

    `server` is the address of any database of a PostgreSQL; without it, SQLite.
    """
    template = _template(server)
    if server:
        return Installation(folder, postgresql_beside(server, template.database_url))
    folder.mkdir(parents=True)
    shutil.copy(template.var / "majlis.sqlite3", folder)
    return Installation(folder)


@cache
def _template(server: str) -> Installation:
    """The database that is copied; it goes away with this process."""
    folder = Path(tempfile.mkdtemp(prefix="majlis-template-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    url = postgresql_beside(server) if server else ""
    if url:
        atexit.register(drop, url)
    made = Installation(folder, url)
    done = made.run("migrate")
    assert done.returncode == 0, done.stderr
    return made


def postgresql_beside(url: str, template: str = "") -> str:
    """The address of a fresh database on the server of `url`: empty, or a copy of another."""
    server = url.rsplit("/", 1)[0]
    name = f"test_{uuid.uuid4().hex[:12]}"
    like = f" TEMPLATE {template.rsplit('/', 1)[1]}" if template else ""
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}{like}")
        connection.execute(f"ALTER DATABASE {name} SET synchronous_commit = off")  # no power cut
    return f"{server}/{name}"


def flush_each_commit(url: str) -> None:
    """Have the database wait for the disk, as in use: what is measured must pay for it."""
    server, name = url.rsplit("/", 1)
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {name} RESET synchronous_commit")


def drop(url: str) -> None:
    server, name = url.rsplit("/", 1)
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
