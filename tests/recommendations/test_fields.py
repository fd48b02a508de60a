"""A field is described once: whatever shows, asks or files it follows from the table."""

from __future__ import annotations

import pytest

from majlis.kernel.texts import Text
from majlis.recommendations.fields import BY_NAME, COLUMNS, FIELDS, PLAN, WORDED, Kind
from majlis.recommendations.forms import LanguageForm, PlanForm, RecommendationForm
from majlis.recommendations.models import Recommendation
from majlis.recommendations.queries import facts_of, matrix_rows
from majlis.recommendations.queries.matrix import columns_of
from majlis.recommendations.templatetags.recs import field_label
from tests.factories.recommendations import drafted, in_review
from tests.factories.series import EditionFactory

OF_THE_ROW = {
    "id", "code", "edition", "rec_id", "state", "language_note",
    "language_note_language", "superseded_by", "reason",
    "reason_language",
    "made_at", "made_by", "published_at", "wording_revision",
}  # fmt: skip
"""Columns that no writer fills in: what the machinery keeps of a recommendation."""

ANSWERS = {
    Kind.WORDS: Text.of("en", en="Said."),
    Kind.LINE: "Said.",
    Kind.URL: "https://example.org",
    Kind.MARK: True,
}


def test_every_column_of_a_recommendation_is_in_the_table_or_of_the_row():
    meta = Recommendation._meta
    columns = {field.name for field in [*meta.concrete_fields, *meta.many_to_many]}
    assert {field.name for field in COLUMNS} == columns - OF_THE_ROW


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_a_field_says_all_that_is_asked_of_it(field):
    assert bool(field.asked) == bool(field.todo), "what is asked is said when it is missing"
    assert field.kind not in {Kind.CHOICE, Kind.CHOICES} or field.words
    assert not field.beside or BY_NAME[field.beside].part == field.part
    assert field_label(field.name) == field.label


@pytest.mark.django_db
def test_the_forms_hold_every_field_once():
    rec = in_review()
    shown = [
        f.name for part in RecommendationForm(edition=rec.edition).parts() for f in part.fields
    ]

    plain = {field.name for field in COLUMNS if field.part != "identity"}
    assert sorted(shown) == sorted(plain | {"new_unit", "new_body", "new_country"})
    assert list(PlanForm(rec=rec).fields) == [field.name for field in PLAN]
    worded = {name for name in WORDED if getattr(rec, name)}
    assert set(LanguageForm(rec=rec, lang="fr").fields) == worded | {"status"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "field",
    [f for f in COLUMNS if f.kind in ANSWERS and f.part != "identity"],
    ids=lambda f: f.name,
)
def test_an_answer_is_shown_and_filed(field):
    rec = drafted(EditionFactory())
    setattr(rec, field.name, ANSWERS[field.kind])
    rec.save()

    shown = {one.field.name for fact in facts_of(rec) for one in (fact, *fact.beside)}
    (row,) = matrix_rows(rec.edition, published_only=False)

    assert (field.name in shown) == (field.privacy == "public")
    assert all(row[name] for name in columns_of(field))
