"""Live hints, spoken to as a server speaks to them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Collection
from typing import Any

from majlis.kernel.live import LiveHints
from tests.waiting import PATIENCE, until_here


class States(dict[str, str]):
    """What the database would say, and which editions were asked for together."""

    def __init__(self, **states: str) -> None:
        super().__init__(states)
        self.asked: list[list[str]] = []

    def __call__(self, editions: Collection[str]) -> dict[str, str]:
        self.asked.append(sorted(editions))
        return dict(self)


class Listener:
    """A phone that listens: what it was sent, until it goes away."""

    def __init__(
        self, hints: LiveHints, path: str, method: str = "GET", client: str = "192.0.2.1"
    ) -> None:
        self.sent: list[Any] = []
        self.gone = asyncio.Event()
        scope = {"type": "http", "path": path, "method": method, "client": (client, 1)}
        self.task = asyncio.create_task(hints(scope, self.receive, self.send))

    async def receive(self) -> dict[str, Any]:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        self.sent.append(message)
        if message["type"] == "http.response.body" and not message.get("more_body"):
            self.gone.set()  # as a server says once the answer is whole

    @property
    def status(self) -> int:
        return int(self.sent[0]["status"])

    @property
    def revisions(self) -> list[bytes]:
        bodies = [m["body"] for m in self.sent[1:]]
        return [b for b in bodies if b.startswith(b"data: revision ")]


def hints_of(states: States, **options: Any) -> LiveHints:
    return LiveHints(states, key="secret", **{"every": 0.01, **options})


async def heard(*listeners: Listener, n: int = 1) -> None:
    """Wait until each has been told `n` numbers."""
    await until_here(lambda: all(len(one.revisions) >= n for one in listeners))


async def answered(*listeners: Listener) -> None:
    """Wait until each has been let in or refused."""
    await until_here(lambda: all(one.sent for one in listeners))


async def asked_again(states: States) -> None:
    """Wait until the database was asked twice more: the first time may have begun before."""
    n = len(states.asked) + 2
    await until_here(lambda: len(states.asked) >= n)


def test_listener_is_told_at_once_and_after_each_change_only():
    async def story() -> list[bytes]:
        states = States(tunis="1")
        listener = Listener(hints_of(states), "/live/tunis/")
        await heard(listener)
        states["tunis"] = "2"
        await heard(listener, n=2)
        await asked_again(states)
        listener.gone.set()
        await asyncio.wait_for(listener.task, PATIENCE)
        return listener.revisions

    first, second = asyncio.run(story())
    assert first != second


def test_burst_of_changes_costs_one_hint_per_pause():
    async def story() -> tuple[int, float]:
        states = States(tunis="0")
        listener = Listener(hints_of(states, every=0.05), "/live/tunis/")
        began = time.monotonic()
        for vote in range(200):
            states["tunis"] = str(vote)
            await asyncio.sleep(0.001)
        listener.gone.set()
        await listener.task
        return len(listener.revisions), time.monotonic() - began

    hints, seconds = asyncio.run(story())
    assert hints <= seconds / 0.05 + 2


def test_listeners_of_one_edition_get_the_same_number_and_the_other_edition_another():
    async def story() -> list[list[bytes]]:
        hints = hints_of(States(tunis="7", rabat="7"))
        listeners = [Listener(hints, f"/live/{e}/") for e in ("tunis", "tunis", "rabat")]
        await heard(*listeners)
        for listener in listeners:
            listener.gone.set()
        return [listener.revisions for listener in listeners]

    one, two, other = asyncio.run(story())
    assert one == two
    assert one != other
    assert b"revision 7\n" not in other[0]


def test_missing_edition_gives_a_number_too():
    async def story() -> list[bytes]:
        listener = Listener(hints_of(States()), "/live/nowhere/")
        await heard(listener)
        listener.gone.set()
        return listener.revisions

    assert len(asyncio.run(story())) == 1


def test_nothing_is_asked_of_the_database_while_nobody_listens():
    async def story() -> tuple[int, int]:
        states = States(tunis="1")
        hints = hints_of(states)
        listener = Listener(hints, "/live/tunis/")
        await heard(listener)
        listener.gone.set()
        await until_here(lambda: hints.poller is None)
        before = len(states.asked)
        await asyncio.sleep(0.1)
        return before, len(states.asked)

    before, after = asyncio.run(story())
    assert before == after > 0


def test_database_that_fails_for_a_moment_ends_no_stream(caplog):
    async def story() -> list[bytes]:
        calls = 0

        def ask(editions: Collection[str]) -> dict[str, str]:
            nonlocal calls
            calls += 1
            if calls == 1:
                raise OSError("gone")
            return {"tunis": "1"}

        listener = Listener(LiveHints(ask, key="secret", every=0.01), "/live/tunis/")
        await heard(listener)
        listener.gone.set()
        return listener.revisions

    assert len(asyncio.run(story())) == 1
    assert [r.message for r in caplog.records] == ["live hints could not ask for revisions"]


def test_quiet_stream_shows_that_it_lives():
    async def story() -> None:
        listener = Listener(hints_of(States(tunis="1"), beat=0.02), "/live/tunis/")
        await until_here(lambda: any(b": still here" in m.get("body", b"") for m in listener.sent))
        listener.gone.set()

    asyncio.run(story())


def test_close_ends_every_stream():
    async def story() -> list[Any]:
        hints = hints_of(States(tunis="1"))
        listeners = [Listener(hints, "/live/tunis/") for _ in range(3)]
        await heard(*listeners)
        hints.close()
        await asyncio.wait_for(asyncio.gather(*(li.task for li in listeners)), PATIENCE)
        return [li.sent[-1] for li in listeners]

    last = {"type": "http.response.body", "body": b"", "more_body": False}
    assert asyncio.run(story()) == [last] * 3


def test_other_paths_other_methods_and_one_listener_too_many_are_refused():
    async def story() -> list[int]:
        hints = hints_of(States(tunis="1"), most=1)
        first = Listener(hints, "/live/tunis/")
        await answered(first)
        others = [
            Listener(hints, "/live/tunis/"),
            Listener(hints, "/live/a b/"),
            Listener(hints, "/live/tunis/", method="POST"),
        ]
        await answered(*others)
        first.gone.set()
        return [listener.status for listener in (first, *others)]

    assert asyncio.run(story()) == [200, 503, 404, 404]


def test_one_network_opens_so_many_streams_and_others_still_get_theirs():
    async def story() -> list[int]:
        hints = hints_of(States(tunis="1"), most=4, most_each=2)
        clients = [
            "2001:db8::1",
            "2001:db8::2",
            "2001:db8::3",
            "192.0.2.7",
            "192.0.2.8",
            "192.0.2.9",
        ]
        listeners = [Listener(hints, "/live/tunis/", client=client) for client in clients]
        await answered(*listeners)
        listeners[0].gone.set()
        await listeners[0].task
        listeners.append(Listener(hints, "/live/tunis/", client="2001:db8::4"))
        await answered(*listeners)
        for listener in listeners:
            listener.gone.set()
        return [listener.status for listener in listeners]

    assert asyncio.run(story()) == [200, 200, 503, 200, 200, 503, 200]


def test_listener_that_does_not_read_keeps_nobody_waiting():
    async def story() -> tuple[int, int]:
        states = States(tunis="1")
        hints = hints_of(states)
        deaf, other = Listener(hints, "/live/tunis/"), Listener(hints, "/live/tunis/")
        await heard(deaf, other)
        before = len(deaf.sent)

        async def full(_message: Any) -> None:
            await asyncio.Event().wait()

        channel = hints.channels["tunis"]
        channel.listeners = {full if s == deaf.send else s: None for s in channel.listeners}
        for n, revision in enumerate("23", 2):
            states["tunis"] = revision
            await heard(other, n=n)
        for listener in (deaf, other):
            listener.gone.set()
            await listener.task
        return len(other.revisions), len(deaf.sent) - before

    assert asyncio.run(story()) == (3, 0)


def test_stream_asked_for_while_the_server_stops_is_refused():
    async def story() -> int:
        hints = hints_of(States(tunis="1"))
        hints.close()
        late = Listener(hints, "/live/tunis/")
        await answered(late)
        return late.status

    assert asyncio.run(story()) == 503


def test_pause_between_hints_grows_with_a_crowd():
    async def story() -> list[float]:
        hints = hints_of(States(tunis="1"), every=0.5)
        pauses = [hints.pause]
        for listeners in (300, 2500):
            hints.open["192.0.2.1"] = listeners
            pauses.append(hints.pause)
        return pauses

    assert asyncio.run(story()) == [0.5, 0.5, 2.5]


def test_listeners_of_a_server_that_was_gone_come_back_spread_over_two_seconds():
    async def story() -> set[bytes]:
        hints = hints_of(States(tunis="1"))
        listeners = [Listener(hints, "/live/tunis/") for _ in range(50)]
        await heard(*listeners)
        for listener in listeners:
            listener.gone.set()
        return {listener.sent[1]["body"].split(b"\n")[0] for listener in listeners}

    pauses = sorted(int(said.removeprefix(b"retry: ")) for said in asyncio.run(story()))
    assert len(pauses) > 30
    assert 1000 <= pauses[0] <= pauses[-1] <= 3000


def test_storm_of_changes_is_told_twice_a_second_by_the_clock(monkeypatch):
    async def story() -> tuple[int, float]:
        hints, at = LiveHints(lambda names: {name: str(at) for name in names}, key="secret"), 0.0
        rest = asyncio.sleep

        async def sleep(seconds: float) -> None:
            nonlocal at
            at += seconds  # each look at the database finds another number
            await rest(0.001)

        monkeypatch.setattr(asyncio, "sleep", sleep)
        listener = Listener(hints, "/live/tunis/")
        while at < 60:
            await rest(0.001)
        listener.gone.set()
        await listener.task
        return len(listener.revisions), at

    hints, seconds = asyncio.run(story())
    assert 2 * seconds - 5 <= hints <= 2 * seconds + 1
