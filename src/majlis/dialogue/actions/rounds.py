"""Preparing, opening, closing and reopening rounds, and asking again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from majlis.dialogue.actions.moderation import carry_statement
from majlis.dialogue.actions.showings import locked, show_results
from majlis.dialogue.models import Round, Statement
from majlis.dialogue.queries.rounds import turnout
from majlis.dialogue.states import BrokenDownBy, StatementState, Verb
from majlis.kernel import ledger
from majlis.kernel.clock import now
from majlis.kernel.errors import RuleBroken
from majlis.kernel.ledger import Doer
from majlis.kernel.texts import Text
from majlis.series.models import Edition, Session
from majlis.series.sealing import hold_unsealed


@transaction.atomic
def prepare_round(
    edition: Edition,
    *,
    title: Text,
    session: Session | None = None,
    breakdown: BrokenDownBy | str = BrokenDownBy.CONSTITUENCY,
    shows_at_close: bool = False,
    by: Doer,
) -> Round:
    """Make a round in preparation; participants do not see it before it opens."""
    hold_unsealed(edition)
    round = Round.objects.create(
        edition=edition,
        title=title,
        session=session,
        breakdown=breakdown,
        shows_at_close=shows_at_close,
    )
    ledger.record(Verb.PREPARED, round, by=by)
    return round


@transaction.atomic
def change_round(
    round: Round,
    *,
    title: Text,
    session: Session | None,
    breakdown: BrokenDownBy | str,
    shows_at_close: bool,
    by: Doer,
) -> Round:
    """Change what a round in preparation is called, where it belongs, and how it shows results."""
    round = _draft(round)
    round.title, round.session = title, session
    round.breakdown, round.shows_at_close = str(breakdown), shows_at_close
    round.save(update_fields=["title", "session", "breakdown", "shows_at_close"])
    ledger.record(Verb.CHANGED, round, by=by)
    return round


@transaction.atomic
def put_statements(round: Round, *, statements: Iterable[Statement], by: Doer) -> list[Statement]:
    """Put standing statements into a round in preparation, after those it has."""
    round = _draft(round)
    wanted = [s.pk for s in statements]
    found = {
        s.pk: s
        for s in Statement.objects.select_for_update().filter(
            pk__in=wanted, edition_id=round.edition_id
        )
    }
    last = Statement.objects.filter(round=round).aggregate(last=Max("position"))["last"] or 0
    put: list[Statement] = []
    for pk in wanted:
        statement = found.get(pk)
        if statement is None or statement.round_id == round.pk:
            continue
        _require_free(statement)
        last += 1
        statement.round, statement.position = round, last
        statement.save(update_fields=["round", "position"])
        put.append(statement)
    if put:
        codes = [s.code for s in put]
        ledger.record(Verb.PUT, round, by=by, statements=codes)
    return put


def _require_free(statement: Statement) -> None:
    if statement.state != StatementState.CAPTURED:
        raise RuleBroken(
            _("Statement %(number)s is no longer current, so it cannot be put to the vote."),
            number=statement.number,
        )
    if statement.round_id is not None:
        raise RuleBroken(
            _("Statement %(number)s is in another voting round. Votes never move between rounds."),
            number=statement.number,
        )


@transaction.atomic
def take_out_statement(round: Round, *, statement: Statement, by: Doer) -> None:
    """Take a statement out of a round in preparation; it stands, free for another round."""
    round = _draft(round)
    if statement.round_id != round.pk:
        return
    statement.round, statement.position = None, 0
    statement.save(update_fields=["round", "position"])
    ledger.record(Verb.TOOK_OUT, round, by=by, statement=statement.code)


@transaction.atomic
def order_statements(round: Round, *, codes: Sequence[str], by: Doer) -> None:
    """Put the statements of a round in preparation in this order; unnamed ones come after."""
    round = _draft(round)
    place = {code: number for number, code in enumerate(codes)}
    statements = sorted(
        Statement.objects.select_for_update().filter(round=round),
        key=lambda s: (place.get(s.code, len(place)), s.position, s.number),
    )
    for position, statement in enumerate(statements, start=1):
        statement.position = position
    Statement.objects.bulk_update(statements, ["position"])
    ledger.record(Verb.ORDERED, round, by=by)


@transaction.atomic
def open_round(round: Round, *, by: Doer) -> Round:
    """Open a round for votes; from now on its statements stand as they are."""
    hold_unsealed(round.edition)
    round = locked(round)
    if not Statement.objects.filter(round=round, state=StatementState.CAPTURED).exists():
        raise RuleBroken(_("Add at least one statement before you open voting."))
    is_again = round.closed_at is not None
    round.open(at=now())
    round.save(update_fields=["state", "opened_at", "closed_at"])
    verb = Verb.REOPENED if is_again else Verb.OPENED
    ledger.record(verb, round, by=by)
    return round


@transaction.atomic
def close_round(round: Round, *, by: Doer) -> Round:
    """Close a round. Waits for every vote on its way; none arrives after it.

    Its results are shown with it where that was chosen beforehand, and by `show_results` else.
    """
    round = locked(round)
    round.close(at=now())
    round.save(update_fields=["state", "closed_at"])
    voted = turnout(round).voted
    ledger.record(Verb.CLOSED, round, by=by, voted=voted)
    return show_results(round, by=by) if round.shows_at_close else round


@transaction.atomic
def ask_again(round: Round, *, by: Doer) -> Round:
    """Prepare a new round with the standing statements of one whose results are shown.

    Each is carried: a new statement without votes, with a lineage edge to the one of this round.
    """
    hold_unsealed(round.edition)
    round = locked(round)
    round.require_shown()
    again = Round.objects.create(
        edition=round.edition,
        title=round.title,
        session=round.session,
        breakdown=round.breakdown,
        shows_at_close=round.shows_at_close,
    )
    standing = round.statements.filter(state=StatementState.CAPTURED)
    for statement in standing.order_by("position", "number"):
        carry_statement(statement, to=again, by=by)
    ledger.record(Verb.ASKED_AGAIN, round, by=by, new_round=again.code)
    ledger.record(Verb.PREPARED, again, by=by, asks_again=round.code)
    return again


@transaction.atomic
def remove_round(round: Round, *, by: Doer) -> None:
    """Remove a round in preparation; its statements stand, free for another round."""
    round = _draft(round)
    Statement.objects.filter(round=round).update(round=None, position=0)
    ledger.record(Verb.REMOVED, round, by=by)
    round.delete()


def _draft(round: Round) -> Round:
    round = locked(round)
    round.require_draft()
    return round
