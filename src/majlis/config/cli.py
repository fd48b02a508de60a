"""The `majlis` command: Django's commands under the names people type, and errors in sentences."""

from __future__ import annotations

import io
import os
import re
import sys
import unicodedata
from argparse import Action, ArgumentParser
from collections.abc import Sequence
from difflib import get_close_matches

from majlis.config.kinds import YES

# Typed name → name of the command's module, where the two differ.
RENAMED = {"check": "check_up"}  # `check` is Django's own, about code; ours is about this machine

OF_DJANGO = {
    "help", "version", "verbosity", "settings", "pythonpath", "traceback", "no_color",
    "force_color", "skip_checks",
}  # fmt: skip
# What to do about a fault of the surroundings, by the name of its `kernel.trouble.Trouble`.
TO_DO = {
    "FULL": "The disk is full or does not take what is written. Make room, then try again.",
    "READ_ONLY": (
        "It cannot be opened or written to. Give yourself the right, or choose another folder: "
        "MAJLIS_VAR=/path/to/folder."
    ),
    "BUSY": "Another program holds it. End that one, or try again in a minute.",
    "AWAY": (
        "It does not answer. Check MAJLIS_DATABASE_URL; a PostgreSQL database has to exist "
        "(createdb NAME)."
    ),
    "DAMAGED": "It is damaged. Restore a backup: majlis restore FILE --replace.",
}
MIGRATE = "Is it of another version? `make run` and `majlis migrate` bring it up to date."
HINT = "MAJLIS_DEBUG=1 before the command shows where it happened."


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code. Whatever goes wrong is said in a sentence.

    0: done. 1: it could not be done. 2: what was typed names something that is not there.
    """
    argv = list(sys.argv if argv is None else argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "majlis.config.settings")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that lacks Arabic stops no command
            stream.reconfigure(errors="backslashreplace")
    try:
        return _run(argv)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader of our output went away
        sys.stderr.close()
        return 1
    except Exception as error:
        if os.environ.get("MAJLIS_DEBUG", "").strip().lower() in YES:
            raise
        said, code = sentence(error)
        say(f"\n{printable(said)}")
        return code


def say(words: str) -> None:
    """Say on the terminal what is not the command's result."""
    sys.stderr.write(f"{words}\n")


def printable(words: str) -> str:
    """Words that may quote a file or an argument, without what would steer a terminal."""
    return "".join(c if c == "\n" or unicodedata.category(c) != "Cc" else "�" for c in words)


def _run(argv: list[str]) -> int:
    import django
    from django.conf import settings
    from django.core.management import get_commands, load_command_class
    from django.core.management.base import BaseCommand, CommandError
    from django.db import connections

    django.setup()
    if len(argv) < 2 or argv[1] in {"help", "-h", "--help"}:
        sys.stdout.write(f"{overview()}\n")
        return 0
    name = RENAMED.get(argv[1], argv[1].replace("-", "_"))
    app = get_commands().get(name)
    if app is None:
        near = get_close_matches(argv[1], own_commands(), n=1)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise CommandError(
            f"There is no command “{argv[1]}”.{hint} `majlis` alone lists them.", returncode=2
        )
    command = app if isinstance(app, BaseCommand) else load_command_class(app, name)
    parser = command.create_parser("majlis", argv[1])
    try:
        options = vars(parser.parse_args(argv[2:]))
    except CommandError as error:
        raise CommandError(misread(argv[1], parser, str(error)), returncode=2) from None
    options["skip_checks"] = True  # Django's checks are of the code; the tests run them
    try:
        from majlis.config import backup, private

        if name != "check_up":  # which says what it finds
            private.close(settings.VAR)
        backup.settle()
        command.execute(*options.pop("args", ()), **options)
    finally:
        connections.close_all()
    return 0


# What argparse says of arguments → what we say.
MISREAD = {
    r"the following arguments are required: (.+)": "Missing: {0}.",
    r"unrecognized arguments: (.+)": "“{0}” is nothing that this command knows.",
    r"argument (.+): invalid choice: '?(.*?)'? \(choose from (.+)\)": (
        "{0} cannot be “{1}”; it may be one of: {2}."
    ),
    r"argument (.+): invalid \w+ value: '(.*)'": "{0} must be a whole number; it is “{1}”.",
    r"argument (.+): expected one argument": "{0} needs a value after it.",
    r"argument (.+): not allowed with argument (.+)": "{0} and {1} cannot stand together.",
    r"ambiguous option: (.+) could match (.+)": "“{0}” may be {1}; write it in full.",
}


def misread(name: str, parser: ArgumentParser, said: str) -> str:
    """What is wrong with the arguments of a command, and how it is written."""
    said = said.removeprefix("Error: ")
    for pattern, words in MISREAD.items():
        if found := re.fullmatch(pattern, said, re.DOTALL):
            said = words.format(*found.groups())
            break
    return f"{said}\nWrite:  {usage(name, parser)}\n`majlis {name} --help` tells more."


def usage(name: str, parser: ArgumentParser) -> str:
    """How a command is written, Django's own options left out."""
    words = [f"majlis {name}"]
    for action in own_actions(parser):
        word = str(action.metavar or action.dest)
        if action.option_strings:
            word = action.option_strings[-1]
            if action.nargs != 0:
                word += f" {action.metavar or action.dest.upper()}"
        words.append(word if action.required else f"[{word}]")
    return " ".join(words)


def own_actions(parser: ArgumentParser) -> list[Action]:
    """The arguments of a command that are its own."""
    return [action for action in parser._actions if action.dest not in OF_DJANGO]  # noqa: SLF001, argparse lists them nowhere else


def own_commands() -> dict[str, str]:
    """Majlis' own commands: the name people type, and what it does in a line."""
    from django.core.management import get_commands, load_command_class

    typed = {module: name for name, module in RENAMED.items()}
    return {
        typed.get(name, name.replace("_", "-")): load_command_class(app, name).help
        for name, app in sorted(get_commands().items())
        if isinstance(app, str) and app.startswith("majlis.")
    }


def overview() -> str:
    """What `majlis` alone prints."""
    commands = own_commands()
    width = max(map(len, commands))
    lines = [f"  {name:{width}}  {meaning}" for name, meaning in sorted(commands.items())]
    return "\n".join(
        ["majlis COMMAND, one of:", "", *lines, "", "majlis COMMAND --help tells more."]
    )


def sentence(error: Exception) -> tuple[str, int]:
    """What to tell a person about an error that stopped a command, and the exit code."""
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management.base import CommandError
    from django.db import DatabaseError

    from majlis.config.env import BadSetting
    from majlis.kernel.errors import MajlisError, NotFound
    from majlis.kernel.trouble import first_line, trouble_of

    if isinstance(error, CommandError):
        return str(error), error.returncode
    if isinstance(error, NotFound | BadSetting):
        return str(error), 2
    if isinstance(error, MajlisError):
        return str(error), 1
    if isinstance(error, ImproperlyConfigured):
        return f"The configuration is not complete: {error}", 1
    if trouble := trouble_of(error):
        place = getattr(error, "filename", None) or "The database"
        said = error.strerror if isinstance(error, OSError) else first_line(error)
        return f"{place}: {said}. {TO_DO[trouble.name]}", 1
    if isinstance(error, DatabaseError):
        return f"The database does not answer as expected: {first_line(error)}\n{MIGRATE}", 1
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}: {error.filename}" if error.filename else error.strerror, 1
    return f"Something went wrong that should not: {type(error).__name__}: {error}\n{HINT}", 1
