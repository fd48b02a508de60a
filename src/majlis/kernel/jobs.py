"""Long work, done by a process beside the server's, so that no phone waits for it (ADR 0064).

A job is a row: what is asked for, and how far it is. A process claims it for as long as it renews
its lease; when that ends, the work is tried again. What comes of it is written in the transaction
in which the job is done, so it is written once, however often the work was begun.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from types import TracebackType
from typing import Any

from django.db import DatabaseError, close_old_connections, connections, transaction
from django.db.models import F, Q, QuerySet, Sum

from majlis.kernel.clock import now
from majlis.kernel.models import Job, JobState

log = logging.getLogger("majlis.jobs")

LEASE = timedelta(seconds=20)
RENEWED_EVERY = 1.0  # seconds; it is also how often people see how far the work is
PAUSES = (1, 5, 30, 120)  # seconds before the second attempt, the third, …
MOST_ATTEMPTS = len(PAUSES) + 1

Report = Callable[[int, int], None]
"""Says how far the work is: so many done, of so many."""


def _nothing(_job: Job) -> None:
    return


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of job: what its app does.

    make        the long part: reads and calculates, outside of any transaction, changes nothing
    keep        writes what was made, in the transaction in which the job is done
    give_up     writes that it was tried too often, in the transaction in which the job has failed
    """

    name: str
    make: Callable[[Job, Report], Any]
    keep: Callable[[Job, Any], None]
    give_up: Callable[[Job], None] = _nothing


def say_nothing(_done: int, _of: int) -> None:
    """The report of work that nobody follows."""


def ask(kind: str, subject: str, *, edition: str, key: str, again: bool = False) -> Job:
    """Ask for a job on what has this code, in the edition of this slug. Twice is asking once.

    `key` says what the work follows from, such as a revision. `again` has it done anew where it was
    done before, or given up.
    """
    job, is_new = Job.objects.get_or_create(
        kind=kind, subject=subject, key=key, defaults={"edition": edition}
    )
    if again and not is_new and not job.is_unfinished:
        _change(job, state=JobState.WAITING, attempts=0, due_at=now(), done=0)
    return job


def try_failed_again() -> int:
    """Have everything tried anew that was given up: another version may do what this one cannot."""
    return Job.objects.filter(state=JobState.FAILED).update(
        state=JobState.WAITING, attempts=0, due_at=now(), moves=F("moves") + 1
    )


def forget(edition: str) -> None:
    """Remove all jobs of an edition, which is being removed."""
    Job.objects.filter(edition=edition).delete()


def newest(kind: str, subject: str) -> Job | None:
    """The job of a kind that was asked for last on a thing."""
    return Job.objects.filter(kind=kind, subject=subject).order_by("-pk").first()


def is_any_unfinished() -> bool:
    """Whether there is anything to do or to look after."""
    return Job.objects.filter(state__in=[JobState.WAITING, JobState.RUNNING]).exists()


def is_any_due() -> bool:
    """Whether something waits to be claimed."""
    return _due().exists()


def _due() -> QuerySet[Job]:
    return Job.objects.filter(state=JobState.WAITING, due_at__lte=now())


def moves_in(editions: Collection[str]) -> dict[str, int]:
    """A number for each edition that rises with whatever happens to its jobs, for live hints."""
    jobs = Job.objects.filter(edition__in=editions).order_by()
    return dict(jobs.values_list("edition").annotate(Sum("moves")))


@transaction.atomic
def claim(kinds: Collection[Kind], *, runner: str) -> Job | None:
    """Take the job that has waited longest, for this process alone; None when none is due."""
    waiting = _due().filter(kind__in=[kind.name for kind in kinds])
    job = waiting.select_for_update(skip_locked=True).order_by("due_at", "pk").first()
    if job is not None:
        _change(
            job,
            state=JobState.RUNNING,
            runner=runner,
            attempts=job.attempts + 1,
            lease_until=now() + LEASE,
            done=0,
        )
    return job


def perform(kind: Kind, job: Job) -> bool:
    """Do a claimed job, renewing its lease; whether it is done."""
    facts = {"kind": job.kind, "subject": job.subject, "attempt": job.attempts}
    log.info("job begins", extra={"facts": facts})
    try:
        with Lease(job) as lease:
            made = kind.make(job, lease.report)
            is_done = _finish(kind, job, made)
    except Exception as error:
        log.exception("job failed", extra={"facts": facts})
        _put_off(kind, job, said=type(error).__name__)
        return False
    if is_done:
        log.info("job is done", extra={"facts": facts})
    else:
        log.warning("job was another's by then", extra={"facts": facts})
    return is_done


@transaction.atomic
def _finish(kind: Kind, job: Job, made: Any) -> bool:
    held = _held(job)
    if held is None:
        return False
    kind.keep(held, made)
    _change(held, state=JobState.DONE, runner="", lease_until=None, said="")
    return True


@transaction.atomic
def _put_off(kind: Kind | None, job: Job, *, said: str) -> None:
    """Have a job tried again after a pause, or give it up."""
    held = _held(job)
    if held is None:
        return
    if held.attempts < MOST_ATTEMPTS:
        due_at = now() + timedelta(seconds=PAUSES[held.attempts - 1])
        _change(held, state=JobState.WAITING, runner="", due_at=due_at, said=said)
        return
    _change(held, state=JobState.FAILED, runner="", said=said)
    if kind is not None:
        kind.give_up(held)
    facts = {"kind": job.kind, "subject": job.subject, "said": said}
    log.error("job was given up", extra={"facts": facts})


def _held(job: Job) -> Job | None:
    """The job as it is, held until the transaction ends; None if it is another process's by now."""
    return _mine(job).select_for_update().first()


def _mine(job: Job) -> QuerySet[Job]:
    """The row of a claimed job, as long as this claim holds it."""
    return Job.objects.filter(
        pk=job.pk, state=JobState.RUNNING, runner=job.runner, attempts=job.attempts
    )


def _change(job: Job, **values: Any) -> None:
    for name, value in (values | {"moves": job.moves + 1}).items():
        setattr(job, name, value)
    job.save(update_fields=[*values, "moves"])


def reap(kinds: Collection[Kind], *, ended: str = "") -> int:
    """Take back jobs whose lease has run out, and those of a process that has ended."""
    lost = Q(lease_until__lt=now())
    if ended:
        lost |= Q(runner=ended)
    by_name = {kind.name: kind for kind in kinds}
    jobs = list(Job.objects.filter(lost, state=JobState.RUNNING))
    for job in jobs:
        facts = {"kind": job.kind, "subject": job.subject, "attempt": job.attempts}
        log.warning("job was cut off", extra={"facts": facts})
        _put_off(by_name.get(job.kind), job, said="cut off")
    return len(jobs)


def work(
    kinds: Sequence[Kind],
    *,
    runner: str,
    linger: float,
    ending: threading.Event,
) -> int:
    """Do what is due, until nothing has been for `linger` seconds; how many jobs were done."""
    by_name = {kind.name: kind for kind in kinds}
    n_done, idle = 0, 0.0
    while not ending.is_set():
        job = claim(kinds, runner=runner)
        if job is not None:
            n_done += perform(by_name[job.kind], job)
            idle = 0.0
        elif idle >= linger:
            break
        else:
            close_old_connections()
            ending.wait(0.1)
            idle += 0.1
    return n_done


class Lease:
    """Holds a claimed job by renewing its lease in a thread, which also writes how far it is."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.done, self.of = 0, 0
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self._renew, name="lease", daemon=True)

    def __enter__(self) -> Lease:
        self.thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.ended.set()
        self.thread.join()

    def report(self, done: int, of: int) -> None:
        """Say how far the work is."""
        self.done, self.of = done, of

    def _renew(self) -> None:
        mine = _mine(self.job)
        while not self.ended.wait(RENEWED_EVERY):
            try:
                mine.update(
                    lease_until=now() + LEASE, done=self.done, of=self.of, moves=F("moves") + 1
                )
            except DatabaseError:  # busy: there are many more renewals in a lease
                log.warning("lease was not renewed")
        connections.close_all()
