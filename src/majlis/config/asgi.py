"""The whole server as one ASGI callable.

`/live/` is answered here, natively; everything else is Django as WSGI in a few threads, which
costs a quarter of what Django's own ASGI handler does. A thread is given to a request when its
body is there, never before. The tick runs in a thread beside them.
"""

from __future__ import annotations

import asyncio
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "majlis.config.settings")

from django.conf import settings
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
from majlis.kernel.answers import Give
from majlis.kernel.clock import now
from majlis.kernel.line import LINE
from majlis.kernel.live import Receive, Scope, Send
from majlis.kernel.ratelimit import share as share_limits
from majlis.kernel.revisions import changes
from majlis.kernel.shelf import Shelf
from majlis.ui.formats import day
from majlis.ui.kept import SHELF

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
                # Pages for the first reader come before the tick: both want the processor.
                begin = (
                    partial(self.tick.run, first=warm_up) if settings.TICK_IN_SERVER else warm_up
                )
                threading.Thread(target=begin, name="tick", daemon=True).start()
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                self.stop()
                await send({"type": "lifespan.shutdown.complete"})
                return

    def stop(self) -> None:
        """End the streams and the tick."""
        self.tick.stop()
        self.live.close()
        self.shelf.close()
        LINE.end()


def warm_up() -> None:
    """Load pages, words and templates, so that the first reader need not wait for them.

    The first page after the start takes them in this order.
    """
    get_resolver().url_patterns  # noqa: B018 - reading it is what loads them
    seen: set[str] = set()
    for name in OPENED_FIRST:
        load(name, seen)
    for language, _ in settings.LANGUAGES:
        with translation.override(language):
            reverse("front:home")  # reads the addresses of this language, all at once
            day(now())


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
