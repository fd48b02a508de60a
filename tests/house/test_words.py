"""Laws of words: one analysis for searching and sorting, signs as each language writes them."""

import ast
import re
from pathlib import Path

SOURCES = [path for path in Path("src/majlis").rglob("*.py") if "migrations" not in path.parts]
TEMPLATES = [p for p in Path("src/majlis").rglob("templates/**/*") if p.suffix in {".html", ".txt"}]
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


def test_letters_are_folded_in_one_place():
    places = lines_with(re.compile(r"casefold\(|NFK|combining\(|\\u064b"))
    assert {place.split(":")[0] for place in places} == {
        "src/majlis/kernel/analysis.py",
        "src/majlis/kernel/writing.py",  # addresses and codes in their usual width
        "src/majlis/briefs/glyphs.py",  # what fonts have, in plain form
        "src/majlis/briefs/vowels.py",  # words with marks, for the search of a PDF
        "src/majlis/recommendations/queries/checks.py",
        "src/majlis/config/backup/archive.py",  # names that some disks take for one
    }


def test_direction_is_asked_of_one_function():
    """`direction_of` in Python, `|direction` in templates."""
    (place,) = lines_with(re.compile(r'"rtl" if .*== '))
    assert place.startswith("src/majlis/kernel/words.py")
    assert [path for path in TEMPLATES if "%}rtl{%" in path.read_text("utf-8")] == []


SEPARATORS = {", ", "; ", ": ", "، "}
ENGLISH = (  # commands, faults in packs and data files speak English to whoever runs the server
    "management/commands/", "kernel/pack/", "series/pack/", "config/", "queries/matrix.py",
    "opinion/imports.py", "front/packs.py", "registration/pack.py",
)  # fmt: skip


def test_lists_that_people_read_are_joined_by_their_language():
    found = [
        f"{path}:{call.lineno}"
        for path in SOURCES
        if not any(part in path.as_posix() for part in ENGLISH)
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "join"
        and isinstance(call.func.value, ast.Constant)
        and call.func.value.value in SEPARATORS
    ]
    assert found == []


QUOTED = re.compile(r"[“«‘]\s*(?:\{[{%]|\{\w)|(?:\}|%\})\s*[”»’]")
BETWEEN = re.compile(r"\}\}\s*[,;،؛:]\s*\{[{%]|not forloop\.last %\}[,;]")
MARKED = re.compile(r"{% (blocktranslate|comment)\b.*?{% end\1 %}|{% translate\b.*?%}", re.DOTALL)


def test_templates_leave_quotation_marks_and_commas_to_the_language():
    """`<q>` or `quoted` for what is quoted, `|joined` and `{% colon %}` between values."""
    found = []
    for path in TEMPLATES:
        text = path.read_text("utf-8")
        unmarked = MARKED.sub("", text)
        signs = (QUOTED.search(unmarked), BETWEEN.search(unmarked), re.search(r"\|join:", text))
        found += [f"{path}: {sign[0]}" for sign in signs if sign]
    assert found == []


def test_code_leaves_quotation_marks_to_the_language():
    found = [
        place
        for place in lines_with(re.compile(r'f"[^"]*[“«]\{'))
        if not any(part in place for part in ENGLISH)
    ]
    assert found == []
