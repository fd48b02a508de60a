"""Installations for the tests of commands."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.config.installation import Installation, drop, migrated, postgresql_beside

Install = Callable[..., Installation]


def installations(folder: Path) -> Iterator[Install]:
    """Makes installations on the database of this test run, or on SQLite if asked for.

    They have their tables and nothing else; `is_bare` ones have nothing at all.
    """
    server = os.environ.get("MAJLIS_TEST_DATABASE_URL", "")
    made: list[Installation] = []

    def make(*, on_sqlite: bool = False, is_bare: bool = False) -> Installation:
        var, where = folder / f"var{len(made)}", "" if on_sqlite else server
        if is_bare:
            made.append(Installation(var, postgresql_beside(where) if where else ""))
        else:
            made.append(migrated(var, where))
        return made[-1]

    yield make
    for installation in made:
        if installation.database_url:
            drop(installation.database_url)


@pytest.fixture
def install(tmp_path: Path) -> Iterator[Install]:
    """Installations for one test."""
    yield from installations(tmp_path)


@pytest.fixture(scope="module")
def install_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Install]:
    """Installations for the tests of a module, which leave them as they are."""
    yield from installations(tmp_path_factory.mktemp("installed"))
