"""The family of deliberate errors.

MajlisError
├── NotFound       404  there is no such thing, or it is not yours to see
├── NotAllowed     403  you may see it, and may not do this
└── RuleBroken     409  a rule forbids it now
    └── WrongMove  409  a state cannot follow another
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from majlis.kernel.punctuation import isolated


class MajlisError(Exception):
    """Base of every deliberate error. `str(error)` is what people are shown.

    The facts are filled in when the message is read, in the reader's language.
    """

    status = 500

    def __init__(self, message: str | Promise, **facts: object) -> None:
        super().__init__(message)
        self.message = message
        self.facts = facts

    def __str__(self) -> str:
        facts = {name: isolated(str(fact)) for name, fact in self.facts.items()}
        return str(self.message) % facts if facts else str(self.message)


class NotFound(MajlisError):
    """There is no such thing, or it is not the asker's to see: the same answer for both."""

    status = 404

    def __init__(self, message: str | Promise = _("Page not found."), **facts: object) -> None:
        super().__init__(message, **facts)


class NotAllowed(MajlisError):
    """The asker may see the thing and may not do this with it."""

    status = 403


class RuleBroken(MajlisError):
    """A rule forbids it as things stand."""

    status = 409


class WrongMove(RuleBroken):
    """One state cannot follow another.

    `thing` is shown as it names itself, `now` and `wanted` by their labels.
    """

    def __init__(self, thing: object, *, now: object, wanted: object) -> None:
        super().__init__(
            _("“%(thing)s” is “%(now)s”, so it cannot be changed to “%(wanted)s”."),
            thing=thing,
            now=now,
            wanted=wanted,
        )
