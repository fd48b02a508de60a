"""Vote events as columns, read on from where an earlier reading ended."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from majlis.dialogue.models import Round, VoteEvent
from majlis.kernel.lazily import lazily

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Column = npt.NDArray[np.int64]
else:
    np = lazily("numpy")


@dataclass(frozen=True, slots=True)
class Events:
    """Vote events of a round in the order of their keys, one entry of each column per event."""

    keys: Column
    voices: Column
    statements: Column
    seqs: Column
    stances: Column

    def __len__(self) -> int:
        return len(self.keys)


def events_after(round: Round, key: int, *, most: int) -> Events:
    """The first `most` events of a round whose primary key is above `key`. One query.

    On PostgreSQL keys are given out before the commit, so an event may appear later under a key
    that is lower than some already seen: whoever reads on has to go back a little.
    """
    rows = (
        VoteEvent.objects.filter(statement__round=round, pk__gt=key)
        .order_by("pk")
        .values_list("pk", "voice_id", "statement_id", "seq", "stance")
    )
    table = np.fromiter(chain.from_iterable(rows[:most]), np.int64).reshape(-1, 5)
    return Events(*np.ascontiguousarray(table.T))
