"""Two moderators at the same moment: one step is taken, the other is told."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, connections

from majlis.dialogue import actions
from majlis.dialogue.models import AlreadyDealtWith, Contribution, LineageStep, Statement
from tests.factories.dialogue import ContributionFactory
from tests.factories.people import PersonFactory


@pytest.mark.django_db(transaction=True)
def test_one_contribution_is_taken_up_once():
    if connection.vendor == "sqlite":
        pytest.skip(
            "an SQLite database in memory has one connection; it has a single writer anyway"
        )
    contribution = ContributionFactory()
    people = [PersonFactory(), PersonFactory()]
    start = threading.Barrier(2)
    told: list[object] = []

    def moderate(by):
        mine = Contribution.objects.get(pk=contribution.pk)
        start.wait()
        try:
            told.append(actions.accept_contribution(mine, why="Clear.", by=by))
        except AlreadyDealtWith as error:
            told.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=moderate, args=(by,)) for by in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(type(answer).__name__ for answer in told) == ["AlreadyDealtWith", "Statement"]
    assert (LineageStep.objects.count(), Statement.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_statements_made_at_once_have_numbers_of_their_own():
    if connection.vendor == "sqlite":
        pytest.skip(
            "an SQLite database in memory has one connection; it has a single writer anyway"
        )
    first = ContributionFactory()
    offered = [first, *ContributionFactory.create_batch(3, voice=first.voice)]
    by = PersonFactory()
    start = threading.Barrier(len(offered))

    def accept(mine):
        start.wait()
        try:
            actions.accept_contribution(mine, why="Clear.", by=by)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=accept, args=(one,)) for one in offered]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(Statement.objects.values_list("number", flat=True)) == [1, 2, 3, 4]
