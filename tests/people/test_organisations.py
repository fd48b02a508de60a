"""Organisations as they are typed, and countries as they are read."""

import pytest
from django.utils import translation

from majlis.kernel.ledger import CLOCK
from majlis.people import actions
from majlis.people.models import Organisation
from majlis.people.states import Constituency
from majlis.people.territories import countries_by_name, country_choices, country_name
from tests.factories.people import OrganisationFactory


@pytest.mark.django_db
def test_organisation_typed_otherwise_is_the_same_one():
    utica = OrganisationFactory(name="Pôle de Sousse", country="TN")

    def named(name: str, country: str, among) -> Organisation | None:
        return actions.organisation_named(
            name, constituency=Constituency.POLE, country=country, among=among, by=CLOCK
        )

    typed = named("  pole  DE sousse", "TN", Organisation.objects.all())
    abroad = named("Pôle de Sousse", "FR", Organisation.objects.all())

    assert typed == utica
    assert abroad != utica
    assert Organisation.objects.count() == 2


def test_country_choices_begin_with_the_maghreb_and_hold_every_country_once():
    groups = country_choices()
    codes = [code for _label, choices in groups for code, _name in choices]

    assert sorted(code for code, _name in groups[0][1]) == ["DZ", "LY", "MA", "MR", "TN"]
    assert len(codes) == len(set(codes)) > 200
    assert [country_name("PS", lang) for lang in ("en", "fr", "ar")] == [
        "Palestine",
        "Palestine",
        "فلسطين",
    ]
    assert country_name("TN", "ar") == "تونس"


@pytest.mark.parametrize(
    ("lang", "names"),
    [
        ("en", ["Albania", "Algeria", "Egypt", "Germany"]),
        ("fr", ["Albanie", "Algérie", "Allemagne", "Égypte"]),
        ("ar", ["ألبانيا", "ألمانيا", "الجزائر", "مصر"]),
    ],
)
def test_countries_are_sorted_in_the_language_of_the_reader(lang, names):
    with translation.override(lang):
        assert [name for _code, name in countries_by_name({"DE", "EG", "DZ", "AL"})] == names
