"""Stored words and transition tables of the dialogue."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from majlis.kernel.words import Verbs, Words


class ContributionKind(Words):
    """What someone offers."""

    CHALLENGE = "challenge", _("challenge")
    PRACTICE = "practice", _("practice")
    PROPOSAL = "proposal", _("proposal")
    QUESTION = "question", _("question")


class ContributionState(Words):
    """Where a contribution stands at the moderation desk."""

    CAPTURED = "captured", _("waiting for a moderator")
    TAKEN_UP = "taken_up", _("used")
    MERGED = "merged", _("merged with others")
    DECLINED = "declined", _("not used")
    WITHDRAWN = "withdrawn", _("withdrawn")


class StatementState(Words):
    """Where a statement stands. Only a `captured` one can be put to a round or cited."""

    CAPTURED = "captured", _("current")
    MERGED = "merged", _("merged into another")
    REPLACED = "replaced", _("replaced by another wording")
    WITHDRAWN = "withdrawn", pgettext_lazy("statement", "withdrawn")
    UNDONE = "undone", _("created by mistake and undone")


class StatementOrigin(Words):
    """Where a statement came from."""

    ROOM = "room", _("from participants")
    DEMO = "demo", _("sample statement, not from a participant")
    IMPORT = "import", _("imported")


class Grounding(Words):
    """What a statement that nobody spoke rests on."""

    SOURCED = "sourced", _("stated by its source")
    INFERENCE = "inference", _("our inference from its source")


class LineageKind(Words):
    """What was made of a source."""

    ACCEPTED = "accepted", _("used as written")
    REWORDED = "reworded", _("reworded")
    SPLIT = "split", _("split")
    MERGED = "merged", _("merged")
    CARRIED = "carried", _("reused in another round")
    DECLINED = "declined", _("not used")
    WITHDRAWN = "withdrawn", pgettext_lazy("statement", "withdrawn")


class RoundState(Words):
    """Where a round stands."""

    DRAFT = "draft", _("in preparation")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")
    SHOWING = "showing", _("results being prepared")
    SHOWN = "shown", _("results shown")


ROUND_MOVES: dict[RoundState, frozenset[RoundState]] = {
    RoundState.DRAFT: frozenset({RoundState.OPEN}),
    RoundState.OPEN: frozenset({RoundState.CLOSED}),
    # May reopen until it shows its results. Those of a large round are first prepared, and it goes
    # back to closed where that could not be done.
    RoundState.CLOSED: frozenset({RoundState.OPEN, RoundState.SHOWING, RoundState.SHOWN}),
    RoundState.SHOWING: frozenset({RoundState.CLOSED, RoundState.SHOWN}),
    RoundState.SHOWN: frozenset(),
}


class BrokenDownBy(Words):
    """Which groups the results of a round tell apart, where they are large enough."""

    CONSTITUENCY = "constituency", _("by stakeholder group")
    COUNTRY = "country", _("by country")


class Stance(models.IntegerChoices):
    """One voice's answer to one statement."""

    AGREE = 1, _("agree")
    DISAGREE = -1, _("disagree")
    PASS = 0, _("pass")


ABSTAIN = -1
"""The answer of whoever has no opinion, to any question that is answered with a number."""


class Channel(Words):
    """How a vote or a contribution reached us."""

    PHONE = "phone", _("phone")
    PAPER = "paper", _("paper")
    IMPORT = "import", _("import")


class RoutingMethod(Words):
    """What the weights of a round's routing were made of. Nobody is shown these words."""

    ROOM = "room", "room"  # of how many in each family have answered
    POLIS = "polis", "polis"  # by the recipe of Polis, in large rounds


class Verb(Verbs):
    """What this app writes into the audit log."""

    OFFERED = "offered", _("contribution sent")
    TYPED_CARD = "typed in card", _("paper contribution entered")
    WITHDREW = "withdrew", _("taken back")
    ACCEPTED = "accepted", _("used as written")
    REWORDED = "reworded", _("reworded")
    SPLIT = "split", _("split")
    MERGED = "merged", _("merged")
    CARRIED = "carried", _("reused in another round")
    DECLINED = "declined", _("refused")
    WITHDRAWN = "withdrawn", _("taken back")
    UNDID_ACCEPTED = "undid accepted", _("use as written undone")
    UNDID_REWORDED = "undid reworded", _("rewording undone")
    UNDID_SPLIT = "undid split", _("split undone")
    UNDID_MERGED = "undid merged", _("merge undone")
    UNDID_CARRIED = "undid carried", _("reuse undone")
    UNDID_DECLINED = "undid declined", _("refusal undone")
    UNDID_WITHDRAWN = "undid withdrawn", _("withdrawal undone")
    TRANSLATED = "translated", _("translated")
    LOADED = "load_statements", _("statements loaded from a file")
    PREPARED = "prepared round", _("prepared")
    CHANGED = "changed round", _("changed")
    PUT = "put statements", _("statements added")
    TOOK_OUT = "took out statement", _("a statement removed")
    ORDERED = "ordered statements", _("statements reordered")
    OPENED = "opened round", _("opened")
    CLOSED = "closed round", _("closed")
    REOPENED = "reopened round", _("reopened")
    PREPARED_RESULTS = "prepared results", _("results being prepared")
    SHOWED_RESULTS = "showed results", _("results shown")
    COULD_NOT_SHOW = "could not show results", _("results could not be prepared")
    ASKED_AGAIN = "asked again", _("reused in a new round")
    REMOVED = "removed round", _("removed")
    TYPED_BALLOT = "typed paper ballot", _("a paper ballot entered")
    CHECKED_BALLOT = "checked paper ballot", _("a paper ballot entered a second time")
    IMPORTED = "imported round", _("imported")
