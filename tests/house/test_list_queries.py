"""How often a page asks the database does not grow with what there is to show."""

from __future__ import annotations

from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from majlis.dialogue.models import Round
from majlis.dialogue.states import RoundState
from tests.factories.plenty import Plenty
from tests.factories.registration import VoiceFactory
from tests.house.addresses import WHO
from tests.house.test_access import ADDRESSES, client_of

pytestmark = pytest.mark.once
REFUSED = {"opinion:answers-file"}  # of a round of the room, until the edition is anonymous
READ = sorted(
    name
    for name, one in ADDRESSES.items()
    if one.method == "get" and one.who in WHO and name not in REFUSED
)
OF_A_DRAFT = {"dialogue:desk-round-change", "dialogue:desk-round-statements"}


@pytest.mark.parametrize("name", READ)
def test_page_asks_as_often_for_many_rows_as_for_few(world, name):
    address = ADDRESSES[name]
    path = reverse(name, kwargs=address.kwargs(world))
    client = client_of(world, "ada" if "ada" in WHO[address.who] else "ben")
    if name == "registration:connect":
        VoiceFactory(edition=world.edition, registration__person=world.ada)
    if name in OF_A_DRAFT:
        Round.objects.filter(pk=world.round.pk).update(state=RoundState.DRAFT, opened_at=None)
    plenty = Plenty(world.edition, owner=world.ada, phone=world.ben, round=world.round)
    plenty.add(people=3, statements=6, rounds=4, recs=3, others=3)
    few = asked_by(client, path)

    plenty.add(people=12, statements=16, rounds=8, recs=8, others=8)

    assert len(asked_by(client, path)) == len(few), more_of(few, asked_by(client, path))


def asked_by(client, path: str) -> list[str]:
    client.get(path)  # what is read once per process
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(path)
    assert answer.status_code in {200, 302, 303}, answer.status_code
    return [query["sql"] for query in asked]


def more_of(few: list[str], many: list[str]) -> list[str]:
    """What was asked more often than before, by its first words."""
    return list((Counter(sql[:300] for sql in many) - Counter(sql[:300] for sql in few)).elements())
