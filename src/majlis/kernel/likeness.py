"""Which sentences say much the same: a hint for people, who decide. Nothing is merged by itself."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from heapq import nlargest

from majlis.kernel.analysis import stems

LIKE = 0.5  # share of the shorter sentence's words found in the other
FEWEST = 3  # words that two sentences must share at least


def likeness(n_shared: int, n_one: int, n_other: int) -> float:
    """Share of the shorter sentence's words that both have; 0 where too few are shared."""
    shorter = min(n_one, n_other)
    if shorter == 0 or n_shared < min(FEWEST, shorter):
        return 0.0
    if shorter < FEWEST and not n_shared == n_one == n_other:
        return 0.0
    return n_shared / shorter


@dataclass(frozen=True, slots=True)
class Like:
    """A thing that says much the same as another, and how much."""

    key: int
    share: float


class Likenesses:
    """Sentences to compare with and their languages, under the key of the thing they belong to."""

    def __init__(self, texts: Iterable[tuple[int, str, str]]) -> None:
        self._known: list[tuple[int, int]] = []  # a key, and how many words its sentence has
        self._with: dict[str, list[int]] = defaultdict(list)
        for key, text, lang in texts:
            found = stems(text, lang)
            for stem in found:
                self._with[stem].append(len(self._known))
            self._known.append((key, len(found)))

    def __len__(self) -> int:
        """How many sentences there are."""
        return len(self._known)

    def of(self, text: str, lang: str, *, but: int | None = None, most: int = 3) -> list[Like]:
        """Things that say much the same as a sentence, the most alike first."""
        wanted = stems(text, lang)
        n_shared: Counter[int] = Counter()
        for stem in wanted:
            n_shared.update(self._with.get(stem, ()))
        enough = min(FEWEST, len(wanted))
        best: dict[int, float] = {}
        for place in sorted(place for place, n in n_shared.items() if n >= enough):
            key, n_words = self._known[place]
            share = likeness(n_shared[place], len(wanted), n_words)
            if key != but and share >= LIKE and share > best.get(key, 0.0):
                best[key] = share
        ranked = nlargest(most, best.items(), key=lambda item: item[1])
        return [Like(key, share) for key, share in ranked]
