"""Lines for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

WIDEST_TEXT = 60


def shortened(text: str, most: int) -> str:
    """Return the text, cut where it is longer, which a sign shows."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def aligned(*rows: Sequence[str]) -> list[str]:
    """Return a line for each row, columns under one another; the last holds text, cut to fit."""
    widths = [max(map(len, column)) for column in zip(*(row[:-1] for row in rows), strict=True)]
    return [
        "  ".join([*map(str.rjust, row[:-1], widths), shortened(row[-1], WIDEST_TEXT)])
        for row in rows
    ]
