"""Groups beside a rating obey the law of ranges, as they do beside votes."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from majlis.kernel.clock import now
from majlis.people.states import Constituency
from majlis.ratings.states import GRADES
from tests.factories.ratings import give, opened, shown
from tests.factories.recommendations import RecommendationFactory
from tests.factories.registration import VoiceFactory
from tests.factories.series import EditionFactory
from tests.house.outputs import tables
from tests.house.test_results_tell_no_vote import (
    CELLS,
    EACH_ITS_OWN,
    HALVES,
    LARGE,
    Shown,
    World,
    obeys_the_law,
)

pytestmark = pytest.mark.django_db
NUMBER = {1: GRADES.index("excellent"), 0: GRADES.index("fair"), -1: GRADES.index("reject")}
ENDS = re.compile(r"(\d+)(?:–(\d+))?\)?$")


def rated(plan) -> World:
    """A published recommendation, rated as a plan of the house's attack says."""
    edition = EditionFactory()
    rec = RecommendationFactory(edition=edition)
    rating = opened(edition, recs=[rec])
    world = World(edition, rating, None)
    for cell, size in zip(CELLS, plan["sizes"], strict=True):
        for _ in range(size):
            stances = plan["stances"] or [1 if cell[0] == Constituency.BANK else -1]
            stance = stances[len(world.voices) % len(stances)]
            voice = VoiceFactory(edition=edition, constituency=cell[0], country=cell[1])
            give(rating, voice, [NUMBER[stance]])
            world.voices.append(voice)
            world.cells.append(cell)
            world.answers.append(stance)
    shown(rating)
    type(rec).objects.filter(pk=rec.pk).update(published_at=now())
    return world


def told(world) -> set[Shown]:
    """What the public page says of groups."""
    at = {"edition": world.edition.slug, "code": world.round.code}
    page = Client().get(reverse("ratings:result", kwargs=at)).content.decode()
    found = set()
    for table in tables(page):
        for label, n, *sides in table[1:] if table[0][1:] else ():
            ends = [ENDS.search(side).groups() for side in sides]
            agree, disagree = ((int(low), int(high or low)) for low, high in ends)
            found.add(Shown(label, int(n), agree, disagree))
    return found


@pytest.mark.parametrize("plan", [LARGE, EACH_ITS_OWN, HALVES])
def test_groups_leave_two_counts_possible(plan):
    world = rated(plan)

    found = told(world)

    obeys_the_law(world, found, plan)
    if plan is LARGE:
        assert found
