"""`python -m tradestats FILE --region DZA,LBY,MAR,MRT,TUN`: what a trade file says of a region."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import fields

from tradestats.errors import TradeError
from tradestats.flows import Flows
from tradestats.reading import BACI, Layout, read_flows
from tradestats.report import region_lines, tally_lines


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables; return 0, or 2 with one line on standard error."""
    parser = argparse.ArgumentParser(
        prog="python -m tradestats",
        description="Read a trade file, say what was read, and show a region at a glance.",
    )
    add_options(parser)
    options = parser.parse_args(arguments)
    try:
        lines = list(told(options))
    except (TradeError, OSError) as error:
        print(f"tradestats: {error}", file=sys.stderr)
        return 2
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr] # a stream of text
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("file", metavar="FILE", help="CSV file, plain, .gz or .zip")
    parser.add_argument(
        "--columns",
        metavar="NAME=COLUMN,…",
        help="what the columns are called, where the file is not BACI's own: exporter, importer, "
        "product, value; and year, quantity, unit where there are any",
    )
    parser.add_argument("--year", type=int, help="the year to take, or the year of the file")
    parser.add_argument("--region", metavar="CODES", help="countries, with commas between them")
    parser.add_argument("--level", type=int, metavar="DIGITS", help="digits of products: 4 for HS4")
    parser.add_argument(
        "--without", metavar="CODES", help="beginnings of products to leave out, such as 27,99"
    )
    parser.add_argument("--most", type=int, default=20, metavar="N", help="how many links to list")


def told(options: argparse.Namespace) -> Iterator[str]:
    """Yield the lines that the options ask for.

    Raises
    ------
    TradeError
        When the file cannot be read, or a country is not in it.
    """
    layout = _layout(options.columns) if options.columns else BACI
    flows = _cut(read_flows(options.file, layout, year=options.year), options)
    yield f"{flows.year}: {len(flows.countries)} countries, {len(flows.products)} products"
    yield from tally_lines(flows.tally, flows.unit)
    if options.region:
        yield ""
        yield from region_lines(flows, options.region.split(","), most=options.most)


def _cut(flows: Flows, options: argparse.Namespace) -> Flows:
    if options.without:
        beginnings = tuple(options.without.split(","))
        flows = flows.without(lambda code: code.startswith(beginnings), "products left out")
    return flows.at_level(options.level) if options.level else flows


def _layout(columns: str) -> Layout:
    given = dict(pair.partition("=")[::2] for pair in columns.split(","))
    known = {field.name for field in fields(Layout)} - {"countries", "digits"}
    needed = {"exporter", "importer", "product", "value"}
    if set(given) - known or needed - set(given):
        raise TradeError(
            f"--columns must name {', '.join(sorted(needed))}, and may name "
            f"{', '.join(sorted(known - needed))}."
        )
    return Layout(**given)  # type: ignore[arg-type] # what may be named here are texts


if __name__ == "__main__":
    sys.exit(main())
