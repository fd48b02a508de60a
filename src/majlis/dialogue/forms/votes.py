"""What a phone sends as a vote."""

from __future__ import annotations

import re
from collections.abc import Mapping

from majlis.dialogue.access.phones import VoteSent
from majlis.dialogue.states import Stance

LAST_SEQ = 1_000_000
STANCES = {str(int(stance)): stance for stance in Stance}
# As our own pages write it, nobody types it. What is no code would fail the votes written with it.
VOTE = re.compile(
    r"statement=([A-Za-z0-9]{1,12})&stance=(-1|0|1)&seq=([1-9][0-9]{0,6})"
    r"&key=([A-Za-z0-9_-]{8,40})&box=([^&]{0,12})(?:&(?=s)|\Z)"
)
FIELDS = ("statement", "stance", "seq", "key", "box")


def read_vote(fields: Mapping[str, str]) -> VoteSent | None:
    """The vote in these fields of a form, or None."""
    votes = read_votes("&".join(f"{name}={fields.get(name, '')}" for name in FIELDS))
    return votes[0] if len(votes) == 1 else None


def read_votes(body: str) -> list[VoteSent]:
    """The votes in a body of a page's outbox, one after the other; none if it holds more."""
    votes, at = [], 0
    while found := VOTE.match(body, at):
        statement, stance, seq, key, box = found.groups()
        if int(seq) > LAST_SEQ:
            return []
        votes.append(VoteSent(statement, STANCES[stance], int(seq), key, box))
        at = found.end()
    return votes if at == len(body) else []
