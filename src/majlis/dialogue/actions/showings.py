"""Showing the results of a round, once and for all."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import NamedTuple

from django.conf import settings
from django.db import transaction

from majlis.dialogue.models import Round, Showing, Statement
from majlis.dialogue.queries.rounds import n_read_once
from majlis.dialogue.queries.showings import detail_for
from majlis.dialogue.queries.votes import is_large, revision, tables_of
from majlis.dialogue.states import RoundState, Verb
from majlis.kernel import jobs, ledger
from majlis.kernel.jobs import Kind, Report
from majlis.kernel.ledger import CLOCK, Doer
from majlis.kernel.locks import hold_alone
from majlis.kernel.models import Job


@transaction.atomic
def show_results(round: Round, *, by: Doer) -> Round:
    """Show the counts of a closed round, of all its statements at once. It stays closed for good.

    Waits for every paper ballot on its way; none is taken after it. The counts of a large round
    are made by a job; until it is done, nobody sees any.
    """
    round = locked(round)
    round.require_not_showing()
    n_events = revision(round)
    if is_large(n_events):
        round.prepare_results()
        round.save(update_fields=["state"])
        ledger.record(Verb.PREPARED_RESULTS, round, by=by)
        jobs.ask(
            SHOWING.name, round.code, edition=round.edition.slug, key=str(n_events), again=True
        )
    else:
        _show(round, _made(round), by=by)
    return round


class Made(NamedTuple):
    """What a round shows: made from its votes, and from what of its paper was read once by then."""

    showings: Sequence[Showing]
    n_read_once: int


def _made(round: Round, report: Report = jobs.say_nothing) -> Made:
    return Made(showings_of(round, report), n_read_once(round))


def _show(round: Round, made: Made, *, by: Doer) -> None:
    round.show()
    round.save(update_fields=["state"])
    _keep_made(round, made)
    ledger.record(Verb.SHOWED_RESULTS, round, by=by)


def _keep_made(round: Round, made: Made) -> None:
    Showing.objects.bulk_create(made.showings)
    round.n_read_once = made.n_read_once
    round.save(update_fields=["n_read_once"])


def keep_showings(round: Round) -> None:
    """Keep what each audience may see of every statement, where enough voices have answered.

    The caller holds the round, which has just become "results shown".
    """
    if round.state != RoundState.SHOWN:
        raise ValueError("only a round whose results are shown has showings")
    _keep_made(round, _made(round))


def showings_of(round: Round, report: Report = jobs.say_nothing) -> list[Showing]:
    """Make what each audience may see of every statement, from votes that no longer change."""
    statements = Statement.objects.filter(round=round).select_related("round", "edition").in_bulk()
    n_events = revision(round)
    made = []
    tables = tables_of(round)
    for n, (pk, table) in enumerate(tables.items()):
        report(n, len(tables))
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
    return made


def drawn_by_lot() -> bool:
    """Say yes one time in `PASSED_OVER_BY_LOT`: what is missing then tells nothing (ADR 0036)."""
    odds = settings.PASSED_OVER_BY_LOT
    return odds > 0 and secrets.randbelow(odds) == 0


def locked(round: Round) -> Round:
    """The round as it is now, after every vote on its way, held until this transaction ends."""
    hold_alone(round)
    return Round.objects.select_for_update(of=("self",)).select_related("edition").get(pk=round.pk)


def _make(job: Job, report: Report) -> Made | None:
    round = Round.objects.get(code=job.subject)
    # While its results are prepared a round takes neither votes nor paper, so nothing is held.
    return _made(round, report) if round.is_showing else None


def _keep(job: Job, made: Made | None) -> None:
    round = locked(Round.objects.get(code=job.subject))
    if round.is_showing and made is not None:
        _show(round, made, by=CLOCK)


def _give_up(job: Job) -> None:
    round = locked(Round.objects.get(code=job.subject))
    if round.is_showing:
        round.give_results_up()
        round.save(update_fields=["state"])
        ledger.record(Verb.COULD_NOT_SHOW, round, by=CLOCK)


SHOWING = Kind("showing", _make, _keep, _give_up)
"""Making the counts of a large round, and showing them."""
