"""Kinds of source: each is described once, and a page reads each result once."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from majlis.dialogue.states import RoundState
from majlis.kernel.citing import kinds
from majlis.kernel.clock import now
from majlis.opinion.actions import keep_reading
from majlis.recommendations.models import Citation
from majlis.recommendations.models.citations import SOURCES
from majlis.series.states import TextKind
from tests.conftest import as_person
from tests.factories.dialogue import (
    ContributionFactory,
    RoundFactory,
    StatementFactory,
    VoteEventFactory,
    counted,
)
from tests.factories.recommendations import CitedLinkFactory, adopted, drafted, published
from tests.factories.registration import RoleFactory
from tests.factories.series import EditionFactory, PublicTextFactory

pytestmark = pytest.mark.django_db


def test_every_column_of_a_source_has_its_kind_and_every_kind_its_column():
    columns = {
        field.name: field.related_model
        for field in Citation._meta.concrete_fields
        if field.is_relation and field.name != "recommendation"
    }
    assert {kind.name: kind.model for kind in kinds()} == columns
    assert set(SOURCES) == set(columns)


def sources(edition, n):
    """A statement of each of `n` rounds with a kept result, and as many of the other kinds."""
    found = []
    for _ in range(n):
        round = RoundFactory(edition=edition, state=RoundState.CLOSED, closed_at=now())
        statement = StatementFactory(round=round, edition=edition)
        for _ in range(5):
            VoteEventFactory(statement=statement)
        keep_reading(counted(round))
        said = ContributionFactory(voice__edition=edition, edition=edition)
        found += [statement, round, said, CitedLinkFactory(edition=edition)]
    return found


def n_queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    assert answer.status_code == 200
    return len(asked)


@pytest.mark.parametrize(
    ("made", "page", "person"),
    [
        (drafted, "desk-one", "chen"),
        (drafted, "desk-sources", "chen"),
        (adopted, "desk-publish", "ada"),
        (published, "public", "ada"),
        (published, "why", "ada"),
    ],
)
def test_a_page_asks_as_much_for_six_citations_as_for_one(world, made, page, person):
    for kind in (TextKind.FUNDING, TextKind.DISCLAIMER):
        PublicTextFactory(edition=world.edition, kind=kind, code=str(kind))
    client = as_person(getattr(world, person))
    made(world.edition)
    asked = []
    for n in (1, 3, 6):
        rec = made(world.edition, citing=sources(world.edition, n))
        where = {"edition": world.edition.slug, "rec_id": rec.rec_id}
        asked.append(n_queries(client, reverse(f"recommendations:{page}", kwargs=where)))
    assert len(set(asked)) == 1, asked


def test_statement_of_a_shown_round_too_small_to_show_says_so_and_no_more():
    edition = EditionFactory()
    asked = StatementFactory(
        round__edition=edition,
        edition=edition,
        round__state=RoundState.CLOSED,
        round__closed_at=now(),
    )
    VoteEventFactory(statement=asked)
    counted(asked.round)
    open_ = StatementFactory(edition=edition, round__edition=edition)
    alone = StatementFactory(edition=edition, round=None)
    rec = drafted(edition, citing=[asked, open_, alone])

    page = as_person(RoleFactory(edition=edition, kind="rapporteur").person).get(
        reverse("recommendations:desk-sources", args=[edition.slug, rec.rec_id])
    )

    parts = page.content.decode().split('class="note-number"')[1:4]
    said = [
        "Too few people answered to show the results.",
        "No counts: its results had not been shown when it was cited.",
        "No counts: it had not been put to the vote when it was cited.",
    ]
    assert [[one for one in said if one in part] for part in parts] == [[one] for one in said]
