"""Keeping results: once, from what has been shown alone, and made again at will."""

import pytest

import opinionspace
from majlis.dialogue import actions as dialogue
from majlis.dialogue.models import Round, VoteEvent
from majlis.dialogue.states import RoundState, Stance
from majlis.kernel.clock import now
from majlis.kernel.disclosure import Audience
from majlis.kernel.ledger import acts_on
from majlis.opinion import actions, queries
from majlis.opinion.models import Result
from majlis.opinion.queries.reading import made_of
from majlis.registration.models import Voice
from tests.factories.dialogue import (
    RoundFactory,
    StatementFactory,
    VoteEventFactory,
    counted,
)
from tests.factories.people import PersonFactory
from tests.factories.recommendations import WRITER
from tests.factories.registration import VoiceFactory

pytestmark = pytest.mark.django_db


def two_camps(n=24, n_statements=6, **voice):
    """A closed round in which half of `n` voices answer the opposite of the other half."""
    round = RoundFactory(state=RoundState.CLOSED, closed_at=now())
    statements = [StatementFactory(round=round, position=j) for j in range(n_statements)]
    for i in range(n):
        one = VoiceFactory(edition=round.edition, **voice)
        for j, statement in enumerate(statements):
            agrees = (i < n // 2) == (j % 2 == 0)
            VoteEventFactory(
                statement=statement,
                voice=one,
                stance=Stance.AGREE if agrees else Stance.DISAGREE,
            )
    return counted(round)


def test_keep_map_finds_the_two_camps_and_keeps_them_once():
    round = two_camps()

    first, second = actions.keep_map(round), actions.keep_map(round)

    assert first == second
    assert Result.objects.count() == 1
    sizes = [group.size for group in queries.map_of(round).groups]
    assert sizes == [12, 12]


def test_nothing_is_kept_of_a_round_of_which_nothing_is_shown():
    round = two_camps(n=4)

    assert (actions.keep_map(round), actions.keep_reading(round)) == (None, None)
    assert list(Result.objects.all()) == []


def test_map_of_fewer_than_twenty_people_is_not_shown():
    round = two_camps(n=18)
    actions.keep_map(round)

    assert queries.map_of(round) is None


def test_refresh_stale_keeps_one_result_of_each_mode_and_then_nothing():
    round = two_camps(n=6)
    RoundFactory()

    assert [actions.refresh_stale(), actions.refresh_stale()] == [2, 0]
    assert {(r.round, r.mode) for r in Result.objects.all()} == {(round, "polis"), (round, "room")}


@pytest.mark.parametrize("keep", [actions.keep_map, actions.keep_reading])
def test_a_result_made_again_has_the_same_bytes(keep):
    round = two_camps()
    result = keep(round)

    again = actions.make_again(Result.objects.get(pk=result.pk), by=WRITER)

    assert (again.agrees, again.digest) == (True, result.digest)
    assert again.digest == opinionspace.digest(result.content)
    assert acts_on(result).last().facts == {"round": round.code, "agrees": True}


def test_a_result_that_was_tampered_with_is_told():
    result = actions.keep_reading(two_camps())
    Result.objects.filter(pk=result.pk).update(digest="0" * 64)

    assert actions.make_again(Result.objects.get(pk=result.pk), by=WRITER).agrees is False


def test_reading_of_two_camps_tells_groups_a_few_statements_and_nobodys_place():
    round = two_camps(n=40, n_statements=30)
    result = actions.keep_reading(round)

    reading = queries.reading_of(round, Audience.PARTICIPANTS)

    assert [(group.label, group.size) for group in reading.groups] == [("1", 20), ("2", 20)]
    assert [len(group.apart) for group in reading.groups] == [5, 5]
    assert [set(group.area) for group in reading.groups] == [{"x", "y", "rx", "ry", "turn"}] * 2
    assert all(read.cells == () for _statement, read in reading.lines)
    voice = Voice.objects.filter(edition=round.edition).first()
    assert queries.own_place(result, voice).group in {"1", "2"}
    assert queries.own_place(result, VoiceFactory()) is None


def test_reading_tells_the_desk_of_those_who_agree_with_everything_where_they_are_enough():
    round = two_camps(n=40, n_statements=30)
    some = Voice.objects.filter(edition=round.edition).order_by("pk")[:6]
    VoteEvent.objects.filter(voice__in=[voice.pk for voice in some]).update(stance=Stance.AGREE)

    made = made_of(round, seed=1)

    assert [one["code"] for one in made.content["manners"]] == ["agreeing", "left_out"]
    codes = {one["code"] for table in made.content["tables"].values() for one in table["sentences"]}
    assert not codes & {"agreeing", "disagreeing", "same_ballots", "left_out"}


def test_reading_of_groups_too_small_for_the_public_tells_it_none():
    round = two_camps(n=18 + 22, n_statements=30)
    round.edition.smallest_cell_public = 25
    round.edition.save()
    actions.keep_reading(round)

    public = queries.reading_of(round, Audience.PUBLIC)

    assert (list(public.groups), [s.code for s in public.said if s.code == "groups"]) == ([], [])


def test_reading_sorts_by_what_families_share_and_by_what_divides_them():
    round = RoundFactory(state=RoundState.CLOSED, closed_at=now())
    shared, splits, plain = (StatementFactory(round=round, position=n) for n in range(3))
    for n in range(60):
        constituency = "bank" if n % 2 else "sme"
        voice = VoiceFactory(edition=round.edition, constituency=constituency)
        VoteEventFactory(statement=shared, voice=voice, stance=1)
        VoteEventFactory(statement=splits, voice=voice, stance=1 if n % 2 else -1)
        VoteEventFactory(statement=plain, voice=voice, stance=[1, -1, 0][n % 3])
    actions.keep_reading(counted(round))
    reading = queries.reading_of(round, Audience.PARTICIPANTS)

    def first(order):
        return queries.sorted_lines(reading, order)[0][0]

    assert (first("bridging"), first("between"), first("disagreement")) == (shared, splits, splits)
    assert queries.orders_of(reading)[:3] == ["bridging", "divides", "between"]
    read = {s.pk: r for s, r in reading.lines}[splits.pk]
    assert {cell.key for cell in read.cells} == {"bank", "sme"}
    assert dict(read.apart) == {"finance": 1, "firms": -1}


def test_reading_of_one_family_has_no_order_by_families():
    round = two_camps()
    actions.keep_reading(round)

    assert queries.orders_of(queries.reading_of(round, Audience.PARTICIPANTS)) == [
        "divides",
        "agreement",
        "disagreement",
        "number",
    ]


def test_groups_are_not_filled_by_sheets_that_one_person_alone_has_read():
    """Nor after sealing, when nobody knows any more which voices those were."""
    round = two_camps(n=24)
    smallest = round.edition.smallest(Audience.PARTICIPANTS)
    actions.keep_map(round)
    actions.keep_reading(round)
    shown = len(queries.reading_of(round, Audience.PARTICIPANTS).groups)
    assert (shown, queries.map_of(round) is None) == (2, False)

    Round.objects.update(n_read_once=12 - smallest + 1)
    Result.objects.all().delete()
    round.refresh_from_db()
    actions.keep_map(round)
    actions.keep_reading(round)

    assert queries.reading_of(round, Audience.PARTICIPANTS).groups == []
    assert queries.map_of(round) is None


def test_showing_keeps_how_many_voices_one_person_alone_has_read():
    round = RoundFactory(state=RoundState.OPEN)
    statement = StatementFactory(round=round)
    for _ in range(6):
        VoteEventFactory(statement=statement)
    sheets = [
        dialogue.type_ballot(round, number=n, stances={statement.code: 1}, by=WRITER)
        for n in (1, 2, 3)
    ]
    dialogue.check_ballot(sheets[0], stances={statement.code: 1}, by=PersonFactory())

    closed = dialogue.close_round(round, by=WRITER)
    dialogue.show_results(closed, by=WRITER)

    assert Round.objects.get().n_read_once == 2
