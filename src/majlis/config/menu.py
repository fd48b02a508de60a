"""The sections of the public site and of the organiser's desk, in order, and who sees each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from majlis.series.models import Edition
from majlis.series.states import Moment

EVERYBODY = frozenset({"organiser", "facilitator", "moderator", "rapporteur"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One section of the desk: its name, a url name taking `edition`, the roles it is for.

    One that takes words of participants closes when the edition is sealed.
    """

    name: str | Promise
    url_name: str
    roles: frozenset[str] = EVERYBODY
    is_closed_by_sealing: bool = False


@dataclass(frozen=True, slots=True)
class SiteEntry:
    """One section of the public site; `shown` tells when it is there."""

    name: str | Promise
    url_name: str
    shown: Callable[[Edition, Moment], bool] | None = None


SITE: list[SiteEntry] = [
    SiteEntry(_("About"), "front:edition"),
    SiteEntry(_("Programme"), "series:programme"),
    SiteEntry(
        _("Register"),
        "registration:register",
        lambda edition, moment: edition.registration_open and moment != Moment.AFTER,
    ),
    SiteEntry(_("Recommendations"), "recommendations:public-list"),
    SiteEntry(_("Policy brief"), "briefs:public-list"),
]

MENU: list[Entry] = [
    Entry(_("Overview"), "front:desk"),
    Entry(_("Registrations"), "registration:desk-registrations", frozenset({"organiser"})),
    Entry(_("Attendance"), "registration:desk-census"),
    Entry(_("Team"), "registration:desk-colleagues", frozenset({"organiser"})),
    Entry(_("Edition"), "planning:plan", frozenset({"organiser"})),
    Entry(_("Programme"), "planning:programme", frozenset({"organiser", "facilitator"})),
    Entry(_("Emails"), "registration:desk-mail", frozenset({"organiser"})),
    Entry(_("Moderation"), "dialogue:moderation", frozenset({"moderator"})),
    Entry(
        _("Paper contributions"),
        "dialogue:card",
        frozenset({"moderator", "rapporteur"}),
        is_closed_by_sealing=True,
    ),
    Entry(_("Statements"), "dialogue:statements"),
    Entry(_("Voting rounds"), "dialogue:desk-rounds", frozenset({"facilitator"})),
    Entry(_("Recommendations"), "recommendations:desk-list", frozenset({"rapporteur"})),
    Entry(_("Room screen"), "stage:desk", frozenset({"facilitator", "moderator"})),
    Entry(_("Policy brief"), "briefs:desk"),
]
