"""Letters of this app, in the language of the person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from majlis.kernel.texts import in_one_language
from majlis.mail.actions import Attachment
from majlis.people.models import Person
from majlis.registration.access import (
    ADDRESS_LINK_LIVES,
    address_token,
    admission_token,
    guest_token,
)
from majlis.registration.letters.around import calendar_of, write_letter
from majlis.registration.models import (
    Admission,
    Guest,
    Invitation,
    PendingAnswers,
    Registration,
)
from majlis.registration.states import RegistrationState
from majlis.ui.links import page_address, whole_address

ABOUT_A_PLACE = _("You receive this email because somebody registered with this address.")
ABOUT_A_PART = _("You receive this email because you have a part in the programme.")
ABOUT_A_GUEST = _("You receive this email because the organisers invite you.")
ABOUT_THE_TEAM = _("You receive this email because an organiser entered this address.")


def _write(
    name: str,
    registration: Registration,
    *,
    secrets: Sequence[str] = (),
    secrets_live: timedelta | None = None,
    attachments: Sequence[Attachment] = (),
    **facts: object,
) -> None:
    person = registration.person
    if not person.email:
        return
    write_letter(
        f"registration/letters/{name}.txt",
        registration.edition,
        to=person.email,
        language=person.language,
        why=ABOUT_A_PLACE,
        facts={"name": registration.full_name, **facts},
        secrets=secrets,
        secrets_live=secrets_live,
        attachments=attachments,
    )


def confirm_address(registration: Registration) -> None:
    """Asks the person to confirm that the address is theirs."""
    token = address_token(registration)
    link = page_address(
        "registration:confirm-address",
        registration.person.language,
        edition=registration.edition.slug,
        token=token,
    )
    _write(
        "confirm_address", registration, link=link, secrets=[token], secrets_live=ADDRESS_LINK_LIVES
    )


def confirm_answers(pending: PendingAnswers, person: Person, known: Registration | None) -> None:
    """Asks the owner of a known address whether they sent a form; tells them none of its words."""
    token, edition = address_token(pending), pending.edition
    is_placed = known is not None and known.state != RegistrationState.ASKED
    name = "confirm_answers" if is_placed else "confirm_address"
    write_letter(
        f"registration/letters/{name}.txt",
        edition,
        to=pending.email,
        language=person.language,
        why=ABOUT_A_PLACE,
        facts={
            "name": known.full_name if known else person.name,
            "state": RegistrationState(known.state).label if known else "",
            "link": page_address(
                "registration:confirm-address", person.language, edition=edition.slug, token=token
            ),
        },
        secrets=[token],
        secrets_live=ADDRESS_LINK_LIVES,
    )


def already_registered(registration: Registration) -> None:
    """Says how a registration stands to somebody who registered again."""
    _write("already_registered", registration, state=RegistrationState(registration.state).label)


def confirmed(
    registration: Registration, admission: Admission, *, is_another: bool = False
) -> None:
    """The place is confirmed: here is the personal link, and the date for the calendar."""
    token = admission_token(admission)
    edition, language = registration.edition, registration.person.language
    _write(
        "new_link" if is_another else "confirmed",
        registration,
        link=whole_address(f"/v/{token}/"),
        secrets=[token],
        attachments=[] if is_another else [calendar_of(edition, language)],
    )


def listed(registration: Registration) -> None:
    """All places are taken: the person is on the waiting list."""
    _write("listed", registration)


def declined(registration: Registration) -> None:
    reason = in_one_language(registration.reason, registration.reason_language)
    _write("declined", registration, reason=reason)


def refusal_address(guest: Guest) -> str:
    """The page on which a guest says that they will not come, and can have themselves deleted."""
    names = {"edition": guest.edition.slug, "token": guest_token(guest)}
    return page_address("registration:guest-no", guest.language, **names)


def passed_on(registration: Registration, *, to: str) -> None:
    """The person's place has passed on to somebody else."""
    _write("passed_on", registration, successor=to)


def withdrawn(registration: Registration) -> None:
    _write("withdrawn", registration)


def invited(invitation: Invitation, *, token: str, language: str) -> None:
    """Invites a colleague to take up roles."""
    edition = invitation.edition
    write_letter(
        "registration/letters/invited.txt",
        edition,
        to=invitation.email,
        language=language,
        why=ABOUT_THE_TEAM,
        facts={
            "name": invitation.name,
            "roles": invitation.kind_labels,
            "link": page_address(
                "registration:invitation", language, edition=edition.slug, token=token
            ),
        },
    )


def guest_invited(guest: Guest, *, is_reminder: bool) -> None:
    """Invites a guest to take part, or reminds them; the link leads to a page with the question."""
    token, edition, language = guest_token(guest), guest.edition, guest.language
    names = {"edition": edition.slug}
    write_letter(
        "registration/letters/guest_invited.txt",
        edition,
        to=guest.email,
        language=language,
        why=ABOUT_A_GUEST,
        facts={
            "name": guest.name,
            "is_reminder": is_reminder,
            "instead_of": guest.instead_of.full_name if guest.instead_of else "",
            "link": page_address("registration:guest", language, token=token, **names),
            "about": page_address("front:edition", language, **names),
        },
        secrets=[token],
    )
