"""What a phone sends as a vote."""

from __future__ import annotations

import re
from collections.abc import Mapping

from majlis.dialogue.access.phones import VoteSent

LAST_SEQ = 1_000_000
# As our own pages write it, nobody types it. What is no code would fail the votes written with it.
SENT = (
    r"statement=([A-Za-z0-9]{1,12})&stance=(%s)&seq=([1-9][0-9]{0,6})"
    r"&key=([A-Za-z0-9_-]{8,40})&box=([^&]{0,12})(?:&(?=s)|\Z)"
)
STANCE = re.compile(SENT % "-1|0|1")
NUMBER = re.compile(SENT % "-1|0|[1-9][0-9]{0,2}")
FIELDS = ("statement", "stance", "seq", "key", "box")


def read_vote(fields: Mapping[str, str], written: re.Pattern[str] = STANCE) -> VoteSent | None:
    """The vote in these fields of a form, or None."""
    body = "&".join(f"{name}={fields.get(name, '')}" for name in FIELDS)
    votes = read_votes(body, written)
    return votes[0] if len(votes) == 1 else None


def read_votes(body: str, written: re.Pattern[str] = STANCE) -> list[VoteSent]:
    """The votes in a body of a page's outbox, one after the other; none if it holds more.

    A stance on a statement is `written` so, the answer to a question as `NUMBER`.
    """
    votes, at = [], 0
    while found := written.match(body, at):
        statement, stance, seq, key, box = found.groups()
        if int(seq) > LAST_SEQ:
            return []
        votes.append(VoteSent(statement, int(stance), int(seq), key, box))
        at = found.end()
    return votes if at == len(body) else []
