"""Stored words of this app."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from majlis.kernel.words import Verbs


class Verb(Verbs):
    """What this app writes into the audit log."""

    ISSUED = "issued brief", _("brief published")
