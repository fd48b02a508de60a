"""A change of anything is told, whoever makes it."""

from __future__ import annotations

import sqlite3

import pytest
from django.db import connection, transaction

from majlis.kernel import ledger
from majlis.kernel.ledger import CLOCK
from majlis.kernel.line import Line
from majlis.kernel.revisions import Listening, Watching
from majlis.series.states import Verb
from tests.factories.series import EditionFactory
from tests.waiting import until

# --- SQLite: another connection writes to the file ------------------------------------------------


@pytest.fixture
def file(tmp_path):
    """Another connection to a database in a file, with an audit log."""
    path = tmp_path / "majlis.sqlite3"
    with sqlite3.connect(path, isolation_level=None) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute(
            "CREATE TABLE kernel_act (id INTEGER PRIMARY KEY AUTOINCREMENT, edition TEXT)"
        )
        yield other
    other.close()


@pytest.fixture
def watch(file, tmp_path):
    made = Watching(str(tmp_path / "majlis.sqlite3"))
    yield made
    made.close()


def write(file, edition: str) -> None:
    file.execute("INSERT INTO kernel_act (edition) VALUES (?)", [edition])


def test_line_in_the_file_changes_the_number_of_its_edition_and_of_all(file, watch):
    before = [watch.of(name) for name in ("one", "two", "")]
    write(file, "one")
    after = [watch.of(name) for name in ("one", "two", "")]

    assert [a != b for a, b in zip(after, before, strict=True)] == [True, False, True]


def test_file_written_to_without_a_line_changes_no_number(file, watch):
    write(file, "one")
    before = watch.of("one"), watch.of("")
    file.execute("CREATE TABLE votes (id INTEGER)")

    assert (watch.of("one"), watch.of("")) == before


def test_line_that_is_deleted_and_written_again_is_another_change(file, watch):
    write(file, "one")
    before = watch.of("one")
    file.execute("DELETE FROM kernel_act")
    write(file, "one")

    assert watch.of("one") != before


def test_file_that_did_not_change_is_not_asked_again(file, watch):
    write(file, "one")
    watch.of("one")
    asked = []
    watch.file.set_trace_callback(asked.append)
    watch.of("one")

    assert asked == ["PRAGMA data_version"]


# --- PostgreSQL: every line notifies --------------------------------------------------------------

postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="asks PostgreSQL")


@pytest.fixture
def heard(transactional_db):
    made = Listening(Line())
    until(lambda: made.of("") is not None)
    yield made
    made.close()
    made.line.end()
    until(lambda: made.line.thread is None)


def note(edition) -> None:
    ledger.record(Verb.LOADED_PACK, edition, by=CLOCK)


@postgresql
def test_line_is_heard_for_its_edition_and_for_all(heard):
    one, two = EditionFactory(slug="one"), EditionFactory(slug="two")
    before = {name: heard.of(name) for name in ("one", "two", "")}
    note(one)
    until(lambda: heard.of("one") != before["one"] and heard.of("") != before[""])

    assert heard.of("two") == before["two"]
    note(two)
    until(lambda: heard.of("two") != before["two"])


@postgresql
def test_line_of_this_process_is_heard_at_once(heard):
    before = heard.of("one")
    note(EditionFactory(slug="one"))

    assert heard.of("one") != before


@postgresql
def test_line_that_is_rolled_back_was_no_change(heard):
    edition = EditionFactory(slug="one")
    before = heard.of("one")
    with transaction.atomic():
        note(edition)
        transaction.set_rollback(True)
    note(EditionFactory(slug="two"))  # what comes after is heard
    until(lambda: heard.of("two") != before)

    assert heard.of("one") == before


@postgresql
def test_nothing_is_known_while_the_server_cannot_be_heard(heard):
    before = heard.of("one")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = 'majlis line' AND datname = current_database()"
        )
    until(lambda: heard.of("one") is None)
    until(lambda: heard.of("one") is not None)

    assert heard.of("one") != before
