"""Letters of this app."""

from __future__ import annotations

from majlis.mail.actions import write_message
from majlis.people.models import Person
from majlis.ui.links import page_address


def sign_in_letter(person: Person, *, token: str, code: str, language: str) -> None:
    """The link and the short code by which a person comes in, once."""
    spoken = f"{code[:3]} {code[3:]}"
    write_message(
        "people/letters/sign_in.txt",
        to=person.email or "",
        language=language,
        facts={
            "name": person.name,
            "code": spoken,
            "link": page_address("people:sign-in-link", language, token=token),
        },
        secrets=[token, spoken],
    )
