"""What the name of a person can be, so that nobody puts a message where a name goes.

A name is printed in emails to addresses that nobody has confirmed yet, on badges and in lists. So
it holds letters and what stands between them; no address, no number to call, no long sentence.
"""

from __future__ import annotations

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MOST_SIGNS = 80
MOST_WORDS = 10
MOST_DIGITS = 3  # “the 23rd”
BETWEEN = frozenset(" .,،'’ʼ‘`´״׳-‐‑–()&·•\u200c\u200d\u200e\u200f\u061c")
_JOINED = re.compile(r"\.(?=[^\W\d_]{2})")  # evil.com, and Dr.Ali


def as_name(written: str) -> str:
    """The name, or a `ValidationError`. A dot gets its space, so that no mail makes it a link."""
    if not any(c.isalpha() for c in written):
        raise ValidationError(_("Enter a name that contains letters."), code="no letters")
    if len(written) > MOST_SIGNS or len(written.split()) > MOST_WORDS:
        raise ValidationError(
            _("Enter only the name, in at most 80 characters and 10 words."), code="long"
        )
    if sum(c.isdecimal() for c in written) > MOST_DIGITS or not all(map(_is_of_a_name, written)):
        raise ValidationError(
            _("Enter only the name, without web or email addresses, phone numbers or symbols."),
            code="no name",
        )
    return " ".join(_JOINED.sub(". ", written).split())


def _is_of_a_name(sign: str) -> bool:
    return sign in BETWEEN or unicodedata.category(sign)[0] in "LM" or sign.isdecimal()
