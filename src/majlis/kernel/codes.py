"""Public codes: short, random, easy to read aloud, and the only names things have in addresses."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import models

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # no 0 o 1 l i


def new_code(length: int = 8) -> str:
    """A fresh random code of `length` letters; 8 letters are about 40 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def new_key() -> int:
    """A random primary key, for rows whose order would tell who they are."""
    return secrets.randbelow(2**53 - 1) + 1


class CodeField(models.CharField):  # type: ignore[type-arg]
    """A public code, drawn when the row is made and never changed."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 12)
        options.setdefault("default", new_code)
        options.setdefault("unique", True)
        options.setdefault("editable", False)
        super().__init__(**options)
