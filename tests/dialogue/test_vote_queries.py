"""What is known of a round's votes, and what may be shown."""

from __future__ import annotations

import pytest

from majlis.dialogue import queries
from majlis.kernel.disclosure import Audience, Counts
from majlis.people.states import Constituency
from tests.factories.dialogue import (
    RoundFactory,
    StatementFactory,
    VoteEventFactory,
    asked_of,
    counted,
)
from tests.factories.registration import VoiceFactory

pytestmark = pytest.mark.django_db


def cast(statement, *stances, constituency=Constituency.SME, country="TN"):
    """One new voice of the constituency for each stance; of none, without a registration."""
    more = {} if constituency else {"registration": None}
    return [
        VoteEventFactory(
            statement=statement,
            stance=stance,
            voice=VoiceFactory(
                edition=statement.edition, constituency=constituency, country=country, **more
            ),
        )
        for stance in stances
    ]


def test_tables_of_count_each_voice_once_by_constituency_and_country():
    statement, silent = (StatementFactory(round=round) for round in [RoundFactory()] * 2)
    cast(statement, 1, 1, -1, constituency=Constituency.SME, country="TN")
    [changed] = cast(statement, 1, constituency=Constituency.CLUSTER, country="MA")
    VoteEventFactory(statement=statement, voice=changed.voice, stance=0, seq=2)
    cast(statement, -1, constituency="", country="")

    assert queries.tables_of(statement.round) == {
        statement.pk: {
            ("sme", "TN"): Counts(2, 1, 0),
            ("cluster", "MA"): Counts(0, 0, 1),
            ("", ""): Counts(0, 1, 0),
        }
    }
    assert queries.counts_of(silent.round) == {statement.pk: Counts(2, 2, 1)}


def test_turnout_counts_voices_that_voted_of_confirmed_participants(world):
    quiet = VoiceFactory(edition=world.edition)
    other = StatementFactory(round=world.round)
    VoteEventFactory(statement=world.statement, voice=world.ben)
    VoteEventFactory(statement=other, voice=world.ben)

    turnout = queries.turnout(world.round)

    assert quiet.registration.is_confirmed
    assert (turnout.voted, turnout.of, turnout.paper, turnout.share) == (1, 2, 0, 0.5)


def test_turnouts_tells_of_each_round_what_it_tells_of_one(world):
    VoteEventFactory(statement=world.statement, voice=world.ben)
    counted(world.round)
    still_open = RoundFactory(edition=world.edition)
    VoteEventFactory(statement=StatementFactory(round=still_open), voice=world.ben)
    untouched = RoundFactory(edition=world.edition)

    found = queries.turnouts([world.round, still_open, untouched])

    assert [found[r.pk].voted for r in (world.round, still_open, untouched)] == [1, 1, 0]
    assert found[still_open.pk] == queries.turnout(still_open)
    VoteEventFactory(statement__round=still_open, voice__edition=world.edition)
    assert queries.turnouts([world.round, still_open])[still_open.pk].voted == 2


@pytest.mark.parametrize(
    ("groups", "level", "keys"),
    [
        pytest.param(("sme", "ministry"), "constituency", {"sme", "ministry"}, id="large enough"),
        pytest.param(("sme", "pole"), "room", set(), id="a group too small"),
    ],
)
def test_turnout_breakdown_needs_groups_of_participants_that_are_large_enough(groups, level, keys):
    statement = StatementFactory()
    for where, n in zip(groups, (7, 5 if level == "constituency" else 4), strict=True):
        for _ in range(n):
            VoiceFactory(edition=statement.edition, constituency=where)
    if level == "room":  # another family that is too small as well
        VoiceFactory(edition=statement.edition, constituency=Constituency.BANK)

    shown = queries.turnout_breakdown(statement.round, Audience.PARTICIPANTS)

    assert (shown.level, set(shown.of)) == (level, keys)


@pytest.mark.parametrize("step", [5, 7])
def test_turnout_by_group_is_never_exact(step):
    statement = StatementFactory(round__edition__smallest_cell_room=step)
    VoiceFactory.create_batch(20, edition=statement.edition, constituency="ministry")
    told = []
    for _ in range(12):
        cast(statement, 1, constituency=Constituency.SME)
        voted = queries.turnout_breakdown(statement.round, Audience.PARTICIPANTS).voted
        told.append(voted.get("sme", 0))

    assert told == [n - n % step for n in range(1, 13)]


def test_the_order_of_a_ballot_is_the_same_for_a_voice_and_differs_between_voices():
    round = RoundFactory()
    made = [StatementFactory(round=round) for _ in range(8)]
    StatementFactory(round=round, is_moderated_out=True)
    voices = [VoiceFactory(edition=round.edition) for _ in range(6)]

    orders = [[s.pk for s in asked_of(voice, round)] for voice in voices]

    assert orders[0] == [s.pk for s in asked_of(voices[0], round)]
    assert all(sorted(order) == [s.pk for s in made] for order in orders)
    assert len({tuple(order) for order in orders}) > 1


def test_open_votes_in_rises_with_votes_of_open_rounds():
    statement = StatementFactory()
    slug = statement.edition.slug
    VoteEventFactory(statement=statement)

    assert queries.open_votes_in([slug, "nowhere"]) == {slug: 1}

    VoteEventFactory(statement=statement)

    assert queries.open_votes_in([slug, "nowhere"]) == {slug: 2}
