#!/usr/bin/env python3
"""Write the reference pages that follow from the code; `--check` only compares."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from api import api_pages

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference"
COMMANDS = REFERENCE / "commands.md"
FIELDS = REFERENCE / "recommendation-fields.md"
HEAD = """\
# Commands

`majlis` alone lists them; `majlis COMMAND --help` says the same as this page.
In a clone the command is `.venv/bin/majlis`.
An error is a sentence, with exit code 1, or 2 where what was typed names something that is not there.
`MAJLIS_DEBUG=1` before the command shows where in the code it happened.
Django's own commands (`migrate`, `shell`, …) work too; its `check` is reached by `python manage.py check`.

<!-- Written by `make docs` from the commands; change it there. -->
"""
MARKS = "<!-- Written by `make docs` from recommendations/fields.py -->", "<!-- end -->"


def section(name: str, help_: str, parser: argparse.ArgumentParser) -> str:
    from majlis.config.cli import own_actions, usage

    actions = own_actions(parser)
    lines = [f"## {name}", "", help_, "", "```", usage(name, parser), "```", ""]
    if actions:
        lines += ["| | |", "|---|---|"]
        for action in actions:
            shown = ", ".join(action.option_strings) or str(action.metavar or action.dest)
            lines.append(f"| `{shown}` | {(action.help or '').replace('|', '/')} |")
        lines.append("")
    return "\n".join(lines)


def commands_page() -> str:
    from django.core.management import get_commands, load_command_class

    from majlis.config.cli import RENAMED, own_commands

    apps = get_commands()
    parts = [HEAD]
    for name, help_ in own_commands().items():
        module = RENAMED.get(name, name.replace("-", "_"))
        command = load_command_class(apps[module], module)
        parts.append(section(name, help_, command.create_parser("majlis", name)))
    return "\n".join(parts)


def fields_page() -> str:
    """The page with its table of fields, between the two marks, made anew."""
    from majlis.recommendations.fields import COLUMNS, PARTS, Field

    def row(field: Field) -> str:
        seen = [field.privacy, *["matrix"] * field.in_matrix, *["brief"] * field.in_brief]
        asked = f"`{field.asked}`" if field.asked else ""
        label = f"{field.label}, beside `{field.beside}`" if field.beside else field.label
        of = f" (of `{field.of}`)" if field.of else ""
        return f"| `{field.name}`{of} | {label} | {field.kind} | {asked} | {', '.join(seen)} |"

    lines = []
    for part, (title, _about) in PARTS.items():
        lines += [f"### {title}", "", "| Field | Label | Kind | Asked from | Seen in |"]
        lines += ["|---|---|---|---|---|", *(row(f) for f in COLUMNS if f.part == part), ""]
    before, rest = FIELDS.read_text(encoding="utf-8").split(MARKS[0])
    return "\n".join([before + MARKS[0], "", *lines, MARKS[1] + rest.split(MARKS[1])[1]])


def main(argv: list[str]) -> int:
    sys.path.insert(0, str(ROOT / "src"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "majlis.config.settings"
    import django

    django.setup()
    stale = 0
    for path, made in (
        (COMMANDS, commands_page()),
        (FIELDS, fields_page()),
        *api_pages().items(),
    ):
        if "--check" not in argv:
            path.parent.mkdir(exist_ok=True)
            path.write_text(made, encoding="utf-8")
        elif path.read_text(encoding="utf-8") != made:
            print(f"{path.relative_to(ROOT)} is not what the code says: make docs", file=sys.stderr)
            stale = 1
    return stale


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
