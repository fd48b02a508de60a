"""Short seals: the secret part of a link that nobody has to store."""

from __future__ import annotations

import base64
import hashlib

from django.utils.crypto import constant_time_compare, salted_hmac

LETTERS = 16  # 80 bits


def seal(words: str) -> str:
    """Sixteen letters that only this server can make for `words`."""
    mac = salted_hmac("majlis.seal", words, algorithm="sha256").digest()
    return base64.b32encode(mac).decode().lower()[:LETTERS]


def fits(words: str, given: str) -> bool:
    """Whether `given` is the seal of `words`, in constant time."""
    return constant_time_compare(seal(words), given)


def unsealed(token: str) -> tuple[str, str]:
    """A token's name and its seal: `name + seal`."""
    return token[:-LETTERS], token[-LETTERS:]


def digest_of(token: str) -> str:
    """What is kept of a random secret: enough to know it again, not enough to use it."""
    return hashlib.sha256(token.encode()).hexdigest()
