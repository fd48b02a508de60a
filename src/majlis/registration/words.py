"""The letters that an edition may word otherwise, with the places in their words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from majlis.mail.wording import Standard

_EVERYWHERE = {
    "name": _("the name of the person"),
    "title": _("the name of the edition"),
    "when": _("the day and its hours"),
    "place": _("the place"),
    "programme": _("the address of the programme"),
    "my_page": _("the address of the person’s own page"),
}
_LINK = _EVERYWHERE | {"link": _("the link of the person")}
_NEEDS_LINK = frozenset({"link"})


def _letter(
    name: str, title: object, sent: object, *, links: bool = False, **more: object
) -> Standard:
    return Standard(
        f"registration/letters/{name}.txt",
        title,
        sent,
        (_LINK if links else _EVERYWHERE) | more,
        _NEEDS_LINK if links else frozenset(),
    )


FOR_MANY = (
    _letter("reminder", _("Reminder"), _("When you send it, to those you choose.")),
    _letter("changed", _("News of the programme"), _("When you send it, to those you choose.")),
    _letter("thanks", _("Thanks and evaluation"), _("When you send it, to those you choose.")),
)
"""Letters with which an email to many people may begin."""

STANDARD = (
    _letter(
        "confirm_address",
        _("Confirmation of the address"),
        _("When somebody has filled in the registration form."),
        links=True,
    ),
    _letter(
        "confirmed",
        pgettext_lazy("a letter", "Place confirmed"),
        _("When a registration is approved. A file for the calendar goes with it."),
        links=True,
    ),
    _letter(
        "new_link", _("New personal link"), _("When you send somebody a new link."), links=True
    ),
    _letter(
        "declined",
        pgettext_lazy("a letter", "Place refused"),
        _("When a registration is declined."),
        reason=_("the reason that you gave"),
    ),
    _letter(
        "guest_invited",
        _("Invitation of a guest"),
        _("When you invite a guest, and when you remind them."),
        links=True,
        about=_("the address of the public page"),
        instead_of=_("the person whose place the guest takes over, if there is one"),
    ),
    _letter("listed", _("Waiting list"), _("When somebody is put on the waiting list.")),
    _letter(
        "withdrawn",
        pgettext_lazy("a letter", "Place given back"),
        _("When somebody cancels their registration."),
    ),
    _letter(
        "passed_on",
        pgettext_lazy("a letter", "Place passed on"),
        _("When a substitute has taken over somebody’s place."),
        successor=_("the person who comes instead"),
    ),
    _letter(
        "programme_changed",
        _("Changes of the programme"),
        _("When you publish the programme and choose to tell people."),
        changes=_("what has changed"),
    ),
    *FOR_MANY,
)
