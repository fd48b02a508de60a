"""What a phone sends as a vote."""

from __future__ import annotations

import re
from collections.abc import Mapping

from majlis.dialogue.access.phones import VoteSent
from majlis.dialogue.states import Stance

LAST_SEQ = 1_000_000
STANCES = {str(int(stance)): stance for stance in Stance}
CODE = re.compile(r"[A-Za-z0-9]{1,12}")  # what is none would fail the votes written with it
KEY = re.compile(r"[A-Za-z0-9_-]{8,40}")
NUMBER = re.compile(r"[1-9][0-9]{0,6}")


def read_vote(fields: Mapping[str, str]) -> VoteSent | None:
    """The vote in these fields of a form, or None. Our own pages make them, nobody types them."""
    statement, box = fields.get("statement", ""), fields.get("box", "")
    stance, seq, key = (fields.get(name, "") for name in ("stance", "seq", "key"))
    if not CODE.fullmatch(statement) or len(box) > 12 or stance not in STANCES:
        return None
    if not KEY.fullmatch(key) or not NUMBER.fullmatch(seq) or int(seq) > LAST_SEQ:
        return None
    return VoteSent(statement, STANCES[stance], int(seq), key, box)
