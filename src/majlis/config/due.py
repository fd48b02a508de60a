"""What the clock asks of the rooms, and what they say has changed.

A room that has something to do when nobody asks adds a line to `DUE`; a room whose changes
should reach open pages, and are not in the ledger, adds one to `REVISIONS`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import cast

from django.conf import settings
from django.db import close_old_connections
from django.utils.module_loading import import_string

from majlis.kernel.live import LiveHints
from majlis.kernel.tick import Due, Tick

# What to call, and every how many seconds at most.
DUE: dict[str, float] = {
    "majlis.opinion.actions.refresh_stale": 2.0,
    "majlis.opinion.routing.refresh_routing": 0.25,
    "majlis.registration.actions.forget_unconfirmed": 3600.0,
    "majlis.mail.actions.send_due": 0.5,
    "majlis.mail.actions.purge_messages": 3600.0,
}
APART = {"majlis.mail.actions.send_due"}  # a mail server may take minutes to answer

# Functions from the slugs of some editions to a number for each that is another one after a change.
REVISIONS: tuple[str, ...] = (
    "majlis.kernel.ledger.lines_in",
    "majlis.dialogue.queries.open_votes_in",
)

Numbers = Callable[[Collection[str]], Mapping[str, int]]


def tick() -> Tick:
    """A tick over everything that may fall due."""
    dues = [
        Due(name, import_string(name), every, apart=name in APART) for name, every in DUE.items()
    ]
    return Tick(dues, pause=0.25)


def revisions(editions: Collection[str]) -> dict[str, str]:
    """The state of each edition in a few characters, other ones after any change."""
    sources = [cast("Numbers", import_string(name)) for name in REVISIONS]
    answers = [source(editions) for source in sources]
    return {edition: " ".join(str(a.get(edition, 0)) for a in answers) for edition in editions}


def live_hints() -> LiveHints:
    """What answers under `/live/`."""

    def ask(editions: Collection[str]) -> dict[str, str]:
        try:
            return revisions(editions)
        finally:
            close_old_connections()

    return LiveHints(ask, key=settings.SECRET_KEY)
