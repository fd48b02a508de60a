"""The request as our views see it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails


class Request(HttpRequest):
    """An `HttpRequest` that has passed the middleware.

    `user` is the signed-in person or Django's anonymous user, `shell_edition` the edition of the
    address: this app knows no models, so the apps above narrow them. `htmx` is true when htmx asks
    for a piece of a page.
    """

    user: Any  # the user model lives above this app
    shell_edition: Any
    htmx: HtmxDetails
