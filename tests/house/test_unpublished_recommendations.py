"""What is not published is known to those alone whom its writer lets know of it."""

from __future__ import annotations

import pytest
from django.test import Client

from majlis.kernel.texts import Text
from majlis.recommendations import actions
from majlis.recommendations.states import Confidentiality, TextState
from tests.factories.recommendations import (
    WRITER,
    RecommendationFactory,
    published,
)
from tests.house.outputs import outputs
from tests.house.test_access import client_of

pytestmark = pytest.mark.django_db

DECIDED = {TextState.ADOPTED, TextState.ADOPTED_WITH_RESERVATION, TextState.POSTPONED}
OPEN_TO = {
    "stranger": {Confidentiality.PUBLIC},
    "ben": {Confidentiality.PUBLIC, Confidentiality.PARTICIPANTS},
}


def title_of(state, reach):
    return f"Titre {state} {reach}"


def every_unpublished(edition):
    """A bare one for each state before publication, and each answer to who may know of it."""
    before = [s for s in TextState if s not in {TextState.PUBLISHED, TextState.SUPERSEDED}]
    for state in before:
        for reach in Confidentiality:
            words = title_of(state, reach)
            RecommendationFactory(
                edition=edition,
                state=state,
                confidentiality=reach,
                title=Text.of("en", en=words, fr=words, ar=words),
            )
    return before


@pytest.mark.parametrize("who", ["stranger", "ben"])
def test_a_title_is_told_before_publication_only_as_far_as_it_may_be(world, who):
    states = every_unpublished(world.edition)

    seen = "".join(
        out.text
        for one in {"stranger", who}
        for out in outputs(world.edition, one, client_of(world, one), "en")
    )

    told = {(s, c) for s in states for c in Confidentiality if title_of(s, c) in seen}
    assert told == {(state, reach) for state in DECIDED for reach in OPEN_TO[who]}


@pytest.mark.parametrize("reach", list(Confidentiality))
def test_a_page_names_its_unpublished_successor_only_where_everybody_may_know_of_it(world, reach):
    old = published(world.edition)
    newer = RecommendationFactory(
        edition=world.edition, state=TextState.ADOPTED, confidentiality=reach
    )
    actions.supersede(old, successor=newer, by=WRITER)

    seen = "".join(out.text for out in outputs(world.edition, "stranger", Client(), "en"))

    assert (newer.rec_id in seen) == (reach == Confidentiality.PUBLIC)
