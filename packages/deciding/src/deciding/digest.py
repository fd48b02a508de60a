"""Write the same value as the same text, so that its digest can be stored and compared."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from fractions import Fraction
from typing import Any


def canonical_json(value: object) -> str:
    """Write plain values, fractions and dataclasses as JSON with one possible spelling.

    Keys are sorted and there are no spaces. A fraction is an integer where it is whole and
    the text `"7/10"` elsewhere, so nothing is rounded. A float has no place in a rule.

    Raises
    ------
    TypeError
        When a value is none of the above.

    Examples
    --------
    >>> canonical_json({"b": Fraction(7, 10), "a": [Fraction(4, 2), "é", None]})
    '{"a":[2,"é",null],"b":"7/10"}'
    """
    return json.dumps(plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(value: object) -> str:
    """Return the SHA-256 of `canonical_json(value)` as 64 hexadecimal digits."""
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()


def plain(value: Any) -> Any:
    """Return the value as dicts, lists, text, integers, booleans and None.

    Raises
    ------
    TypeError
        When a value is none of what `canonical_json` names.
    """
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, bool | str | int):
        return value
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else str(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, Sequence):
        return [plain(one) for one in value]
    raise TypeError(f"{type(value).__name__} has no canonical form")
