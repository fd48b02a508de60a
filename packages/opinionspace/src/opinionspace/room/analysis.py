"""`analyse`: all that one room's votes carry, and a sentence for what they do not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from opinionspace import __version__
from opinionspace._short import Short
from opinionspace.digest import digest
from opinionspace.room.cells import Attributes, label_index, named_labels, table
from opinionspace.room.counts import CountsRead, read_counts
from opinionspace.room.groups import Grouping, check_seed, find_groups, without_rejected
from opinionspace.room.matching import Before
from opinionspace.room.result import Routing, Sentence
from opinionspace.room.routing import routing
from opinionspace.room.sentences import manners_of, sentences_of
from opinionspace.votes import Votes


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class RoomResult(Short):
    """What one room's votes carry; all arrays are read-only.

    Columns follow `counts.statement_ids`: those of the votes without statements a moderator
    rejected. Rows of persons follow `grouping.voice_ids`.

    Attributes
    ----------
    version : str
        Of this package.
    seed, smallest : int
        As given.
    grouping : Grouping
        What the votes themselves tell: gate, axes, who is in which group.
    counts : CountsRead
        What follows from counts. `declared` holds one division per attribute, by name.
    routing : Routing
    sentences : tuple of Sentence
        Never empty.
    """

    version: str
    seed: int
    smallest: int
    grouping: Grouping
    counts: CountsRead
    routing: Routing
    sentences: tuple[Sentence, ...]

    @property
    def small(self) -> npt.NDArray[np.bool_]:
        """Statements with some answers but fewer than `smallest`."""
        seen = self.counts.whole.seen
        return np.asarray((seen > 0) & (seen < self.smallest))

    def facts(self) -> Mapping[str, Any]:  # Any: plain values of many kinds
        """Return every number by name, as `opinionspace.digest` takes them."""
        found, read = self.grouping, self.counts
        return {
            "version": self.version,
            "seed": self.seed,
            "smallest": self.smallest,
            "voice_ids": found.voice_ids,
            "statement_ids": found.statement_ids,
            "n_people": found.n_people,
            **read.whole._asdict(),
            "small": self.small,
            "agreement": read.agreement,
            "disagreement": read.disagreement,
            "declared": tuple(read.declared.values()),
            "groups": read.groups,
            "group_of_voice": found.group_of_voice,
            "divisiveness": read.divisiveness,
            "gate": found.gate,
            "manners": found.manners,
            "plane": found.plane,
            "routing": self.routing,
            "sentences": self.sentences,
        }

    def digest(self) -> str:
        """Return the SHA-256 of `facts` at nine significant digits."""
        return digest(self.facts())


def analyse(
    votes: Votes,
    attributes: Attributes | Any = None,
    seed: int = 1,
    previous: Before | None = None,
    smallest: int = 5,
) -> RoomResult:
    """Say what a room's votes carry: by declared cell, by discovered group, or not at all.

    Made for 15 to 150 people; three people get counts. `find_groups` and `read_counts` in one
    call, where nothing needs to be hidden. Equal votes (in any order, under any names of
    voices), attributes, seed and previous result give equal bytes.

    Parameters
    ----------
    votes : Votes
        Statements with `mod` -1 are left out; statements marked `is_meta` are counted but
        make no groups. Not modified.
    attributes : mapping from name to labels, or a data frame with a row for each voice, optional
        Labels are a mapping from voice id, a Series named by voice id, or a list or array in the
        order of `votes.voice_ids`; None, nan or empty text for no label. A data frame is matched
        by its index, or by a column of voice ids (`voice`). The first one named steers the
        routing, so name the constituency first.
    seed : int, non-negative
        Of every random draw; kept in the result.
    previous : Before, optional
        `grouping.before` of the previous result.
    smallest : int, positive
        Cells with fewer answers are marked `small`; nothing is hidden here.

    Raises
    ------
    BadVotes
        When labels cannot be matched with the voices; see `cells.label_index`.
    ValueError
        When `seed` is not a whole number from 0, or `smallest` is not positive.

    Examples
    --------
    >>> votes = Votes.from_matrix([[1, -1], [1, 1], [1, 0]])
    >>> [sentence.code for sentence in analyse(votes).sentences]
    ['nothing_shared', 'counts_only']
    """
    votes = without_rejected(votes)
    check_seed(seed)
    named = {
        name: label_index(given, votes, name) for name, given in named_labels(attributes).items()
    }
    tables = {
        name: table(votes, of_voice, labels) for name, (labels, of_voice) in sorted(named.items())
    }
    found = find_groups(votes, seed, previous)
    read = read_counts(votes.statement_ids, votes.counts(), tables, found.groups, smallest)
    first = next(iter(named), None)
    steered = () if first is None else (read.declared[first].cells, named[first][1])
    return RoomResult(
        __version__,
        seed,
        smallest,
        found,
        read,
        routing(read.agreement, read.whole.seen, *steered),
        sentences_of(read, found) + manners_of(found),
    )
