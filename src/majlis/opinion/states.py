"""Stored words of opinion."""

from django.utils.translation import gettext_lazy as _

from majlis.kernel.words import Words


class Mode(Words):
    """How votes are read; the two are never mixed in one picture."""

    ROOM = "room", _("room mode")
    POLIS = "polis", _("recipe of Polis")
