"""Stored words of mail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from majlis.kernel.words import Words


class MessageState(Words):
    """How far a message has come."""

    WAITING = "waiting", _("not sent yet")
    SENT = "sent", _("sent")
    REFUSED = "refused", _("refused by the mail server")
    GIVEN_UP = "given_up", _("not sent after two days of trying")
    KEPT = "kept", _("kept on this computer")
