"""Django as a WSGI callable; `asgi` wraps it."""

import os

import django
from django.core.handlers.wsgi import WSGIHandler

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "majlis.config.settings")
django.setup(set_prefix=False)

from majlis.config.gate import ReadableRequest  # noqa: E402 - Django is ready now


class Handler(WSGIHandler):
    """Django's, but for the way it reads a request that is not well formed."""

    request_class = ReadableRequest


application = Handler()
