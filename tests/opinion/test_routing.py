"""What is asked next in an open round, brought up to its newest votes by the clock."""

from __future__ import annotations

import itertools
from types import SimpleNamespace

import numpy as np
import pytest
from django.db.models import F
from numpy.testing import assert_array_equal

from majlis.config import due
from majlis.dialogue import actions as dialogue
from majlis.dialogue import queries
from majlis.dialogue.models import Routing, VoteEvent
from majlis.dialogue.states import RoundState, Stance
from majlis.kernel.ledger import CLOCK
from majlis.opinion import eventlog, routing
from majlis.opinion.eventlog import EventLog
from majlis.people.states import Constituency, Family
from opinionspace import Votes, polis, room
from tests.factories.dialogue import RoundFactory, StatementFactory, VoteEventFactory, asked_of
from tests.factories.registration import VoiceFactory

pytestmark = pytest.mark.django_db

GROUPS = [Constituency.SME, Constituency.BANK, Constituency.MINISTRY, ""]


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    """Nothing is followed from another test, and no time is left between two refreshings."""
    monkeypatch.setattr(routing, "LEAVES", 0.0)
    routing.forget_all()
    yield
    routing.forget_all()


def open_round(n_statements=6, n_voices=9, *, seed=1, share=0.6):
    """An open round with voices of three families and of none, and some votes."""
    rng = np.random.default_rng(seed)
    round = RoundFactory()
    statements = [StatementFactory(round=round) for _ in range(n_statements)]
    for n in range(n_voices):
        group = GROUPS[n % len(GROUPS)]
        more = {} if group else {"registration": None}
        voice = VoiceFactory(edition=round.edition, constituency=group, **more)
        for statement in statements:
            if rng.random() < share:
                VoteEventFactory(statement=statement, voice=voice, stance=int(rng.integers(-1, 2)))
    return round


def kept(round):
    return Routing.objects.get(round=round)


# ── By answers only ───────────────────────────────────────────────────────────────────


def test_room_weighs_by_how_many_of_each_family_have_answered():
    round = open_round()

    assert routing.refresh_routing() == 1

    found = kept(round)
    assert (found.method, found.revision) == ("room", queries.revision(round))
    assert set(found.weights) == {*Family.values, ""}
    votes = list(queries.standing_votes(round).select_related("voice", "statement"))
    for cell, weights in found.weights.items():
        counts = {s.code: 0 for s in queries.statements_in(round)}
        for vote in votes:
            counts[vote.statement.code] += not cell or vote.voice.family == cell
        assert weights == {
            code: pytest.approx(float(room.expected_variance(n))) for code, n in counts.items()
        }


def test_weights_and_ballots_stay_the_same_whatever_the_answers_are():
    round = open_round()
    voices = [VoiceFactory(edition=round.edition, constituency=group) for group in GROUPS[:3]]
    routing.refresh_routing()
    before = kept(round).weights
    asked = [[s.pk for s in asked_of(voice, round)] for voice in voices]

    for event in VoteEvent.objects.filter(statement__round=round):
        event.stance = -event.stance or Stance.AGREE
        event.save(update_fields=["stance"])
    routing.forget_all()
    routing.refresh_routing()

    assert kept(round).weights == before
    assert [[s.pk for s in asked_of(voice, round)] for voice in voices] == asked


def test_changed_answer_is_one_answer():
    round = open_round(n_voices=4)
    routing.refresh_routing()
    before = kept(round)
    vote = VoteEvent.objects.filter(statement__round=round).first()
    VoteEventFactory(statement=vote.statement, voice=vote.voice, stance=-1, seq=2)

    routing.refresh_routing()

    assert kept(round).weights == before.weights
    assert kept(round).revision == before.revision + 1


def test_family_that_has_answered_less_is_asked_first():
    round = RoundFactory()
    heard, unheard = StatementFactory(round=round), StatementFactory(round=round)
    for _ in range(400):
        voice = VoiceFactory(edition=round.edition, constituency=Constituency.SME)
        VoteEventFactory(statement=heard, voice=voice)
    routing.refresh_routing()
    firms, bank = (VoiceFactory(edition=round.edition, constituency=group) for group in GROUPS[:2])

    weights = [kept(round).weights_for(voice) for voice in (firms, bank)]

    assert weights[0][unheard.code] == pytest.approx(401 * weights[0][heard.code], rel=1e-6)
    assert weights[1][unheard.code] == weights[1][heard.code]


# ── Large rounds ──────────────────────────────────────────────────────────────────────


def standing_log(round):
    """The stance that counts in every cell, in the order in which cells were first voted on."""
    events = VoteEvent.objects.filter(statement__round=round).order_by("pk")
    first: dict[tuple[int, int], None] = {}
    newest: dict[tuple[int, int], tuple[int, int]] = {}
    for event in events:
        cell = event.voice_id, event.statement_id
        first.setdefault(cell)
        newest[cell] = max(newest.get(cell, (0, 0)), (event.seq, event.stance))
    return SimpleNamespace(
        voices=np.array([voice for voice, _statement in first]),
        statements=np.array([statement for _voice, statement in first]),
        stances=np.array([newest[cell][1] for cell in first]),
        statement_ids=[s.pk for s in queries.statements_in(round)],
        moderated_out=[s.pk for s in queries.statements_in(round) if s.is_moderated_out],
    )


def test_large_round_follows_the_recipe_of_polis_on_the_votes_as_they_stand(monkeypatch):
    monkeypatch.setattr("opinionspace.room.MOST_PLACED", 8)
    round = open_round(n_voices=20)
    unvoted = StatementFactory(round=round)
    out = queries.statements_in(round)[2]
    out.is_moderated_out = True
    out.save()
    changed = VoteEvent.objects.filter(statement__round=round)[3]
    VoteEventFactory(
        statement=changed.statement, voice=changed.voice, stance=-changed.stance or 1, seq=2
    )

    routing.refresh_routing()

    found = kept(round)
    log = standing_log(round)
    votes = Votes.from_events(
        log.voices,
        log.statements,
        log.stances,
        statements=log.statement_ids,
        mod=dict.fromkeys(log.moderated_out, -1),
    )
    codes = {s.pk: s.code for s in queries.statements_in(round)}
    expected = dict(
        zip(
            [codes[pk] for pk in votes.statement_ids.tolist()],
            polis.analyse(votes).priorities.tolist(),
            strict=True,
        )
    )
    assert found.method == "polis"
    assert found.weights == {"": pytest.approx(expected)}
    assert found.weights[""][unvoted.code] == 1.0


def test_large_round_of_one_mind_is_weighed_by_answers(monkeypatch):
    monkeypatch.setattr("opinionspace.room.MOST_PLACED", 3)
    round = open_round(n_voices=5)
    VoteEvent.objects.filter(statement__round=round).update(stance=1)

    routing.refresh_routing()

    assert kept(round).method == "room"


# ── The tick ──────────────────────────────────────────────────────────────────────────


def test_tick_asks_for_the_routing_at_least_once_a_second():
    assert due.DUE[routing.refresh_routing] < 1
    assert due.tick().pause < 1


def test_refresh_keeps_nothing_while_nothing_is_new():
    round = open_round()

    told = [routing.refresh_routing(), routing.refresh_routing()]
    VoteEventFactory(statement=round.statements.first())
    told += [routing.refresh_routing(), routing.refresh_routing()]

    assert told == [1, 0, 1, 0]
    assert kept(round).revision == queries.revision(round)


def test_refresh_leaves_time_to_votes_between_two_refreshings_of_a_round(monkeypatch):
    monkeypatch.setattr(routing, "LEAVES", 1e9)
    round = open_round()
    routing.refresh_routing()
    VoteEventFactory(statement=round.statements.first())
    other = open_round()

    assert routing.refresh_routing() == 1
    assert kept(other).revision == queries.revision(other)
    assert kept(round).revision == queries.revision(round) - 1


def test_refresh_forgets_closed_rounds_and_starts_again_when_they_reopen():
    round = open_round()
    routing.refresh_routing()
    dialogue.close_round(round, by=CLOCK)

    assert routing.refresh_routing() == 0
    assert routing._followed == {}

    dialogue.open_round(round, by=CLOCK)
    VoteEventFactory(statement=round.statements.first())
    assert routing.refresh_routing() == 1
    assert kept(round).revision == queries.revision(round)


def test_refresh_of_a_round_without_votes_and_of_a_draft_keeps_nothing():
    StatementFactory()
    RoundFactory(state=RoundState.DRAFT, opened_at=None)

    assert routing.refresh_routing() == 0
    assert list(Routing.objects.all()) == []


def test_refresh_holds_no_round(django_assert_max_num_queries):
    open_round()

    with django_assert_max_num_queries(12) as asked:
        routing.refresh_routing()

    sent = " ".join(query["sql"].upper() for query in asked.captured_queries)
    assert "FOR UPDATE" not in sent
    assert "FOR SHARE" not in sent


# ── The log ───────────────────────────────────────────────────────────────────────────


def facts(log):
    """What the log says, by the keys of voices and statements."""
    votes = log.votes()
    voices = np.array(log.voice_ids)[votes.voice_index]
    statements = np.array(log.statement_ids)[votes.statement_index]
    order = np.lexsort((statements, voices))
    arrival = np.argsort(np.argsort(votes.arrival))
    return np.array([voices, statements, votes.stance, arrival])[:, order]


def whole(round):
    log = EventLog(round)
    log.read_on(at=0.0)
    return log


def same_as_database(log, round):
    assert log.revision == queries.revision(round)
    assert_array_equal(facts(log), facts(whole(round)))
    standing = standing_log(round)
    order = np.lexsort((standing.statements, standing.voices))
    columns = standing.voices, standing.statements, standing.stances, np.arange(len(order))
    assert_array_equal(facts(log), np.array(columns)[:, order])


@pytest.mark.parametrize("at_once", [1, 7, 10_000])
def test_log_read_bit_by_bit_is_the_log_read_whole(monkeypatch, at_once):
    monkeypatch.setattr(eventlog, "AT_ONCE", at_once)
    round = open_round(n_voices=3)
    log = EventLog(round)
    rng = np.random.default_rng(2)

    for second in range(12):
        log.read_on(at=float(second))
        same_as_database(log, round)
        for vote in rng.choice(list(queries.standing_votes(round)), 3, replace=False):
            VoteEventFactory(
                statement=vote.statement, voice=vote.voice, stance=second % 3 - 1, seq=vote.seq + 1
            )
        VoteEventFactory(statement=round.statements.all()[second % 6])
        VoteEventFactory()  # of another round
    log.read_on(at=12.0)

    same_as_database(log, round)


def hide(round, n):
    """Take out an event in the middle, as if it were not yet committed; give it back later."""
    hidden = VoteEvent.objects.filter(statement__round=round).order_by("pk")[n]
    row = {f.attname: getattr(hidden, f.attname) for f in VoteEvent._meta.concrete_fields}
    VoteEvent.objects.filter(pk=hidden.pk).delete()
    return lambda: VoteEvent.objects.create(**row)


def test_log_takes_in_an_event_committed_after_one_with_a_higher_key():
    round = open_round()
    give_back = [hide(round, n) for n in (2, 5, 9)]
    log = EventLog(round)

    for second, commit in enumerate(give_back):
        log.read_on(at=float(second))
        commit()
    log.read_on(at=3.0)

    same_as_database(log, round)


def test_log_goes_back_from_the_end_of_a_long_reading(monkeypatch):
    clock = itertools.count(0.0, 12.0)  # every look at it is twelve seconds later
    monkeypatch.setattr("majlis.opinion.eventlog.time.monotonic", lambda: next(clock))
    round = open_round()
    commit = hide(round, 2)
    log = EventLog(round)
    log.read_on(at=0.0)
    commit()

    log.read_on(at=12.0)

    same_as_database(log, round)


def test_log_does_not_read_a_long_round_again_after_the_first_reading(
    monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(eventlog, "KEYS_BACK", 5)
    round = open_round()
    log = EventLog(round)
    log.read_on(at=0.0)
    newest = VoteEvent.objects.filter(statement__round=round).order_by("-pk")[0].pk

    with django_assert_num_queries(1) as asked:
        log.read_on(at=0.5)

    assert f'"id" > {newest - 5} ' in asked.captured_queries[0]["sql"]


@pytest.mark.parametrize("is_quiet", [True, False])
def test_log_that_missed_an_event_notices_by_the_count_and_starts_again(is_quiet):
    round = open_round()
    commit = hide(round, 2)
    log = EventLog(round)
    log.read_on(at=0.0)
    voice = VoteEventFactory(statement=round.statements.first()).voice
    log.read_on(at=1.0)
    later = eventlog.GOES_BACK + 2
    log.read_on(at=later)  # what came before is no longer read again
    commit()
    if is_quiet:
        log.read_on(at=later + eventlog.QUIET_FOR)
        assert log.revision == queries.revision(round) - 1  # was counted already
    seq = 1
    for second in range(1, int(eventlog.CHECKED_EVERY) + 2, 10):
        seq += 1
        if not is_quiet:
            VoteEventFactory(statement=round.statements.first(), voice=voice, seq=seq)
        log.read_on(at=later + second)
    log.read_on(at=later + eventlog.CHECKED_EVERY + 1)

    same_as_database(log, round)


def test_log_counts_once_when_votes_have_stopped(django_assert_num_queries):
    round = open_round()
    log = EventLog(round)
    log.read_on(at=0.0)
    VoteEventFactory(statement=round.statements.first())
    log.read_on(at=1.0)

    with django_assert_num_queries(1):
        log.read_on(at=2.0)
    with django_assert_num_queries(3):  # reading on, the count, reading on
        log.read_on(at=1.0 + eventlog.QUIET_FOR)
    with django_assert_num_queries(1):
        log.read_on(at=2.0 + eventlog.QUIET_FOR)


def test_log_takes_the_highest_seq_even_where_its_key_is_lower():
    vote = VoteEventFactory(seq=2, stance=Stance.DISAGREE)
    VoteEventFactory(statement=vote.statement, voice=vote.voice, seq=1, stance=Stance.AGREE)

    log = whole(vote.statement.round)

    assert log.votes().stance.tolist() == [-1]
    VoteEvent.objects.filter(pk=vote.pk).update(seq=F("seq") + 1)
    assert whole(vote.statement.round).votes().stance.tolist() == [-1]
