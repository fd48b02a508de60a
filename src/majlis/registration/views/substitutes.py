"""Naming a substitute: by the participant under *My data*, or for them at the desk."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from majlis.kernel.errors import NotFound
from majlis.kernel.ledger import Doer
from majlis.kernel.ratelimit import Limit
from majlis.mail.queries import are_kept
from majlis.registration import access, actions
from majlis.registration.forms.guests import SubstituteForm
from majlis.registration.models import Registration
from majlis.registration.queries.guests import open_substitute
from majlis.ui.http import form_page, posted, redirect_after, refusal_on
from majlis.ui.request import Request

INHERITED = ("constituency", "country")
NAMED = Limit("substitute named", times=5, seconds=3600)  # of one place: each is an email


def _place(request: Request, edition: str, code: str) -> tuple[Registration, Doer, str]:
    """Whose place it is, who asks, and the page to go back to."""
    if code:
        place = access.organiser(request, edition)
        registration = access.registration_for(place, code)
        return registration, place, reverse("registration:desk-registration", args=[edition, code])
    own = access.own_place(request, edition).registration
    if own is None:
        raise NotFound
    return own, own.person, reverse("registration:my-data", args=[edition])


@require_http_methods(["GET", "POST"])
def substitute_page(request: Request, edition: str, code: str = "") -> HttpResponse:
    """Name somebody who takes over a confirmed place."""
    registration, by, back = _place(request, edition, code)
    form = SubstituteForm(posted(request), initial={"language": registration.person.language})
    if form.is_valid():
        NAMED.take(registration.code)
        facts = {name: getattr(registration, name) for name in INHERITED}
        facts |= {name: form.cleaned_data[name] for name in ("name", "language")}
        organisation = registration.organisation
        facts["organisation"] = organisation.name if organisation else ""
        with refusal_on(form, "email"):
            actions.name_substitute(
                registration, email=form.cleaned_data["email"], facts=facts, by=by
            )
            said = _("We are writing to this person. The place passes on once they say yes.")
            if are_kept():
                said = _("The invitation is kept here: there is no mail server.")
            return redirect_after(request, back, said=said)
    context = {
        "edition": registration.edition,
        "registration": registration,
        "guest": open_substitute(registration),
        "base": "ui/desk.html" if code else "ui/page.html",
        "code": code,
        "back": back,
        "are_kept": are_kept(),
    }
    return form_page(request, "registration/substitute.html", form, **context)


@require_POST
def substitute_drop(request: Request, edition: str, code: str = "") -> HttpResponse:
    """Take the invitation of a substitute back."""
    registration, by, back = _place(request, edition, code)
    actions.drop_substitute(registration, by=by)
    return redirect_after(request, back, said=_("Nobody is invited in this place any more."))
