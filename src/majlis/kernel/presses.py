"""A form sent twice acts once.

Every form carries a random key (`ui.templatetags.form_key`). The first thing an action writes, a
line of the audit log or a message, takes the form: it inserts the form's digest, unique in the
database, in the transaction of the act. So a form is taken if and only if its act was done, and of
two presses at the same instant the second waits for the first, fails, and leaves nothing.
`ui.middleware.FormsOnce` gives a repeat the first answer.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from majlis.kernel.clock import now
from majlis.kernel.errors import MajlisError
from majlis.kernel.models import Press

REMEMBERED = timedelta(hours=6)
COOKIES_REMEMBERED = timedelta(minutes=10)  # they may hold a session


class TakenBefore(MajlisError):
    """The same form was taken by another request, which did what it asks for."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            _("We had already received this form. What it asked for was done, and only once.")
        )


@dataclass(frozen=True, slots=True)
class Form:
    """The form that the request under way was sent with."""

    digest: str
    taker: str = field(default_factory=lambda: secrets.token_hex(16))


_current: ContextVar[Form | None] = ContextVar("form", default=None)


@contextmanager
def under(form: Form) -> Iterator[None]:
    """What is written inside is written for this form."""
    token = _current.set(form)
    try:
        yield
    finally:
        _current.reset(token)


def act_freely() -> None:
    """What the request under way does next is not done for its form."""
    _current.set(None)


def take() -> None:
    """Take the form of the request under way. Raises `TakenBefore` when another one took it."""
    form = _current.get()
    if form is None:
        return
    press, _is_new = Press.objects.get_or_create(digest=form.digest, defaults={"taker": form.taker})
    if press.taker != form.taker:
        raise TakenBefore


def press_of(form: Form) -> Press | None:
    """The row of this form, once it was taken."""
    return Press.objects.filter(digest=form.digest).first()


def remember(form: Form, *, leads_to: str, browser: str, cookies: Sequence[str]) -> None:
    """Keep the answer that the taker of the form gave."""
    Press.objects.filter(digest=form.digest, taker=form.taker).update(
        leads_to=leads_to, browser=browser, cookies=list(cookies)
    )


def forget_presses() -> None:
    """Forget forms of hours ago, and the cookies of their answers sooner; for the tick."""
    Press.objects.filter(at__lt=now() - REMEMBERED).delete()
    Press.objects.filter(at__lt=now() - COOKIES_REMEMBERED).exclude(cookies=[]).update(cookies=[])
