"""What is kept of an edition, until it changes."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from majlis.kernel.revisions import Watching
from majlis.kernel.shelf import Shelf


class Numbers(dict[str, int | None]):
    n_closed = 0

    def of(self, edition: str) -> int | None:
        return self[edition]

    def close(self) -> None:
        self.n_closed += 1


@pytest.fixture
def numbers():
    return Numbers(tunis=1, rabat=1)


@pytest.fixture
def shelf(numbers):
    return Shelf(lambda: numbers)


def counted(shelf, key="page", edition="tunis", size=1):
    """A function that gets the thing, which is how often it was made."""
    made = []

    def make():
        made.append(len(made) + 1)
        return made[-1]

    return lambda: shelf.got(key, make, edition=edition, size=lambda _: size)


def test_thing_is_made_once_until_its_edition_changes(shelf, numbers):
    tunis, rabat = counted(shelf), counted(shelf, "other", "rabat")
    assert [tunis(), tunis(), rabat()] == [1, 1, 1]

    numbers["tunis"] = 2

    assert [tunis(), tunis(), rabat()] == [2, 2, 1]


def test_change_while_a_thing_is_made_is_seen_by_the_next_who_asks(shelf, numbers):
    def make():
        numbers["tunis"] += 1
        return "old"

    assert shelf.got("page", make, edition="tunis", size=len) == "old"
    assert shelf.find("page") is None


def test_nothing_is_kept_while_changes_cannot_be_heard(shelf, numbers):
    numbers["tunis"] = None
    get = counted(shelf)

    assert [get(), get()] == [1, 2]
    assert not shelf.kept


def test_what_was_asked_for_longest_ago_makes_room(numbers):
    shelf = Shelf(lambda: numbers, most=10)
    first, second = counted(shelf, 1, size=4), counted(shelf, 2, size=4)
    first(), second(), first()

    counted(shelf, 3, size=4)()

    assert list(shelf.kept) == [1, 3]
    assert shelf.size == 8


def test_shelf_lets_go_of_what_tells_it_changes_once(shelf, numbers):
    shelf.number("tunis")
    shelf.close()
    shelf.close()

    assert numbers.n_closed == 1


@pytest.mark.parametrize("was_asked", [True, False])
def test_nothing_is_kept_once_the_server_ends(tmp_path, was_asked):
    path = tmp_path / "majlis.sqlite3"
    with closing(sqlite3.connect(path)) as file:
        file.execute("CREATE TABLE kernel_act (id INTEGER PRIMARY KEY, edition TEXT)")
    shelf = Shelf(lambda: Watching(str(path)))
    assert not was_asked or shelf.number("tunis") is not None

    shelf.close()

    assert shelf.number("tunis") is None
