"""What is made of contributions and statements, step by step. Each step can be undone.

Words said are never edited and votes never move: whatever is made is a new statement, and a
lineage edge leads from it to each of its sources.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from majlis.dialogue.models import Contribution, LineageEdge, LineageStep, Round, Statement
from majlis.dialogue.models.wanted import StepSource, Wanted
from majlis.dialogue.queries.statements import why_not_undone
from majlis.dialogue.states import (
    ContributionKind,
    LineageKind,
    StatementOrigin,
    StatementState,
    Verb,
)
from majlis.kernel import ledger
from majlis.kernel.clock import now
from majlis.kernel.errors import RuleBroken
from majlis.kernel.ledger import Doer
from majlis.series.models import Edition

STANDING = ["state", "round", "is_moderated_out"]  # what says whether a statement is in use


@transaction.atomic
def accept_contribution(contribution: Contribution, *, why: str, by: Doer) -> Statement:
    """Make a statement of a contribution, in the very words that were said."""
    wanted = Wanted(
        contribution.words,
        contribution.language,
        ContributionKind(contribution.kind),
        contribution.theme,
        contribution.challenge,
    )
    return _make(LineageKind.ACCEPTED, [contribution], [wanted], why=why, by=by)[0]


@transaction.atomic
def reword(source: StepSource, *, wanted: Wanted, why: str, by: Doer) -> Statement:
    """Make a statement with another wording of a contribution, or of a statement."""
    return _make(LineageKind.REWORDED, [source], [wanted], why=why, by=by)[0]


@transaction.atomic
def split(source: StepSource, *, wanted: Sequence[Wanted], why: str, by: Doer) -> list[Statement]:
    """Make several statements of one source that says several things."""
    if len(wanted) < 2:
        raise RuleBroken(_("To split, write at least two statements from one source."))
    return _make(LineageKind.SPLIT, [source], wanted, why=why, by=by)


@transaction.atomic
def merge(sources: Sequence[StepSource], *, wanted: Wanted, why: str, by: Doer) -> Statement:
    """Make one statement of several sources.

    A source that people have voted on, or whose round was opened, stays as it stands in its
    round, with its votes; the statement made begins without any.
    """
    if len(sources) < 2:
        raise RuleBroken(_("To merge, select at least two sources. They become one statement."))
    return _make(LineageKind.MERGED, sources, [wanted], why=why, by=by)[0]


@transaction.atomic
def decline(contributions: Sequence[Contribution], *, reason: str, by: Doer) -> LineageStep:
    """Decline contributions, with a reason that their authors see."""
    edition = _lock_desk(contributions)
    step = LineageStep.objects.create(
        edition=edition, kind=LineageKind.DECLINED, by=by.doer, why=reason
    )
    for contribution in _locked_contributions(contributions):
        edge = LineageEdge(step=step, contribution=contribution, was_state=contribution.state)
        contribution.decline(reason=reason)
        contribution.save(update_fields=["state", "reason", "reason_language"])
        edge.save()
    _record(step, contributions, [], by=by)
    return step


@transaction.atomic
def withdraw_statement(statement: Statement, *, why: str, by: Doer) -> LineageStep:
    """Take a statement out of use.

    In a round that was opened it stays with its votes, marked, and nobody is asked any more.
    """
    edition = _lock_desk([statement])
    (statement,) = _locked_statements([statement])
    step = LineageStep.objects.create(
        edition=edition, kind=LineageKind.WITHDRAWN, by=by.doer, why=why
    )
    was_state, was_round = statement.state, statement.round
    statement.withdraw()
    statement.save(update_fields=STANDING)
    left = was_round if statement.round is None else None
    LineageEdge.objects.create(step=step, statement=statement, was_state=was_state, was_round=left)
    _record(step, [statement], [], by=by)
    return step


@transaction.atomic
def carry_statement(statement: Statement, *, to: Round, by: Doer, why: str = "") -> Statement:
    """Put a statement to another round: a new statement, with the same wordings and no votes."""
    edition = _lock_desk([statement])
    to = Round.objects.select_for_update(no_key=True).get(pk=to.pk, edition=edition)
    to.require_draft()
    (statement,) = _locked_statements([statement])
    statement.require_standing()
    if statement.round_id == to.pk:
        raise RuleBroken(
            _("Statement %(number)s is already in this voting round."), number=statement.number
        )
    step = LineageStep.objects.create(
        edition=edition, kind=LineageKind.CARRIED, by=by.doer, why=why
    )
    last = to.statements.aggregate(last=Max("position"))["last"] or 0
    made = Statement.objects.create(
        edition=edition,
        round=to,
        position=last + 1,
        number=_next_number(edition),
        theme=statement.theme,
        challenge=statement.challenge,
        kind=statement.kind,
        wording=statement.wording,
        origin=statement.origin,
        grounding=statement.grounding,
        source_note=statement.source_note,
        source_url=statement.source_url,
        further_url=statement.further_url,
    )
    LineageEdge.objects.create(step=step, statement=statement, made=made)
    _record(step, [statement], [made], by=by)
    return made


@transaction.atomic
def undo_step(step: LineageStep, *, by: Doer) -> LineageStep:
    """Undo a step: what it made goes out of the way, its sources are what they were before.

    Refused, in words, once a statement it made is in an opened round, has votes, is cited or was
    used by a later step.
    """
    Edition.objects.select_for_update(no_key=True).get(pk=step.edition_id)
    step = LineageStep.objects.select_for_update(no_key=True).get(pk=step.pk)
    step.undo(at=now(), by=by.doer)
    edges = list(step.edges.select_related("was_round"))
    made = _locked_statements(Statement.objects.filter(edges_in__step=step).distinct())
    for refusal in why_not_undone(made).values():
        raise refusal
    for statement in made:
        statement.undo()
        statement.save(update_fields=["state", "round"])
    for edge in edges:
        _give_back(edge)
    step.save(update_fields=["undone_at", "undone_by"])
    ledger.record(Verb(f"undid {step.kind}"), step, by=by)
    return step


def _make(
    kind: LineageKind,
    sources: Sequence[StepSource],
    wanted: Sequence[Wanted],
    *,
    why: str,
    by: Doer,
) -> list[Statement]:
    """One step: every statement wanted, with an edge from each source to each of them."""
    edition = _lock_desk(sources)
    contributions = _locked_contributions([s for s in sources if isinstance(s, Contribution)])
    statements = _locked_statements([s for s in sources if isinstance(s, Statement)])
    step = LineageStep.objects.create(edition=edition, kind=kind, by=by.doer, why=why)
    edges: list[LineageEdge] = []
    for contribution in contributions:
        edge = LineageEdge(step=step, contribution=contribution, was_state=contribution.state)
        contribution.merge() if kind == LineageKind.MERGED else contribution.take_up()
        contribution.save(update_fields=["state"])
        edges.append(edge)
    in_preparation = [s for s in statements if s.round is not None and not s.was_opened]
    place = min(in_preparation, key=attrgetter("position"), default=None)
    round, position = (place.round, place.position) if place else (None, 0)
    merged = kind == LineageKind.MERGED
    for statement in statements:
        statement.require_standing()
        if statement.was_opened or statement.votes.exists():
            edges.append(LineageEdge(step=step, statement=statement))
        else:
            state = StatementState.MERGED if merged else StatementState.REPLACED
            edges.append(_give_way(step, statement, state))
    origin = _origin(contributions, statements)
    earlier = Statement.objects.filter(edges_in__contribution__in=contributions).distinct()
    known = [one.wording for one in (*statements, *earlier)]
    number = _next_number(edition)
    made = [
        Statement.objects.create(
            edition=edition,
            round=round,
            position=position,
            number=number + i,
            kind=want.kind,
            theme=want.theme,
            challenge=want.challenge,
            wording=want.wording.with_translations_of(*known),
            origin=origin,
        )
        for i, want in enumerate(wanted)
    ]
    LineageEdge.objects.bulk_create(
        LineageEdge(
            step=step,
            contribution=edge.contribution,
            statement=edge.statement,
            made=new,
            was_state=edge.was_state,
            was_round=edge.was_round,
        )
        for edge in edges
        for new in made
    )
    _record(step, sources, made, by=by)
    return made


def _origin(contributions: Sequence[Contribution], statements: Sequence[Statement]) -> str:
    """Said in the room as soon as one source was; else whatever the sources are."""
    origins = {s.origin for s in statements}
    if contributions or StatementOrigin.ROOM in origins:
        return StatementOrigin.ROOM
    return statements[0].origin


def _give_way(step: LineageStep, statement: Statement, state: StatementState) -> LineageEdge:
    """Take a statement from the standing ones, and note on the edge what it was before."""
    was_state, was_round = statement.state, statement.round
    statement.give_way(state)
    statement.save(update_fields=["state", "round"])
    left = was_round if statement.round is None else None
    return LineageEdge(step=step, statement=statement, was_state=was_state, was_round=left)


def _give_back(edge: LineageEdge) -> None:
    """Make a source what it was before the step of this edge."""
    if not edge.was_state:
        return
    if edge.contribution_id is not None:
        contribution = Contribution.objects.select_for_update(no_key=True).get(
            pk=edge.contribution_id
        )
        contribution.wait_again()
        contribution.save(update_fields=["state", "reason", "reason_language"])
    elif edge.statement_id is not None:
        (statement,) = _locked_statements(Statement.objects.filter(pk=edge.statement_id))
        statement.stand_again(round=edge.was_round)
        statement.save(update_fields=STANDING)


def _lock_desk(sources: Sequence[StepSource]) -> Edition:
    """Let one step at a time pass in an edition, so that numbers and states cannot cross.

    Without a lock on keys, so that neither offering nor voting ever waits for a moderator.
    """
    if not sources:
        raise RuleBroken(_("Choose at least one contribution or statement."))
    editions = {source.edition_id for source in sources}
    if len(editions) != 1:
        raise RuleBroken(_("All sources of an action must belong to the same edition."))
    if len({(type(source), source.pk) for source in sources}) != len(sources):
        raise RuleBroken(_("The same source was chosen twice."))
    return Edition.objects.select_for_update(no_key=True).get(pk=editions.pop())


def _locked_contributions(chosen: Iterable[Contribution]) -> list[Contribution]:
    return list(
        Contribution.objects.select_for_update(no_key=True)
        .filter(pk__in=[c.pk for c in chosen])
        .order_by("pk")
    )


def _locked_statements(chosen: Iterable[Statement]) -> list[Statement]:
    """The statements as they are now, and their rounds held, so that none opens meanwhile."""
    pks = [s.pk for s in chosen]
    rounds = Round.objects.select_for_update(no_key=True)
    list(rounds.filter(pk__in=Statement.objects.filter(pk__in=pks).values("round")).order_by("pk"))
    found = Statement.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=pks)
    return list(found.select_related("round").order_by("pk"))


def _next_number(edition: Edition) -> int:
    return (edition.statements.aggregate(last=Max("number"))["last"] or 0) + 1


def _record(
    step: LineageStep, sources: Iterable[StepSource], made: Iterable[Statement], *, by: Doer
) -> None:
    ledger.record(
        Verb(step.kind),
        step,
        by=by,
        sources=[source.code for source in sources],
        made=[statement.code for statement in made],
    )
