"""Answers to questions stand in the log of votes, on the same way, under the same rules."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from majlis.dialogue import actions, queries
from majlis.dialogue.actions import NUMBER, KeptVote, SentVote, write_votes
from majlis.dialogue.models import Question, QuestionsClosed, QuestionSet, StaleVote, VoteEvent
from majlis.dialogue.states import ABSTAIN, RoundState
from tests.dialogue.test_phone_votes import Phone
from tests.factories.dialogue import StatementFactory, VoteEventFactory
from tests.factories.registration import VoiceFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def question():
    """A grade from 0 to 5, asked of everybody."""
    edition = StatementFactory().edition
    asked = QuestionSet.objects.create(edition=edition, state=RoundState.OPEN)
    return Question.objects.create(asked_in=asked, name="R1", low=0, high=5)


def sent(voice, question, number=4, *, seq=1, key="answer-1") -> SentVote:
    return SentVote(voice.pk, question.pk, question.asked_in_id, number, seq, key, kind=NUMBER)


def test_stances_and_numbers_are_written_in_one_batch(question):
    voice = VoiceFactory(edition=question.asked_in.edition)
    statement = StatementFactory(round__edition=voice.edition)
    stance = SentVote(voice.pk, statement.pk, statement.round_id, -1, 1, "stance-1")

    with transaction.atomic():
        answers = write_votes([sent(voice, question), stance])

    assert answers == [KeptVote(4, 1), KeptVote(-1, 1)]
    assert [v.stance for v in queries.standing_answers(question.asked_in)] == [4]
    assert [v.stance for v in queries.standing_votes(statement.round)] == [-1]


def test_answer_that_was_overtaken_is_told_what_counts(question):
    voice = VoiceFactory(edition=question.asked_in.edition)
    actions.cast_number(question=question, voice=voice, number=2, seq=3, key="answer-3")

    with transaction.atomic():
        (answer,) = write_votes([sent(voice, question)])

    assert isinstance(answer, StaleVote)
    assert answer.standing.stance == 2


def test_closed_questions_take_paper_only(question):
    voice = VoiceFactory(edition=question.asked_in.edition)
    QuestionSet.objects.update(state=RoundState.CLOSED)

    with transaction.atomic():
        (refused,) = write_votes([sent(voice, question)])
        (kept,) = write_votes([sent(voice, question)], require=actions.REQUIRE_PAPER)

    assert isinstance(refused, QuestionsClosed)
    assert kept == KeptVote(4, 1)


def test_number_outside_of_the_scale_is_never_kept(question):
    voice = VoiceFactory(edition=question.asked_in.edition)

    with pytest.raises(ValueError, match="not from 0 to 5"):
        actions.cast_number(question=question, voice=voice, number=6, seq=1, key="answer-1")


def test_event_names_a_statement_or_a_question(question):
    with pytest.raises(IntegrityError, match=r"exactly_one|CHECK"):
        VoteEventFactory(question=question)


class RatingPhone(Phone):
    """A phone with the page of a rating open."""

    def __init__(self, voice, question) -> None:
        super().__init__(voice, StatementFactory(round__edition=voice.edition))
        self.path = f"/en/e/{voice.edition.slug}/room/ratings/{question.asked_in.code}/vote/"
        self.fields |= {"statement": question.code, "stance": "5"}


@pytest.fixture
def phone(question):
    return RatingPhone(VoiceFactory(edition=question.asked_in.edition), question)


@pytest.mark.parametrize("number", [5, 0, ABSTAIN])
def test_phone_answers_the_short_way(phone, question, number):
    phone.fields["stance"] = str(number)

    assert phone.send() == (200, {"statement": question.code, "stance": number, "seq": 1})
    assert VoteEvent.objects.get().question == question


def outside(phone):
    phone.fields["stance"] = "6"


def of_invited(phone):
    QuestionSet.objects.update(takes_phones=False)


def not_opened(phone):
    QuestionSet.objects.update(state=RoundState.DRAFT)


@pytest.mark.parametrize("happened", [outside, of_invited, not_opened])
def test_what_is_no_answer_is_sent_the_long_way(phone, happened):
    happened(phone)

    assert phone.send() is None
    assert not VoteEvent.objects.exists()
