"""The sections of the organiser's desk, in order, and who sees each."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _  # noqa: F401

EVERYBODY = frozenset({"organiser", "facilitator", "moderator", "rapporteur"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One section: its name, its address (a url name taking `edition`) and the roles it is for."""

    name: str | Promise
    url_name: str
    roles: frozenset[str] = EVERYBODY


MENU: list[Entry] = []
