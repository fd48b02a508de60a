"""Queries whose SQL is put together once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from majlis.dialogue.models import Round, Statement
from majlis.dialogue.states import RoundState
from majlis.kernel.locks import held_for_share
from majlis.kernel.prepared import Prepared
from tests.factories.dialogue import RoundFactory, StatementFactory

pytestmark = pytest.mark.django_db

ASKED = Prepared(
    lambda codes, rounds: (
        Statement.objects.filter(is_moderated_out=False, code__in=codes, round__code__in=rounds)
        .exclude(round__state=RoundState.DRAFT)
        .order_by("number")
        .values_list("code", "is_moderated_out", "made_at")
    )
)


def test_rows_are_those_of_the_query_for_lists_of_any_length():
    round, other = RoundFactory(state=RoundState.OPEN), RoundFactory(state=RoundState.OPEN)
    statements = [StatementFactory(round=round, edition=round.edition) for _ in range(3)]
    out = StatementFactory(round=round, edition=round.edition, is_moderated_out=True)
    elsewhere = StatementFactory(round=other, edition=other.edition)
    codes = [one.code for one in [*statements, out, elsewhere]]
    whole = [(one.code, False, one.made_at) for one in statements]

    assert ASKED.rows(codes, [round.code]) == whole
    assert ASKED.rows(codes[1:2], [round.code, other.code]) == whole[1:2]
    assert len(ASKED.rows(codes, {round.code, other.code})) == 4
    with CaptureQueriesContext(connection) as queries:
        assert ASKED.rows([], [round.code]) == []
    assert not queries.captured_queries


def test_what_is_given_is_a_value_and_no_sql():
    statement = StatementFactory(round=RoundFactory(state=RoundState.OPEN))

    for given in ("') OR 1=1 --", "%s", "((list 1))"):
        assert ASKED.rows([given], [statement.round.code]) == []


def test_rows_that_are_held_are_whole():
    round = RoundFactory(state=RoundState.OPEN, turnout={"voices": 3})

    (held,) = held_for_share(Round, [round.pk]).values()

    names = [field.attname for field in Round._meta.concrete_fields]
    again = Round.objects.get(pk=round.pk)
    assert [getattr(held, name) for name in names] == [getattr(again, name) for name in names]
    assert held == round
    assert not held._state.adding
