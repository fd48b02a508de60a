"""Stored words and moves of what follows adoption: the answer, and what is done.

What the clock alone decides (no answer, overdue, due soon, not updated) is computed, never stored.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from majlis.kernel.words import Verbs, Words


class Response(Words):
    """What an addressee has answered to one recommendation. `no_answer` is never stored."""

    NOT_SENT = "not_sent", pgettext_lazy("response", "not yet sent")
    AWAITING = "awaiting", pgettext_lazy("response", "awaiting a response")
    ACCEPTED = "accepted", pgettext_lazy("response", "accepted")
    PARTIALLY_ACCEPTED = "partially_accepted", pgettext_lazy("response", "partly accepted")
    REJECTED = "rejected", pgettext_lazy("response", "rejected")
    REDIRECTED = "redirected", pgettext_lazy("response", "redirected")
    NO_ANSWER = "no_answer", pgettext_lazy("response", "no response by the date")


ANSWERS = (
    Response.ACCEPTED,
    Response.PARTIALLY_ACCEPTED,
    Response.REJECTED,
    Response.REDIRECTED,
)
"""What may be answered."""

STORED_RESPONSES = frozenset(Response) - {Response.NO_ANSWER}

RESPONSE_MOVES: dict[Response, frozenset[Response]] = {
    Response.NOT_SENT: frozenset({Response.AWAITING}),
    Response.AWAITING: frozenset(ANSWERS),
    Response.ACCEPTED: frozenset(),
    Response.PARTIALLY_ACCEPTED: frozenset(),
    Response.REJECTED: frozenset({Response.AWAITING}),
    Response.REDIRECTED: frozenset({Response.AWAITING}),
}


class Progress(Words):
    """How far one addressee has carried out one recommendation."""

    NOT_STARTED = "not_started", pgettext_lazy("implementation", "not started")
    PLANNED = "planned", pgettext_lazy("implementation", "planned")
    IN_PROGRESS = "in_progress", pgettext_lazy("implementation", "in progress")
    BLOCKED = "blocked", pgettext_lazy("implementation", "blocked")
    DECLARED = "declared_implemented", pgettext_lazy("implementation", "implemented (declared)")
    VERIFIED = "verified", pgettext_lazy("implementation", "implemented (verified)")
    CLOSED = "closed", pgettext_lazy("implementation", "closed")
    WILL_NOT = "will_not_implement", pgettext_lazy("implementation", "will not be implemented")
    NOT_APPLICABLE = (
        "no_longer_applicable",
        pgettext_lazy("implementation", "no longer applicable"),
    )


_ENDS = {Progress.WILL_NOT, Progress.NOT_APPLICABLE}

PROGRESS_MOVES: dict[Progress, frozenset[Progress]] = {
    Progress.NOT_STARTED: frozenset({Progress.PLANNED, Progress.IN_PROGRESS, *_ENDS}),
    Progress.PLANNED: frozenset({Progress.IN_PROGRESS, Progress.BLOCKED, *_ENDS}),
    Progress.IN_PROGRESS: frozenset({Progress.BLOCKED, Progress.DECLARED, *_ENDS}),
    Progress.BLOCKED: frozenset({Progress.IN_PROGRESS, *_ENDS}),
    Progress.DECLARED: frozenset({Progress.VERIFIED, Progress.IN_PROGRESS}),
    Progress.VERIFIED: frozenset({Progress.CLOSED}),
    Progress.CLOSED: frozenset({Progress.IN_PROGRESS}),
    Progress.WILL_NOT: frozenset({Progress.CLOSED}),
    Progress.NOT_APPLICABLE: frozenset({Progress.CLOSED}),
}

BY_ADDRESSEE = frozenset(
    {
        Progress.PLANNED,
        Progress.IN_PROGRESS,
        Progress.BLOCKED,
        Progress.DECLARED,
        Progress.WILL_NOT,
    }
)
"""What a focal point may say of its own work; the rest is for the team alone."""

DONE = frozenset({Progress.DECLARED, Progress.VERIFIED, Progress.CLOSED})
OPEN = frozenset({Progress.NOT_STARTED, Progress.PLANNED, Progress.IN_PROGRESS, Progress.BLOCKED})
"""Where something is still expected of the addressee."""

REASONED = frozenset(
    {
        Progress.BLOCKED,
        Progress.WILL_NOT,
        Progress.NOT_APPLICABLE,
        Progress.CLOSED,
    }
)
"""States that are not entered without a reason."""


class Flag(Words):
    """What the clock says of a pair."""

    NO_ANSWER = "no_answer", _("no response by the date")
    OVERDUE = "overdue", _("overdue")
    DUE_SOON = "due_soon", _("due soon")
    STALE = "stale", _("not updated for 90 days")


class Axis(Words):
    """What an entry of the history speaks of."""

    RESPONSE = "response", _("response")
    PROGRESS = "progress", _("progress")


class Channel(Words):
    """How an entry came in."""

    LINK = "link", _("through the personal link")
    LETTER = "letter", _("by letter, entered by the team")
    TEAM = "team", _("by the team")


class Support(Words):
    """How an organisation stands to a recommendation that it was asked to endorse."""

    FULL = "full", pgettext_lazy("endorsement", "in full")
    RESERVATION = "reservation", pgettext_lazy("endorsement", "with a reservation")
    ABSTAINS = "abstains", pgettext_lazy("endorsement", "abstains")


class Verb(Verbs):
    """What this app writes into the audit log."""

    SENT = "followup_sent", _("sent recommendations to an addressee")
    LINK_AGAIN = "focal_link_again", _("sent a new link to a focal point")
    LINK_HANDED = "focal_link_handed", _("handed a link to a successor")
    LINK_ENDED = "focal_link_ended", _("ended the link of a focal point")
    LINK_OPENED = "focal_link_opened", _("opened the personal link")
    ANSWERED = "followup_answered", _("recorded a response")
    ASKED_AGAIN = "followup_asked_again", _("asked again for a response")
    PLANNED = "followup_planned", _("planned an action")
    FINISHED = "followup_action_done", _("noted that an action was done")
    DROPPED = "followup_action_dropped", _("removed a planned action")
    PROGRESSED = "followup_progressed", _("noted progress")
    REMINDED = "followup_reminded", _("reminded a focal point")
    ASKED_ENDORSEMENT = "endorsement_asked", _("asked an organisation for its endorsement")
    ENDORSED = "endorsement_given", _("confirmed an endorsement")
    ENDED_ENDORSEMENT = "endorsement_ended", _("ended a request for endorsement")
