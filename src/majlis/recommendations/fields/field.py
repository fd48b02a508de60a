"""What a field of a recommendation is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from enum import StrEnum
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from majlis.kernel.texts import Text
from majlis.kernel.words import Words
from majlis.recommendations.states import TextState

Said = str | Promise
Rec = Any  # a `Recommendation`: the model is marked from this table, so it stands above it


class Kind(StrEnum):
    """What a field holds; from it follow its form field, its test, and how it is shown."""

    WORDS = "words"  # a text in several languages
    LINE = "line"  # a short text in one language
    URL = "url"
    DATE = "date"
    MARK = "mark"  # yes or no
    CHOICE = "choice"  # one stored word
    CHOICES = "choices"  # several stored words
    COUNTRIES = "countries"
    THING = "thing"  # a row with a code and a title
    THINGS = "things"  # several of them
    ADDRESSEE = "addressee"
    ELSEWHERE = "elsewhere"  # no column: its answer is kept in another table


ASKED: dict[TextState | None, Said] = {
    TextState.IN_REVIEW: _("Asked before review."),
    TextState.ADOPTED: _("Asked at adoption."),
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a recommendation.

    `asked` is the state that cannot be entered without it, and `todo` what is said then; a field
    of the first draft is required on the sheet. `beside` names the field it completes and is
    shown with; a mark may stand `instead` of that field's answer. `part` is its part of the
    sheet. `of` is its name in the method where that differs.
    """

    name: str
    kind: Kind
    label: Said
    _: KW_ONLY
    part: str = ""
    asked: TextState | None = None
    todo: Said = ""
    help: Said = ""
    question: Said = ""  # the label on the sheet, where it differs
    words: type[Words] | None = None
    letters: int = 4000
    beside: str = ""
    instead: Said = ""
    in_matrix: bool = True
    in_brief: bool = False
    privacy: Literal["public", "internal"] = "public"
    of: str = ""
    answered: Callable[[Rec], bool] | None = None
    mended_at: str = ""  # the form field that mends it, where it has no column

    @property
    def hint(self) -> Said:
        """What the sheet says under the field: its help, and when it is asked."""
        when = ASKED.get(self.asked, "")
        return format_lazy("{} {}", self.help, when) if self.help and when else self.help or when

    @property
    def is_column(self) -> bool:
        return self.kind != Kind.ELSEWHERE

    @property
    def place(self) -> str:
        """The page, or its part, where it is answered."""
        if self.part == "identity":
            return "wording"
        return "form" if self.is_column or self.mended_at else "sources"

    def is_there(self, rec: Rec) -> bool:
        """Whether `rec` has an answer."""
        if self.answered is not None:
            return self.answered(rec)
        value = getattr(rec, self.name)
        if self.kind == Kind.THINGS:
            return bool(value.exists())
        return has_words(value) if self.kind == Kind.WORDS else bool(value)


def has_words(text: Text) -> bool:
    """Whether there are words in any language."""
    return any(wording.text.strip() for wording in text.values())
