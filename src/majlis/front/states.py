"""Stored words of this app."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from majlis.kernel.words import Verbs


class Verb(Verbs):
    """What this app writes into the audit log."""

    MADE = "made rehearsal", _("rehearsal created")
    REMOVED = "removed rehearsal", _("rehearsal deleted")
    SEALED = "sealed edition", _("contributions and votes made anonymous")
    SWEPT = "swept", _("traces of anonymous votes deleted")
