"""Waiting for what another thread, process or browser does, on a machine of any speed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

PATIENCE = 120.0  # seconds; what has not happened by then never will


def until(happens: Callable[[], object]) -> None:
    """Wait until something is true."""
    end = time.monotonic() + PATIENCE
    while not happens():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.02)


async def until_here(happens: Callable[[], object]) -> None:
    """Wait until something is true that happens in this event loop."""
    end = time.monotonic() + PATIENCE
    while not happens():
        assert time.monotonic() < end, "it never happened"
        await asyncio.sleep(0.005)
