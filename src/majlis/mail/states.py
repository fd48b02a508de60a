"""Stored words of mail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from majlis.kernel.words import Verbs, Words


class MessageState(Words):
    """How far a message has come."""

    WAITING = "waiting", _("not sent yet")
    SENT = "sent", _("sent")
    REFUSED = "refused", _("refused by the mail server")
    GIVEN_UP = "given_up", _("not sent after two days of trying")
    KEPT = "kept", _("kept on this computer")
    STOPPED = "stopped", _("stopped before it was sent")


class Security(Words):
    """How the way to a mail server is kept private."""

    STARTTLS = "starttls", _("STARTTLS, usually port 587")
    TLS = "tls", _("TLS, usually port 465")
    NONE = "none", _("none, only for a server in your own network")


PORTS = {Security.STARTTLS: 587, Security.TLS: 465, Security.NONE: 25}


class Verb(Verbs):
    """What this app writes into the audit log."""

    SENT_AGAIN = "sent message again", _("email sent again")
    SENT_KEPT = "sent kept messages", _("emails that were kept here sent")
    WORDED = "worded letter", _("standard email reworded")
    UNWORDED = "took wording back", _("standard email back to its own words")
    SET_SERVER = "set mail server", _("mail server set")
    REMOVED_SERVER = "removed mail server", _("mail server removed")
