"""Letters to focal points: what is asked, a new link, a reminder."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from majlis.followup.models import Endorsement, FocalLink
from majlis.recommendations.models import Recommendation
from majlis.registration.letters.around import write_letter
from majlis.ui.formats import day
from majlis.ui.links import page_address

LINK_LIVES = timedelta(days=3650)  # until it is ended: follow-up takes years
WHY = _("You receive this email because you respond for an addressee of recommendations.")


def asked(link: FocalLink, recs: Sequence[Recommendation], token: str, answer_due_on: date) -> None:
    """The recommendations of one addressee, what is asked, and the date of the answer."""
    _write("asked", link, token, items=recs, due=lazy(day, str)(answer_due_on))


def again(link: FocalLink, token: str) -> None:
    """A new link in the place of one that was lost."""
    _write("again", link, token, is_successor=False)


def handed(link: FocalLink, token: str) -> None:
    """The first letter to a successor."""
    _write("again", link, token, is_successor=True)


def reminded(link: FocalLink, recs: Sequence[Recommendation], token: str) -> None:
    """What is due of one addressee."""
    _write("reminded", link, token, items=recs)


def endorse(endorsement: Endorsement, *, language: str, token: str) -> None:
    """Ask an organisation to endorse a recommendation."""
    rec = endorsement.recommendation
    write_letter(
        "followup/letters/endorse.txt",
        rec.edition,
        to=endorsement.email,
        language=language,
        why=_("You receive this email because your organisation is asked for its endorsement."),
        facts={
            "name": endorsement.organisation,
            "rec_id": rec.rec_id,
            "rec_title": rec.title,
            "rec_text": rec.text,
            "link": page_address("followup:endorse", language, token=token),
        },
        secrets=[token],
        secrets_live=LINK_LIVES,
    )


def _write(name: str, link: FocalLink, token: str, **facts: object) -> None:
    address = page_address("followup:portal", link.language, token=token)
    write_letter(
        f"followup/letters/{name}.txt",
        link.addressee.edition,
        to=link.email,
        language=link.language,
        why=WHY,
        facts={"name": link.name, "unit": link.addressee.unit, "link": address, **facts},
        secrets=[token],
        secrets_live=LINK_LIVES,
    )
