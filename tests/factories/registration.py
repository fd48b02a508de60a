"""Factories of registration."""

import factory

from majlis.kernel.clock import now
from majlis.people.states import Constituency
from majlis.registration.models import Registration, Role, Voice
from majlis.registration.states import RegistrationState, RoleKind
from tests.factories.people import PersonFactory
from tests.factories.series import EditionFactory


class RegistrationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Registration

    edition = factory.SubFactory(EditionFactory)
    person = factory.SubFactory(PersonFactory)
    state = RegistrationState.CONFIRMED
    confirmed_at = factory.LazyFunction(now)
    constituency = Constituency.SME
    country = "TN"
    languages = ["fr"]


class RoleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Role

    edition = factory.SubFactory(EditionFactory)
    person = factory.SubFactory(PersonFactory)
    kind = RoleKind.ORGANISER


class VoiceFactory(factory.django.DjangoModelFactory):
    """A voice with its confirmed registration at the same edition."""

    class Meta:
        model = Voice

    edition = factory.SubFactory(EditionFactory)
    registration = factory.SubFactory(
        RegistrationFactory,
        edition=factory.SelfAttribute("..edition"),
        constituency=factory.SelfAttribute("..constituency"),
        country=factory.SelfAttribute("..country"),
    )
    constituency = Constituency.SME
    country = "TN"
    language = "fr"
