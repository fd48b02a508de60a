"""What the clock asks of the apps, and what they say has changed.

An app that has something to do when nobody asks adds a line to `DUE`; an app whose changes
should reach open pages, and are not in the audit log, adds one to `REVISIONS`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.core.handlers.wsgi import WSGIRequest
from django.db import close_old_connections

from majlis.circulars.actions import send_pieces
from majlis.config.worker import Worker
from majlis.dialogue.actions.showings import SHOWING
from majlis.dialogue.queries import open_votes_in
from majlis.followup.actions import remind_owners
from majlis.front.sealing import sweep_sealed
from majlis.kernel.jobs import moves_in
from majlis.kernel.ledger import lines_in
from majlis.kernel.line import LINE
from majlis.kernel.live import LiveHints
from majlis.kernel.presses import forget_presses
from majlis.kernel.tick import Task, Tick
from majlis.mail.actions import purge_messages, send_due, strike_ended
from majlis.opinion.actions import JOBS, refresh_stale
from majlis.opinion.routing import refresh_routing
from majlis.people.actions import forget_ended_sign_ins
from majlis.people.sessions import SessionStore
from majlis.registration.access import is_known_to_an_edition
from majlis.registration.actions import (
    fill_places,
    forget_lists,
    forget_unconfirmed,
    purge_answers,
    run_imports,
    write_notices,
    write_wanted,
)

# Long work that a process beside the server does when it is asked for.
KINDS = (SHOWING, *JOBS.values())

# What to call, and every how many seconds at most.
DUE: dict[Callable[[], object], float] = {
    refresh_stale: 2.0,
    refresh_routing: 0.25,
    forget_unconfirmed: 3600.0,
    fill_places: 2.0,
    run_imports: 0.5,
    write_wanted: 0.5,
    write_notices: 0.5,
    forget_lists: 60.0,
    purge_answers: 600.0,
    send_due: 0.5,
    send_pieces: 0.5,
    purge_messages: 3600.0,
    strike_ended: 60.0,
    forget_presses: 60.0,
    forget_ended_sign_ins: 3600.0,
    sweep_sealed: 60.0,
    remind_owners: 3600.0,
}
# Those that calculate: a room whose server comes back sends what waited first.
AFTER: dict[Callable[[], object], float] = dict.fromkeys((refresh_stale, refresh_routing), 3.0)
APART = {send_due, sweep_sealed}  # a mail server may take minutes to answer, a large file too

# Functions from the slugs of some editions to a number for each that is another one after a change.
REVISIONS: tuple[Callable[[Collection[str]], Mapping[str, int]], ...] = (
    lines_in,
    open_votes_in,
    moves_in,
)
# Kinds of things whose changes phones show; three hundred of them ask again after each.
ON_PHONES = ("round", "edition", "publictext", "recommendation")


def tick() -> Tick:
    """A tick over everything that may fall due."""
    dues = [
        Task(do.__name__, do, every, apart=do in APART, after=AFTER.get(do, 0.0))
        for do, every in DUE.items()
    ]
    dues.append(Task("jobs", Worker(KINDS).look_after, every=0.5))
    return Tick(dues, pause=0.25, has_turn=partial(LINE.has_turn, "tick"))


def revisions(channels: Collection[str]) -> dict[str, str]:
    """The state of each channel (`kernel.live`) in a few characters, other ones after a change."""
    all_of = {name.removesuffix("/all") for name in channels if name.endswith("/all")}
    on_phones = lines_in(set(channels), kinds=ON_PHONES)
    answers = [source(all_of) for source in REVISIONS] if all_of else []
    return {
        name: " ".join(str(a.get(name.removesuffix("/all"), 0)) for a in answers)
        if name.endswith("/all")
        else str(on_phones.get(name, 0))
        for name in channels
    }


def live_hints() -> LiveHints:
    """What answers under `/live/`."""

    def ask(channels: Collection[str]) -> dict[str, str]:
        try:
            return revisions(channels)
        finally:
            close_old_connections()

    return LiveHints(
        ask,
        key=settings.SECRET_KEY,
        most=settings.STREAMS,
        most_each=settings.STREAMS_PER_ADDRESS,
    )


def is_known(environ: dict[str, Any]) -> bool:
    """Whether a participant or a colleague sends this request, so that it may be a large one."""
    try:
        request = WSGIRequest(environ)
        request.session = SessionStore(request.COOKIES.get(settings.SESSION_COOKIE_NAME))
        request.user = get_user(request)
        return is_known_to_an_edition(request)
    finally:
        close_old_connections()
