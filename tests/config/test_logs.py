"""Log lines."""

import logging
import sys

import pytest

from majlis.config.logs import NameValue, SharedFile


def line_of(name: str, message: str, *args: object, error: bool = False, **extra: object) -> str:
    record = logging.getLogger(name).makeRecord(
        name, logging.ERROR, __file__, 1, message, args, sys.exc_info() if error else None
    )
    vars(record).update(extra)
    return NameValue().format(record).split(" ", 1)[1]  # without the time


def test_line_is_names_and_values():
    line = line_of("majlis.request", "request", facts={"route": "dialogue:vote", "ms": 12})

    assert line == "level=error from=majlis.request what=request route=dialogue:vote ms=12"


def test_value_with_spaces_quotes_or_lines_stays_on_its_line():
    line = line_of("majlis.x", "done", facts={"why": 'a "b"\nc=d'})

    assert line == r'level=error from=majlis.x what=done why="a \"b\"\nc=d"'


def test_sentences_of_libraries_are_left_out_for_they_quote_rows_and_paths():
    line = line_of("django.request", "Internal Server Error: %s", "/v/secret-token/")

    assert line == "level=error from=django.request"


def test_error_is_named_by_kind_and_place_without_what_it_says():
    try:
        raise ValueError("ada@seminar.example")
    except ValueError:
        line = line_of("majlis.x", "failed", error=True)

    assert line == 'level=error from=majlis.x what=failed error=ValueError where=""'


@pytest.mark.django_db
def test_request_is_logged_by_the_name_of_its_address(client, caplog):
    with caplog.at_level(logging.INFO, logger="majlis.request"):
        client.get("/v/0123456789-secret/?q=Ada")

    (record,) = [r for r in caplog.records if r.name == "majlis.request"]
    assert "secret" not in NameValue().format(record)
    assert record.facts["status"] in {302, 404, 200, 410}


def test_file_that_two_processes_turn_over_loses_no_line(tmp_path):
    file = tmp_path / "majlis.log"
    one, other = (SharedFile(file, maxBytes=2000, backupCount=20, delay=True) for _ in range(2))
    for n in range(400):
        for writer in (one, other)[:: 1 if n % 3 else -1]:
            writer.handle(logging.makeLogRecord({"msg": f"{n} {writer is one}"}))
    for writer in (one, other):
        writer.close()

    files = [path for path in tmp_path.iterdir() if path.suffix != ".lock"]
    lines = [line for path in files for line in path.read_text().splitlines()]
    assert len(lines) == len(set(lines)) == 800
    assert len(files) < 8  # each of 2,000 bytes, but for the newest
    assert max(path.stat().st_size for path in files) <= 2000
