"""The short way of a vote from a phone: no thread, no middleware, one transaction for many.

What is plainly a vote of a page's outbox is collected and written with the others that arrive at
the same time. Whatever this does not know (a form, an odd header, a vote that is refused and
wants words) goes the long way, through Django, unchanged; there the same rules hold.

An outbox in which several votes waited sends them in one go. It is answered with a list; a vote
that wants words is null in it, and the phone sends that one again by itself.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

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
from majlis.dialogue.actions.votes import NUMBER as NUMBER_KIND
from majlis.dialogue.actions.votes import STANCE as STANCE_KIND
from majlis.dialogue.forms.votes import NUMBER, STANCE, read_votes
from majlis.kernel.answers import Answer, Give
from majlis.kernel.collector import Collector, Full
from majlis.kernel.errors import MajlisError
from majlis.kernel.live import Scope, Send
from majlis.kernel.ratelimit import TooMany
from majlis.registration.access import VOICE_COOKIE

ADDRESS = re.compile(
    r"^/(?:en|fr|ar)/e/(?P<edition>[-\w]+)/room/(?P<what>rounds|ratings)/(?P<round>\w+)/vote/$"
)
MOST_IN_ONE_GO = 60
MOST_COOKIE = 2_000  # what is kept of a head stays small
HEAD = (b"host", b"cookie", b"x-csrftoken")
LONG_WAY = "majlis.long_way"  # in the scope of a vote that was not taken, and wants words
FORM = b"application/x-www-form-urlencoded"
JSON_ANSWER = [
    (b"content-type", b"application/json"),
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
]


class PhoneVotes:
    """Answers votes of phones that can be kept without a word."""

    def __init__(self) -> None:
        self.collector = Collector(write_from_phones, name="votes")

    def at_once(self, scope: Scope, body: bytes, give: Give) -> bool:
        """Have the votes in this request written, if it is one of votes; `give` is called then."""
        votes = [] if LONG_WAY in scope else votes_in(scope, body)
        if not votes:
            return False

        def told(kept: list[KeptVote | None]) -> None:
            said = [_said(vote, one) for vote, one in zip(votes, kept, strict=True)]
            if said == ["null"]:
                scope[LONG_WAY] = True
                give(None)
            else:
                give(answer(200, said[0] if len(said) == 1 else f"[{','.join(said)}]"))

        try:
            self.collector.put(votes, told)
        except Full:
            give(answer(503, '{"refused":"busy"}', (b"retry-after", b"3")))
        return True

    async def answers(self, scope: Scope, body: bytes, send: Send) -> bool:
        """The same for a request that came in pieces; whether it is answered."""
        given: asyncio.Future[Answer | None] = asyncio.get_running_loop().create_future()

        def give(answer: Answer | None) -> None:
            if not given.done():  # the sender has left
                given.set_result(answer)

        said = await given if self.at_once(scope, body, give) else None
        if said is not None:
            await said.give(send)
        return said is not None


def _said(vote: PhoneVote, kept: KeptVote | None) -> str:
    """What the phone is told; null where it should send this vote by itself, and be given words."""
    if kept is None:
        return "null"
    return f'{{"statement": "{vote.sent.statement}", "stance": {kept.stance}, "seq": {kept.seq}}}'


def answer(status: int, text: str, *more: tuple[bytes, bytes]) -> Answer:
    body = text.encode()
    return Answer(status, [*JSON_ANSWER, (b"content-length", b"%d" % len(body)), *more], body)


def votes_in(scope: Scope, body: bytes) -> list[PhoneVote]:
    """The votes of a page's outbox, from our own page; none for anything else."""
    if scope["method"] != "POST" or scope["query_string"]:
        return []
    headers = dict(scope["headers"])
    if b"application/json" not in headers.get(b"accept", b""):
        return []
    if not headers.get(b"content-type", b"").startswith(FORM):
        return []
    head = (headers.get(name, b"") for name in HEAD)
    to = sent_to(scope["path"], scope["scheme"], headers.get(b"origin"), *head)
    written = NUMBER if to and to.is_number else STANCE
    sent = read_votes(body.decode("latin-1"), written) if to else []
    if to is None or len(sent) > MOST_IN_ONE_GO:
        return []
    return [PhoneVote(to.secret, to.edition, to.round, one, to.is_number) for one in sent]


@dataclass(frozen=True, slots=True)
class SentTo:
    """To which round a page of ours sends its votes, and by which device."""

    secret: str
    edition: str
    round: str
    is_number: bool = False


@lru_cache(maxsize=4096)
def sent_to(
    path: str, scheme: str, origin: bytes | None, host: bytes, cookie: bytes, token: bytes
) -> SentTo | None:
    """Who votes on what, as the head of a request says it; None if it is no vote of our own page.

    Only reads: whether the device may vote is asked anew for each vote. A phone sends the same
    head again and again, so that what was read of it is kept.
    """
    found = ADDRESS.match(path)
    if found is None or len(cookie) > MOST_COOKIE:
        return None
    cookies = parse_cookie(cookie.decode("latin-1"))
    secret = cookies.get(VOICE_COOKIE + found["edition"], "")
    kept, given = cookies.get(settings.CSRF_COOKIE_NAME, ""), token.decode("latin-1")
    known = host.decode("latin-1")
    if not secret or not is_our_own_page(scheme, known, origin, kept, given):
        return None
    return SentTo(secret, found["edition"], found["round"], found["what"] == "ratings")


def is_our_own_page(scheme: str, host: str, origin: bytes | None, kept: str, token: str) -> bool:
    """The rule of Django's protection against forged forms, for the one way our page sends."""
    if not is_known_host(host):
        return False
    if origin is not None and origin != f"{scheme}://{host}".encode():
        return False
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
                    voice=to.by.voice, asked=to.asked, holder=to.holder,
                    stance=vote.sent.stance, seq=vote.sent.seq, key=vote.sent.key,
                    device=to.by.device, is_limited=to.by.is_limited,
                    kind=NUMBER_KIND if vote.is_number else STANCE_KIND,
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
