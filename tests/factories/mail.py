"""Messages."""

import factory
from factory.django import DjangoModelFactory

from majlis.mail.models import Message


def outbox() -> list[Message]:
    """The messages there are, oldest first."""
    return list(Message.objects.order_by("pk"))


KEPT = "django.core.mail.backends.dummy.EmailBackend"  # the setting without a mail server


class MessageFactory(DjangoModelFactory):
    """A message on its way, due now."""

    class Meta:
        model = Message

    recipient = factory.Sequence(lambda n: f"reader{n}@firm.example")
    language = "en"
    subject = "Your place is confirmed"
    text = "Hello Ben,\n\nhttps://seminar.example/v/abc/\n"
    html = "<p>Hello Ben,</p>"
    state = "waiting"
