"""Letters of this app."""

from __future__ import annotations

from datetime import timedelta

from majlis.mail.actions import write_message
from majlis.people.models import Person
from majlis.ui.links import page_address


def spoken(code: str) -> str:
    """A code as it is written in a letter."""
    return f"{code[:3]} {code[3:]}"


def sign_in_letter(
    person: Person, *, token: str, code: str, language: str, lives: timedelta
) -> None:
    """The link and the short code by which a person comes in, once."""
    write_message(
        "people/letters/sign_in.txt",
        to=person.email or "",
        language=language,
        facts={
            "name": person.name,
            "code": spoken(code),
            "link": page_address("people:sign-in-link", language, token=token),
        },
        secrets=[token, spoken(code)],
        secrets_live=lives,
    )
