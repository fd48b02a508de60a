"""One analysis of words for searching, comparing and sorting, in all languages of the project.

Everything is worked out here, so that SQLite and PostgreSQL cannot answer differently.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from django.utils.translation import get_language

from majlis.kernel.texts import Text

SHORTEST = 3  # letters of a word that says what a text is about
MOST_TEXTS = 10_000  # whose words are kept, so that a list is read once and not on each look at it


class _Letters(dict[int, int | str | None]):
    """What becomes of each sign: marks and signs of format go, the others stay unless named."""

    def __missing__(self, code: int) -> int | str | None:
        goes = unicodedata.combining(chr(code)) or unicodedata.category(chr(code)) == "Cf"
        self[code] = None if goes else code
        return self[code]


_LETTERS = _Letters(
    str.maketrans("ٱىةکی’‘ʼıłđð٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "ايهكي'''ildd01234567890123456789", "ـ")
)
_LETTERS |= {
    ord(letter): pair for letter, pair in zip("œæøþ", ("oe", "ae", "o", "th"), strict=True)
}
_WORD = re.compile(r"[^\W_]+")
_ELISION = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)'(?=\w)|'s\b")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_AR_FRONT = re.compile(r"^(?:[وف]?[بكل]?ال|[وف]?لل)(?=..)")
_AR_BACK = re.compile(r"(?:ات|ون|ين|ان|يه|ها|هم|نا|ه|ي)$")
_EMPTY_EN = """
the and for that this with from are was were has have not our their they must should which who
what when where each all one can will more than into"""
_EMPTY_FR = """
les des une est dans pour pas que qui par sur avec sont aux ces ses leur leurs nous vous ils plus
doit doivent faut entre tous toute toutes comme cette"""
_EMPTY_AR = "من في علي الي عن ان هذا هذه التي الذي كل بين مع او لا ما يجب"
_EMPTY = frozenset(f"{_EMPTY_EN} {_EMPTY_FR} {_EMPTY_AR}".split())
_STEMMERS = {"en": "english", "fr": "french"}


def fold(text: str) -> str:
    """A text as it is compared: no capitals, accents, vowel marks or tatweel, one form of alef,
    ya, ta marbuta, digits and apostrophes."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return unicodedata.normalize("NFC", plain.translate(_LETTERS))


def words(text: str) -> list[str]:
    """The folded words of a text, without the articles and pronouns that French elides."""
    return _WORD.findall(_ELISION.sub("", fold(text)))


@lru_cache(maxsize=MOST_TEXTS)
def _words_of(text: str) -> tuple[str, ...]:
    return tuple(words(text))


@lru_cache(maxsize=50_000)
def stem(word: str, lang: str) -> str:
    """What the forms of a folded word share: Snowball, and light stemming for Arabic."""
    if _ARABIC.search(word):
        front = _AR_FRONT.sub("", word)
        back = _AR_BACK.sub("", front)
        return back if len(back) >= SHORTEST else front
    if lang not in _STEMMERS:
        return word
    import snowballstemmer  # type: ignore[import-untyped] # for thirty languages: no start waits

    return str(snowballstemmer.stemmer(_STEMMERS[lang]).stemWord(word))


@lru_cache(maxsize=MOST_TEXTS)
def stems(text: str, lang: str) -> frozenset[str]:
    """What a text is about: the stems of its words, empty and very short ones left out."""
    said = (word for word in words(text) if word not in _EMPTY and len(word) >= SHORTEST)
    return frozenset(found for word in said if len(found := stem(word, lang)) >= SHORTEST)


class Search:
    """What somebody typed into a search box; true when there is anything to look for.

    All its words must be found. They are read in the language of each text that is searched.
    """

    def __init__(self, typed: str) -> None:
        said = words(typed)
        self._words = [word for word in said if word not in _EMPTY] or said

    def __bool__(self) -> bool:
        return bool(self._words)

    def in_words(self, text: str, lang: str) -> bool:
        """Whether a text holds every word, in some form or as the beginning of a longer one."""
        said = _words_of(text)
        return all(
            any(one.startswith(word) for one in said)
            or any(stem(one, lang) == stem(word, lang) for one in said)
            for word in self._words
        )

    def in_text(self, text: Text, beside: str = "") -> bool:
        """Whether one language of a text holds every word; `beside` is read with each."""
        return any(self.in_words(f"{beside} {w.text}", lang) for lang, w in text.items())

    def in_names(self, *names: str | None) -> bool:
        """Whether names, addresses or codes together hold every word, also inside a longer one."""
        given = [fold(name) for name in names if name]
        said = [" ".join(_WORD.findall(name)) for name in given]
        said += ["".join(_WORD.findall(name)) for name in given]
        return all(any(word in name for name in said) for word in self._words)


class _Places(dict[int, int | str | None]):
    """Where each letter of a name stands: spaces first, then letters of one's own, then others."""

    def __init__(self, *, is_arabic: bool) -> None:
        super().__init__()
        self.is_arabic = is_arabic

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        is_foreign = letter.isalpha() and bool(_ARABIC.match(letter)) != self.is_arabic
        self[code] = place = ("2" if is_foreign else "1" if letter != " " else "0") + letter
        return place


_PLACES = {is_arabic: _Places(is_arabic=is_arabic) for is_arabic in (False, True)}


def sort_key(text: str, lang: str | None = None) -> tuple[str, str, str]:
    """Where a name stands in a list read in `lang`, or in the language of the moment.

    The letters of the language come before other alphabets. Accents count only between names that
    are otherwise the same, capitals after them.
    """
    is_arabic = (lang or get_language() or "en").startswith("ar")
    letters = " ".join(_WORD.findall(fold(text)))
    places = letters.translate(_PLACES[is_arabic])
    return places, unicodedata.normalize("NFD", text.casefold()), text.swapcase()
