"""The short way of a vote from a phone: no thread, no middleware, one transaction for many.

What is plainly a vote of a page's outbox is collected and written with the others that arrive at
the same time. Whatever this does not know (a form, an odd header, a vote that is refused and
wants words) goes the long way, through Django, unchanged; there the same rules hold.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import parse_qsl

from django.conf import settings
from django.db import close_old_connections, transaction
from django.http import parse_cookie
from django.http.request import split_domain_port, validate_host
from django.middleware.csrf import (  # type: ignore[attr-defined]  # the stubs leave them out
    InvalidTokenFormat,
    _check_token_format,
    _does_token_match,
)

from majlis.dialogue.access.phones import PhoneVote, votable_by_phones
from majlis.dialogue.actions import KeptVote, SentVote, keep_pace, write_votes
from majlis.dialogue.forms.votes import read_vote
from majlis.kernel.collector import Collector, Full
from majlis.kernel.errors import MajlisError
from majlis.kernel.live import Scope, Send
from majlis.kernel.ratelimit import TooMany
from majlis.registration.access import VOICE_COOKIE

ADDRESS = re.compile(r"^/(?:en|fr|ar)/e/(?P<edition>[-\w]+)/room/rounds/(?P<round>\w+)/vote/$")
FORM = b"application/x-www-form-urlencoded"
JSON_ANSWER = [
    (b"content-type", b"application/json"),
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
]


class PhoneVotes:
    """Answers votes of phones; `answers` says whether it did."""

    def __init__(self) -> None:
        self.collector = Collector(write_from_phones, name="votes")

    async def answers(self, scope: Scope, body: bytes, send: Send) -> bool:
        """Answer if this is a vote that can be kept without a word."""
        vote = vote_in(scope, body)
        if vote is None:
            return False
        try:
            kept = await self.collector.put(vote)
        except Full:
            await answer(send, 503, b'{"refused":"busy"}', (b"retry-after", b"3"))
            return True
        if kept is None:
            return False
        said = {"statement": vote.sent.statement, "stance": kept.stance, "seq": kept.seq}
        await answer(send, 200, json.dumps(said).encode())
        return True


async def answer(send: Send, status: int, body: bytes, *more: tuple[bytes, bytes]) -> None:
    length = (b"content-length", str(len(body)).encode())
    headers = [*JSON_ANSWER, length, *more]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def vote_in(scope: Scope, body: bytes) -> PhoneVote | None:
    """The vote of a page's outbox, from our own page; None for anything else."""
    found = ADDRESS.match(scope["path"])
    if found is None or scope["method"] != "POST" or scope["query_string"]:
        return None
    headers = dict(scope["headers"])
    if b"application/json" not in headers.get(b"accept", b""):
        return None
    if not headers.get(b"content-type", b"").startswith(FORM):
        return None
    cookies = parse_cookie(headers.get(b"cookie", b"").decode("latin-1"))
    secret = cookies.get(VOICE_COOKIE + found["edition"], "")
    if not secret or not is_our_own_page(scope, headers, cookies):
        return None
    try:
        sent = read_vote(dict(parse_qsl(body.decode("utf-8"), keep_blank_values=True)))
    except UnicodeDecodeError:
        return None
    if sent is None:
        return None
    return PhoneVote(secret, found["edition"], found["round"], sent)


def is_our_own_page(scope: Scope, headers: dict[bytes, bytes], cookies: dict[str, str]) -> bool:
    """The rule of Django's protection against forged forms, for the one way our page sends."""
    host = headers.get(b"host", b"").decode("latin-1")
    origin = headers.get(b"origin")
    if not is_known_host(host):
        return False
    if origin is not None and origin != f"{scope['scheme']}://{host}".encode():
        return False
    kept = cookies.get(settings.CSRF_COOKIE_NAME, "")
    token = headers.get(b"x-csrftoken", b"").decode("latin-1")
    try:
        _check_token_format(kept)
        _check_token_format(token)
    except InvalidTokenFormat:
        return False
    return bool(_does_token_match(token, kept))


@lru_cache(maxsize=256)
def is_known_host(host: str) -> bool:
    domain, _ = split_domain_port(host)
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)


def write_from_phones(votes: Sequence[PhoneVote]) -> list[KeptVote | None]:
    """Write a batch in a transaction of its own; None for what has to go the long way."""
    try:
        with transaction.atomic(durable=True):
            found = [
                to if to is not None and keeps_pace(to.by.voice_code, vote.sent.statement) else None
                for vote, to in zip(votes, votable_by_phones(votes), strict=True)
            ]
            sent = [
                SentVote(
                    voice=to.by.voice, statement=to.statement, round=to.round,
                    stance=vote.sent.stance, seq=vote.sent.seq, key=vote.sent.key,
                    device=to.by.device, is_limited=to.by.is_limited,
                )
                for vote, to in zip(votes, found, strict=True)
                if to is not None
            ]  # fmt: skip
            answers = iter(write_votes(sent))
            return [_kept(next(answers)) if to is not None else None for to in found]
    finally:
        close_old_connections()


def keeps_pace(voice: str, statement: str) -> bool:
    """Whether it comes no faster than people answer; what does is told so the long way."""
    try:
        keep_pace(voice, statement)
    except TooMany:
        return False
    return True


def _kept(answer: KeptVote | MajlisError) -> KeptVote | None:
    return answer if isinstance(answer, KeptVote) else None
