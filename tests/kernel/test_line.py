"""The line between processes: two of them here, on connections of their own."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from django.db import connection

from majlis.kernel.line import DOWN_AFTER_SECONDS, Line
from tests.waiting import until

postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="asks PostgreSQL")


@pytest.fixture
def two(transactional_db) -> Iterator[tuple[Line, Line]]:
    lines = Line(), Line()
    yield lines
    for line in lines:
        line.end()
    until(lambda: lines[0].thread is lines[1].thread is None)


@postgresql
def test_what_one_tells_is_heard_by_the_other(two):
    one, other = two
    waiting, heard = ["words"], []
    other.hear("talk", heard.append)
    until(lambda: other.hears_now("talk"))
    one.tell("talk", lambda: [waiting.pop()] if waiting else [])

    until(lambda: heard == ["words"])


@postgresql
def test_turn_is_with_one_and_with_the_other_when_that_one_ends(two):
    one, other = two
    until(lambda: one.has_turn("work"))
    until(lambda: other.has_turn("other work"))
    meanwhile = other.has_turn("work")
    time.sleep(1.2)  # a beat later
    still = other.has_turn("work")
    one.end()

    until(lambda: other.has_turn("work"))
    assert (meanwhile, still) == (False, False)


@postgresql
def test_turn_is_lost_with_the_line_and_taken_by_one_that_is_heard(two):
    one, other = two
    until(lambda: one.has_turn("work"))
    until(lambda: other.has_turn("other work") and not other.has_turn("work"))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(l.pid) FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
            " WHERE l.locktype = 'advisory' AND a.application_name = 'majlis line'"
            " AND a.datname = current_database()"
        )
    until(lambda: one.times + other.times == 4)

    until(lambda: one.has_turn("work") or other.has_turn("work"))
    assert not (one.has_turn("work") and other.has_turn("work"))


@postgresql
def test_line_on_which_nothing_is_answered_counts_as_down(two):
    one, _ = two
    one.hear("talk", lambda _: None)
    until(lambda: one.has_turn("work") and one.hears_now("talk"))
    one.end()
    until(lambda: one.thread is None)
    one.held, one.listening = {"work"}, {"talk"}  # as it is while no error has been told
    one.answered_at = time.monotonic() - DOWN_AFTER_SECONDS

    assert not one.is_up
    assert not one.hears_now("talk")


@pytest.mark.skipif(connection.vendor == "postgresql", reason="asks SQLite")
def test_one_process_on_sqlite_has_every_turn_and_no_line():
    line = Line()

    assert line.has_turn("work")
    assert line.thread is None
