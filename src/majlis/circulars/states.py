"""Stored words of emails to many people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from majlis.kernel.words import Verbs, Words


class CircularState(Words):
    """How far an email to many people has come."""

    DRAFT = "draft", pgettext_lazy("an email", "draft")
    SENDING = "sending", _("being sent")
    DONE = "done", pgettext_lazy("an email", "sent")
    STOPPED = "stopped", pgettext_lazy("an email", "stopped")


class To(Words):
    """Whom an email to many people is for."""

    PARTICIPANTS = "participants", _("People who registered")
    GUESTS = "guests", _("Guests who were invited and have not answered")
    PARTS = "parts", _("People with a part in the programme")
    TEAM = "team", _("The team")


class Arrived(Words):
    """Whether readers were checked in."""

    ANY = "", _("checked in or not")
    YES = "yes", _("checked in")
    NO = "no", _("not checked in")


class Verb(Verbs):
    """What this app writes into the audit log."""

    WROTE = "wrote circular", _("email to many people written")
    CHANGED = "changed circular", _("email to many people changed")
    REMOVED = "removed circular", _("email to many people deleted")
    BEGAN = "began circular", _("email to many people sent")
    STOPPED = "stopped circular", _("email to many people stopped")
    TRIED = "tried circular", _("test email sent")
    ENDED_EMAILS = "ended emails", _("emails about other things stopped")
    WANTED_EMAILS = "wanted emails", _("emails about other things wanted again")
