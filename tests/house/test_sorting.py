"""What has a name is listed as the reader's language sorts, never as a database does."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.utils import translation

from majlis.briefs.document import _in_order
from majlis.kernel.texts import Text
from majlis.recommendations.forms import RecommendationForm
from majlis.registration.queries import Census
from tests.factories.recommendations import AddresseeFactory
from tests.factories.series import GlossaryTermFactory

SRC = Path(__file__).resolve().parents[2] / "src/majlis"
NAMES = {
    "name", "title", "unit", "term", "email", "country", "constituency", "organisation", "person",
}  # fmt: skip
"""Columns in whose order no list for people stands."""


def ordered_by(source: str) -> set[str]:
    """The last word of every column by which something is ordered in the database."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        columns: list[ast.expr] = []
        if isinstance(node, ast.Assign) and [ast.unparse(t) for t in node.targets] == ["ordering"]:
            columns = list(getattr(node.value, "elts", ()))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            columns = list(node.args) if node.func.attr in ("order_by", "earliest") else []
        found |= {
            re.split("__", str(one.value))[-1].lstrip("-")
            for one in columns
            if isinstance(one, ast.Constant)
        }
    return found


def test_no_list_of_names_is_sorted_by_the_database():
    found = {
        str(path.relative_to(SRC)): said
        for path in sorted(SRC.glob("**/*.py"))
        if "migrations" not in path.parts and (said := ordered_by(path.read_text()) & NAMES)
    }

    assert found == {}


def test_the_law_sees_both_ways_to_say_it():
    assert ordered_by('class Meta:\n    ordering = ["-name", "pk"]') & NAMES == {"name"}
    assert ordered_by('rows.order_by("registration__country")') & NAMES == {"country"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("lang", "names"),
    [
        ("en", ["agency of water", "Économie", "Zone office"]),
        ("fr", ["Agence de l’eau", "économie", "Zone"]),
        ("ar", ["اقتصاد", "منطقة", "مياه"]),
    ],
)
def test_addressees_and_terms_stand_as_the_language_sorts(world, client, lang, names):
    english, french, arabic = (
        ["Zone office", "Économie", "agency of water"],
        ["Zone", "économie", "Agence de l’eau"],
        ["منطقة", "اقتصاد", "مياه"],
    )
    for en, fr, ar in zip(english, french, arabic, strict=True):
        unit = Text.of("en", en=en, fr=fr, ar=ar)
        AddresseeFactory(edition=world.edition, unit=unit, body=Text())
        GlossaryTermFactory(edition=world.edition, term=unit)

    with translation.override(lang):
        choices = RecommendationForm(edition=world.edition).fields["addressees"].choices
        offered = [str(label) for value, label in choices if value]
    page = client.get(f"/{lang}/e/tunis/glossary/").content.decode()

    assert [one.partition(" (")[0].partition(", ")[0] for one in offered] == names
    assert sorted(names, key=page.index) == names


def test_groups_in_a_brief_stand_as_they_are_declared():
    census = Census(9, "constituency", {"bank": 3, "ministry": 3, "sme": 3}, {})

    assert [key for key, _ in _in_order(census)] == ["ministry", "sme", "bank"]
