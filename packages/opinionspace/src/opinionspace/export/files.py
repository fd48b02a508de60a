"""Read and write the four files of a Polis export."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from opinionspace._tables import frozen
from opinionspace.errors import BadExport
from opinionspace.export._csv import (
    MOST,
    column_name,
    number_columns,
    rows,
    table,
    text_column,
    weight,
)
from opinionspace.export._folder import files_of, kind_of
from opinionspace.export._sign import is_turned
from opinionspace.export._wide import votes_by_person
from opinionspace.export.tables import Comment, Export, Participant, VoteLog
from opinionspace.votes import AGREE, DISAGREE, IntArray, Votes

FILES = ("summary", "comments", "votes", "participants-votes")
HEADERS = {
    "comments": "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,is-meta,"
    "comment-body",
    "votes": "timestamp,datetime,comment-id,voter-id,vote",
    "participants-votes": "participant,group-id,n-comments,n-votes,n-agree,n-disagree",
}
EARLIEST, LATEST = -62_135_596_800_000, 253_402_300_799_000  # years 1 and 9999
TICKS = (1, 1_000, 1_000_000)  # in a millisecond
IN_1973 = 100_000_000_000  # milliseconds
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
)  # fmt: skip


def read_export(source: Path | str, *, agree: int | None = None) -> Export:
    """Read a folder with `votes.csv` and, where they are, the other three files; or one file.

    The files may also be named as they are downloaded (`2025-06-19-1201-3phdex2kjf-votes.csv`),
    and saved by a spreadsheet: with semicolons or tabs, in UTF-16, with a byte-order mark. Where
    there is `participants-votes.csv` alone, its columns by statement are the votes, and nothing
    is known about their order.

    Spelling of headers may vary (`is-meta`, `is_meta`, `Is Meta`), columns may stand in any
    order, be missing, or be new; only the ids and the vote are needed. An empty field may be
    written `NA`, `null` or `nan`, and a whole number `3.0`, as tools write them that tables
    pass through. Times are in milliseconds, microseconds or nanoseconds since 1970, or before.

    Parameters
    ----------
    source : path
        A folder; or one file, which is then read alone.
    agree : 1 or -1, optional
        The number that means agree. Left out it is 1, as in exports of Polis, unless the counts
        that the other files hold say the opposite: then the export is refused.

    Raises
    ------
    BadExport
        With file and line: no folder, no votes file, files of two exports, a missing or doubled
        column, a line with more or fewer fields, an id or a time that is no whole number or too
        large, a vote, a moderation or a mark that is none of its values, a comment or a
        participant listed twice, text that is not UTF-8, votes whose sign is turned.
    ValueError
        When `agree` is neither 1 nor -1.
    """
    if agree not in (None, 1, -1):
        raise ValueError(f"agree is written as 1 or -1, not {agree!r}")
    if not isinstance(source, str | Path):
        raise TypeError(
            f"an export is named by its folder or file, not {type(source).__name__}; votes that "
            "are there already go into Votes.from_events or Votes.from_matrix"
        )
    source = Path(source)
    if source.is_file():
        files = {kind_of(source): source}
    elif source.is_dir():
        files = files_of(source)
    else:
        raise BadExport("no such folder: name the one that holds votes.csv", path=source)
    main = files.get("votes") or files.get("participants-votes")
    if main is None:
        there = ", ".join(sorted(one.name for one in source.glob("*.csv"))[:8]) or "none"
        raise BadExport(
            f"no such file; the CSV files of the folder are: {there}", path=source / "votes.csv"
        )
    headers: dict[str, tuple[str, ...]] = {}
    log = _read_log(main, headers) if "votes" in files else votes_by_person(main)
    comments = tuple(_read_comments(files.get("comments"), headers))
    people = files.get("participants-votes")
    participants = tuple(_read_participants(people, headers))
    if agree == -1:
        log = replace(log, stance=frozen(-log.stance))
    elif agree is None and is_turned(log, comments, participants):
        raise BadExport(
            "the counts in the other files say the opposite of these votes, as if -1 meant agree. "
            "Read them with agree=-1 (--agree -1), or with agree=1 if they are right",
            path=main,
        )
    summary = _read_summary(files.get("summary"))
    return Export(log, comments, participants, summary, headers, main)


def _read_log(path: Path, headers: dict[str, tuple[str, ...]]) -> VoteLog:
    needed = ("comment-id", "voter-id", "vote")
    spelled, columns = number_columns(path, needed, (*needed, "timestamp"), _wrong_value)
    headers["votes"] = spelled
    time = columns.get("timestamp")
    names = [column_name(one) for one in spelled]
    told = next((one for one in ("important", "importance") if one in names), None)
    important = None
    if told is not None:
        important = np.array([weight(t, told, path, at) for at, t in text_column(path, told)])
    ticks = 1 if time is None or not len(time) else _ticks(time, path)
    return VoteLog(
        frozen(columns["comment-id"]),
        frozen(columns["voter-id"]),
        frozen(columns["vote"].astype(np.int8)),
        None if time is None else frozen(time),
        ticks,
        None if important is None else frozen(important),
    )


def _wrong_value(name: str, numbers: IntArray) -> tuple[int, str] | None:
    low, high = (-1, 1) if name == "vote" else (-MOST, MOST)
    wrong = np.flatnonzero((numbers < low) | (numbers > high))
    if len(wrong) == 0:
        return None
    said = f"{name} must be 1 (agree), 0 (pass) or -1 (disagree), not {numbers[wrong[0]]}"
    return int(wrong[0]), said


def _ticks(times: IntArray, path: Path) -> int:
    """Return how many of the units of these times are a millisecond: the largest unit that fits.

    A time that is a plausible number of a larger unit, among smaller ones, would be out of order.
    """
    low, high = int(times.min()), int(times.max())
    ticks = next((t for t in TICKS if EARLIEST * t <= low and high <= LATEST * t), TICKS[-1])
    if ticks > 1 and ((times >= IN_1973) & (times < IN_1973 * ticks)).any():
        odd = int(times[(times >= IN_1973) & (times < IN_1973 * ticks)][0])
        raise BadExport(f"times are in several units: {odd} and {high}", path=path)
    return ticks


def _milliseconds(time: int) -> int:
    """Return a time in milliseconds, whichever of the units it is in."""
    return time // next((t for t in TICKS if EARLIEST * t <= time <= LATEST * t), TICKS[-1])


def _read_comments(path: Path | None, headers: dict[str, tuple[str, ...]]) -> Iterator[Comment]:
    if path is None:
        return
    headers["comments"], lines = table(path, "comment-id")
    for id, row in lines:
        moderated = row.number("moderated") or 0
        if moderated not in (-1, 0, 1):
            raise row.fault(f"moderated must be 1, 0 or -1, not {moderated}")
        timestamp = row.number("timestamp")
        yield Comment(
            id=id,
            moderated=moderated,
            is_meta=row.mark("is-meta") or False,
            is_seed=row.mark("is-seed"),
            body=row.fields.get("comment-body"),
            author_id=row.number("author-id"),
            timestamp=None if timestamp is None else _milliseconds(timestamp),
            agrees=row.number("agrees"),
            disagrees=row.number("disagrees"),
            importance=row.share("importance"),
        )


def _read_participants(
    path: Path | None, headers: dict[str, tuple[str, ...]]
) -> Iterator[Participant]:
    if path is None:
        return
    headers["participants-votes"], lines = table(path, "participant")
    for id, row in lines:
        yield Participant(
            id=id,
            group=row.number("group-id"),
            n_comments=row.number("n-comments") or 0,
            xid=row.fields.get("xid"),
            n_agree=row.number("n-agree"),
            n_disagree=row.number("n-disagree"),
        )


def _read_summary(path: Path | None) -> dict[str, str]:
    if path is None:
        return {}
    summary = {}
    for line, record in rows(path):
        if len(record) != 2:
            raise BadExport(f"{len(record)} fields where there must be two", path=path, line=line)
        summary[record[0]] = record[1]
    return summary


def write_export(export: Export, folder: Path | str) -> None:
    """Write the four files; what `read_export` read comes out as it was.

    Headers keep the spelling and the columns they were read with; `datetime` is always
    written in UTC. Counts and votes per person are those of the folded log. A column this
    package does not know is left empty.

    Raises
    ------
    OSError
        When the folder cannot be made or written to.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in export_texts(export).items():
        (folder / name).write_text(text, encoding="utf-8", newline="")


def export_texts(export: Export) -> dict[str, str]:
    """Return the four files by name, as `write_export` writes them."""
    return {
        "summary.csv": _written(export.summary.items()),
        "comments.csv": _written(_comment_lines(export)),
        "votes.csv": _written(_vote_lines(export)),
        "participants-votes.csv": _written(_participant_lines(export)),
    }


def _written(lines: Iterable[Iterable[object]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(lines)
    return out.getvalue()


def _comment_lines(export: Export) -> Iterator[list[object]]:
    spelled, names = _header(export, "comments")
    yield spelled
    for one in export.comments:
        values: dict[str, object] = {
            "timestamp": one.timestamp,
            "datetime": _moment(one.timestamp),
            "comment-id": one.id,
            "author-id": one.author_id,
            "agrees": one.agrees,
            "disagrees": one.disagrees,
            "moderated": one.moderated,
            "is-meta": one.is_meta,
            "is-seed": one.is_seed,
            "importance": one.importance,
            "comment-body": one.body,
        }
        yield [values.get(name) for name in names]


def _vote_lines(export: Export) -> Iterator[list[object]]:
    log = export.log
    spelled, names = _header(export, "votes")
    yield spelled
    columns: dict[str, Iterable[object]] = {
        "comment-id": log.comment.tolist(),
        "voter-id": log.voter.tolist(),
        "vote": log.stance.tolist(),
    }
    if log.timestamp is not None:
        columns["timestamp"] = log.timestamp.tolist()
        columns["datetime"] = map(_moment, (log.timestamp // log.ticks).tolist())
    if log.important is not None:
        columns |= dict.fromkeys(("important", "importance"), log.important.tolist())
    nothing = [None] * len(log)
    for line in zip(*(columns.get(name, nothing) for name in names), strict=True):
        yield list(line)


def _participant_lines(export: Export) -> Iterator[list[object]]:
    votes = export.votes()
    voted = votes.statement_ids[votes.counts().seen > 0]
    spelled, names = _header(export, "participants-votes", map(str, voted.tolist()))
    yield spelled
    row_of = {voice: row for row, voice in enumerate(votes.voice_ids.tolist())}
    for one in export.participants or map(Participant, row_of):
        stances = _stances(votes, row_of.get(one.id))
        given = list(stances.values())
        values: dict[str, object] = {
            "participant": one.id,
            "xid": one.xid,
            "group-id": one.group,
            "n-comments": one.n_comments,
            "n-votes": len(given),
            "n-agree": given.count(AGREE),
            "n-disagree": given.count(DISAGREE),
            **stances,
        }
        yield [values.get(name) for name in names]


def _header(export: Export, file: str, more: Iterable[str] = ()) -> tuple[list[object], list[str]]:
    """Return a file's header as it is spelled, and the names of its columns."""
    spelled = export.headers.get(file) or (*HEADERS[file].split(","), *more)
    return list(spelled), [column_name(one) for one in spelled]


def _stances(votes: Votes, row: int | None) -> dict[str, int]:
    if row is None:
        return {}
    cells = slice(votes.indptr[row], votes.indptr[row + 1])
    columns = votes.statement_ids[votes.statement_index[cells]].tolist()
    return dict(zip(map(str, columns), votes.stance[cells].tolist(), strict=True))


def _moment(milliseconds: int | None) -> str | None:
    """Write a time the way exports do, in UTC and whatever the locale."""
    if milliseconds is None:
        return None
    at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)
    day, month = WEEKDAYS[at.weekday()], MONTHS[at.month - 1]
    return f"{day} {month} {at:%d %H:%M:%S} UTC {at:%Y}"
