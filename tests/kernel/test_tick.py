"""The tick."""

import threading

import pytest

from majlis.kernel import tick
from majlis.kernel.tick import Task, Tick

pytestmark = pytest.mark.django_db


def test_once_asks_only_for_what_is_due():
    done: list[str] = []
    ticking = Tick(
        [
            Task("often", lambda: done.append("often"), every=1),
            Task("seldom", lambda: done.append("seldom"), every=10),
        ]
    )

    for second in (100, 101, 102, 110):
        ticking.once(at=second)

    assert done == ["often", "seldom", "often", "often", "often", "seldom"]


def test_once_goes_on_after_a_failure_and_says_who_failed(caplog):
    done: list[str] = []

    def fail() -> None:
        raise RuntimeError("Ada's words")

    ticking = Tick([Task("broken", fail), Task("whole", lambda: done.append("whole"))])

    assert ticking.once(at=100) == ["broken"]
    assert done == ["whole"]
    assert [record.message for record in caplog.records] == ["tick failed"]


def test_broken_one_is_not_asked_in_a_frenzy():
    asked: list[float] = []

    def fail() -> None:
        asked.append(1)
        raise RuntimeError

    ticking = Tick([Task("broken", fail, every=1)])
    for second in range(100, 110):
        ticking.once(at=second)

    assert len(asked) == 1


def test_what_comes_later_is_not_asked_at_the_start():
    done: list[str] = []
    tick = Tick(
        [
            Task("later", lambda: done.append("later"), after=3600),
            Task("first", lambda: (done.append("first"), len(done) > 2 and tick.stop())),
        ],
        pause=0.01,
    )
    tick.dues[1].every = 0.0

    tick.run()

    assert done == ["first"] * 3


def test_what_waits_for_others_keeps_nothing_else_waiting():
    answered, done = threading.Event(), threading.Event()
    ticking = Tick(
        [Task("waits", lambda: answered.wait(60), apart=True), Task("quick", done.set)], pause=0.01
    )
    thread = threading.Thread(target=ticking.run)
    thread.start()

    assert done.wait(60)
    assert not answered.is_set()

    answered.set()
    ticking.stop()
    thread.join(timeout=60)


def test_tick_that_has_begun_counts_before_its_thread_has_run(monkeypatch):
    monkeypatch.setattr(tick, "_last_beat", None)
    monkeypatch.setattr(threading.Thread, "start", lambda _thread: None)

    Tick([]).begin()

    assert tick.seconds_of_silence() is not None


def test_stop_ends_the_loop():
    ticking = Tick([Task("slow", lambda: None)], pause=0.01)
    thread = threading.Thread(target=ticking.run)
    thread.start()

    ticking.stop()
    thread.join(timeout=60)

    assert not thread.is_alive()
