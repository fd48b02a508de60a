"""Showing the results of a round, once and for all."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import transaction

from majlis.dialogue.models import Round, Showing, Statement
from majlis.dialogue.queries.rounds import n_read_once
from majlis.dialogue.queries.showings import detail_for
from majlis.dialogue.queries.votes import revision, tables_of
from majlis.dialogue.states import RoundState, Verb
from majlis.kernel import ledger
from majlis.kernel.ledger import Doer
from majlis.kernel.locks import hold_alone


@transaction.atomic
def show_results(round: Round, *, by: Doer) -> Round:
    """Show the counts of a closed round, of all its statements at once. It stays closed for good.

    Waits for every paper ballot on its way; none is taken after it.
    """
    round = locked(round)
    round.show()
    round.save(update_fields=["state"])
    keep_showings(round)
    ledger.record(Verb.SHOWED_RESULTS, round, by=by)
    return round


def keep_showings(round: Round) -> None:
    """Keep what each audience may see of every statement, where enough voices have answered.

    The caller holds the round, which has just become "results shown".
    """
    if round.state != RoundState.SHOWN:
        raise ValueError("only a round whose results are shown has showings")
    statements = Statement.objects.filter(round=round).select_related("round", "edition").in_bulk()
    n_events = revision(round)
    made = []
    for pk, table in tables_of(round).items():
        detail = detail_for(statements[pk], table, passes_over=drawn_by_lot)
        if detail is not None:
            counts = [[*cell, c.agree, c.disagree, c.passed, c.unread] for cell, c in table.items()]
            made.append(
                Showing(
                    statement_id=pk,
                    revision=n_events,
                    counts=counts,
                    level=detail.level,
                    two_words=detail.two_words,
                )
            )
    Showing.objects.bulk_create(made)
    round.n_read_once = n_read_once(round)
    round.save(update_fields=["n_read_once"])


def drawn_by_lot() -> bool:
    """Say yes one time in `PASSED_OVER_BY_LOT`: what is missing then tells nothing (ADR 0036)."""
    odds = settings.PASSED_OVER_BY_LOT
    return odds > 0 and secrets.randbelow(odds) == 0


def locked(round: Round) -> Round:
    """The round as it is now, after every vote on its way, held until this transaction ends."""
    hold_alone(round)
    return Round.objects.select_for_update(of=("self",)).select_related("edition").get(pk=round.pk)
