"""Making counts visible, so that nobody's answer can be told from what was visible before."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Exists, OuterRef

from majlis.dialogue.models import Round, Showing, Statement, VoteEvent
from majlis.dialogue.queries.showings import (
    RoundVotes,
    proposed,
    settled_horizon,
    showings_of,
    shown_revision,
)
from majlis.dialogue.queries.votes import revision
from majlis.dialogue.states import ResultsShown, RoundState
from majlis.kernel.disclosure import Audience

#: While a round is open its counts are made anew after this share of new votes, and after twice
#: the smallest cell at least: making them holds up votes for a moment.
NEW_VOTES = 0.02


def show_counts(round: Round) -> int:
    """Keep what may be shown of a round from now on; return for how many statements it is new.

    The caller holds the round. Nobody does this: it follows from the votes and from what has been
    shown, so it leaves no ledger line. Of a statement on which too few voices have answered, or
    have changed their answer since they were shown, nothing new is shown.
    """
    votes = RoundVotes(round)
    before = showings_of(round)
    reserve = round.edition.smallest(Audience.ROOM)
    newest = max((int(rows[-1, 0]) for rows in votes.of.values()), default=0)
    made = []
    for statement in Statement.objects.filter(pk__in=votes.of).select_related("edition"):
        seen = before.get(statement.pk, [])
        until = (
            settled_horizon(votes, statement, seen, reserve=reserve) if round.is_open else newest
        )
        found = proposed(votes, statement, seen, until=until) if until else None
        if found is not None:
            made.append(
                Showing(
                    statement=statement,
                    horizon=found.horizon,
                    revision=votes.revision,
                    counts=[
                        [*cell, c.agree, c.disagree, c.passed] for cell, c in found.table.items()
                    ],
                    ways={
                        str(audience): None if ways is None else list(ways)
                        for audience, ways in found.ways.items()
                    },
                )
            )
    Showing.objects.bulk_create(made)
    return len(made)


_looked_at: set[str] = set()  # closed rounds of which this process has found nothing to show


def show_due() -> int:
    """Show what is due: rounds that show results while open, and closed ones never shown.

    A closed round of which nothing may be shown is looked at once in the life of a process.
    """
    shown = 0
    voted = Exists(VoteEvent.objects.filter(statement__round=OuterRef("pk")))
    seen = Exists(Showing.objects.filter(statement__round=OuterRef("pk")))
    closed = Round.objects.filter(voted, ~seen, state=RoundState.CLOSED).exclude(
        code__in=_looked_at
    )
    live = Round.objects.filter(state=RoundState.OPEN).exclude(
        results_shown=ResultsShown.AFTER_CLOSE
    )
    for round in [*closed, *(r for r in live if _is_due(r))]:
        with transaction.atomic():
            held = Round.objects.select_for_update(of=("self",)).select_related("edition")
            found = show_counts(held.get(pk=round.pk))
        if not found and not round.is_open:
            _looked_at.add(round.code)
        shown += found
    return shown


def _is_due(round: Round) -> bool:
    now, then = revision(round), shown_revision(round)
    return now - then >= max(2 * round.edition.smallest(Audience.ROOM), NEW_VOTES * now)
