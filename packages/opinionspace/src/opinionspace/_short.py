"""Show a value of many arrays in one line."""

from __future__ import annotations

from collections.abc import Mapping, Sized
from dataclasses import fields
from typing import Any

import numpy as np

SHORT = 40


class Short:
    """Gives a dataclass of arrays a `repr` of one line: shapes, not numbers."""

    __slots__ = ()

    def __repr__(self) -> str:
        shown = ", ".join(f"{one.name}={_shown(getattr(self, one.name))}" for one in fields(self))  # type: ignore[arg-type] # mixed into dataclasses only
        return f"{type(self).__name__}({shown})"


def _shown(value: Any) -> str:  # Any: whatever a field holds
    if isinstance(value, np.ndarray):
        return f"<{value.dtype} {' × '.join(map(str, value.shape))}>"
    text = repr(value) if not isinstance(value, Short | Mapping | tuple | list) else ""
    if text and len(text) <= SHORT:
        return text
    if isinstance(value, Sized) and not isinstance(value, str | Short):
        return f"<{type(value).__name__} of {len(value)}>"
    return f"<{type(value).__name__}>"
