"""`analyse`: the whole Polis recipe on one table of votes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from opinionspace._short import Short
from opinionspace._tables import IdArray, frozen
from opinionspace._tally import Counts
from opinionspace.digest import digest
from opinionspace.polis.clusters import Bases, Groups, bases, groups
from opinionspace.polis.components import Axes, axes, moderated_out
from opinionspace.polis.inclusion import ENOUGH_VOTES, first_arrivals, included
from opinionspace.polis.selection import Pick, consensus, probability, representative
from opinionspace.votes import FloatArray, IntArray, Votes

META_PRIORITY = 49.0
UNSEEN_PRIORITY = 1.0


class PeopleStatistics(NamedTuple):
    """Where each voice stands; each of shape (n_voices,), nan outside the conversation.

    Attributes
    ----------
    centricness : ndarray
        1 - distance to the mean of all positions.
    coreness : ndarray
        1 - distance to the mean of the own group.
    extremeness : ndarray
        Distance from the mean of the own group, in the direction away from the middle.
    """

    centricness: FloatArray
    coreness: FloatArray
    extremeness: FloatArray


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Analysis(Short):
    """What the recipe of Polis makes of one table of votes; all arrays are read-only.

    Rows follow `voice_ids`, columns `statement_ids`, groups are numbered from 0.

    Attributes
    ----------
    voice_ids, statement_ids : ndarray
        Those of the votes.
    moderated_out : bool ndarray of shape (n_statements,)
    axes : Axes
        Means, components, positions of voices and statements, extremity.
    bases : Bases
        Bundles of at most 100 close voices.
    groups : Groups
        Grouping of the bases: k, centres, silhouettes of every k tried.
    group_of_voice : int ndarray of shape (n_voices,)
        -1 for voices that are not in the conversation.
    counts : Counts, each of shape (k, n_statements)
        Votes of each group.
    total : Counts, each of shape (n_statements,)
        Votes of all voices, also of those in no group.
    representative : tuple of k tuples of Pick
        Statements that stand for each group; empty when there is one group only.
    consensus_agree, consensus_disagree : tuple of Pick
    group_informed_consensus : ndarray of shape (n_statements,), in (0, 1)
        Product over groups of the probability of agreeing.
    priorities : ndarray of shape (n_statements,), non-negative
        Weight of each statement in choosing what a voice is asked next.
    people : PeopleStatistics
    """

    voice_ids: IdArray
    statement_ids: IdArray
    moderated_out: npt.NDArray[np.bool_]
    axes: Axes
    bases: Bases
    groups: Groups
    group_of_voice: IntArray
    counts: Counts
    total: Counts
    representative: tuple[tuple[Pick, ...], ...]
    consensus_agree: tuple[Pick, ...]
    consensus_disagree: tuple[Pick, ...]
    group_informed_consensus: FloatArray
    priorities: FloatArray
    people: PeopleStatistics

    @property
    def k(self) -> int:
        """Number of groups."""
        return self.groups.k

    @property
    def included(self) -> npt.NDArray[np.bool_]:
        """Who is in the conversation, and so is counted in a group."""
        return self.group_of_voice >= 0

    def facts(self) -> Mapping[str, Any]:  # Any: plain values of many kinds
        """Return every number by name, as `opinionspace.digest` takes them."""
        named = {field.name: getattr(self, field.name) for field in fields(self)}
        counts, total, people = (named.pop(name) for name in ("counts", "total", "people"))
        named |= counts._asdict() | people._asdict() | {"included": self.included}
        return named | {f"total_{name}": part for name, part in total._asdict().items()}

    def digest(self) -> str:
        """Return the SHA-256 of `facts` at nine significant digits."""
        return digest(self.facts())


def analyse(
    votes: Votes, *, k: int | None = None, threshold: int = ENOUGH_VOTES, keep: Any = ()
) -> Analysis:
    """Analyse votes by the recipe of Polis, uncapped and without chance.

    The recipe always finds two groups or more, also in votes that hold none; nothing here
    says whether they are real. The same votes give the same result.

    Parameters
    ----------
    votes : Votes
        Statements without votes stay in the result, without weight. Where the log has an
        order (`votes.log`), voices enter the conversation and are bundled in that order.
    k : int from 2, optional
        Make so many groups; left out, as many as have the best silhouette.
    threshold : int from 1
        Statements a voice must have voted on to be grouped.
    keep : ids of voices, optional
        Voices that are grouped whatever the threshold: those that Polis kept from an earlier
        day, say.

    Returns
    -------
    Analysis

    Raises
    ------
    TooLittle
        When fewer than two voices or two statements have votes, when nobody differs from
        anybody on any statement, or when there are fewer distinct positions than `k`.
    BadVotes
        When `keep` names a voice without votes.
    ValueError
        When `k` is no whole number from 2, or `threshold` none from 1.

    References
    ----------
    .. [1] compdemocracy/polis @ 08e03eb (2024), `math/src/polismath/math/conversation.clj`.

    Examples
    --------
    >>> votes = Votes.from_matrix([[1, 1, -1], [1, 1, -1], [-1, -1, 1], [-1, 0, 1]])
    >>> analyse(votes).group_of_voice.tolist()
    [0, 0, 1, 1]
    """
    if k is not None and (isinstance(k, bool) or not isinstance(k, int | np.integer) or k < 2):
        raise ValueError(f"k is a number of groups from 2, not {k!r}")
    out = moderated_out(votes)
    found = axes(votes)
    inside = included(votes, threshold, keep)
    bundled = bases(found.projections, inside, first_arrivals(votes))
    grouped = groups(bundled.centers, bundled.sizes, k)
    group_of_voice = np.append(grouped.of_base, -1)[bundled.of_voice]
    counts, total = group_votes(votes, group_of_voice, grouped.k)
    allowed = ~out & (total.seen > 0)
    agreed, rejected = consensus(*total, allowed)
    return Analysis(
        voice_ids=votes.voice_ids,
        statement_ids=votes.statement_ids,
        moderated_out=frozen(out),
        axes=found,
        bases=bundled,
        groups=grouped,
        group_of_voice=frozen(group_of_voice),
        counts=counts,
        total=total,
        representative=representative(*counts, allowed) if grouped.k > 1 else ((),),
        consensus_agree=agreed,
        consensus_disagree=rejected,
        group_informed_consensus=frozen(group_informed_consensus(counts.agree, counts.seen)),
        priorities=frozen(priorities(counts, found.extremity, votes.is_meta, total.seen > 0)),
        people=participant_statistics(found.projections, group_of_voice, grouped.k),
    )


def group_votes(votes: Votes, group_of_voice: IntArray, k: int) -> tuple[Counts, Counts]:
    """Count votes per group and over everybody.

    Parameters
    ----------
    votes : Votes
    group_of_voice : int ndarray of shape (n_voices,), from -1 (in no group) to k - 1
    k : int

    Returns
    -------
    Counts of shape (k, n_statements), and the same of shape (n_statements,)
        The second also counts voices in no group. All arrays are read-only.
    """
    counts = votes.counts_by(group_of_voice, k)
    return counts.rows(slice(k)).frozen(), counts.total().frozen()


def group_informed_consensus(agree: IntArray, seen: IntArray) -> FloatArray:
    r"""Return :math:`\prod_g (A_{gj} + 1) / (S_{gj} + 2)` for each statement.

    The raw product of the recipe: it shrinks as groups are added, and does not tell
    disagreement from passing.

    Parameters
    ----------
    agree, seen : int ndarray of shape (n_groups, n_statements)

    References
    ----------
    .. [1] Polis recipe: `conversation.clj` lines 614 to 636.
    """
    return np.asarray(probability(agree, seen).prod(axis=0))


def priorities(
    counts: Counts,
    extremity: FloatArray,
    is_meta: npt.NDArray[np.bool_],
    voted: npt.NDArray[np.bool_],
) -> FloatArray:
    r"""Return the weight with which each statement is drawn for a voice that lacks it.

    .. math::

        \left[\Bigl(1 - \frac{P+1}{S+2}\Bigr) (E+1) \frac{A+1}{S+2}
        \bigl(1 + 8 \cdot 2^{-S/5}\bigr)\right]^2

    with agreements A, passes P and all votes S summed over groups, and extremity E. Meta
    statements weigh 49, statements nobody has voted on 1. Calculated from the present votes,
    where Polis uses those of its previous update.

    Parameters
    ----------
    counts : Counts, each of shape (n_groups, n_statements)
    extremity : ndarray of shape (n_statements,)
    is_meta, voted : bool ndarray of shape (n_statements,)

    References
    ----------
    .. [1] Polis recipe: `conversation.clj` lines 308 to 327 and 638 to 666.
    """
    a, d, s = (part.astype(np.float64) for part in counts.total())
    importance = (1.0 - probability(s - a - d, s)) * (extremity + 1.0) * probability(a, s)
    weight = (importance * (1.0 + 8.0 * 2.0 ** (-s / 5.0))) ** 2
    weight[is_meta] = META_PRIORITY
    weight[~voted] = UNSEEN_PRIORITY
    return np.asarray(weight)


def participant_statistics(
    projections: FloatArray, group_of_voice: IntArray, k: int
) -> PeopleStatistics:
    """Return where each voice stands, nan outside the groups.

    1 - ‖x - mean of all‖, 1 - ‖x - mean of the group‖, and (x - group mean) · unit(group mean -
    mean of all), in units of the map. With one group the last has no direction and is 0.

    References
    ----------
    .. [1] Polis recipe: `repness.clj` lines 362 to 410.
    """
    grouped = group_of_voice >= 0
    everybody = bool(grouped.all())
    x = projections if everybody else projections[grouped]
    group = group_of_voice if everybody else group_of_voice[grouped]
    n = np.bincount(group, minlength=k)
    sums = np.column_stack([np.bincount(group, x[:, axis], k) for axis in range(2)])
    middle = sums.sum(axis=0) / n.sum()
    own = sums / np.maximum(n, 1)[:, None]
    outward = own - middle
    length = np.sqrt((outward**2).sum(axis=1, keepdims=True))
    outward /= np.where(length > 0, length, 1.0)
    off_x, off_y = x[:, 0] - own[group, 0], x[:, 1] - own[group, 1]
    found = (
        1.0 - np.hypot(x[:, 0] - middle[0], x[:, 1] - middle[1]),
        1.0 - np.hypot(off_x, off_y),
        off_x * outward[group, 0] + off_y * outward[group, 1],
    )
    if everybody:
        return PeopleStatistics(*map(frozen, found))
    whole = np.full((3, len(grouped)), np.nan)
    whole[:, grouped] = found
    return PeopleStatistics(*map(frozen, whole))
