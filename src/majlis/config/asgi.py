"""The whole server as one ASGI callable.

`/live/` is answered here, natively; everything else is Django as WSGI in a few threads, which
costs a quarter of what Django's own ASGI handler does. A thread is given to a request when its
body is there, never before. The tick runs in a thread beside them.
"""

from __future__ import annotations

import asyncio
import logging
import os
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "majlis.config.settings")

from django.conf import settings
from django.db import close_old_connections
from django.template.base import NodeList
from django.template.loader import get_template
from django.template.loader_tags import ExtendsNode, IncludeNode
from django.urls import get_resolver, reverse
from django.utils import translation

from majlis.config.wsgi import application as django

# isort: split
from majlis.config import due  # functions of the apps, which are ready now
from majlis.config.edge import answers
from majlis.config.edge.bodies import Bodies, Gone, Refused
from majlis.config.edge.bridge import Bridge, environ_of
from majlis.config.kept import KeptPages
from majlis.dialogue.views.phones import PhoneVotes
from majlis.kernel.answers import Answer, Give
from majlis.kernel.clock import now
from majlis.kernel.line import LINE
from majlis.kernel.live import Receive, Scope, Send
from majlis.kernel.ratelimit import share as share_limits
from majlis.kernel.revisions import changes
from majlis.kernel.shelf import Shelf
from majlis.series.queries import newest_edition
from majlis.ui.formats import day
from majlis.ui.kept import SHELF

log = logging.getLogger("majlis.server")

THREADS = 8
OPENED_FIRST = (
    "front/edition.html", "front/home.html", "series/programme.html", "people/sign_in.html",
    "front/desk.html", "registration/connect.html", "front/room.html", "dialogue/ballot.html",
)  # fmt: skip
OUTSIDE = {"live": "/live/<edition>/"}  # addresses that Django's resolver does not know


class Majlis:
    """Sends each request where it belongs, and keeps the tick running while the server does."""

    def __init__(self) -> None:
        self.shelf = Shelf(changes)
        self.django = Bridge(django, threads=THREADS, brings={SHELF: self.shelf})
        self.votes = PhoneVotes()
        self.pages = KeptPages(self.page, self.shelf)
        self.bodies = Bodies(self.knows)
        self.asking = ThreadPoolExecutor(max_workers=1, thread_name_prefix="known")
        self.live = due.live_hints()
        self.tick = due.tick()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.lifespan(receive, send)
        elif scope["type"] == "http" and scope["path"].startswith("/live/"):
            await self.live(scope, receive, send)
        elif scope["type"] == "http":
            await self.pages(scope, receive, send)
        # A websocket is nothing we know: leaving it unanswered makes the server refuse it.

    def at_once(self, scope: Scope, body: bytes, give: Give) -> bool:
        """Answer what needs no Django and no task of its own; False where this is not such."""
        if scope["method"] == "POST":
            return self.votes.at_once(scope, body, give)
        return self.pages.at_once(scope, give)

    async def page(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Have Django answer, once all of the request is there."""
        try:
            body = await self.bodies.whole(scope, receive)
        except Refused as refused:
            await answers.refuse(send, refused.status)
        except Gone:
            pass
        else:
            if not await self.votes.answers(scope, body, send):
                await self.django(scope, body, send)

    async def knows(self, scope: Scope) -> bool:
        """Whether somebody sends this whom the server knows."""
        run = asyncio.get_running_loop().run_in_executor
        return await run(self.asking, due.is_known, environ_of(scope, b""))

    async def lifespan(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                share_limits()
                await self.make_first_page()
                if settings.TICK_IN_SERVER:  # later: both want the processor
                    self.tick.begin()
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                self.stop()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def make_first_page(self) -> None:
        """Have ready what somebody opens who reads that the server is ready."""
        run = asyncio.get_running_loop().run_in_executor
        try:
            path = await run(self.django.pool, warm_up)
        except Exception:  # the database has gone; the reader will be told
            log.exception("the first page could not be made")
            return
        for _ in range(2 if path else 0):  # what it depends on is learnt first, then it is kept
            await self.pages(as_we_ask(path), nothing_more, Answer().take)

    def stop(self) -> None:
        """End the streams and the tick."""
        self.tick.stop()
        self.live.close()
        self.shelf.close()
        LINE.end()


def warm_up() -> str:
    """Load pages, words and templates, so that the first reader need not wait for them.

    Return the path of the page that most open first, or "" where there is none.
    """
    get_resolver().url_patterns  # noqa: B018 - reading it is what loads them
    seen: set[str] = set()
    for name in OPENED_FIRST:
        load(name, seen)
    for language, _ in settings.LANGUAGES:
        with translation.override(language):
            reverse("front:home")  # reads the addresses of this language, all at once
            day(now())
    try:
        newest = newest_edition()
    finally:
        close_old_connections()
    with translation.override(settings.LANGUAGE_CODE):
        return reverse("front:edition", kwargs={"edition": newest.slug}) if newest else ""


def as_we_ask(path: str) -> Scope:
    """The question for a page, at the address that we print."""
    public = urlsplit(settings.PUBLIC_URL)
    return {
        "type": "http", "http_version": "1.1", "method": "GET", "scheme": public.scheme,
        "path": path, "raw_path": path.encode(), "query_string": b"", "client": None,
        "headers": [(b"host", public.netloc.encode())],
    }  # fmt: skip


async def nothing_more() -> dict[str, Any]:
    """What a server hears of a request without a body."""
    return {"type": "http.request", "body": b"", "more_body": False}


def load(name: str, seen: set[str]) -> None:
    """Read a template with those it names, which Django keeps from then on; none twice."""
    if name in seen:
        return
    seen.add(name)
    nodes: NodeList = get_template(name).template.nodelist  # type: ignore[attr-defined]
    for kind, of in ((ExtendsNode, "parent_name"), (IncludeNode, "template")):
        for node in nodes.get_nodes_by_type(kind):
            named = getattr(node, of).var
            if isinstance(named, str):  # and not the name of a variable
                load(named, seen)


application = Majlis()
