"""Libraries that few requests need, read when they are first used and not at the start.

if TYPE_CHECKING:
    import numpy as np
else:
    np = lazily("numpy")
"""

from __future__ import annotations

from importlib import import_module
from typing import Any


class Lazily:
    """Stands for a module, and imports it when one of its names is asked for."""

    __slots__ = ("_module", "_name")

    def __init__(self, name: str) -> None:
        self._name = name
        self._module: Any = None

    def __getattr__(self, name: str) -> Any:
        if self._module is None:
            self._module = import_module(self._name)
        return getattr(self._module, name)


def lazily(module: str) -> Lazily:
    """The module of this name, once somebody uses it. Safe in any number of threads."""
    return Lazily(module)
