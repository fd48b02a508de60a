"""What a document says of a recommendation, in each language."""

from __future__ import annotations

from datetime import date

import pytest

from majlis.briefs.document import documents
from majlis.briefs.queries import gather
from majlis.kernel.texts import Text
from majlis.recommendations.states import DuePrecision
from tests.factories.recommendations import adopted
from tests.factories.series import EditionFactory
from tests.recommendations.test_brief_content import voted

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "fr", "ar")


def printed(rec, label):
    """The answer and what stands beside it under an English label, in all three languages."""
    built = documents(gather(rec.edition, base_url="http://seminar.test"))
    facts = {lang: built[lang]["recommendations"][0]["facts"] for lang in LANGUAGES}
    at = [fact["label"] for fact in facts["en"]].index(label)
    return [[facts[lang][at]["value"]["text"], *facts[lang][at]["more"]] for lang in LANGUAGES]


def test_a_due_quarter_is_printed_as_a_quarter():
    rec = adopted()
    rec.due_on, rec.due_precision = date(2027, 1, 1), DuePrecision.QUARTER
    rec.save()

    assert printed(rec, "Due date") == [
        ["1st quarter 2027"],
        ["1er trimestre 2027"],
        ["الربع الأول 2027"],
    ]


def test_a_due_day_is_printed_as_a_day():
    assert printed(adopted(), "Due date")[0] == ["31 July 2026"]


def test_a_mark_stands_in_the_place_of_the_answer():
    assert printed(adopted(), "Legal basis")[0] == ["none needed"]


def test_what_completes_an_answer_stands_beside_it():
    rec = adopted()

    assert printed(rec, "Indicator")[0] == ["Clusters registered", "Value today: 0"]
    assert printed(rec, "Certainty of evidence")[0] == ["low", "No evidence found"]


def test_an_address_without_the_name_of_its_text_prints_nothing():
    rec = adopted()
    rec.no_legal_basis_needed, rec.legal_basis = False, Text()
    rec.legal_basis_url = "https://example.org/law"
    rec.save()

    with pytest.raises(ValueError, match="not in list"):
        printed(rec, "Legal basis")


@pytest.mark.parametrize(("answers", "told"), [((12, 2, 1), True), ((2, 1, 0), False)])
def test_ranges_are_explained_where_groups_are_printed(answers, told):
    edition = EditionFactory()
    adopted(edition, citing=[voted(edition, sme=answers, bank=answers, university=answers)])

    english = documents(gather(edition, base_url="http://seminar.test"))["en"]

    assert any("range" in line for line in english["method"]) == told
