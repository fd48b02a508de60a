"""Stored words of the welcome desk."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from majlis.kernel.words import Words


class BadgeSize(Words):
    """How large badges are, and how many stand on a sheet."""

    A6 = "a6", _("A6, one on a page")
    A6_SHEET = "a6-sheet", _("A6, four on a sheet of A4 to cut")
    CARD_SHEET = "card-sheet", _("90 × 55 mm, ten on a sheet of A4 to cut")
