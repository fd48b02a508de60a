"""`python -m opinionspace DIR`: analyse an exported conversation and print what comes out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from opinionspace.errors import OpinionError
from opinionspace.export import read_export
from opinionspace.polis import analyse
from opinionspace.report import as_html, as_json, as_table


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the analysis; return 0, or 2 with one line on standard error when it cannot be."""
    parser = argparse.ArgumentParser(
        prog="python -m opinionspace",
        description="Analyse a conversation exported from Polis, by the recipe of Polis.",
    )
    parser.add_argument("folder", help="folder with votes.csv and, if there, the other files")
    dress = parser.add_mutually_exclusive_group()
    dress.add_argument("--json", action="store_true", help="print everything as JSON")
    dress.add_argument("--html", action="store_true", help="print one HTML page")
    options = parser.parse_args(arguments)
    write = as_json if options.json else as_html if options.html else as_table
    try:
        export = read_export(options.folder)
        text = write(analyse(export.votes()), export)
    except OpinionError as error:
        print(f"opinionspace: {error}", file=sys.stderr)
        return 2
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr] # a stream of text
    sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
