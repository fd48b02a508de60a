"""What is made of contributions and statements, and how it is undone."""

import pytest

from majlis.dialogue import actions
from majlis.dialogue.actions import Wanted
from majlis.dialogue.models import AlreadyDealtWith, LineageEdge, LineageStep, Statement
from majlis.dialogue.queries import steps_of
from majlis.dialogue.states import (
    ContributionKind,
    ContributionState,
    LineageKind,
    RoundState,
    StatementOrigin,
    StatementState,
)
from majlis.kernel.clock import now
from majlis.kernel.errors import RuleBroken
from majlis.kernel.models import Act
from majlis.kernel.texts import Text
from majlis.recommendations.models import Citation, Recommendation
from tests.factories.dialogue import (
    ContributionFactory,
    RoundFactory,
    StatementFactory,
    VoteEventFactory,
    asked_of,
)
from tests.factories.people import PersonFactory
from tests.factories.series import EditionFactory, ThemeFactory

pytestmark = pytest.mark.django_db


def wanted(text="One register for all.", language="en"):
    return Wanted(text, language, ContributionKind.PROPOSAL)


@pytest.fixture
def edition():
    return EditionFactory()


@pytest.fixture
def mia():
    return PersonFactory(name="Mia")


def said(edition, words="Un registre public.", **more):
    return ContributionFactory(voice__edition=edition, words=words, **more)


def standing(edition, *, state=RoundState.DRAFT, **more):
    opened = None if state == RoundState.DRAFT else now()
    closed = now() if state == RoundState.CLOSED else None
    round = RoundFactory(edition=edition, state=state, opened_at=opened, closed_at=closed)
    return StatementFactory(round=round, **more)


def test_accept_makes_a_statement_of_the_very_words(edition, mia):
    theme = ThemeFactory(edition=edition)
    contribution = said(edition, "Un registre public.", theme=theme)

    statement = actions.accept_contribution(contribution, why="Clear.", by=mia)

    contribution.refresh_from_db()
    step = LineageStep.objects.get()
    assert contribution.state == ContributionState.TAKEN_UP
    assert statement.wording == Text.of("fr", fr="Un registre public.")
    assert (statement.theme, statement.origin, statement.number) == (theme, "room", 1)
    assert (step.kind, step.why, step.by) == (LineageKind.ACCEPTED, "Clear.", mia.doer)
    assert list(step.edges.values_list("contribution", "made")) == [(contribution.pk, statement.pk)]
    act = Act.objects.get(object_kind="lineagestep")
    assert (act.verb, act.doer, act.facts) == (
        "accepted",
        mia.doer,
        {"sources": [contribution.code], "made": [statement.code]},
    )


def test_reword_keeps_the_words_said(edition, mia):
    contribution = said(edition, "un registre svp")

    statement = actions.reword(contribution, wanted=wanted(), why="Full sentence.", by=mia)

    contribution.refresh_from_db()
    assert contribution.words == "un registre svp"
    assert statement.wording == Text.of("en", en="One register for all.")


def test_second_moderator_is_told_and_nothing_is_made(edition, mia):
    contribution = said(edition)
    stale = type(contribution).objects.get(pk=contribution.pk)
    actions.accept_contribution(contribution, why="Clear.", by=mia)

    with pytest.raises(AlreadyDealtWith, match="Someone else has already dealt with"):
        actions.reword(stale, wanted=wanted(), why="Shorter.", by=PersonFactory())

    assert Statement.objects.count() == 1
    assert LineageStep.objects.count() == 1


def test_split_makes_one_edge_for_each_part(edition, mia):
    contribution = said(edition)

    made = actions.split(
        contribution, wanted=[wanted("A."), wanted("B.")], why="Two ideas.", by=mia
    )

    assert [s.number for s in made] == [1, 2]
    assert LineageEdge.objects.filter(contribution=contribution).count() == 2


def test_split_into_one_is_refused(edition, mia):
    with pytest.raises(RuleBroken, match="at least two"):
        actions.split(said(edition), wanted=[wanted()], why="?", by=mia)


def test_merge_joins_contributions_and_a_statement_in_preparation(edition, mia):
    first, second = said(edition), said(edition)
    statement = standing(edition, position=4)
    round = statement.round

    made = actions.merge([first, second, statement], wanted=wanted(), why="The same.", by=mia)

    for source in (first, second, statement):
        source.refresh_from_db()
    assert (first.state, second.state) == (ContributionState.MERGED, ContributionState.MERGED)
    assert (statement.state, statement.round) == (StatementState.MERGED, None)
    assert (made.round, made.position) == (round, 4)


def test_merge_leaves_a_statement_with_votes_as_it_stands_and_moves_no_vote(edition, mia):
    vote = VoteEventFactory(statement__round__edition=edition)
    voted = vote.statement
    contribution = said(edition)

    made = actions.merge([voted, contribution], wanted=wanted(), why="The same.", by=mia)

    voted.refresh_from_db()
    vote.refresh_from_db()
    assert (voted.state, voted.round_id) == (StatementState.CAPTURED, vote.statement.round_id)
    assert vote.statement == voted
    assert made.round is None
    assert made.votes.count() == 0


def test_merge_across_editions_is_refused(edition, mia):
    with pytest.raises(RuleBroken, match="same edition"):
        actions.merge([said(edition), ContributionFactory()], wanted=wanted(), why="?", by=mia)


def test_same_source_twice_is_refused(edition, mia):
    contribution = said(edition)

    with pytest.raises(RuleBroken, match="twice"):
        actions.merge([contribution, contribution], wanted=wanted(), why="?", by=mia)


def test_decline_gives_the_author_the_reason(edition, mia):
    contribution = said(edition)

    step = actions.decline([contribution], reason="Outside the theme.", by=mia)

    contribution.refresh_from_db()
    assert (contribution.state, contribution.reason) == ("declined", "Outside the theme.")
    assert list(step.edges.values_list("contribution", "made")) == [(contribution.pk, None)]


def test_rewording_of_a_demo_statement_stays_spoken_by_no_one(edition, mia):
    demo = standing(edition, origin=StatementOrigin.DEMO)

    assert actions.reword(demo, wanted=wanted(), why="Shorter.", by=mia).origin == "demo"


def test_carry_makes_a_new_statement_with_all_wordings_and_no_votes(edition, mia):
    vote = VoteEventFactory(statement__round__edition=edition)
    to = RoundFactory(edition=edition, state=RoundState.DRAFT, opened_at=None)
    StatementFactory(round=to, position=7)

    made = actions.carry_statement(vote.statement, to=to, why="Again in the plenary.", by=mia)

    vote.statement.refresh_from_db()
    assert (made.round, made.position, made.wording) == (to, 8, vote.statement.wording)
    assert made.votes.count() == 0
    assert vote.statement.is_standing


def test_carry_to_an_opened_round_is_refused(edition, mia):
    statement = standing(edition)
    to = RoundFactory(edition=edition)

    with pytest.raises(RuleBroken, match="has been opened"):
        actions.carry_statement(statement, to=to, by=mia)


def test_withdraw_takes_a_statement_out_of_a_round_in_preparation(edition, mia):
    statement = standing(edition)

    actions.withdraw_statement(statement, why="Names a person.", by=mia)

    statement.refresh_from_db()
    assert (statement.state, statement.round) == (StatementState.WITHDRAWN, None)


def test_withdraw_leaves_a_statement_in_the_round_people_voted_in(edition, mia):
    statement = standing(edition, state=RoundState.CLOSED)

    actions.withdraw_statement(statement, why="Names a person.", by=mia)

    statement.refresh_from_db()
    assert (statement.state, statement.round.state) == ("withdrawn", "closed")


def test_withdraw_from_an_open_round_asks_nobody_any_more_until_it_is_undone(edition, mia):
    vote = VoteEventFactory(statement__round__edition=edition)
    statement, round = vote.statement, vote.statement.round
    another = StatementFactory(round=round, number=statement.number + 1)

    step = actions.withdraw_statement(statement, why="Names a person.", by=mia)
    asked = asked_of(vote.voice, round)
    actions.undo_step(step, by=mia)

    assert asked == [another]
    assert statement in asked_of(vote.voice, round)
    assert statement.votes.count() == 1


def test_undo_gives_everything_back(edition, mia):
    contribution = said(edition)
    statement = standing(edition)
    round = statement.round
    made = actions.merge([contribution, statement], wanted=wanted(), why="The same.", by=mia)

    step = actions.undo_step(LineageStep.objects.get(), by=mia)

    for row in (contribution, statement, made):
        row.refresh_from_db()
    assert contribution.state == ContributionState.CAPTURED
    assert (statement.state, statement.round) == (StatementState.CAPTURED, round)
    assert (made.state, made.round) == (StatementState.UNDONE, None)
    assert (step.is_undone, step.undone_by) == (True, mia.doer)


def test_undo_of_a_decline_puts_the_contribution_back_in_the_queue(edition, mia):
    contribution = said(edition)
    step = actions.decline([contribution], reason="Off theme.", by=mia)

    actions.undo_step(step, by=mia)

    contribution.refresh_from_db()
    assert (contribution.state, contribution.reason) == ("captured", "")


def test_undo_twice_is_refused(edition, mia):
    step = actions.decline([said(edition)], reason="Off theme.", by=mia)
    actions.undo_step(step, by=mia)

    with pytest.raises(RuleBroken, match="This action has already been undone"):
        actions.undo_step(step, by=mia)


def _opened(made):
    made.round = RoundFactory(edition=made.edition)
    made.save()


def _voted(made):
    VoteEventFactory(statement=made, voice__edition=made.edition)


def _used_later(made):
    actions.reword(made, wanted=wanted("Later."), why="Shorter.", by=PersonFactory())


def _cited(made):
    recommendation = Recommendation.objects.create(edition=made.edition, rec_id="REC-1")
    Citation.objects.create(recommendation=recommendation, statement=made, cited_by="person:x")


@pytest.mark.parametrize(
    ("happening", "words"),
    [
        (_opened, "has been opened"),
        (_voted, "have already voted"),
        (_used_later, "cannot be undone yet: a later action used statement"),
        (_cited, "has been cited"),
    ],
)
def test_undo_is_refused_once_something_rests_on_the_statement(edition, mia, happening, words):
    contribution = said(edition)
    made = actions.accept_contribution(contribution, why="Clear.", by=mia)
    step = made.edges_in.get().step
    [read] = [r for r in steps_of(edition) if r.step == step]
    assert read.why_not_undone is None
    happening(made)

    [read] = [r for r in steps_of(edition) if r.step == step]
    assert words in str(read.why_not_undone)
    with pytest.raises(RuleBroken, match=words):
        actions.undo_step(step, by=mia)

    contribution.refresh_from_db()
    step.refresh_from_db()
    assert (contribution.state, step.undone_at) == (ContributionState.TAKEN_UP, None)


def test_undo_is_possible_again_once_the_later_step_is_undone(edition, mia):
    made = actions.accept_contribution(said(edition), why="Clear.", by=mia)
    later = actions.reword(made, wanted=wanted("Later."), why="Shorter.", by=mia)
    actions.undo_step(later.edges_in.get().step, by=mia)

    actions.undo_step(made.edges_in.get().step, by=mia)

    made.refresh_from_db()
    assert made.state == StatementState.UNDONE


def test_statement_that_gave_way_cannot_be_used_again(edition, mia):
    statement = standing(edition)
    actions.reword(statement, wanted=wanted(), why="Shorter.", by=mia)

    with pytest.raises(RuleBroken, match="replaced by another wording"):
        actions.reword(statement, wanted=wanted("Other."), why="Again.", by=mia)
