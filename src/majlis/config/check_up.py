"""Looking, before the day, whether the server has what a seminar needs."""

from __future__ import annotations

import getpass
import json
import shlex
import shutil
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.core.management.base import CommandError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count

from majlis.config import env, network, preparation, private
from majlis.config.server import is_claimed
from majlis.kernel.jobs import MOST_ATTEMPTS
from majlis.kernel.models import Job, JobState
from majlis.mail.actions.sending import connection_to
from majlis.mail.queries import are_kept, mail_server

ENOUGH_BYTES = 500 * 1024 * 1024


class Severity(Enum):
    """How a finding is to be taken."""

    GOOD = "good"
    ADVICE = "advice"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: what, and what is to be said of it."""

    what: str
    severity: Severity
    says: str


def look_at_everything() -> Iterator[Finding]:
    """Every finding, in the order in which one would mend them."""
    yield look_at_configuration()
    yield look_at_folder()
    yield look_at_disk()
    yield look_at_database()
    yield look_at_mail()
    yield look_at_address()
    yield look_at_server()
    yield look_at_jobs()


def look_at_configuration() -> Finding:
    what = "configuration"
    serious = [m for m in checks.run_checks() if m.level >= checks.WARNING]
    if serious:
        return Finding(what, Severity.FAULT, " ".join(f"{m.id}: {m.msg}" for m in serious))
    if settings.DEBUG:
        return Finding(what, Severity.FAULT, "MAJLIS_DEBUG is on; it shows insides to everybody.")
    if strange := env.unknown_names():
        near = get_close_matches(strange[0], env.SETTINGS, n=1)
        hint = f"; did you mean {near[0]}?" if near else "."
        return Finding(
            what, Severity.FAULT, f"{strange[0]} is set, and there is no such setting{hint}"
        )
    if not settings.STATIC_IS_BUILT:
        return Finding(
            what, Severity.ADVICE, "static files are not collected; `make run` does it by itself."
        )
    return Finding(what, Severity.GOOD, "complete.")


def look_at_folder() -> Finding:
    """Whether anybody but its owner could read votes, names, links or the key."""
    what, var = "privacy", Path(settings.VAR)
    if strange := list(private.of_somebody_else(var)):
        return Finding(
            what, Severity.FAULT,
            f"{_named(strange, var)} belong to another user than this one; as root:  "
            f"chown -R {getpass.getuser()} {shlex.quote(str(var))}",
        )  # fmt: skip
    if others := list(private.open_to_others(var)):
        return Finding(
            what, Severity.FAULT,
            f"others on this machine can read {_named(others, var)}:  "
            f"chmod -R go-rwx {shlex.quote(str(var))}  (any other command does it too)",
        )  # fmt: skip
    return Finding(what, Severity.GOOD, f"{var} and all in it are readable by their owner only.")


def _named(paths: list[Path], var: Path) -> str:
    """A few of the paths, and how many more."""
    names = [str(path.relative_to(var.parent)) for path in paths[:3]]
    more = f" and {len(paths) - 3} more" if len(paths) > 3 else ""
    return ", ".join(names) + more


def look_at_disk() -> Finding:
    what = "disk"
    trial = settings.VAR / "trial"
    try:
        trial.write_bytes(b"x")
        trial.unlink()
    except OSError:
        return Finding(what, Severity.FAULT, f"{settings.VAR} cannot be written to.")
    free = shutil.disk_usage(settings.VAR).free
    says = f"{free // 1024**2:,} MB free in {settings.VAR}."
    return Finding(what, Severity.GOOD if free > ENOUGH_BYTES else Severity.FAULT, says)


def look_at_database() -> Finding:
    what = "database"
    try:
        preparation.require_database()
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if settings.IS_SQLITE:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA quick_check")
                if (found := cursor.fetchone()[0]) != "ok":
                    return Finding(what, Severity.FAULT, f"damaged: {found}. Restore a backup.")
    except (CommandError, DatabaseError) as error:
        return Finding(what, Severity.FAULT, str(error))
    if plan:
        return Finding(
            what, Severity.ADVICE, "older than this Majlis; `make run` backs up and migrates it."
        )
    return Finding(what, Severity.GOOD, f"{connection.display_name}, up to date.")


def look_at_mail() -> Finding:
    what = "mail"
    if are_kept():
        return Finding(
            what,
            Severity.ADVICE,
            "messages are kept in the database and shown on the desk; nobody receives them. "
            "Set a mail server in the workspace, or with MAJLIS_MAIL_URL.",
        )
    server = mail_server()
    host = server.host if server else settings.EMAIL_HOST
    try:
        with connection_to(server):
            pass
    except OSError as error:  # every fault of smtplib is one
        return Finding(what, Severity.FAULT, f"{host} does not take letters: {error}.")
    return Finding(what, Severity.GOOD, f"{host} takes letters.")


def look_at_address() -> Finding:
    what, url = "address", settings.PUBLIC_URL
    if not settings.PHONES_CAN_REACH:
        return Finding(
            what,
            Severity.ADVICE,
            f"{url} is this machine's own; phones cannot reach it. HOST=0.0.0.0 serves the "
            "local network, MAJLIS_PUBLIC_URL names an address of yours.",
        )
    if not settings.USES_TLS and settings.PUBLIC_HOST not in network.local_addresses():
        return Finding(
            what, Severity.FAULT, f"{url} is no address of this machine and not encrypted."
        )
    secure = "encrypted" if settings.USES_TLS else "not encrypted: for a room's own network only"
    return Finding(what, Severity.GOOD, f"{url}, {secure}.")


def look_at_server() -> Finding:
    what = "server"
    if settings.IS_SQLITE and not is_claimed(Path(settings.VAR)):
        return Finding(what, Severity.ADVICE, "not running; `make run` starts it.")
    try:
        with urllib.request.urlopen(  # noqa: S310 - PUBLIC_URL is http or https
            f"{settings.PUBLIC_URL}/healthz", timeout=5
        ) as answer:
            facts = json.load(answer)
    except urllib.error.HTTPError as error:
        return Finding(what, Severity.FAULT, f"not well: {error.read().decode()[:200]}")
    except (OSError, ValueError):
        return Finding(
            what, Severity.FAULT, f"does not answer at {settings.PUBLIC_URL} from this machine."
        )
    return Finding(what, Severity.GOOD, ", ".join(f"{k} {v}" for k, v in facts.items()) + ".")


def look_at_jobs() -> Finding:
    """Whether long work, such as results of a large round, was given up."""
    what = "jobs"
    try:
        jobs = Job.objects.order_by().values_list("state")
        states = Counter(dict(jobs.annotate(Count("pk"))))
    except DatabaseError:  # said above: it is older, or does not answer
        return Finding(what, Severity.ADVICE, "cannot be read.")
    if n_failed := states[JobState.FAILED]:
        return Finding(
            what,
            Severity.FAULT,
            f"{n_failed} given up after {MOST_ATTEMPTS} attempts; the log says why "
            "(grep majlis.jobs). Majlis tries again when it is started anew.",
        )
    n_left = states[JobState.WAITING] + states[JobState.RUNNING]
    return Finding(what, Severity.GOOD, f"{n_left} under way." if n_left else "none waits.")
