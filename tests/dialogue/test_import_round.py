"""A conversation held elsewhere comes in as a closed round of pseudonymous voices."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from majlis.dialogue import actions, queries
from majlis.dialogue.actions import ImportedStatement, ImportedVoice, ImportedVote, Source
from majlis.dialogue.models import Round, Statement, VoteEvent
from majlis.kernel.disclosure import Counts
from majlis.kernel.texts import Text
from majlis.registration.models import Voice

pytestmark = pytest.mark.django_db

EARLY, LATE = datetime(2024, 1, 1, 9, tzinfo=UTC), datetime(2024, 1, 1, 10, tzinfo=UTC)
STATEMENTS = [
    ImportedStatement("0", Text.of("en", en="Leave.")),
    ImportedStatement("1", Text.of("en", en="Spam."), is_moderated_out=True),
]
VOICES = [ImportedVoice("7"), ImportedVoice("9", constituency="sme", country="TN")]


def taken_in(world, votes) -> Round:
    return actions.import_round(
        world.edition,
        title=Text.of("en", en="Elsewhere"),
        statements=STATEMENTS,
        voices=VOICES,
        votes=votes,
        source=Source("an export"),
        by=world.ada,
    )


def test_import_round_keeps_revotes_and_counts_the_last(world):
    round = taken_in(
        world,
        [
            ImportedVote("7", "0", 1, EARLY),
            ImportedVote("9", "0", 0, EARLY),
            ImportedVote("7", "0", -1, LATE),
        ],
    )

    assert (round.state, round.is_imported) == ("shown", True)
    assert (round.opened_at, round.closed_at) == (EARLY, LATE)
    kept = list(Statement.objects.filter(round=round))
    assert [(str(s.wording), s.origin, s.is_moderated_out) for s in kept] == [
        ("Leave.", "import", False),
        ("Spam.", "import", True),
    ]
    assert queries.counts_of(round)[kept[0].pk] == Counts(0, 1, 1)
    assert queries.revision(round) == 3
    turnout = queries.turnout(round)
    assert (turnout.voted, turnout.of, turnout.share) == (2, None, None)
    voices = Voice.objects.filter(is_imported=True)
    assert {v.registration for v in voices} == {None}
    assert not {v.code for v in voices} & {"7", "9"}


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (ImportedVote("8", "0", 1), KeyError),
        (ImportedVote("7", "5", 1), KeyError),
        (ImportedVote("7", "0", 2), ValueError),
    ],
)
def test_import_round_with_a_faulty_vote_keeps_nothing(world, wrong, error):
    before = Round.objects.count()

    with pytest.raises(error):
        taken_in(world, [ImportedVote("7", "0", 1), wrong])

    assert Round.objects.count() == before
    assert list(VoteEvent.objects.all()) == []
    assert not Voice.objects.filter(is_imported=True).exists()
