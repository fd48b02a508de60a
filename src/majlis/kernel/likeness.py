"""Which sentences say much the same: a hint for people, who decide. Nothing is merged by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from majlis.kernel.analysis import stems

LIKE = 0.5  # share of the shorter sentence's words found in the other
FEWEST = 3  # words that two sentences must share at least


def likeness(a: frozenset[str], b: frozenset[str]) -> float:
    """Share of the shorter sentence's words that both have; 0 where too few are shared."""
    shared = len(a & b)
    shorter = min(len(a), len(b))
    if shared < min(FEWEST, shorter) or shorter == 0:
        return 0.0
    if shorter < FEWEST and a != b:
        return 0.0
    return shared / shorter


@dataclass(frozen=True, slots=True)
class Like:
    """A thing that says much the same as another, and how much."""

    key: int
    share: float


class Likenesses:
    """Sentences to compare with and their languages, under the key of the thing they belong to."""

    def __init__(self, texts: Iterable[tuple[int, str, str]]) -> None:
        self._known: list[tuple[int, frozenset[str]]] = []
        self._with: dict[str, list[int]] = defaultdict(list)
        for key, text, lang in texts:
            found = stems(text, lang)
            for stem in found:
                self._with[stem].append(len(self._known))
            self._known.append((key, found))

    def of(self, text: str, lang: str, *, but: int | None = None, most: int = 3) -> list[Like]:
        """Things that say much the same as a sentence, the most alike first."""
        wanted = stems(text, lang)
        best: dict[int, float] = {}
        for place in {place for stem in wanted for place in self._with.get(stem, ())}:
            key, found = self._known[place]
            share = likeness(wanted, found)
            if key != but and share >= LIKE:
                best[key] = max(share, best.get(key, 0.0))
        ranked = sorted(best.items(), key=lambda item: -item[1])
        return [Like(key, share) for key, share in ranked[:most]]
