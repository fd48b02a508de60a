"""The first page of a brief: its figures, where participants are divided, the days ahead."""

from __future__ import annotations

from datetime import date

import pytest

from majlis.briefs.document import documents
from majlis.briefs.queries import gather
from majlis.kernel.texts import Text
from majlis.planning.parts.form import brief_faults
from majlis.series.states import TextKind
from tests.factories.recommendations import adopted
from tests.factories.series import EditionFactory, PublicTextFactory
from tests.recommendations.test_brief_content import voted

pytestmark = pytest.mark.django_db


def brief(edition, lang="en"):
    return documents(gather(edition, base_url="http://seminar.test"))[lang]


def test_a_statement_cited_twice_is_one_of_the_figures():
    edition = EditionFactory()
    statement = voted(edition, sme=(12, 2, 1))
    adopted(edition, citing=[statement])
    adopted(edition, citing=[statement])

    (_, confirmed), (cited, _), (n, said) = (
        list(one.values()) for one in brief(edition)["figures"]
    )

    assert (cited, n) == ("1", "2")
    assert said == "recommendations, each with its addressee and first step"
    assert confirmed == "participants were confirmed"


@pytest.mark.parametrize(
    ("answers", "is_divided"),
    [((12, 9, 1), True), ((12, 2, 8), False), ((2, 2, 0), False)],
    ids=["two sides", "one side", "too few to show"],
)
def test_division_needs_two_sides_that_may_be_shown(answers, is_divided):
    edition = EditionFactory()
    adopted(edition, citing=[voted(edition, sme=answers)])

    found = brief(edition)["divided"]

    assert (found is not None) == is_divided
    if is_divided:
        assert found["total"] == {"agree": 12, "disagree": 9, "passed": 1, "answers": 22}


def test_of_several_statements_the_most_divided_is_printed():
    edition = EditionFactory()
    less, most = voted(edition, sme=(14, 8, 0)), voted(edition, bank=(10, 10, 0))
    adopted(edition, citing=[less, most])

    assert brief(edition)["divided"]["total"]["agree"] == 10


def test_days_ahead_begin_with_the_soonest():
    edition = EditionFactory()
    for day in (date(2027, 5, 1), date(2026, 9, 1)):
        rec = adopted(edition)
        rec.due_on = day
        rec.save()

    assert [one["on"] for one in brief(edition)["dates"]] == ["1 September 2026", "1 May 2027"]


def test_what_editors_say_has_the_numbers_put_in():
    edition = EditionFactory()
    adopted(edition, citing=[voted(edition, sme=(12, 2, 1))])
    body = Text.of("en", en="We cite {statements}.\n\nOf {participants}: {recommendations}.")
    PublicTextFactory(edition=edition, kind=TextKind.BRIEF_CONTEXT, body=body)

    said = brief(edition)["prose"]

    (context,) = said["brief_context"]
    n = brief(edition)["figures"][0]["n"]
    assert [one["text"] for one in context["paragraphs"]] == ["We cite 1.", f"Of {n}: 1."]
    assert not said["brief_intro"]


def test_a_place_that_a_brief_cannot_fill_is_refused():
    sent = {"kind": TextKind.BRIEF_NEXT, "body_en": "Of {ministries}.", "body_fr": "{statements}"}

    faults = brief_faults(sent)

    assert list(faults) == ["body_en"]
    assert "{participants}, {recommendations}, {statements}" in faults["body_en"].replace(
        " and", ","
    )
    assert not brief_faults(sent | {"kind": TextKind.ABOUT})
