"""Sessions in the database, each with its person, so that they can be listed and ended.

`SESSION_ENGINE` of the project. The cookie holds the session's key; the database holds only its
digest, so a copy of the database signs nobody in.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY, login
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.http import HttpRequest

from majlis.kernel.clock import now
from majlis.kernel.devices import device_of
from majlis.kernel.seal import digest_of
from majlis.people.models import Person, SignIn

LASTS = timedelta(hours=12)  # used or not: OWASP ASVS 3.3.2, level 2
DEVICE, SINCE = "device", "since"


class SessionStore(DatabaseSessions):
    """Django's sessions in the database, under the digest of their key."""

    @classmethod
    def get_model_class(cls) -> type[SignIn]:
        return SignIn

    def load(self) -> dict[str, Any]:
        row = SignIn.objects.filter(
            session_key=digest_of(self.session_key or ""), expire_date__gt=now()
        ).first()
        if row is None:
            self._session_key = None
            return {}
        return self.decode(row.session_data)

    def exists(self, session_key: str) -> bool:
        return super().exists(digest_of(session_key))

    def delete(self, session_key: str | None = None) -> None:
        if key := session_key or self.session_key:
            super().delete(digest_of(key))

    def create_model_instance(self, data: dict[str, Any]) -> SignIn:
        return SignIn(
            session_key=digest_of(self._get_or_create_session_key()),  # type: ignore[attr-defined]
            session_data=self.encode(data),
            expire_date=self.get_expiry_date(),
            person_id=data.get(SESSION_KEY),
            device=data.get(DEVICE, ""),
            since=data.get(SINCE),
        )


def sign_in(request: HttpRequest, person: Person) -> None:
    """Begin a session under a new key. It ends after twelve hours, used or not."""
    login(request, person)
    at = now()
    request.session[DEVICE] = device_of(request.headers.get("User-Agent", ""))
    request.session[SINCE] = at.isoformat()
    request.session.set_expiry(at + LASTS)
