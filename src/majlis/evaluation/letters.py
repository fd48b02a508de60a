"""The letter that asks for an evaluation."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from majlis.evaluation.models import Survey
from majlis.evaluation.states import Wave
from majlis.registration.letters.around import write_letter
from majlis.registration.models import Registration
from majlis.ui.links import page_address

LINK_LIVES = timedelta(days=60)
WHY = _("You receive this email because you took part in this seminar.")


def ask(survey: Survey, registration: Registration, token: str) -> None:
    """Ask one participant, with a link that takes one answer."""
    person, edition = registration.person, registration.edition
    link = page_address("evaluation:answer", person.language, edition=edition.slug, token=token)
    write_letter(
        "evaluation/letters/ask.txt",
        edition,
        to=person.email or "",
        language=person.language,
        why=WHY,
        facts={"name": registration.full_name, "is_the_day": survey.wave == Wave.DAY, "link": link},
        secrets=[token],
        secrets_live=LINK_LIVES,
    )
