"""Factories: one per model, the smallest valid thing, no hidden extras."""

import factory

from majlis.people.models import Organisation, Person
from majlis.people.states import Constituency


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Organisation {n}")
    constituency = Constituency.SME
    country = "TN"


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Person

    name = factory.Sequence(lambda n: f"Person {n}")
    email = factory.Sequence(lambda n: f"person{n}@example.org")
