"""`python -m deciding FILE.csv --rule RULE.json`: apply a rule to ratings and print what comes."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence

from deciding.decide import decide
from deciding.errors import DecidingError
from deciding.reading import read_ballots, read_rule
from deciding.report import rule_text, table


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the decision; return 0, or 2 with one line on standard error when there is none."""
    parser = argparse.ArgumentParser(
        prog="python -m deciding",
        description="Apply a rule of decision to ratings, and print the outcome.",
    )
    parser.add_argument(
        "file",
        metavar="FILE.csv",
        nargs="?",
        help="table of ratings; without it the rule and its digest are printed, to be stored",
    )
    parser.add_argument("--rule", metavar="RULE.json", required=True, help="the rule")
    parser.add_argument(
        "--digest", metavar="HEX", help="digest stored before: refuse a rule that has another"
    )
    parser.add_argument("--json", action="store_true", help="print everything as JSON")
    options = parser.parse_args(arguments)
    try:
        text = decided(options)
    except (DecidingError, OSError) as error:
        print(f"deciding: {error}", file=sys.stderr)
        return 2
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr] # a stream of text
    sys.stdout.write(text)
    return 0


def decided(options: argparse.Namespace) -> str:
    """Return what the options of the command line ask for.

    Raises
    ------
    DecidingError
        When the rule or the ratings cannot be read, or do not fit each other.
    """
    rule = read_rule(options.rule)
    if options.digest:
        rule.require_digest(options.digest)
    if options.file is None:
        return f"{rule.to_json()}\n" if options.json else f"{rule_text(rule)}\n"
    *earlier, ballots = read_ballots(options.file, rule)
    found = decide(rule, ballots, earlier=earlier)
    if options.json:
        everything = found.plain() | {"digest": found.digest}
        return json.dumps(everything, ensure_ascii=False, indent=1) + "\n"
    return table(found)


if __name__ == "__main__":
    sys.exit(main())
