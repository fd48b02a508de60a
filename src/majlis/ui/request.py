"""The request as our views see it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails


class Request(HttpRequest):
    """An `HttpRequest` that has passed the middleware.

    `user` is the signed-in person or Django's anonymous user: this app knows no models, so the
    apps above narrow it. `htmx` is true when htmx asks for a piece of a page.
    """

    user: Any  # the user model lives above this app
    htmx: HtmxDetails
