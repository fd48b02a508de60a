"""Stored words of opinion."""

from django.utils.translation import gettext_lazy as _

from majlis.kernel.words import Verbs, Words


class Mode(Words):
    """How votes are read; the two are never mixed in one picture."""

    ROOM = "room", _("room mode")
    POLIS = "polis", _("Polis method")

    @property
    def job(self) -> str:
        """The kind of job that makes such a result of a large round."""
        return f"{self.value} result"


class Verb(Verbs):
    """What this app writes into the audit log."""

    MADE_AGAIN = "made result again", _("result recalculated")
    EXPORTED = "exported answers", _("answers exported")
