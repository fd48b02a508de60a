"""Find the files of an export in a folder, under their plain names or those of a download."""

from __future__ import annotations

import re
from pathlib import Path

from opinionspace.errors import BadExport
from opinionspace.export._csv import column_name, rows

#: Each file by its name, as today's Polis ends it and as older exports did.
NAMES = {
    "summary": "summary",
    "comments": "comments",
    "votes": "votes",
    "participants-votes": "participants?-votes",
}
#: `2025-06-19-1201-3phdex2kjf-votes.csv`, perhaps ` (1)` where a browser had the name already.
DOWNLOADED = r"(?i)(?P<export>(?:[^~.].*[-_ ])?){name}(?P<again> ?\(\d+\))?\.csv"


def kind_of(path: Path) -> str:
    """Return which file of an export this one is, by its header: the votes, or those by person."""
    _, header = next(rows(path), (1, []))
    names = {column_name(one) for one in header}
    return "participants-votes" if "participant" in names else "votes"


def files_of(folder: Path) -> dict[str, Path]:
    """Return the files of the one export in a folder, by their plain names.

    Raises
    ------
    BadExport
        When two files could be the same one, or the files are of two exports.
    """
    names = sorted(path.name for path in folder.iterdir() if path.is_file())
    found: dict[str, Path] = {}
    exports: dict[str, str] = {}
    for kind, pattern in NAMES.items():
        matches = [
            m for name in names if (m := re.fullmatch(DOWNLOADED.format(name=pattern), name))
        ]
        if kind == "votes":
            matches = [m for m in matches if not re.search("(?i)participants?[-_ ]$", m["export"])]
        plain = [m for m in matches if not m["export"] and not m["again"]]
        if len(plain or matches) > 1:
            first, second = (m[0] for m in (plain or matches)[:2])
            raise BadExport(
                f"{first} and {second} could both be the {kind}: leave the one that counts",
                path=folder,
            )
        for match in plain or matches:
            found[kind] = folder / match[0]
            exports[match["export"]] = match[0]
    if len(exports) > 1:
        raise BadExport(
            f"{' and '.join(exports.values())} are of different exports: leave the files of one",
            path=folder,
        )
    return found
