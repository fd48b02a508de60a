"""Emails to many people."""

import factory

from majlis.circulars.models import Circular
from majlis.kernel.texts import Text
from tests.factories.series import EditionFactory


class CircularFactory(factory.django.DjangoModelFactory):
    """A draft to everybody who is confirmed."""

    class Meta:
        model = Circular

    edition = factory.SubFactory(EditionFactory)
    heading = Text.of("en", en="See you soon", fr="À bientôt")
    words = Text.of("en", en="Hello {name},\n\n[Programme]({programme})", fr="Bonjour {name},")
    audience = {"states": ["confirmed"]}
