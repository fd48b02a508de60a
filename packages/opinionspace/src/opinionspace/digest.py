"""Give the same numbers the same digest, whatever machine computed them.

Sums come out a last bit apart on other processors and BLAS builds, so a digest is taken
over canonical JSON in which every number is rounded to nine significant digits.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np

SIGNIFICANT_DIGITS = 9
_AS_IT_IS = (bool, str, int)
_LEAVES = frozenset({bool, str, int, type(None)})  # most values: they need no call of their own


def canonical_json(value: object) -> str:
    """Write plain values, arrays and dataclasses as JSON with one possible spelling.

    Keys are sorted, there are no spaces, a float has at most nine significant digits and
    no negative zero, a whole float is written like an integer, and nan and infinities
    are `null`.

    Raises
    ------
    TypeError
        When a value is none of the above.

    Examples
    --------
    >>> canonical_json({"b": 0.1 + 0.2, "a": [-0.0, float("nan")]})
    '{"a":[0,null],"b":0.3}'
    """
    return json.dumps(
        _plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def digest(value: object) -> str:
    """Return the SHA-256 of `canonical_json(value)` as 64 hexadecimal digits."""
    return digest_of_text(canonical_json(value))


def digest_of_text(canonical: str) -> str:
    """Return the digest of a value of which the canonical JSON is at hand."""
    return hashlib.sha256(canonical.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, _AS_IT_IS):
        return value
    if isinstance(value, float):
        return _rounded(value)
    if type(value) is dict:  # nearly all are dict or list; asking for `Mapping` is slow
        return {
            str(key): one if type(one) in _LEAVES else _plain(one) for key, one in value.items()
        }
    if type(value) is list:
        return [one if type(one) in _LEAVES else _plain(one) for one in value]
    if isinstance(value, np.generic | np.ndarray):
        return _plain(value.tolist())
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, Sequence | set | frozenset):
        items = sorted(value) if isinstance(value, set | frozenset) else value
        return [_plain(one) for one in items]
    raise TypeError(f"{type(value).__name__} has no canonical form")


def _rounded(value: float) -> float | int | None:
    if not math.isfinite(value):
        return None
    short = float(f"{value:.{SIGNIFICANT_DIGITS}g}")
    return int(short) if short.is_integer() and abs(short) < 2**53 else short
