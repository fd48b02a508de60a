"""Factories of registration."""

import secrets

import factory

from majlis.kernel.clock import now
from majlis.kernel.seal import digest_of
from majlis.kernel.texts import Text
from majlis.people.states import Constituency
from majlis.registration.models import (
    Admission,
    Device,
    FormAnswer,
    Guest,
    PeopleImport,
    Registration,
    Role,
    Voice,
)
from majlis.registration.states import AdmissionKind, RegistrationState, RoleKind
from majlis.series.models import Question
from majlis.series.states import QuestionKind
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


class AdmissionFactory(factory.django.DjangoModelFactory):
    """An unused card."""

    class Meta:
        model = Admission

    voice = factory.SubFactory(VoiceFactory)
    kind = AdmissionKind.CARD
    given_by = "clock"


class DeviceFactory(factory.django.DjangoModelFactory):
    """A connected device; its browser keeps the secret that `connect` returns."""

    class Meta:
        model = Device

    voice = factory.SubFactory(VoiceFactory)
    admission = factory.SubFactory(AdmissionFactory, voice=factory.SelfAttribute("..voice"), left=0)
    secret_digest = factory.LazyFunction(lambda: digest_of(secrets.token_hex(16)))
    press_digest = factory.LazyFunction(lambda: digest_of(secrets.token_hex(16)))
    label = "Chrome, Android"


class GuestFactory(factory.django.DjangoModelFactory):
    """A guest who has not been invited yet."""

    class Meta:
        model = Guest

    edition = factory.SubFactory(EditionFactory)
    email = factory.Sequence(lambda n: f"guest{n}@seminar.example")
    name = "Gada Guest"
    language = "fr"


class PeopleImportFactory(factory.django.DjangoModelFactory):
    """A list of two people, one of whom has no address."""

    class Meta:
        model = PeopleImport

    edition = factory.SubFactory(EditionFactory)
    kind = "guests"
    name = "guests.xlsx"
    made_by = "clock"
    table = {
        "headings": ["Name", "Email"],
        "rows": [[2, ["Gada", "gada@seminar.example"]], [3, ["Hedi", ""]]],
    }
    fields = ["name", "email"]
    defaults = {"language": "fr", "constituency": "", "country": "", "twins": "refuse"}


def connect(voice: Voice, **facts: object) -> str:
    """The secret of one more device that is connected to the voice."""
    secret = secrets.token_hex(16)
    DeviceFactory(voice=voice, secret_digest=digest_of(secret), **facts)
    return secret


class DocumentQuestionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Question

    edition = factory.SubFactory(EditionFactory)
    code = factory.Sequence("L{}".format)
    kind = QuestionKind.FILE
    prompt = Text.of("en", en="Letter", fr="Lettre", ar="رسالة")


class DocumentAnswerFactory(factory.django.DjangoModelFactory):
    """A document that was handed in."""

    class Meta:
        model = FormAnswer

    registration = factory.SubFactory(RegistrationFactory)
    question = factory.SubFactory(
        DocumentQuestionFactory, edition=factory.SelfAttribute("..registration.edition")
    )
    prompt = "Letter"
    value = ".pdf"
    shown = "letter.pdf"
    language = "en"
    file = factory.django.FileField(filename="letter.pdf", data=b"%PDF-1.7 letter %%EOF")
