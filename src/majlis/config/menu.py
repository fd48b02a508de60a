"""The sections of the public site and of the organiser's desk, in order, and who sees each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from majlis.front.queries import DeskCounts
from majlis.registration.states import TEAM
from majlis.series.models import Edition
from majlis.series.states import Moment

EVERYBODY = frozenset(TEAM)


Counted = Callable[[DeskCounts], int]


@dataclass(frozen=True, slots=True)
class Entry:
    """One section of the desk: its name, a url name taking `edition`, the roles it is for.

    `work` counts what waits there, `fact` what there is. `tab` names it among the tabs of a phone.
    One that takes words of participants closes when the edition is sealed.
    """

    name: str | Promise
    url_name: str
    roles: frozenset[str] = EVERYBODY
    icon: str = "document"
    work: Counted | None = None
    fact: Counted | None = None
    tab: str | Promise = ""
    is_closed_by_sealing: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A group of the desk's menu; the first one needs no name."""

    name: str | Promise
    entries: tuple[Entry, ...]


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

ORGANISER = frozenset({"organiser"})
TABS = 4  # and one for the whole menu

MENU: list[Section] = [
    Section("", (Entry(_("Overview"), "front:desk", icon="home", tab=_("Overview")),)),
    Section(
        _("People"),
        (
            Entry(
                _("Registrations"),
                "registration:desk-registrations",
                ORGANISER,
                "people",
                work=lambda n: n.registrations_waiting,
                tab=_("People"),
            ),
            Entry(_("Guests"), "registration:desk-guests", ORGANISER, "mail"),
            Entry(
                _("Welcome desk"),
                "welcome:arrivals",
                frozenset({"organiser", "door"}),
                "check",
                fact=lambda n: n.arrived,
            ),
            Entry(
                _("Participants in figures"),
                "registration:desk-census",
                icon="chart",
                fact=lambda n: n.confirmed,
            ),
            Entry(
                _("Emails"),
                "circulars:messages",
                ORGANISER,
                "mail",
                work=lambda n: n.lost_emails,
            ),
            Entry(_("Team"), "registration:desk-colleagues", ORGANISER, "person"),
        ),
    ),
    Section(
        pgettext_lazy("menu of the workspace", "In the room"),
        (
            Entry(
                _("Moderation"),
                "dialogue:moderation",
                frozenset({"moderator"}),
                "speech",
                work=lambda n: n.to_moderate,
                tab=_("Moderation"),
            ),
            Entry(
                _("Paper contributions"),
                "dialogue:card",
                frozenset({"moderator", "rapporteur"}),
                "card",
                is_closed_by_sealing=True,
            ),
            Entry(
                _("Statements"),
                "dialogue:statements",
                icon="list",
                fact=lambda n: n.statements,
                tab=_("Statements"),
            ),
            Entry(
                _("Voting rounds"),
                "dialogue:desk-rounds",
                frozenset({"facilitator"}),
                "scale",
                work=lambda n: n.unshown_rounds,
            ),
            Entry(
                _("Room screen"),
                "stage:desk",
                frozenset({"facilitator", "moderator"}),
                "screen",
                tab=_("Screen"),
            ),
        ),
    ),
    Section(
        _("What comes out"),
        (
            Entry(
                _("Recommendations"),
                "recommendations:desk-list",
                frozenset({"rapporteur"}),
                "flag",
                work=lambda n: n.in_review + n.to_decide,
                fact=lambda n: n.recommendations,
                tab=_("Results"),
            ),
            Entry(
                _("Ratings"),
                "ratings:desk-list",
                frozenset({"facilitator"}),
                "scale",
            ),
            Entry(_("Follow-up"), "followup:desk", icon="check"),
            Entry(_("Policy brief"), "briefs:desk", icon="document"),
            Entry(_("Evaluation"), "evaluation:desk", icon="chart"),
        ),
    ),
    Section(
        _("Set up"),
        (
            Entry(_("Check list"), "front:checks", icon="check"),
            Entry(
                _("Programme"),
                "planning:programme",
                frozenset({"organiser", "facilitator"}),
                "calendar",
                tab=_("Programme"),
            ),
            Entry(_("Edition"), "planning:plan", ORGANISER, "settings"),
            Entry(_("Activity log"), "front:activity", ORGANISER, "clock"),
        ),
    ),
]
