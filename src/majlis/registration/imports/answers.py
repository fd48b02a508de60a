"""What a cell of a list says to a question of the registration form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from majlis.kernel.analysis import fold
from majlis.kernel.texts import Text
from majlis.kernel.writing import bare, line, number, text
from majlis.series.models import Question
from majlis.series.states import QuestionKind

PREFIX = "asked_"  # before the code of a question, where a column is one of its answers
YES = {"yes", "y", "oui", "o", "x", "1", "true", "vrai", "نعم"}
NO = {"no", "n", "non", "0", "false", "faux", "لا"}
_BETWEEN = re.compile(r"[\n;,،؛|]")
_DAY = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")


def answer_in(question: Question, cell: str) -> Any:
    """The answer that a cell gives, as answers are stored, or None where it gives none."""
    said = text(cell).strip()
    match question.kind:
        case QuestionKind.TEXT:
            return line(said)[:300] or None
        case QuestionKind.LONG:
            return said[:2000] or None
        case QuestionKind.CHOICE:
            return _options(question).get(_plain(said))
        case QuestionKind.SEVERAL:
            return _several(question, said)
        case QuestionKind.YES_NO:
            word = _plain(said)
            return "yes" if word in _FOLDED_YES else "no" if word in _FOLDED_NO else None
        case QuestionKind.DATE:
            return _day(said)
    return None


def _several(question: Question, said: str) -> list[str] | None:
    """Every answer of a cell, in the order of the question; nothing where one is unknown."""
    known = _options(question)
    parts = [_plain(part) for part in _BETWEEN.split(said) if part.strip()]
    if _plain(said) in known:  # an answer that holds a comma itself
        parts = [_plain(said)]
    if not parts or any(part not in known for part in parts):
        return None
    chosen = {known[part] for part in parts}
    return [stored for stored, _shown in question.choices("en") if stored in chosen]


def _options(question: Question) -> dict[str, str]:
    """The stored answers by what people may call them, in every language."""
    return {
        _plain(shown): stored
        for lang in question.options
        for stored, shown in question.choices(lang)
    }


def _day(said: str) -> str | None:
    """A day as answers store it. Of 3.4.2026, the day comes first, as people write it here."""
    typed = number(said)
    found = _DAY.fullmatch(typed)
    try:
        if found:
            return date(int(found[3]), int(found[2]), int(found[1])).isoformat()
        return date.fromisoformat(typed[:10]).isoformat()
    except ValueError:
        return None


@lru_cache(maxsize=4_000)
def _plain(words: str) -> str:
    return " ".join(fold(bare(words)).replace("’", "'").split())


_FOLDED_YES, _FOLDED_NO = ({_plain(word) for word in words} for words in (YES, NO))


def guessed_questions(
    headings: Sequence[str], fields: Sequence[str], questions: Iterable[Question]
) -> list[str]:
    """The fields of the columns, with questions where a heading is one, in whatever language."""
    asked = {
        _plain(words).strip(" :?؟"): f"{PREFIX}{one.code}"
        for one in questions
        for words in _wordings(one.prompt)
    }
    found = list(fields)
    for at, heading in enumerate(headings):
        name = asked.get(_plain(heading).strip(" :?؟"), "")
        if name and name not in found:
            found[at] = name
    return found


def _wordings(prompt: Text) -> list[str]:
    return [prompt.words(lang) for lang in prompt]
