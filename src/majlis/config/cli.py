"""The `majlis` command: Django's commands under the names people type, and errors in sentences."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

# Typed name → name of the command's module, where the two differ.
RENAMED = {"check": "check_up"}  # `check` is Django's own, about code; ours is about this machine

HINT = "MAJLIS_DEBUG=1 before the command shows where it happened."


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code. Whatever goes wrong is said in a sentence."""
    argv = list(sys.argv if argv is None else argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "majlis.config.settings")
    try:
        return _run(argv)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader of our output went away
        sys.stderr.close()
        return 1
    except Exception as error:
        if os.environ.get("MAJLIS_DEBUG"):
            raise
        say(f"\n{sentence(error)}")
        return 1


def say(words: str) -> None:
    """Say on the terminal what is not the command's result."""
    sys.stderr.write(f"{words}\n")


def _run(argv: list[str]) -> int:
    import django
    from django.core.management import get_commands, load_command_class
    from django.core.management.base import BaseCommand
    from django.db import connections

    django.setup()
    if len(argv) < 2 or argv[1] in {"help", "-h", "--help"}:
        sys.stdout.write(f"{overview()}\n")
        return 0
    name = RENAMED.get(argv[1], argv[1].replace("-", "_"))
    app = get_commands().get(name)
    if app is None:
        say(f"There is no command “{argv[1]}”. `majlis` alone lists them.")
        return 2
    command = app if isinstance(app, BaseCommand) else load_command_class(app, name)
    options = vars(command.create_parser("majlis", argv[1]).parse_args(argv[2:]))
    options["skip_checks"] = True  # Django's checks are of the code; the tests run them
    try:
        command.execute(*options.pop("args", ()), **options)
    finally:
        connections.close_all()
    return 0


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


def sentence(error: Exception) -> str:
    """What to tell a person about an error that stopped a command."""
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management.base import CommandError
    from django.db import OperationalError

    from majlis.config.env import BadSetting
    from majlis.kernel.errors import MajlisError

    if isinstance(error, CommandError | MajlisError | BadSetting):
        return str(error)
    if isinstance(error, PermissionError):
        return (
            f"{error.filename or 'A folder of Majlis'} cannot be written to. Give yourself the "
            "right, or choose another folder: MAJLIS_VAR=/path/to/folder."
        )
    if isinstance(error, OperationalError):
        return (
            f"The database does not answer: {str(error).strip().splitlines()[0]}\n"
            "Check MAJLIS_DATABASE_URL; a PostgreSQL database has to exist (createdb NAME)."
        )
    if isinstance(error, ImproperlyConfigured):
        return f"The configuration is not complete: {error}"
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}: {error.filename}" if error.filename else error.strerror
    return f"Something went wrong that should not: {type(error).__name__}: {error}\n{HINT}"
