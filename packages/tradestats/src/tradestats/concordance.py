"""Product codes of one revision in another: convert chains, not trade.

A value that stood under one code cannot be split over several without weights; a list of codes
can be carried over, and says where it became wider.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tradestats.errors import BadTable


@dataclass(frozen=True)
class Carried:
    """A list of codes in another revision.

    Attributes
    ----------
    codes : tuple of str
    widened : mapping from new code to old codes
        New codes that also hold products of codes which were not in the list; these are named as
        they were before the step that brought them in.
    lost : tuple of str
        Codes that the concordance does not know.
    """

    codes: tuple[str, ...]
    widened: Mapping[str, tuple[str, ...]]
    lost: tuple[str, ...]


def carried(codes: Iterable[str], steps: Iterable[Iterable[tuple[str, str]]]) -> Carried:
    """Return codes in another revision, one step after another.

    Parameters
    ----------
    codes : iterable of str
        Codes may be the beginning of codes (HS4 of HS6).
    steps : iterable of steps, each an iterable of pairs (from, to)

    Raises
    ------
    BadTable
        When there is no step.

    Examples
    --------
    >>> step = [("880310", "880710"), ("880390", "880790"), ("880400", "880790")]
    >>> carried(["8803"], [step])
    Carried(codes=('880710', '880790'), widened={'880790': ('880400',)}, lost=())
    """
    now, lost = tuple(dict.fromkeys(codes)), []
    widened: dict[str, tuple[str, ...]] = {}
    taken = False
    for step in steps:
        taken = True
        pairs = tuple(step)
        used = {old for old, _new in pairs if now and old.startswith(now)}
        lost += [one for one in now if not any(old.startswith(one) for old in used)]
        found = sorted({new for old, new in pairs if old in used})
        wider: dict[str, set[str]] = {}
        for old, new in pairs:
            if new in found and (old not in used or old in widened):
                wider.setdefault(new, set()).update(widened.get(old, (old,)))
        widened = {new: tuple(sorted(others)) for new, others in wider.items()}
        now = tuple(found)
    if not taken:
        raise BadTable("a concordance needs one step or more.")
    return Carried(now, widened, tuple(lost))
