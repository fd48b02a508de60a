"""What can be said of a room, and what cannot, as codes with numbers.

The product has words for each code in its languages; here is what they mean.

==================== ============================================================ ==========
code                 meaning                                                      numbers
==================== ============================================================ ==========
counts_only          too few people with enough votes, or statements, to look for people,
                     groups: under twenty and three                               statements,
                                                                                  needed,
                                                                                  needed_statements
too_large            more people or statements than this mode looks at for groups people, most,
                                                                                  statements,
                                                                                  most_statements
shared               statements a majority surely agrees on, or surely rejects    agreed,
                     (P ≥ 0.95), and the surest                                   rejected,
                                                                                  statement
nothing_shared       no statement has a sure majority yet                         –
bridged              statements that a majority of every cell with five answers   attribute,
                     surely agrees on (of two cells or more), and the one         statements,
                     nearest to it                                                statement
divides              the statement that divides most, and on what scale: `group`, statement,
                     where groups lie apart, or `room`, where some agree and      spread, by
                     some disagree
answers_lean         statements that found more agreement (or disagreement) were  towards
                     answered by more people: shares lean that way
groups               distinct groups can be shown                                 groups,
                                                                                  smallest
borderline           it stays open whether there are distinct groups              gap
                                                                                  (see below)
one_axis             people differ along one axis, but no distinct groups         gap
                     can be shown
no_groups            no distinct groups can be shown                              gap
too_weak_to_show     as the two above; no split of the kind measured, however     most
                     strong, would be shown reliably by so few people and votes
few_on_the_map       too few people for a map of persons                          people, needed
unplaced             people with too few votes to be placed                       people
no_claim             cells of an attribute with fewer than five answers, on any   attribute,
                     statement                                                    cells, of
agreeing             people who agree with nearly everything                      people
disagreeing          people who disagree with nearly everything                   people
same_ballots         blocks of identical or nearly identical ballots: intervals   blocks,
                     count each as an opinion of its own                          people
left_out             groups were looked for without the first two and with one    answer,
                     ballot of each block; what had been said with all of them    with_all
==================== ============================================================ ==========

The last four are only for whoever organises the round (`manners_of`).

`gap` is the power of the gate in this room: two equal halves whose agreement differs by that
much, on half of the statements, would be shown in 8 of 10 cases. It is 0 where
`too_weak_to_show` follows.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import scipy  # its parts are loaded when they are first needed

from opinionspace.room.between import SURE
from opinionspace.room.counts import CountsRead
from opinionspace.room.gate import FEWEST_STATEMENTS, MOST_PLACED, MOST_STATEMENTS, Answer
from opinionspace.room.grouping import FEWEST_TO_SPLIT
from opinionspace.room.groups import Grouping
from opinionspace.room.posterior import FEWEST_VOTES, above_half
from opinionspace.room.power import MOST_GAP
from opinionspace.room.result import FEWEST_ON_A_MAP, Sentence

#: Under this, groups lie no further apart than the doubt about cells of a few votes.
LEAST_SPREAD = 0.1
#: Statements needed to compare answers with agreement, and what shows that they go together:
#: a rank correlation, and so much between the thirds of statements agreed on most and least.
FEWEST_TO_COMPARE = 12
LEAN_LEVEL = 0.01
LEAST_LEAN = 0.1


def sentences_of(read: CountsRead, found: Grouping) -> tuple[Sentence, ...]:
    """Return what to say, the headline first: shared, divides, not to be said.

    Groups are told of only where `read` has counts of them.
    """
    gate, plane = found.gate, found.plane
    said = [_shared(read), *_bridged(read), *_divides(read), *_leaning(read, found.n_people)]
    said += _groups(read, found)
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
    if read.groups is not None:
        apart = np.nan_to_num(read.divisiveness, nan=0.0) >= LEAST_SPREAD
    else:
        apart = (read.whole.agree > 0) & (read.whole.disagree > 0)
    known = np.where(apart, np.round(np.nan_to_num(read.divisiveness, nan=-1.0), 9), -1.0)
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


def _leaning(read: CountsRead, n_people: int) -> Iterator[Sentence]:
    """Compare how many answered each statement with how many of these agreed."""
    known = read.whole.seen >= FEWEST_VOTES
    if known.sum() < FEWEST_TO_COMPARE:
        return
    answered = read.whole.seen[known] / max(n_people, 1)
    for towards, counts in (("agree", read.whole.agree), ("disagree", read.whole.disagree)):
        share = counts[known] / read.whole.seen[known]
        if np.ptp(share) == 0 or np.ptp(answered) == 0:
            continue
        found = scipy.stats.spearmanr(share, answered)
        order = np.argsort(share, kind="stable")
        third = len(order) // 3
        more = answered[order[-third:]].mean() - answered[order[:third]].mean()
        if found.statistic > 0 and found.pvalue <= LEAN_LEVEL and more >= LEAST_LEAN:
            yield Sentence("answers_lean", {"towards": towards})
            return


def manners_of(found: Grouping) -> tuple[Sentence, ...]:
    """Return what to tell whoever organises the round about ways of voting, naming nobody."""
    manners, gate = found.manners, found.gate
    said = []
    if manners.agreeing:
        said.append(Sentence("agreeing", {"people": manners.agreeing}))
    if manners.disagreeing:
        said.append(Sentence("disagreeing", {"people": manners.disagreeing}))
    if manners.blocks:
        numbers = {"blocks": len(manners.blocks), "people": sum(manners.blocks)}
        said.append(Sentence("same_ballots", numbers))
    if gate.answer_with_all is not None:
        numbers_of = {"answer": str(gate.answer), "with_all": str(gate.answer_with_all)}
        said.append(Sentence("left_out", numbers_of))
    return tuple(said)


def _groups(read: CountsRead, found: Grouping) -> Iterator[Sentence]:
    gate = found.gate
    if gate.n_placed > MOST_PLACED or gate.n_statements > MOST_STATEMENTS:
        yield Sentence(
            "too_large",
            {
                "people": gate.n_placed,
                "most": MOST_PLACED,
                "statements": gate.n_statements,
                "most_statements": MOST_STATEMENTS,
            },
        )
    elif gate.n_looked_at < FEWEST_TO_SPLIT or gate.n_statements < FEWEST_STATEMENTS:
        yield Sentence(
            "counts_only",
            {
                "people": gate.n_looked_at,
                "statements": gate.n_statements,
                "needed": FEWEST_TO_SPLIT,
                "needed_statements": FEWEST_STATEMENTS,
            },
        )
    elif read.groups is not None:
        sizes = read.groups.cells.sizes
        yield Sentence("groups", {"groups": len(sizes), "smallest": int(sizes.min())})
    elif gate.answer is Answer.BORDERLINE:
        yield Sentence("borderline", {"gap": gate.detectable or 0.0})
    elif gate.answer is Answer.NONE:  # groups of which no counts may be seen are not told of
        code = "one_axis" if gate.axis_is_real else "no_groups"
        yield Sentence(code, {"gap": gate.detectable or 0.0})
        if gate.detectable is None:
            yield Sentence("too_weak_to_show", {"most": MOST_GAP})
