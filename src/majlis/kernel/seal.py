"""Short seals: the secret part of a link that nobody has to store; and words locked for storing."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from itertools import count

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


_NONCE, _TAG = 16, 32


def locked(words: str, name: str) -> str:
    """Words that only this server can read again (`unlocked`), for a secret that is stored.

    A stream of HMAC-SHA-256 over a random nonce and a counter hides them; a second key, over
    nonce and result, shows that nobody changed them. `name` says what they are for: what is
    locked for one thing opens as no other.
    """
    nonce = secrets.token_bytes(_NONCE)
    hidden = _hidden(words.encode(), nonce, name)
    return base64.urlsafe_b64encode(nonce + _tag(nonce + hidden, name) + hidden).decode()


def unlocked(text: str, name: str) -> str:
    """What was locked under this name, or nothing where this server's key did not do it."""
    try:
        raw = base64.urlsafe_b64decode(text.encode())
    except (binascii.Error, ValueError):
        return ""
    nonce, tag, hidden = raw[:_NONCE], raw[_NONCE : _NONCE + _TAG], raw[_NONCE + _TAG :]
    if not hmac.compare_digest(_tag(nonce + hidden, name), tag):
        return ""
    return _hidden(hidden, nonce, name).decode()


def _key(use: str, name: str) -> bytes:
    return salted_hmac(f"majlis.lock.{use}", name, algorithm="sha256").digest()


def _tag(raw: bytes, name: str) -> bytes:
    return hmac.digest(_key("tag", name), raw, "sha256")


def _hidden(raw: bytes, nonce: bytes, name: str) -> bytes:
    """Bytes with the stream laid over them; laid over twice, they are as before."""
    key, stream = _key("stream", name), b""
    for number in count():
        if len(stream) >= len(raw):
            return bytes(a ^ b for a, b in zip(raw, stream, strict=False))
        stream += hmac.digest(key, nonce + number.to_bytes(4, "big"), "sha256")
    raise AssertionError
