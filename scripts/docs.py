#!/usr/bin/env python3
"""Write `docs/reference/commands.md` from the commands themselves; `--check` only compares."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "reference" / "commands.md"
HEAD = """\
# Commands

`majlis` alone lists them; `majlis COMMAND --help` tells the same as this page.
In a clone the command is `.venv/bin/majlis`.
Whatever goes wrong is said in a sentence, with exit code 1; `MAJLIS_DEBUG=1` before the command shows where it happened.
Django's own commands (`migrate`, `shell`, …) work too; its `check` is reached by `python manage.py check`.

<!-- Written by `make docs` from the commands; change it there. -->
"""
DJANGO = {
    "help",
    "version",
    "verbosity",
    "settings",
    "pythonpath",
    "traceback",
    "no_color",
    "force_color",
    "skip_checks",
}


def usage(name: str, actions: list[argparse.Action]) -> str:
    words = [f"majlis {name}"]
    for action in actions:
        word = str(action.metavar or action.dest)
        if action.option_strings:
            word = action.option_strings[-1]
            if action.nargs != 0:
                word += f" {action.metavar or action.dest.upper()}"
        words.append(word if action.required else f"[{word}]")
    return " ".join(words)


def section(name: str, help_: str, parser: argparse.ArgumentParser) -> str:
    actions = [a for a in parser._actions if a.dest not in DJANGO]
    lines = [f"## {name}", "", help_, "", "```", usage(name, actions), "```", ""]
    if actions:
        lines += ["| | |", "|---|---|"]
        for action in actions:
            shown = ", ".join(action.option_strings) or str(action.metavar or action.dest)
            lines.append(f"| `{shown}` | {(action.help or '').replace('|', '/')} |")
        lines.append("")
    return "\n".join(lines)


def page() -> str:
    sys.path.insert(0, str(ROOT / "src"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "majlis.config.settings"
    import django
    from django.core.management import get_commands, load_command_class

    from majlis.config.cli import RENAMED, own_commands

    django.setup()
    apps = get_commands()
    parts = [HEAD]
    for name, help_ in own_commands().items():
        module = RENAMED.get(name, name.replace("-", "_"))
        command = load_command_class(apps[module], module)
        parts.append(section(name, help_, command.create_parser("majlis", name)))
    return "\n".join(parts)


def main(argv: list[str]) -> int:
    made = page()
    if "--check" in argv:
        if PAGE.read_text(encoding="utf-8") == made:
            return 0
        print(f"{PAGE.relative_to(ROOT)} is not what the commands say: make docs", file=sys.stderr)
        return 1
    PAGE.write_text(made, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
