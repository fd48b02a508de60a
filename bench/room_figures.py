"""Figures and tables of `docs/explanation/algorithms/room.md`, from the measured files.

A table stands between `<!-- measured: NAME -->` and `<!-- end -->`, and is replaced there.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from room_charts import COLOURS, Series, chart, markdown
from room_gate import interval
from room_nulls import NULLS

DOCS = Path(__file__).resolve().parents[1] / "docs" / "explanation" / "algorithms"
Rows = list[dict[str, str]]


def _share(text: str) -> str:
    return "–" if text in ("", "nan") else f"{float(text):.0%}"


def _fine(text: str) -> str:
    return f"{float(text):.1%}"


def _two(text: str) -> str:
    return "–" if text in ("", "nan") else f"{float(text):.2f}"


def _bounds(row: dict[str, str]) -> str:
    return f"{_fine(row['low'])} to {_fine(row['high'])}"


def _line(rows: Rows, name: str, x: str, y: str) -> Series:
    bars = "low" in rows[0] and y not in ("shown by polis mode", "rand of polis mode")
    return name, [
        (
            float(row[x]),
            float(row[y]),
            float(row["low"]) if bars else float(row[y]),
            float(row["high"]) if bars else float(row[y]),
        )
        for row in rows
        if row[y] not in ("", "nan")
    ]


def _where(rows: Rows, **wanted: str) -> Rows:
    return [row for row in rows if all(row[key] == value for key, value in wanted.items())]


def _kinds(rows: Rows, key: str) -> list[str]:
    return list(dict.fromkeys(row[key] for row in rows))


def _told(row: dict[str, str]) -> str:
    bounds = f"{_fine(row['low'])}–{_fine(row['high'])}"
    return f"{_fine(row['shown'])} ({bounds}) · {_share(row['borderline'])}"


def _together(rows: Rows) -> str:
    """In how many of all these rooms groups were shown."""
    rooms = sum(int(row["rooms"]) for row in rows)
    shown = sum(round(int(row["rooms"]) * float(row["shown"])) for row in rows)
    low, high = interval(shown, rooms)
    return f"{shown} of {rooms:,}: {shown / rooms:.1%} ({low:.1%}–{high:.1%})"


def _alarms(rows: Rows) -> tuple[str, dict[str, str]]:
    """One line a kind, one column a number of people: groups, and borderline after a dot."""
    key = "rooms without groups"
    sizes = _kinds(rows, "people")
    body = []
    for kind in _kinds(rows, key):
        of_kind = {r["people"]: r for r in rows if r[key] == kind}
        told = [_told(of_kind[people]) if people in of_kind else "–" for people in sizes]
        drawn = sorted({int(r["rooms"]) for r in of_kind.values()})
        rooms = f"{drawn[0]:,}" if len(drawn) == 1 else f"{drawn[0]:,} to {drawn[-1]:,}"
        body.append((kind, rooms, *told))
    bound = [r for r in rows if r[key] in NULLS]
    if bound:
        all_of = [_together(_where(bound, people=people)) for people in sizes]
        body.insert(len(NULLS), ("*all eleven*", "", *all_of))
    table = markdown(("rooms", "drawn", *(f"{n} people" for n in sizes)), body)
    if not bound:
        return table, {}
    of_kinds = [_where(bound, **{key: kind}) for kind in _kinds(bound, key)]
    of_kinds.sort(key=lambda some: -max(float(row["shown"]) for row in some))
    lines = [_line(some, some[0][key], "people", "shown") for some in of_kinds[: len(COLOURS)]]
    title = "Groups shown in rooms that hold none: the six kinds with most"
    drawing = chart(title, "people", "share of rooms", lines, 0.05, most=0.1)
    return table, {"room-false-alarms.svg": drawing}


def _power(rows: Rows) -> tuple[str, dict[str, str]]:
    names = ("people", "statements", "groups", "gap", "rooms", "groups shown", "95 % interval")
    table = markdown(
        (*names, "borderline", "Rand", "polis Rand"),
        [
            (
                *(r[name] for name in names[:5]),
                _share(r["shown"]),
                f"{_share(r['low'])} to {_share(r['high'])}",
                _share(r["borderline"]),
                _two(r["rand when shown"]),
                _two(r["rand of polis mode"]),
            )
            for r in rows
        ],
    )
    halves = _where(rows, groups="50% / 50%", statements="50")
    shown, agreed = [], list[Any]()
    for people in _kinds(halves, "people"):
        for statements in _kinds(halves, "statements"):
            part = _where(halves, people=people, statements=statements)
            shown.append(_line(part, f"{people} people", "gap", "shown"))
            if people in ("20", "100"):
                ours, theirs = f"room, {people}", f"polis, {people}"
                right = _line(part, ours, "gap", "rand when shown")[1]
                agreed.append((ours, [(x, y, y, y) for x, y, _, _ in right]))
                agreed.append(_line(part, theirs, "gap", "rand of polis mode"))
    return table, {
        "room-power.svg": chart(
            "Two halves: how often they are shown", "gap in agreement", "share of rooms", shown
        ),
        "room-agreement.svg": chart(
            "Two halves: adjusted Rand with the truth, 50 statements",
            "gap in agreement",
            "adjusted Rand (room mode: where shown)",
            [line for line in agreed if line[1]],
        ),
    }


def _stability(rows: Rows) -> tuple[str, dict[str, str]]:
    columns = (
        "first axis real",
        "groups shown by room mode",
        "borderline",
        "rand of groups shown",
        "rand of polis mode",
    )
    table = markdown(
        ("conversation", "people", "rooms", *columns, "closed by"),
        [
            (
                r["conversation"],
                r["people"],
                r["rooms"],
                _share(r[columns[0]]),
                _share(r[columns[1]]),
                _share(r[columns[2]]),
                *(_two(r[one]) for one in columns[3:]),
                r["closed by"],
            )
            for r in rows
        ],
    )

    def mean(name: str, key: str) -> Series:
        points = []
        for people in _kinds(rows, "people"):
            values = [float(r[key]) for r in _where(rows, people=people) if r[key] != "nan"]
            if values:
                y = sum(values) / len(values)
                points.append((float(people), y, y, y))
        return name, points

    lines = [
        mean("groups shown", columns[1]),
        mean("borderline", columns[2]),
        mean("Rand, shown", columns[3]),
        mean("Rand, polis", columns[4]),
    ]
    return table, {
        "room-stability.svg": chart(
            "Rooms drawn from real conversations, mean over conversations",
            "people",
            "share of rooms; bootstrap adjusted Rand",
            [line for line in lines if line[1]],
        )
    }


def _plain(rows: Rows, shares: Sequence[str]) -> str:
    names = [name for name in rows[0] if name not in ("low", "high", "machine")]
    header = [*names, "95 % interval"] if "low" in rows[0] else names

    def cell(row: dict[str, str], name: str) -> str:
        return _fine(row[name]) if name in shares and row[name] != "nan" else row[name]

    body = [
        [
            *(cell(row, name).replace("nan", "–") for name in names),
            *([_bounds(row)] if "low" in row else []),
        ]
        for row in rows
    ]
    return markdown(header, body)


def write_page(results: Path) -> None:
    """Write every figure and table for which there is a measured file."""
    page = DOCS / "room.md"
    text = page.read_text(encoding="utf-8") if page.exists() else ""
    for path in sorted(results.glob("rooms-*.csv")):
        name = path.stem.removeprefix("rooms-")
        with path.open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        figures: dict[str, str] = {}
        if name in ("alarms", "beyond"):
            table, figures = _alarms(rows)
        elif name == "power":
            table, figures = _power(rows)
        elif name == "stability":
            table, figures = _stability(rows)
        else:
            shares = (
                "shown",
                "holding the truth",
                "rooms with a false claim",
                "share of statements claimed",
                "borderline",
                "none to groups or back",
                "any change of answer",
            )
            table = _plain(rows, shares)
            if "machine" in rows[0]:
                table += f"\n\nMeasured on {rows[0]['machine']}."
        DOCS.mkdir(parents=True, exist_ok=True)
        for file_name, drawing in figures.items():
            (DOCS / file_name).write_text(drawing, encoding="utf-8")
        pattern = rf"(<!-- measured: {name} -->\n).*?(<!-- end -->)"
        text = re.sub(pattern, lambda m, t=table: f"{m[1]}\n{t}\n\n{m[2]}", text, flags=re.DOTALL)  # type: ignore[misc]
    if text:
        page.write_text(text, encoding="utf-8")
