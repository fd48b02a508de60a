"""The short way of a vote from a phone: no thread, no middleware, one transaction for many.

What is plainly a vote of a page's outbox is collected and written with the others that arrive at
the same time. Whatever this does not know (a form, an odd header, a vote that is refused and
wants words) goes the long way, through Django, unchanged; there the same rules hold.

An outbox in which several votes waited sends them in one go. It is answered with a list; a vote
that wants words is null in it, and the phone sends that one again by itself.
"""

from __future__ import annotations

import asyncio
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

from majlis.dialogue.access.phones import PhoneVote, Votable, votable_by_phones
from majlis.dialogue.actions import KeptVote, SentVote, give_back_pace, keep_pace, write_votes
from majlis.dialogue.forms.votes import read_vote
from majlis.kernel.collector import Collector, Full
from majlis.kernel.errors import MajlisError
from majlis.kernel.live import Scope, Send
from majlis.kernel.ratelimit import TooMany
from majlis.registration.access import VOICE_COOKIE

ADDRESS = re.compile(r"^/(?:en|fr|ar)/e/(?P<edition>[-\w]+)/room/rounds/(?P<round>\w+)/vote/$")
MOST_IN_ONE_GO = 60
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
        votes = votes_in(scope, body)
        if not votes:
            return False
        try:
            kept = await asyncio.gather(*map(self.collector.put, votes))
        except Full:
            await answer(send, 503, b'{"refused":"busy"}', (b"retry-after", b"3"))
            return True
        said = [_said(vote, one) for vote, one in zip(votes, kept, strict=True)]
        if said == [None]:
            return False
        await answer(send, 200, json.dumps(said if len(said) > 1 else said[0]).encode())
        return True


def _said(vote: PhoneVote, kept: KeptVote | None) -> dict[str, object] | None:
    """What the phone is told; None where it should send this vote by itself, and be given words."""
    if kept is None:
        return None
    return {"statement": vote.sent.statement, "stance": kept.stance, "seq": kept.seq}


async def answer(send: Send, status: int, body: bytes, *more: tuple[bytes, bytes]) -> None:
    length = (b"content-length", str(len(body)).encode())
    headers = [*JSON_ANSWER, length, *more]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def votes_in(scope: Scope, body: bytes) -> list[PhoneVote]:
    """The votes of a page's outbox, from our own page; none for anything else."""
    found = ADDRESS.match(scope["path"])
    if found is None or scope["method"] != "POST" or scope["query_string"]:
        return []
    headers = dict(scope["headers"])
    if b"application/json" not in headers.get(b"accept", b""):
        return []
    if not headers.get(b"content-type", b"").startswith(FORM):
        return []
    cookies = parse_cookie(headers.get(b"cookie", b"").decode("latin-1"))
    secret = cookies.get(VOICE_COOKIE + found["edition"], "")
    if not secret or not is_our_own_page(scope, headers, cookies):
        return []
    try:
        fields = parse_qsl(body.decode("utf-8"), keep_blank_values=True)
    except UnicodeDecodeError:
        return []
    sent = [read_vote(one) for one in _one_by_one(fields)]
    if len(sent) > MOST_IN_ONE_GO or None in sent:
        return []
    return [PhoneVote(secret, found["edition"], found["round"], one) for one in sent if one]


def _one_by_one(fields: list[tuple[str, str]]) -> list[dict[str, str]]:
    """The fields of each vote; each begins with its statement."""
    starts = [at for at, (name, _) in enumerate(fields) if name == "statement"]
    if len(starts) < 2:
        return [dict(fields)]
    ends = [*starts[1:], len(fields)]
    return [dict(fields[start:end]) for start, end in zip(starts, ends, strict=True)]


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
            return [
                _kept(next(answers), vote, to) if to is not None else None
                for vote, to in zip(votes, found, strict=True)
            ]
    finally:
        close_old_connections()


def keeps_pace(voice: str, statement: str) -> bool:
    """Whether it comes no faster than people answer; what does is told so the long way."""
    try:
        keep_pace(voice, statement)
    except TooMany:
        return False
    return True


def _kept(answer: KeptVote | MajlisError, vote: PhoneVote, to: Votable) -> KeptVote | None:
    """What was kept; what was not is counted on its long way, and not twice."""
    if isinstance(answer, KeptVote):
        return answer
    give_back_pace(to.by.voice_code, vote.sent.statement)
    return None
