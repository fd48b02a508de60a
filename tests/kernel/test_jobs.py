"""Jobs: claimed by one process at a time, tried again, and written once."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connections

from majlis.kernel import jobs
from majlis.kernel.clock import now
from majlis.kernel.jobs import MOST_ATTEMPTS, PAUSES, Kind
from majlis.kernel.models import Act, Job, JobState

pytestmark = pytest.mark.django_db


def note(words: str) -> None:
    Act.objects.create(doer="clock", verb="test", object_kind="double", object_code=words)


DOUBLE = Kind(
    "double",
    make=lambda job, report: 2 * int(job.key),
    keep=lambda job, made: note(str(made)),
    give_up=lambda job: note("given up"),
)


def asked(key: str = "21") -> Job:
    return jobs.ask("double", "abc", edition="tunis", key=key)


def kept() -> list[str]:
    return list(Act.objects.filter(object_kind="double").values_list("object_code", flat=True))


def work(*kinds: Kind) -> int:
    return jobs.work(kinds, runner="tester", linger=0, ending=threading.Event())


def broken(*_args: object) -> None:
    raise RuntimeError("Ada's words")


def test_work_does_what_was_asked_for_once():
    assert asked() == asked()

    assert [work(DOUBLE), work(DOUBLE)] == [1, 0]
    assert kept() == ["42"]
    assert Job.objects.get().state == JobState.DONE


def test_asking_again_does_it_anew_and_asking_does_not():
    asked()
    work(DOUBLE)

    asked()
    assert work(DOUBLE) == 0
    jobs.ask("double", "abc", edition="tunis", key="21", again=True)
    assert work(DOUBLE) == 1


def test_what_failed_is_tried_again_after_growing_pauses_and_then_given_up(caplog):
    asked()
    pauses = []

    for _attempt in range(MOST_ATTEMPTS):
        Job.objects.update(due_at=now())
        begin = now()
        assert work(replace(DOUBLE, make=broken)) == 0
        pauses.append((Job.objects.get().due_at - begin).total_seconds())

    job = Job.objects.get()
    assert [round(pause) for pause in pauses[:-1]] == list(PAUSES)
    assert (job.state, job.attempts, job.said) == (JobState.FAILED, MOST_ATTEMPTS, "RuntimeError")
    assert kept() == ["given up"]
    assert caplog.records[-1].message == "job was given up"


@pytest.mark.parametrize("step", ["make", "keep"])
def test_what_fails_in_a_step_leaves_nothing_and_is_made_whole_later(step):
    def half(job, made):
        DOUBLE.keep(job, made)
        raise RuntimeError

    asked()
    work(replace(DOUBLE, make=broken) if step == "make" else replace(DOUBLE, keep=half))
    assert kept() == []

    Job.objects.update(due_at=now())
    assert work(DOUBLE) == 1
    assert kept() == ["42"]


def test_a_claimed_job_is_nobody_elses_until_its_lease_has_run_out():
    asked()
    first = jobs.claim([DOUBLE], runner="one")

    assert jobs.claim([DOUBLE], runner="two") is None
    assert jobs.reap([DOUBLE]) == 0
    Job.objects.update(lease_until=now() - timedelta(seconds=1))
    assert jobs.reap([DOUBLE]) == 1
    Job.objects.update(due_at=now())
    second = jobs.claim([DOUBLE], runner="two")

    assert jobs.perform(DOUBLE, first) is False  # it wakes up late: another has it
    assert kept() == []
    assert jobs.perform(DOUBLE, second) is True
    assert jobs.perform(DOUBLE, second) is False
    assert kept() == ["42"]


def test_what_an_ended_process_held_is_taken_back_at_once():
    asked()
    jobs.claim([DOUBLE], runner="one")

    assert jobs.reap([DOUBLE], ended="two") == 0
    assert jobs.reap([DOUBLE], ended="one") == 1
    assert Job.objects.get().state == JobState.WAITING


def test_what_was_given_up_is_tried_again_after_a_start():
    asked()
    Job.objects.update(state=JobState.FAILED, attempts=MOST_ATTEMPTS)

    assert work(DOUBLE) == 0
    assert jobs.try_failed_again() == 1
    assert work(DOUBLE) == 1


def test_kinds_that_this_process_does_not_know_are_left_to_others():
    asked()

    assert work() == 0
    assert jobs.is_any_due()


def test_whatever_happens_to_a_job_is_a_hint():
    seen = [jobs.moves_in(["tunis", "oran"])]
    asked()
    seen.append(jobs.moves_in(["tunis", "oran"]))
    job = jobs.claim([DOUBLE], runner="one")
    seen.append(jobs.moves_in(["tunis"]))
    jobs.perform(DOUBLE, job)
    seen.append(jobs.moves_in(["tunis"]))

    assert seen == [{}, {"tunis": 1}, {"tunis": 2}, {"tunis": 3}]


def test_the_jobs_of_an_edition_go_with_it():
    asked()
    jobs.forget("oran")
    assert jobs.is_any_unfinished()

    jobs.forget("tunis")
    assert not Job.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_lease_is_renewed_and_says_how_far_the_work_is(monkeypatch):
    monkeypatch.setattr(jobs, "RENEWED_EVERY", 0.05)
    asked()
    seen = threading.Event()

    def slow(job, report):
        Job.objects.update(lease_until=now())
        report(3, 7)
        for _ in range(200):
            found = Job.objects.get()
            if found.done == 3 and found.lease_until > now():
                seen.set()
                break
            threading.Event().wait(0.02)
        return 1

    assert work(replace(DOUBLE, make=slow)) == 1
    assert seen.is_set()
    assert Job.objects.get().of == 7


@pytest.mark.django_db(transaction=True)
def test_many_processes_never_have_one_job_at_once():
    for n in range(12):
        asked(str(n))
    begun: list[str] = []
    together = threading.Barrier(4)

    def make(job, report):
        begun.append(job.key)
        return int(job.key)

    def worker(name: str) -> None:
        together.wait()
        try:
            jobs.work([replace(DOUBLE, make=make)], runner=name, linger=0, ending=threading.Event())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=worker, args=(f"w{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(begun, key=int) == [str(n) for n in range(12)]
    assert sorted(kept(), key=int) == [str(n) for n in range(12)]
