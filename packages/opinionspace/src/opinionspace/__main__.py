"""`python -m opinionspace DIR`: analyse an exported conversation and print what comes out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from opinionspace.errors import OpinionError
from opinionspace.votes import Votes


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the analysis; return 0, or 2 with one line on standard error when it cannot be."""
    parser = argparse.ArgumentParser(
        prog="python -m opinionspace",
        description="Analyse a conversation exported from Polis, by the recipe of Polis "
        "or as a room of people.",
    )
    add_options(parser)
    options = parser.parse_args(arguments)
    try:
        text = analysed(options)
    except (OpinionError, OSError) as error:
        print(f"opinionspace: {error}", file=sys.stderr)
        return 2
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr] # a stream of text
    sys.stdout.write(text)
    return 0


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the options: the folder, the format and the mode."""
    parser.add_argument(
        "folder",
        metavar="DIR",
        help="folder with votes.csv and, if there, the other files; or one of the files",
    )
    parser.add_argument(
        "--agree",
        type=int,
        choices=(1, -1),
        help="the number that means agree, where the votes and their counts do not fit",
    )
    output = parser.add_mutually_exclusive_group()
    output.add_argument("--json", action="store_true", help="print everything as JSON")
    output.add_argument("--html", action="store_true", help="print one HTML page")
    parser.add_argument(
        "--room",
        action="store_true",
        help="say what the votes of 15 to 150 people carry, groups only where they are real",
    )


def analysed(options: argparse.Namespace) -> str:
    """Return the report that the options of `add_options` ask for.

    Raises
    ------
    OpinionError
        When the export cannot be read or analysed.
    """
    votes = Votes.read(options.folder, agree=options.agree)
    found = votes.analyse(mode="room" if options.room else "polis")
    return found.json() if options.json else found.html() if options.html else found.table()


if __name__ == "__main__":
    sys.exit(main())
