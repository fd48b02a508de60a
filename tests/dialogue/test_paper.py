"""Ballots on paper: typed in once, read twice, never over a vote by phone."""

from __future__ import annotations

import pytest

from majlis.dialogue import actions, queries
from majlis.dialogue.actions import ReadingsDiffer
from majlis.dialogue.models import PaperBallot, RoundClosed, VoteEvent
from majlis.dialogue.states import Channel, RoundState, Stance
from majlis.kernel.disclosure import Audience
from majlis.kernel.errors import NotFound, RuleBroken
from majlis.kernel.ledger import acts_on
from tests.conftest import as_person
from tests.factories.dialogue import RoundFactory, StatementFactory, VoteEventFactory
from tests.factories.registration import VoiceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(world):
    return StatementFactory(round=world.round)


def stances_of(voice):
    return {
        v.statement.code: (v.stance, v.channel)
        for v in VoteEvent.objects.filter(voice=voice).order_by("seq")
    }


def test_type_ballot_without_a_code_is_one_more_voice_without_a_name(world, other):
    ballot = actions.type_ballot(
        world.round,
        number=7,
        stances={world.statement.code: 1, other.code: 0},
        constituency="sme",
        by=world.fay,
    )

    assert ballot.voice.registration is None
    assert stances_of(ballot.voice) == {
        world.statement.code: (Stance.AGREE, Channel.PAPER),
        other.code: (Stance.PASS, Channel.PAPER),
    }
    turnout = queries.turnout(world.round)
    assert (turnout.voted, turnout.of, turnout.paper) == (0, 1, 1)
    table = queries.tables_of(world.round)[world.statement.pk]
    assert [constituency for constituency, _country in table] == ["sme"]
    assert [a.verb for a in acts_on(world.round)] == ["typed paper ballot"]


def test_type_ballot_of_a_participant_leaves_votes_by_phone_as_they_are(world, other):
    VoteEventFactory(statement=world.statement, voice=world.ben, stance=Stance.DISAGREE)

    actions.type_ballot(
        world.round,
        number=1,
        stances={world.statement.code: 1, other.code: 1},
        voice=world.ben,
        by=world.fay,
    )

    assert stances_of(world.ben) == {
        world.statement.code: (Stance.DISAGREE, Channel.PHONE),
        other.code: (Stance.AGREE, Channel.PAPER),
    }
    assert queries.turnout(world.round).voted == 1


def test_a_vote_by_phone_after_the_sheet_replaces_it(world):
    actions.type_ballot(
        world.round, number=1, stances={world.statement.code: 1}, voice=world.ben, by=world.fay
    )
    ballot = queries.ballot_of(world.round, world.ben)

    actions.cast_vote(
        statement=world.statement,
        voice=world.ben,
        stance=Stance.PASS,
        seq=ballot.cards[0].next_seq,
        key="phone-key",
    )

    assert queries.counts_of(world.round)[world.statement.pk].passed == 1


@pytest.mark.parametrize("again", [{"number": 1}, {"number": 2, "same_voice": True}])
def test_type_ballot_twice_is_refused(world, again):
    sheet = {"stances": {world.statement.code: 1}, "by": world.fay}
    actions.type_ballot(world.round, number=1, voice=world.ben, **sheet)
    voice = world.ben if again.pop("same_voice", False) else None

    with pytest.raises(RuleBroken, match="already been entered"):
        actions.type_ballot(world.round, voice=voice, **again, **sheet)

    assert PaperBallot.objects.count() == 1
    assert VoteEvent.objects.count() == 1


def test_type_ballot_into_a_closed_round_counts_until_its_results_are_shown(world):
    actions.close_round(world.round, by=world.fay)
    late = {world.statement.code: 1}
    actions.type_ballot(world.round, number=1, stances=late, by=world.fay)
    actions.show_results(world.round, by=world.fay)

    with pytest.raises(RuleBroken, match="have been shown"):
        actions.type_ballot(world.round, number=2, stances=late, by=world.fay)

    assert PaperBallot.objects.get().number == 1
    assert queries.counts_of(world.round)[world.statement.pk].agree == 1


def test_type_ballot_into_a_round_in_preparation_is_refused(world):
    draft = RoundFactory(edition=world.edition, state=RoundState.DRAFT, opened_at=None)

    with pytest.raises(RoundClosed):
        actions.type_ballot(draft, number=1, stances={}, by=world.fay)

    assert list(PaperBallot.objects.all()) == []


def test_type_ballot_for_a_voice_of_another_edition_finds_nothing(world):
    with pytest.raises(NotFound):
        actions.type_ballot(world.round, number=1, stances={}, voice=VoiceFactory(), by=world.fay)


@pytest.fixture
def sheet(world, other):
    return actions.type_ballot(
        world.round, number=1, stances={world.statement.code: 1, other.code: -1}, by=world.fay
    )


def test_check_ballot_notes_the_second_person(world, other, sheet):
    actions.check_ballot(sheet, stances={world.statement.code: 1, other.code: -1}, by=world.ada)

    sheet.refresh_from_db()
    assert (sheet.checked_by, sheet.checked_at is not None) == (world.ada.doer, True)
    assert VoteEvent.objects.count() == 2


def test_check_ballot_by_the_one_who_typed_it_is_refused(world, sheet):
    with pytest.raises(RuleBroken, match="second person"):
        actions.check_ballot(sheet, stances={world.statement.code: 1}, by=world.fay)

    sheet.refresh_from_db()
    assert sheet.checked_at is None


def test_check_ballot_that_differs_says_so_alike_wherever_it_differs(world, other, sheet):
    first, second = world.statement.code, other.code
    said = set()
    for stances in ({first: 1, second: 0}, {first: -1, second: -1}, {first: 1}, {second: 1}):
        with pytest.raises(ReadingsDiffer) as refused:
            actions.check_ballot(sheet, stances=stances, by=world.ada)
        said.add(str(refused.value))
        path = f"/en/desk/{world.edition.slug}/rounds/{world.round.code}/paper/{sheet.code}/"
        sent = {f"answer_{code}": stance for code, stance in stances.items()}
        page = as_person(world.ada).post(path, sent)
        assert page.status_code == 409
        assert str(refused.value) in page.content.decode()

    assert said == {"The two entries differ. Check every answer against the paper ballot."}
    sheet.refresh_from_db()
    assert sheet.checked_at is None


def test_the_ledger_tells_of_a_second_entry_whether_it_agreed_and_no_more(world, other, sheet):
    actions.check_ballot(sheet, stances={other.code: 1}, keep=True, by=world.ada)

    assert acts_on(world.round).last().facts == {"ballot": sheet.code, "agreed": False}


def test_ballots_entered_by_one_person_alone_do_not_fill_a_smallest_cell(world):
    """Four invented sheets beside one vote would show that vote."""
    sheets = [
        actions.type_ballot(world.round, number=n, stances={world.statement.code: 1}, by=world.fay)
        for n in range(1, 5)
    ]
    VoteEventFactory(statement=world.statement, voice=world.ben, stance=Stance.DISAGREE)
    for sheet in sheets[:3]:
        actions.check_ballot(sheet, stances={world.statement.code: 1}, by=world.ada)
    actions.show_results(actions.close_round(world.round, by=world.fay), by=world.fay)

    assert queries.shown_in(world.round) == {}


@pytest.mark.parametrize(("n_checked", "shown"), [(4, 0), (5, 6)])
def test_a_ballot_entered_once_counts_where_others_fill_the_cell(world, n_checked, shown):
    for n in range(6):
        sheet = actions.type_ballot(
            world.round, number=n + 1, stances={world.statement.code: 1}, by=world.fay
        )
        if n < n_checked:
            actions.check_ballot(sheet, stances={world.statement.code: 1}, by=world.ada)
    actions.show_results(actions.close_round(world.round, by=world.fay), by=world.fay)

    total = queries.breakdown(
        queries.shown_in(world.round).get(world.statement.pk), Audience.PARTICIPANTS
    ).total
    assert (total.agree if total else 0) == shown


def test_ballots_entered_once_fill_no_group_and_no_step_of_turnout(world, other):
    voices = [
        VoiceFactory(edition=world.edition, constituency=group)
        for group in ("sme", "ministry")
        for _ in range(5)
    ]
    for n, voice in enumerate(voices, start=1):
        sheet = actions.type_ballot(
            world.round, number=n, voice=voice, stances={world.statement.code: n % 2}, by=world.fay
        )
        if n != 10:
            actions.check_ballot(sheet, stances={world.statement.code: n % 2}, by=world.ada)

    turnout = queries.turnout_breakdown(world.round, Audience.PARTICIPANTS)
    table = queries.tables_of(world.round)[world.statement.pk]
    assert turnout.voted == {"sme": 5, "ministry": 0}
    assert {cell[0]: counts.sure for cell, counts in table.items()} == {"sme": 5, "ministry": 4}


def test_check_ballot_kept_lets_the_second_reading_count(world, other, sheet):
    actions.check_ballot(sheet, stances={world.statement.code: -1}, keep=True, by=world.ada)

    standing = {v.statement.code: v.stance for v in queries.standing_votes(world.round)}
    assert standing == {world.statement.code: Stance.DISAGREE, other.code: Stance.PASS}
    assert VoteEvent.objects.count() == 4
    sheet.refresh_from_db()
    assert sheet.checked_by == world.ada.doer


def test_check_ballot_cannot_correct_what_has_been_shown(world, other, sheet):
    actions.show_results(actions.close_round(world.round, by=world.fay), by=world.fay)

    with pytest.raises(RuleBroken, match="have been shown"):
        actions.check_ballot(sheet, stances={other.code: 1}, keep=True, by=world.ada)
    actions.check_ballot(sheet, stances={world.statement.code: 1, other.code: -1}, by=world.ada)

    sheet.refresh_from_db()
    assert sheet.checked_by == world.ada.doer
