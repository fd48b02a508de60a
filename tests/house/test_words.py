"""Laws of words: one analysis for searching and sorting, signs as each language writes them."""

import re
from pathlib import Path

SOURCES = [path for path in Path("src/majlis").rglob("*.py") if "migrations" not in path.parts]
BY_DATABASE = re.compile(
    r"__(?:icontains|istartswith|iregex|iexact|search)=|order_by\([^)]*\"-?(?:\w+__)?(?:name|title|words)\""
)


def lines_with(pattern):
    return [
        f"{path}:{n}: {line.strip()}"
        for path in SOURCES
        for n, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if pattern.search(line)
    ]


def test_no_database_searches_or_sorts_what_people_wrote():
    """They fold letters each in its own way; `kernel.analysis` answers the same everywhere."""
    assert lines_with(BY_DATABASE) == []
