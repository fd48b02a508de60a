"""Fetching is authorising: what somebody may see of their own account."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest

from majlis.kernel.errors import NotFound
from majlis.kernel.seal import digest_of
from majlis.people.models import Person, SignIn


def signed_in(request: HttpRequest) -> Person:
    """Whoever is signed in in this browser, or `NotFound`."""
    person = request.user
    if not isinstance(person, Person) or not person.is_active:
        raise NotFound
    return person


def sign_in_here(request: HttpRequest) -> QuerySet[SignIn]:
    """The one row of this browser."""
    return SignIn.objects.filter(session_key=digest_of(request.session.session_key or ""))


def sign_in_by_code(request: HttpRequest, code: str) -> QuerySet[SignIn]:
    """One of the asker's own sign-ins, or `NotFound`."""
    found = SignIn.objects.filter(person=signed_in(request), session_key__startswith=code)
    if len(code) < 16 or not found:
        raise NotFound
    return found
