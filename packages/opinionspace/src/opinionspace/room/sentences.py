"""What can be said of a room, and what cannot, as codes with numbers.

The product has words for each code in its languages; here is what they mean.

==================== ============================================================ ==========
code                 meaning                                                      numbers
==================== ============================================================ ==========
counts_only          too few people or statements to look for groups: counts      people,
                     and intervals only                                           statements,
                                                                                  needed,
                                                                                  needed_statements
too_large            more people or statements than this mode looks at for groups people, most
shared               statements a majority surely agrees on, or surely rejects    agreed,
                     (P ≥ 0.95), and the surest                                   rejected,
                                                                                  statement
nothing_shared       no statement has a sure majority yet                         –
bridged              statements that a majority of every cell surely agrees on,   attribute,
                     and the one nearest to it                                    statements,
                                                                                  statement
divides              the statement that divides most, and on what scale           statement,
                     (`group`, or `room` for 4·p·(1 − p))                          spread, by
groups               distinct groups can be shown                                 groups,
                                                                                  smallest
one_axis             people differ along one axis, but no distinct groups         gap
                     can be shown                                                 (see below)
no_groups            no distinct groups can be shown                              gap
too_weak_to_show     as the two above; no split of the kind measured, however     most
                     strong, would be shown reliably by so few people and votes
few_on_the_map       too few people for a map of persons                          people, needed
unplaced             people with too few votes to be placed                       people
no_claim             cells of an attribute with fewer than five answers, on any   attribute,
                     statement                                                    cells, of
==================== ============================================================ ==========

`gap` is the power of the gate in this room: two equal halves whose agreement differs by that
much, on half of the statements, would be shown in 8 of 10 cases. It is 0 where
`too_weak_to_show` follows.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from opinionspace.room.between import SURE
from opinionspace.room.counts import CountsRead
from opinionspace.room.gate import FEWEST_PLACED, FEWEST_STATEMENTS, MOST_PLACED, MOST_STATEMENTS
from opinionspace.room.groups import Grouping
from opinionspace.room.posterior import above_half
from opinionspace.room.power import MOST_GAP
from opinionspace.room.result import FEWEST_ON_A_MAP, Sentence


def sentences_of(read: CountsRead, found: Grouping) -> tuple[Sentence, ...]:
    """Return what to say, the headline first: shared, divides, not to be said.

    Groups are told of only where `read` has counts of them.
    """
    gate, plane = found.gate, found.plane
    said = [_shared(read), *_bridged(read), *_divides(read), *_groups(read, found)]
    if plane is not None and plane.position is None:
        said.append(
            Sentence("few_on_the_map", {"people": gate.n_placed, "needed": FEWEST_ON_A_MAP})
        )
    if gate.asked and gate.n_placed < found.n_people:
        said.append(Sentence("unplaced", {"people": found.n_people - gate.n_placed}))
    for name, division in read.declared.items():
        claimed = division.cells.agreement.claimed
        silent = int((~claimed).any(axis=1).sum())
        if silent:
            said.append(
                Sentence("no_claim", {"attribute": name, "cells": silent, "of": len(claimed)})
            )
    return tuple(said)


def _shared(read: CountsRead) -> Sentence:
    agreement, disagreement = read.agreement, read.disagreement
    claimed = agreement.claimed
    agreed = np.where(claimed, above_half(agreement), 0.0)
    rejected = np.where(claimed, above_half(disagreement), 0.0)
    either = np.round(np.maximum(agreed, rejected), 9)
    if not (either >= SURE).any():
        return Sentence("nothing_shared", {})
    strongest = np.where(either >= SURE, np.maximum(agreement.mean, disagreement.mean), -1.0)
    return Sentence(
        "shared",
        {
            "agreed": int((np.round(agreed, 9) >= SURE).sum()),
            "rejected": int((np.round(rejected, 9) >= SURE).sum()),
            "statement": read.statement_ids[int(np.round(strongest, 9).argmax())].item(),
        },
    )


def _bridged(read: CountsRead) -> Iterator[Sentence]:
    for division in (*read.declared.values(), *((read.groups,) if read.groups else ())):
        sure = np.round(np.nan_to_num(division.bridging.probability, nan=0.0), 9)
        if (division.bridging.n_cells >= 2).any():
            yield Sentence(
                "bridged",
                {
                    "attribute": division.cells.name,
                    "statements": int((sure >= SURE).sum()),
                    "statement": read.statement_ids[int(sure.argmax())].item(),
                },
            )


def _divides(read: CountsRead) -> Iterator[Sentence]:
    known = np.round(np.nan_to_num(read.divisiveness, nan=-1.0), 9)
    if len(known) and known.max() >= 0:
        place = int(known.argmax())
        yield Sentence(
            "divides",
            {
                "statement": read.statement_ids[place].item(),
                "spread": float(read.divisiveness[place]),
                "by": "group" if read.groups else "room",
            },
        )


def _groups(read: CountsRead, found: Grouping) -> Iterator[Sentence]:
    gate = found.gate
    if gate.n_placed > MOST_PLACED or gate.n_statements > MOST_STATEMENTS:
        yield Sentence("too_large", {"people": gate.n_placed, "most": MOST_PLACED})
    elif not gate.asked:
        yield Sentence(
            "counts_only",
            {
                "people": found.n_people,
                "statements": gate.n_statements,
                "needed": FEWEST_PLACED,
                "needed_statements": FEWEST_STATEMENTS,
            },
        )
    elif read.groups is not None:
        sizes = read.groups.cells.sizes
        yield Sentence("groups", {"groups": len(sizes), "smallest": int(sizes.min())})
    else:
        code = "one_axis" if gate.axis_is_real else "no_groups"
        yield Sentence(code, {"gap": gate.detectable or 0.0})
        if gate.detectable is None:
            yield Sentence("too_weak_to_show", {"most": MOST_GAP})
