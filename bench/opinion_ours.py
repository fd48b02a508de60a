"""One row of `bench/opinion.py` for opinionspace: VOTES.npz REPEATS ROW, prints JSON."""

from __future__ import annotations

import json
import platform
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import scipy

import opinionspace
from opinionspace import Votes, polis


def main(path: str, repeats: int, row: str) -> None:
    """Time the row's work after one run that is not counted, where there is more than one."""
    with np.load(path) as log:
        events = log["voice"], log["statement"], log["stance"]
    work = _work(row, events)
    if repeats > 1:
        work()
    seconds = []
    for _ in range(repeats):
        begin = time.process_time()
        found = work()
        seconds.append(time.process_time() - begin)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    votes: Any = Votes.from_events(*events) if repeats > 1 else found
    shape = [len(votes.voice_ids), len(votes.statement_ids)]
    versions = {
        "Python": platform.python_version(),
        "NumPy": np.__version__,
        "SciPy": scipy.__version__,
        "opinionspace": opinionspace.__version__,
    }
    print(
        json.dumps(
            {
                "seconds": seconds,
                "gb": round(memory, 3),
                "votes": len(events[0]),
                "shape": shape,
                "versions": versions,
            }
        )
    )


def _work(row: str, events: tuple[np.ndarray, ...]) -> Callable[[], object]:
    if row == "one-more":
        held = Votes.from_events(*events)
        voice, statement = held.voice_ids[77], held.statement_ids[5]
        return lambda: held.with_vote(voice, statement, 1).counts_of(statement)
    if row == "room":
        from opinionspace import room

        gate = room.analyse(Votes.from_events(*events)).grouping.gate
        if not all(np.isfinite(check.value) for check in gate.checks):
            raise SystemExit("the gate of this room is not asked to its end")
        return lambda: room.analyse(Votes.from_events(*events))
    return lambda: polis.analyse(Votes.from_events(*events))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
