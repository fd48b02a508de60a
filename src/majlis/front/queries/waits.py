"""What waits for one colleague, most pressing first, each with the page where it is done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from majlis.front.queries import checks
from majlis.front.queries.overview import Overview
from majlis.kernel.punctuation import listed
from majlis.registration.states import RoleKind
from majlis.series import programme
from majlis.ui import formats
from majlis.ui.formats import number
from majlis.ui.languages import facts

TRANSLATORS = (RoleKind.MODERATOR, RoleKind.RAPPORTEUR)


@dataclass(frozen=True, slots=True)
class Wait:
    """Something that waits: what, how it stands, the button that leads to it.

    One that is `pressing` has the main button of the list.
    """

    what: str
    more: str
    icon: str
    url: str
    verb: str
    pressing: bool = False


def waits_of(overview: Overview) -> list[Wait]:
    """Everything that waits for this colleague."""
    place = overview.place
    return [
        wait
        for kinds, found in (
            ((RoleKind.MODERATOR,), _contributions),
            ((RoleKind.ORGANISER,), _registrations),
            ((RoleKind.FACILITATOR,), _rounds),
            (TRANSLATORS, _wordings),
            ((RoleKind.RAPPORTEUR,), _recommendations),
            ((RoleKind.ORGANISER,), _programme),
            ((RoleKind.ORGANISER,), _emails),
            ((RoleKind.ORGANISER,), _checks),
        )
        if place.is_(*kinds)
        for wait in found(overview)
    ]


def _to(overview: Overview, name: str, query: str = "") -> str:
    return reverse(name, kwargs={"edition": overview.edition.slug}) + query


def _contributions(overview: Overview) -> Iterator[Wait]:
    if n := overview.counts.to_moderate:
        what = ngettext("%(n)s contribution to moderate", "%(n)s contributions to moderate", n) % {
            "n": number(n)
        }
        waited = overview.oldest_wait
        more = _waited(waited) if waited else ""
        url = _to(overview, "dialogue:moderation")
        yield Wait(what, more, "speech", url, _("Moderate"), pressing=True)


def _waited(time: timedelta) -> str:
    minutes = int(time.total_seconds() // 60)
    if minutes < 1:
        return _("the oldest has just arrived")
    if minutes < 120:
        said = ngettext(
            "the oldest has waited %(n)s minute", "the oldest has waited %(n)s minutes", minutes
        )
        return said % {"n": number(minutes)}
    if (hours := minutes // 60) < 48:
        said = ngettext(
            "the oldest has waited %(n)s hour", "the oldest has waited %(n)s hours", hours
        )
        return said % {"n": number(hours)}
    days = hours // 24
    said = ngettext("the oldest has waited %(n)s day", "the oldest has waited %(n)s days", days)
    return said % {"n": number(days)}


def _registrations(overview: Overview) -> Iterator[Wait]:
    counts = overview.counts
    if n := counts.disowned:
        what = ngettext("%(n)s “that was not me” to read", "%(n)s “that was not me” to read", n) % {
            "n": number(n)
        }
        more = _("Someone saw a device or a card that is not theirs.")
        url = _to(overview, "registration:desk-registrations")
        yield Wait(what, more, "warning", url, _("Read"), pressing=True)
    if n := counts.to_approve:
        what = ngettext("%(n)s registration to approve", "%(n)s registrations to approve", n) % {
            "n": number(n)
        }
        more = _("Confirmed so far: %(n)s") % {"n": number(counts.confirmed)}
        url = _to(overview, "registration:desk-registrations", "?state=waiting")
        yield Wait(what, more, "people", url, _("Review"))


def _rounds(overview: Overview) -> Iterator[Wait]:
    if n := overview.counts.unshown_rounds:
        what = ngettext(
            "%(n)s closed round without shown results",
            "%(n)s closed rounds without shown results",
            n,
        ) % {"n": number(n)}
        more = _("Nobody sees how it went until you show the results.")
        yield Wait(what, more, "chart", _to(overview, "dialogue:desk-rounds"), _("Open"))


def _wordings(overview: Overview) -> Iterator[Wait]:
    for lang, n in overview.n_without_wording.items():
        what = ngettext(
            "%(n)s statement has no wording in one language: %(language)s",
            "%(n)s statements have no wording in one language: %(language)s",
            n,
        ) % {"n": number(n), "language": facts(lang).name}
        more = _("Until then, participants read the original.")
        url = _to(overview, "dialogue:translations")
        yield Wait(what, more, "edit", url, _("Translate"))


def _recommendations(overview: Overview) -> Iterator[Wait]:
    counts = overview.counts
    if n := counts.in_review:
        what = ngettext(
            "%(n)s recommendation under review", "%(n)s recommendations under review", n
        ) % {"n": number(n)}
        more = _("It moves on once its review is written.")
        url = _to(overview, "recommendations:desk-list", "?state=in_review")
        yield Wait(what, more, "document", url, _("Review"))
    if n := counts.to_decide:
        what = ngettext(
            "%(n)s recommendation to decide on", "%(n)s recommendations to decide on", n
        ) % {"n": number(n)}
        more = _("The wording is closed. The decision is missing.")
        url = _to(overview, "recommendations:desk-list", "?state=final_list")
        yield Wait(what, more, "check", url, _("Decide"))


def _programme(overview: Overview) -> Iterator[Wait]:
    planned = programme.planned_sessions(overview.edition)
    if n := len(programme.changes(overview.sessions, planned)):
        what = ngettext(
            "%(n)s change of the programme is not published",
            "%(n)s changes of the programme are not published",
            n,
        ) % {"n": number(n)}
        more = _("Everybody still sees the version before.")
        yield Wait(what, more, "calendar", _to(overview, "planning:programme"), _("Publish"))


def _emails(overview: Overview) -> Iterator[Wait]:
    if n := overview.counts.lost_emails:
        what = ngettext(
            "%(n)s email could not be delivered", "%(n)s emails could not be delivered", n
        ) % {"n": number(n)}
        more = _("The list says what the mail server answered.")
        yield Wait(what, more, "mail", _to(overview, "circulars:messages"), _("Read"))


def _checks(overview: Overview) -> Iterator[Wait]:
    """The step of the check list that was due first; the list has the others."""
    today = overview.at.astimezone(overview.edition.zone).date()
    due = checks.due_checks(overview.checks, today=today)
    if due and not overview.edition.is_rehearsal:
        day = formats.day(due[0].due)
        said = _("was due on %(day)s") if due[0].is_late else _("due on %(day)s")
        more = listed(
            [said % {"day": day}, _others(len(due) - 1)] if due[1:] else [said % {"day": day}]
        )
        yield Wait(
            str(due[0].check.label), more, "check", _to(overview, "front:checks"), _("Check list")
        )


def _others(n: int) -> str:
    said = ngettext("%(n)s more step is due", "%(n)s more steps are due", n)
    return said % {"n": number(n)}
