"""A mail server and messages for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.mail.smtp import MailServer


@pytest.fixture
def server(settings) -> Iterator[MailServer]:
    """A running mail server that the settings name."""
    server = MailServer()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    yield server
    server.stop()
