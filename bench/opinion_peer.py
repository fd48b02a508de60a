"""One row of `bench/opinion.py` for red-dwarf: VOTES.npz REPEATS ROW, prints JSON.

Runs in red-dwarf's own environment. Its input, a list of one dict for each vote
without revotes, is made before the clock starts.
"""

from __future__ import annotations

import json
import platform
import resource
import sys
import time
from importlib.metadata import version

import numpy as np
from reddwarf.implementations.base import run_pipeline


def main(path: str, repeats: int) -> None:
    """Time `run_pipeline` on the votes."""
    with np.load(path) as log:
        columns = [log[name].tolist() for name in ("voice", "statement", "stance")]
    last = {  # it takes one vote a cell: the last one
        (voice, statement): (stance, at)
        for at, (voice, statement, stance) in enumerate(zip(*columns, strict=True))
    }
    votes = [
        {"participant_id": voice, "statement_id": statement, "vote": stance, "modified": at}
        for (voice, statement), (stance, at) in last.items()
    ]
    del columns, last
    seconds = []
    for _ in range(repeats):
        begin = time.process_time()
        run_pipeline(votes=votes, random_state=1)
        seconds.append(time.process_time() - begin)
    print(
        json.dumps(
            {
                "seconds": seconds,
                "gb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20, 3),
                "votes": len(votes),
                "versions": {
                    "red-dwarf": version("red-dwarf"),
                    "scikit-learn": version("scikit-learn"),
                    "Python (red-dwarf)": platform.python_version(),
                },
            }
        )
    )


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
