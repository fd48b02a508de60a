"""The whole server as one ASGI callable.

`/live/` is answered here, natively; everything else is Django as WSGI in a few threads, which
costs a quarter of what Django's own ASGI handler does. The tick runs in a thread beside them.
"""

from __future__ import annotations

import os
import threading
from typing import Any, cast

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "majlis.config.settings")

from a2wsgi import WSGIMiddleware
from django.conf import settings
from django.urls import get_resolver
from django.utils.translation import trans_real

from majlis.config.wsgi import application as django

# isort: split
from majlis.config import due  # functions of the apps, which are ready now
from majlis.config.kept import KeptPages
from majlis.kernel.live import Receive, Scope, Send
from majlis.kernel.revisions import changes

THREADS = 8
OUTSIDE = {"live": "/live/<edition>/"}  # addresses that Django's resolver does not know


class Majlis:
    """Sends each request where it belongs, and keeps the tick running while the server does."""

    def __init__(self) -> None:
        pages = WSGIMiddleware(cast("Any", django), workers=THREADS)  # its types are its own
        self.pages = KeptPages(cast("Any", pages), begin=changes)
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

    async def lifespan(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                threading.Thread(target=warm_up, name="warm-up", daemon=True).start()
                if settings.TICK_IN_SERVER:
                    threading.Thread(target=self.tick.run, name="tick", daemon=True).start()
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                self.stop()
                await send({"type": "lifespan.shutdown.complete"})
                return

    def stop(self) -> None:
        """End the streams and the tick."""
        self.tick.stop()
        self.live.close()
        self.pages.close()


def warm_up() -> None:
    """Load the apps' pages and words, so that the first phone need not wait for them."""
    get_resolver().url_patterns  # noqa: B018 - reading it is what loads them
    for language, _ in settings.LANGUAGES:
        trans_real.translation(language)


application = Majlis()
