"""What follows adoption, made by the actions themselves."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from majlis.followup import actions
from majlis.followup.models import FocalLink
from majlis.followup.queries import today_in
from majlis.mail.models import Message
from majlis.recommendations.models import Pair
from tests.factories.recommendations import WRITER, published


def pair_in(edition: Any = None, **options: Any) -> Pair:
    """The pair of a published recommendation, not yet sent."""
    return published(edition, **options).pairs.get()


def sent(edition: Any = None, **options: Any) -> tuple[Pair, FocalLink, str]:
    """A pair that awaits the answer of Emna, her link, and its secret."""
    pair = pair_in(edition, **options)
    link = actions.send(
        pair.addressee,
        name="Emna",
        email="emna@ministry.example",
        language="en",
        answer_due_on=today_in(pair.recommendation.edition) + timedelta(days=60),
        by=WRITER,
    )
    return pair, link, secret_of(link)


def last_secret(kind: str) -> str:
    """The secret in the newest letter with a link of this kind."""
    letter = Message.objects.filter(text__contains=f"/{kind}/").order_by("-pk").first()
    return str(re.findall(rf"/{kind}/([\w-]+)/", letter.text)[0])


def secret_of(link: FocalLink) -> str:
    """The secret of a link, from the letter that brought it."""
    letter = Message.objects.filter(recipient=link.email).order_by("-pk").first()
    found = re.findall(r"/answer/([\w-]+)/", letter.text)
    return str(found[0])
