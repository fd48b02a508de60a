"""What is written together is answered each by itself."""

from __future__ import annotations

import asyncio

from majlis.kernel.collector import Collector


def test_sender_who_cannot_be_told_stops_nobody_else():
    told: list[list[int | None]] = []

    def is_gone(_answers: list[int | None]) -> None:
        raise ConnectionError

    async def all_of_it() -> None:
        collector = Collector[int, int](lambda items: [item * 10 for item in items], name="test")
        collector.put([1], is_gone)
        collector.put([2, 3], told.append)
        while collector.writing:
            await collector.writing
        collector.put([4], told.append)
        while collector.writing:
            await collector.writing

    asyncio.run(all_of_it())

    assert told == [[20, 30], [40]]
