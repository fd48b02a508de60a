"""Large rounds: votes stop at once, and a job makes what is shown."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from django.urls import reverse

from majlis.config.due import KINDS
from majlis.dialogue import actions, queries
from majlis.dialogue.actions.showings import SHOWING
from majlis.dialogue.models import ResultsBeingPrepared, Round, RoundClosed, Showing, VoteEvent
from majlis.dialogue.sealing import PART
from majlis.dialogue.states import RoundState
from majlis.kernel import jobs
from majlis.kernel.clock import now
from majlis.kernel.disclosure import Counts
from majlis.kernel.errors import RuleBroken, WrongMove
from majlis.kernel.jobs import MOST_ATTEMPTS
from majlis.kernel.ledger import acts_on
from majlis.kernel.models import Job, JobState
from majlis.opinion import actions as opinion
from majlis.opinion.models import Result
from majlis.people.states import Constituency
from tests.dialogue.test_vote_races import at_once
from tests.factories.dialogue import RoundFactory, StatementFactory, VoteEventFactory
from tests.factories.recommendations import WRITER
from tests.factories.registration import RoleFactory, VoiceFactory

pytestmark = pytest.mark.django_db

GROUPS = (Constituency.SME, Constituency.MINISTRY)


@pytest.fixture(autouse=True)
def large(monkeypatch, settings):
    """Every round of twenty events is a large one, and nothing is skipped by lot."""
    monkeypatch.setattr("majlis.dialogue.queries.votes.LARGE", 20)
    settings.PASSED_OVER_BY_LOT = 0


def voted(n=12, **facts) -> Round:
    """An open round of two statements and `n` voices."""
    round = RoundFactory(**facts)
    statements = [StatementFactory(round=round) for _ in range(2)]
    for person in range(n):
        voice = VoiceFactory(edition=round.edition, constituency=GROUPS[person % 2])
        for statement in statements:
            VoteEventFactory(statement=statement, voice=voice, stance=(1, -1, 0, 1)[person % 4])
    return round


def shown(round: Round) -> Round:
    return actions.show_results(actions.close_round(round, by=WRITER), by=WRITER)


def work(*kinds) -> int:
    Job.objects.filter(state=JobState.WAITING).update(due_at=now())
    return jobs.work(kinds or KINDS, runner="tester", linger=0, ending=threading.Event())


def bytes_shown(round: Round) -> list[object]:
    rows = Showing.objects.filter(statement__round=round).order_by("statement")
    return list(rows.values("revision", "counts", "level", "two_words"))


def broken(*_args: object) -> None:
    raise RuntimeError


def test_nothing_is_shown_before_the_job_is_done_and_everything_at_once_then():
    round = shown(voted())

    assert round.state == RoundState.SHOWING
    assert bytes_shown(round) == []
    assert work(SHOWING) == 1
    round.refresh_from_db()
    assert round.state == RoundState.SHOWN
    totals = [one.table() for one in queries.shown_in(round).values()]
    assert [sum(table.values(), Counts()) for table in totals] == [Counts(6, 3, 3)] * 2
    assert [act.verb for act in acts_on(round)] == [
        "closed round", "prepared results", "showed results"
    ]  # fmt: skip


def test_a_job_makes_the_same_bytes_as_a_small_round_gets_at_once(monkeypatch):
    round = shown(voted())
    work(SHOWING)
    of_job = bytes_shown(round)
    Showing.objects.all().delete()
    Round.objects.update(state=RoundState.CLOSED)

    monkeypatch.setattr("majlis.dialogue.queries.votes.LARGE", 10**9)
    actions.show_results(Round.objects.get(), by=WRITER)

    assert of_job == bytes_shown(round) != []


def test_a_round_that_shows_at_its_close_prepares_its_results():
    round = actions.close_round(voted(shows_at_close=True), by=WRITER)

    assert round.state == RoundState.SHOWING


@pytest.mark.parametrize(
    ("do", "error"),
    [
        pytest.param(lambda r: actions.open_round(r, by=WRITER), ResultsBeingPrepared, id="reopen"),
        pytest.param(lambda r: actions.close_round(r, by=WRITER), WrongMove, id="close"),
        pytest.param(lambda r: actions.show_results(r, by=WRITER), ResultsBeingPrepared, id="show"),
        pytest.param(lambda r: actions.ask_again(r, by=WRITER), ResultsBeingPrepared, id="again"),
        pytest.param(
            lambda r: actions.type_ballot(r, number=1, stances={}, by=WRITER),
            ResultsBeingPrepared,
            id="paper",
        ),
        pytest.param(lambda r: PART.require(r.edition), ResultsBeingPrepared, id="seal"),
        pytest.param(
            lambda r: actions.cast_vote(
                statement=r.statements.first(),
                voice=VoiceFactory(edition=r.edition),
                stance=1,
                seq=1,
                key="late",
            ),
            RoundClosed,
            id="vote",
        ),
    ],
)
def test_while_results_are_prepared_everything_else_waits_in_words(do, error):
    round = shown(voted())
    n_events = VoteEvent.objects.count()

    with pytest.raises(error):
        do(round)

    round.refresh_from_db()
    assert (round.state, VoteEvent.objects.count()) == (RoundState.SHOWING, n_events)


def test_results_that_cannot_be_made_leave_the_round_closed_and_can_be_asked_for_again():
    round = shown(voted())
    for _attempt in range(MOST_ATTEMPTS):
        work(replace(SHOWING, make=broken))

    round.refresh_from_db()
    assert (round.state, bytes_shown(round)) == (RoundState.CLOSED, [])
    assert acts_on(round).last().verb == "could not show results"

    actions.show_results(round, by=WRITER)
    work(SHOWING)
    round.refresh_from_db()
    assert (round.is_shown, len(bytes_shown(round))) == (True, 2)


def test_a_job_tried_again_after_a_start_shows_nothing_that_nobody_asked_for():
    round = shown(voted())
    for _attempt in range(MOST_ATTEMPTS):
        work(replace(SHOWING, make=broken))

    jobs.try_failed_again()
    work(SHOWING)
    round.refresh_from_db()
    assert (round.state, bytes_shown(round)) == (RoundState.CLOSED, [])

    actions.show_results(round, by=WRITER)
    work(SHOWING)
    round.refresh_from_db()
    assert round.is_shown


@pytest.mark.parametrize("step", ["make", "keep"])
def test_cut_off_in_any_step_the_same_is_shown_later(step):
    def half(job, made):
        SHOWING.keep(job, made)
        raise RuntimeError

    whole = shown(voted())
    work(SHOWING)
    round = shown(voted())

    work(replace(SHOWING, make=broken) if step == "make" else replace(SHOWING, keep=half))
    round.refresh_from_db()
    assert (round.state, bytes_shown(round)) == (RoundState.SHOWING, [])
    work(SHOWING)

    assert bytes_shown(round) == bytes_shown(whole)


def test_the_desk_sees_how_far_it_is_and_what_went_wrong(client):
    round = shown(voted())
    client.force_login(RoleFactory(edition=round.edition).person)
    where = {"edition": round.edition.slug, "code": round.code}
    Job.objects.update(done=1, of=2)

    piece = client.get(reverse("dialogue:desk-turnout", kwargs=where)).content.decode()
    page = client.get(reverse("dialogue:desk-round", kwargs=where)).content.decode()
    for said in (piece, page):
        assert "The results are being prepared." in said
        assert '<progress value="1" max="2"' in said
    assert "data-live-from" in page

    for _attempt in range(MOST_ATTEMPTS):
        work(replace(SHOWING, make=broken))
    said = client.get(reverse("dialogue:desk-round", kwargs=where)).content.decode()
    assert "The results could not be prepared." in said


def test_pressing_show_says_that_results_are_prepared(client):
    round = actions.close_round(voted(), by=WRITER)
    client.force_login(RoleFactory(edition=round.edition).person)
    where = {"edition": round.edition.slug, "code": round.code, "move": "show"}

    answer = client.post(reverse("dialogue:desk-round-move", kwargs=where), follow=True)

    assert "The results are being prepared." in answer.content.decode()


def test_the_tick_asks_for_results_of_large_rounds_and_a_job_makes_the_same_bytes():
    round = shown(voted())
    work(SHOWING)
    direct = opinion.keep_reading(round)
    assert direct is not None
    Result.objects.all().delete()

    assert [opinion.refresh_stale(), opinion.refresh_stale()] == [0, 0]
    assert Job.objects.filter(state=JobState.WAITING).count() == 2
    assert work() == 2
    kept = {one.mode: one for one in Result.objects.all()}
    assert kept["room"].digest == direct.digest
    assert kept["room"].content == direct.content
    assert opinion.refresh_stale() == 0
    assert work() == 0


def test_an_edition_is_not_sealed_while_a_job_is_at_its_results():
    round = shown(voted())
    work(SHOWING)
    opinion.refresh_stale()

    from majlis.opinion.sealing import PART as OF_OPINION

    with pytest.raises(RuleBroken, match="being calculated"):
        OF_OPINION.require(round.edition)
    work()
    OF_OPINION.require(round.edition)


@pytest.mark.django_db(transaction=True)
def test_every_acknowledged_vote_is_shown_and_none_comes_after_the_close():
    round = voted()
    statement = round.statements.first()
    voices = [VoiceFactory(edition=round.edition) for _ in range(24)]
    before = VoteEvent.objects.filter(statement=statement).count()

    def phone(voice):
        return lambda: actions.cast_vote(
            statement=statement, voice=voice, stance=1, seq=1, key=f"key-{voice.pk}"
        )

    calls = [phone(voice) for voice in voices]
    calls.insert(8, lambda: shown(round))
    answers = at_once(calls)
    work(SHOWING)

    taken = sum(isinstance(answer, VoteEvent) for answer in answers)
    refused = sum(isinstance(answer, RoundClosed) for answer in answers)
    assert taken + refused == len(voices)
    table = queries.shown_in(round)[statement.pk].table()
    assert sum(counts.answers for counts in table.values()) == before + taken
    assert VoteEvent.objects.filter(statement=statement).count() == before + taken
