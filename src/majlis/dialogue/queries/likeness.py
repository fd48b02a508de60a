"""Which sentences say much the same: a hint for a moderator, who decides.

One analyser of our own for three languages: letters are brought to one form, accents and vowel
marks taken away, words cut to what their forms share, and what two sentences have in common is
counted. Nothing is merged by itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LIKE = 0.5  # share of the shorter sentence's words found in the other
FEWEST = 3  # words that two sentences must share at least

_WORDS = re.compile(r"[^\W_]+")
_LETTERS = str.maketrans("أإآٱىة", "اااايه", "ـ")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_AR_FRONT = re.compile(r"^(?:[وف]?[بكل]?ال|[وف]?لل)(?=..)")
_AR_BACK = re.compile(r"(?:ات|ون|ين|ان|يه|ها|هم|نا|ه)$")
_EMPTY_EN = """
the and for that this with from are was were has have not our their they must should which who
what when where each all one can will more than into"""
_EMPTY_FR = """
les des une est dans pour pas que qui par sur avec sont aux ces ses leur leurs nous vous ils plus
doit doivent faut entre tous toute toutes comme cette"""
_EMPTY_AR = "من في علي الي عن ان هذا هذه التي الذي كل بين مع او لا ما يجب"
_EMPTY = frozenset(f"{_EMPTY_EN} {_EMPTY_FR} {_EMPTY_AR}".split())


def stems(text: str) -> frozenset[str]:
    """What a sentence is about: its words without accents, marks, endings and empty words."""
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_LETTERS)
    bare = "".join(c for c in unicodedata.normalize("NFD", folded) if not unicodedata.combining(c))
    return frozenset(_stems(unicodedata.normalize("NFC", bare)))


def _stems(bare: str) -> Iterator[str]:
    for word in _WORDS.findall(bare):
        if word in _EMPTY:
            continue
        if _ARABIC.search(word):
            front = _AR_FRONT.sub("", word)
            back = _AR_BACK.sub("", front)
            word = back if len(back) >= 3 else front
            if len(word) >= 3:
                yield word
        elif len(word) >= 3:
            yield word[:6]


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
    """Sentences to compare with, each under the key of the thing it belongs to."""

    def __init__(self, texts: Iterable[tuple[int, str]]) -> None:
        self._known: list[tuple[int, frozenset[str]]] = []
        self._with: dict[str, list[int]] = defaultdict(list)
        for key, text in texts:
            found = stems(text)
            for stem in found:
                self._with[stem].append(len(self._known))
            self._known.append((key, found))

    def of(self, text: str, *, but: int | None = None, most: int = 3) -> list[Like]:
        """Things that say much the same as a sentence, the most alike first."""
        wanted = stems(text)
        best: dict[int, float] = {}
        for place in {place for stem in wanted for place in self._with.get(stem, ())}:
            key, found = self._known[place]
            share = likeness(wanted, found)
            if key != but and share >= LIKE:
                best[key] = max(share, best.get(key, 0.0))
        ranked = sorted(best.items(), key=lambda item: -item[1])
        return [Like(key, share) for key, share in ranked[:most]]


def speaks_of(query: str, *texts: str) -> bool:
    """Whether some text holds every word of a search."""
    wanted = stems(query)
    return any(wanted <= stems(text) for text in texts)
