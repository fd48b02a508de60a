"""Rounds: prepared, opened, closed, reopened; locked once opened."""

from __future__ import annotations

import pytest

from majlis.dialogue import actions
from majlis.dialogue.models import Round, Statement
from majlis.dialogue.queries import lineage_of
from majlis.dialogue.states import BrokenDownBy, RoundState, StatementState
from majlis.kernel.clock import now
from majlis.kernel.errors import RuleBroken, WrongMove
from majlis.kernel.ledger import acts_on
from majlis.kernel.texts import Text
from tests.factories.dialogue import RoundFactory, StatementFactory, VoteEventFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(world):
    return RoundFactory(edition=world.edition, state=RoundState.DRAFT, opened_at=None)


def free(world, **more):
    return StatementFactory(edition=world.edition, round=None, **more)


def in_order(round):
    return list(Statement.objects.filter(round=round).order_by("position"))


def test_prepare_round_makes_a_draft_and_one_line_in_the_ledger(world):
    round = actions.prepare_round(
        world.edition,
        title=Text.of("en", en="First round"),
        session=world.session,
        breakdown=BrokenDownBy.COUNTRY,
        shows_at_close=True,
        by=world.ada,
    )

    kept = Round.objects.get(pk=round.pk)
    assert (kept.state, str(kept.title), kept.session) == ("draft", "First round", world.session)
    assert (kept.breakdown, kept.shows_at_close) == ("country", True)
    assert [(a.verb, a.doer) for a in acts_on(round)] == [("prepared round", world.ada.doer)]


def test_put_statements_adds_them_in_the_given_order_after_those_it_has(world, draft):
    a, b, c = free(world), free(world), free(world)

    actions.put_statements(draft, statements=[c], by=world.ada)
    actions.put_statements(draft, statements=[b, a, c], by=world.ada)

    assert in_order(draft) == [c, b, a]


@pytest.mark.parametrize("state", [StatementState.WITHDRAWN, StatementState.MERGED])
def test_put_statements_refuses_one_that_no_longer_stands_and_puts_none(world, draft, state):
    good, gone = free(world), free(world, state=state)

    with pytest.raises(RuleBroken, match="is no longer current, so it cannot be put to the vote"):
        actions.put_statements(draft, statements=[good, gone], by=world.ada)

    assert in_order(draft) == []


def test_put_statements_refuses_one_of_another_round(world, draft):
    with pytest.raises(RuleBroken, match="Votes never move"):
        actions.put_statements(draft, statements=[world.statement], by=world.ada)

    world.statement.refresh_from_db()
    assert world.statement.round == world.round


def test_put_statements_does_not_see_those_of_another_edition(world, draft):
    elsewhere = StatementFactory(round=None, edition=world.other)

    assert actions.put_statements(draft, statements=[elsewhere], by=world.ada) == []
    assert in_order(draft) == []


def test_order_statements_puts_unnamed_ones_last(world, draft):
    a, b, c = free(world), free(world), free(world)
    actions.put_statements(draft, statements=[a, b, c], by=world.ada)

    actions.order_statements(draft, codes=[c.code, "nonsense", a.code], by=world.ada)

    assert in_order(draft) == [c, a, b]


def test_take_out_statement_frees_it(world, draft):
    a = free(world)
    actions.put_statements(draft, statements=[a], by=world.ada)

    actions.take_out_statement(draft, statement=in_order(draft)[0], by=world.ada)

    a.refresh_from_db()
    assert (a.round, a.position) == (None, 0)


def test_open_round_needs_a_statement(world, draft):
    with pytest.raises(RuleBroken, match="at least one statement"):
        actions.open_round(draft, by=world.ada)

    draft.refresh_from_db()
    assert draft.state == RoundState.DRAFT


def test_round_opens_closes_and_reopens_and_keeps_its_first_opening(world, draft):
    actions.put_statements(draft, statements=[free(world)], by=world.ada)

    opened = actions.open_round(draft, by=world.ada)
    closed = actions.close_round(draft, by=world.ada)
    again = actions.open_round(draft, by=world.ada)

    assert (opened.state, closed.state, again.state) == ("open", "closed", "open")
    assert closed.closed_at is not None
    assert (again.opened_at, again.closed_at) == (opened.opened_at, None)
    assert [a.verb for a in acts_on(draft)] == [
        "put statements",
        "opened round",
        "closed round",
        "reopened round",
    ]


def test_open_round_twice_is_refused(world):
    with pytest.raises(WrongMove):
        actions.open_round(world.round, by=world.ada)


@pytest.mark.parametrize("state", [RoundState.OPEN, RoundState.CLOSED, RoundState.SHOWN])
@pytest.mark.parametrize(
    "change",
    [
        pytest.param(
            lambda r, w: actions.change_round(
                r,
                title=Text.of("en", en="X"),
                session=None,
                breakdown="country",
                shows_at_close=True,
                by=w.ada,
            ),
            id="change",
        ),
        pytest.param(
            lambda r, w: actions.put_statements(r, statements=[free(w)], by=w.ada),
            id="put",
        ),
        pytest.param(
            lambda r, w: actions.take_out_statement(r, statement=w.statement, by=w.ada),
            id="take out",
        ),
        pytest.param(lambda r, w: actions.order_statements(r, codes=[], by=w.ada), id="order"),
        pytest.param(lambda r, w: actions.remove_round(r, by=w.ada), id="remove"),
    ],
)
def test_a_round_is_locked_once_opened(world, state, change):
    round = RoundFactory(
        edition=world.edition,
        state=state,
        closed_at=None if state == RoundState.OPEN else now(),
    )

    with pytest.raises(RuleBroken, match="has been opened"):
        change(round, world)

    round.refresh_from_db()
    assert (str(round.title), round.breakdown) == ("Table round", "constituency")


def test_remove_round_in_preparation_frees_its_statements(world, draft):
    statement = free(world)
    actions.put_statements(draft, statements=[statement], by=world.ada)

    actions.remove_round(draft, by=world.ada)

    statement.refresh_from_db()
    assert statement.round is None
    assert not Round.objects.filter(pk=draft.pk).exists()


def test_close_round_notes_turnout_in_the_ledger(world):
    VoteEventFactory(statement=world.statement, voice=world.ben)

    actions.close_round(world.round, by=world.ada)

    assert [a.facts for a in acts_on(world.round)] == [{"voted": 1}]


def test_ask_again_carries_standing_statements_into_a_new_round_without_votes(world):
    second = StatementFactory(round=world.round, edition=world.edition, position=2)
    gone = StatementFactory(round=world.round, edition=world.edition, position=3)
    VoteEventFactory(statement=world.statement, voice=world.ben)
    actions.withdraw_statement(gone, why="Asked twice.", by=world.ada)
    shown = actions.show_results(actions.close_round(world.round, by=world.ada), by=world.ada)

    again = actions.ask_again(shown, by=world.ada)

    assert (again.state, again.title, again.breakdown) == ("draft", shown.title, shown.breakdown)
    made = in_order(again)
    assert [str(s) for s in made] == [str(world.statement), str(second)]
    assert [s.votes.count() for s in made] == [0, 0]
    assert [lineage_of(s).statements for s in made] == [(world.statement,), (second,)]
    assert lineage_of(made[0]).step.kind == "carried"
    assert world.statement.votes.count() == 1
    assert acts_on(shown).last().facts == {"new_round": again.code}


def test_ask_again_before_results_are_shown_is_refused(world):
    closed = actions.close_round(world.round, by=world.ada)

    with pytest.raises(RuleBroken, match="have not been shown"):
        actions.ask_again(closed, by=world.ada)

    assert list(world.edition.rounds.all()) == [closed]
