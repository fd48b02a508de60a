"""Whatever the desk does, in whatever order: nothing is lost, and every way leads back."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from majlis.dialogue import actions, queries
from majlis.dialogue.actions import Wanted
from majlis.dialogue.models import Contribution, LineageStep, Statement
from majlis.dialogue.states import ContributionKind, StatementOrigin, StatementState
from majlis.kernel.errors import RuleBroken
from tests.conftest import examples
from tests.factories.dialogue import ContributionFactory
from tests.factories.people import PersonFactory
from tests.factories.registration import VoiceFactory

WANTED = Wanted("One register.", "en", ContributionKind.PROPOSAL)
DESK = ["accept", "reword", "split", "merge", "decline", "withdraw", "undo"]

# A day at the desk: what is done, and which of the things there it is done to.
days = st.lists(
    st.tuples(st.sampled_from(DESK), st.integers(0, 30), st.integers(0, 30)), max_size=12
)

quick = settings(max_examples=examples(25), deadline=None, suppress_health_check=list(HealthCheck))


def state_of_desk(edition):
    """Everything about what stands that an undone step must give back."""
    return (
        list(
            Contribution.objects.filter(edition=edition)
            .order_by("pk")
            .values_list("pk", "state", "reason", "words")
        ),
        list(queries.standing_statements(edition).values_list("pk", "state", "round", "wording")),
    )


def do(edition, what, first, second, by):
    """One step of the day, on whatever the two numbers happen to point at."""
    things = [*edition.contributions.order_by("pk"), *queries.statements_of(edition)]
    a, b = things[first % len(things)], things[second % len(things)]
    if what == "accept" and isinstance(a, Contribution):
        actions.accept_contribution(a, why="Clear.", by=by)
    elif what == "reword":
        actions.reword(a, wanted=WANTED, why="Shorter.", by=by)
    elif what == "split":
        actions.split(a, wanted=[WANTED, WANTED], why="Two ideas.", by=by)
    elif what == "merge":
        actions.merge([a, b], wanted=WANTED, why="The same.", by=by)
    elif what == "decline" and isinstance(a, Contribution):
        actions.decline([a], reason="Off theme.", by=by)
    elif what == "withdraw" and isinstance(a, Statement):
        actions.withdraw_statement(a, why="Unclear.", by=by)
    elif what == "undo":
        steps = list(LineageStep.objects.filter(edition=edition))
        if steps:
            actions.undo_step(steps[first % len(steps)], by=by)


class AnyDay(TestCase):
    def setUp(self):
        self.mia = PersonFactory()
        self.voice = VoiceFactory()
        self.edition = self.voice.edition
        for n in range(4):
            ContributionFactory(voice=self.voice, words=f"Words {n}.")

    def live(self, day):
        for what, first, second in day:
            try:
                do(self.edition, what, first, second, self.mia)
            except RuleBroken:
                continue

    @quick
    @given(days)
    def test_every_statement_of_the_room_leads_back_to_words_and_never_to_itself(self, day):
        self.live(day)

        standing = list(queries.standing_statements(self.edition))
        lineages = queries.lineages_of(self.edition, standing)
        for statement in standing:
            lineage = lineages[statement.pk]
            assert statement.origin == StatementOrigin.ROOM
            assert lineage.n_contributions >= 1
            assert statement not in lineage.statements
            assert all(earlier.number < statement.number for earlier in lineage.statements)

    @quick
    @given(days)
    def test_words_said_are_never_edited_and_no_statement_is_lost(self, day):
        self.live(day)

        words = self.edition.contributions.order_by("pk").values_list("words", flat=True)
        assert list(words) == [f"Words {n}." for n in range(4)]
        numbers = list(self.edition.statements.values_list("number", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))

    @quick
    @given(days, st.sampled_from(DESK[:-1]), st.integers(0, 30), st.integers(0, 30))
    def test_step_then_undo_restores(self, day, what, first, second):
        self.live(day)
        before = state_of_desk(self.edition)
        newest = LineageStep.objects.order_by("-pk").first()
        self.live([(what, first, second)])
        step = LineageStep.objects.order_by("-pk").first()
        if step is None or (newest and step.pk == newest.pk):
            return

        actions.undo_step(step, by=self.mia)

        assert state_of_desk(self.edition) == before

    @quick
    @given(days)
    def test_everything_undone_from_the_newest_back_leaves_the_contributions_waiting(self, day):
        self.live(day)

        for step in LineageStep.objects.filter(undone_at__isnull=True).order_by("-pk"):
            actions.undo_step(step, by=self.mia)

        states = set(self.edition.contributions.values_list("state", flat=True))
        assert states == {"captured"}
        left = self.edition.statements.exclude(state=StatementState.UNDONE)
        assert list(left) == []
