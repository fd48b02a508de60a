"""Colleagues: who works at the edition, invitations, roles; kept mail."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from majlis.kernel.clock import now
from majlis.kernel.errors import RuleBroken
from majlis.kernel.punctuation import joined
from majlis.kernel.ratelimit import Limit, address_of
from majlis.mail.queries import are_kept
from majlis.people.models import Person
from majlis.people.views import send_way_in
from majlis.registration import access, actions, queries
from majlis.registration.forms import InviteForm, RoleForm, TakeInvitationForm
from majlis.registration.models import Invitation
from majlis.ui.http import form_page, posted, redirect_after
from majlis.ui.listing import ListForm
from majlis.ui.pages import page_of
from majlis.ui.request import Request
from majlis.ui.tables import Column, table_file

TEAM_ORDERS = {"": gettext_lazy("by name"), "newest": gettext_lazy("newest first")}
TEAM_COLUMNS: list[Column[queries.Colleague]] = [
    Column("name", gettext_lazy("Name"), lambda one: one.person.name),
    Column("email", gettext_lazy("Email address"), lambda one: one.person.email or ""),
    Column(
        "roles",
        gettext_lazy("Roles"),
        lambda one: joined(role.get_kind_display() for role in one.roles),
    ),
    Column("since", pgettext_lazy("column", "On the team since"), lambda one: one.since),
]
TEAM_FIXED = ("name", "email", "roles")  # the list shows them anyway
GUESSES = Limit("invitation", times=300, seconds=600)


@require_http_methods(["GET", "POST"])
def colleagues_page(request: Request, edition: str) -> HttpResponse:
    """Who holds which role, open invitations, and a form for the next one."""
    place = access.organiser(request, edition)
    form = InviteForm(posted(request), initial={"language": get_language()})
    if form.is_valid():
        actions.invite(place.edition, by=place, **form.cleaned_data)
        said = _("Invitation sent. It is valid for two weeks.")
        if are_kept():
            said = _("The invitation is kept here: there is no mail server.")
        return _back(request, said, edition)
    narrow = ListForm(request.GET, orders=TEAM_ORDERS, columns=TEAM_COLUMNS, fixed=TEAM_FIXED)
    narrow.is_valid()  # a word that is no choice narrows nothing
    found = queries.colleagues(place.edition, words=narrow.chosen("words"))
    if narrow.chosen("sort") == "newest":
        found.sort(key=lambda one: one.since, reverse=True)
    if kind := request.GET.get("file"):
        return table_file(kind, narrow.of_file(), found, name=f"team-{edition}")
    context = {
        "edition": place.edition,
        "place": place,
        "narrow": narrow,
        "columns": narrow.shown,
        "page": page_of(request, found),
        "invitations": queries.open_invitations(place.edition),
        "letters_are_kept": are_kept(),
    }
    return form_page(request, "registration/desk_colleagues.html", form, **context)


def _back(request: Request, said: str, edition: str) -> HttpResponse:
    return redirect_after(request, "registration:desk-colleagues", said=said, edition=edition)


@require_POST
def role_change(request: Request, edition: str, code: str, verb: str) -> HttpResponse:
    """Give a colleague another role, or take one back."""
    place = access.organiser(request, edition)
    person = access.person_for(place, code)
    form = RoleForm(request.POST)
    if not form.is_valid():
        raise RuleBroken(_("No role was chosen, so nothing was changed."))
    act = {"give": actions.give_role, "revoke": actions.revoke_role}[verb]
    act(place.edition, person=person, kind=form.cleaned_data["kind"], by=place)
    return _back(request, _("Roles updated."), edition)


@require_POST
def invitation_act(request: Request, edition: str, code: str, verb: str) -> HttpResponse:
    """Send an invitation again, or take it back."""
    place = access.organiser(request, edition)
    invitation = access.invitation_for(place, code)
    if verb == "again":
        actions.send_invitation_again(invitation, language=get_language() or "en", by=place)
        said = _("New invitation sent. The old link no longer works.")
        if are_kept():
            said = _("A new invitation is kept here: there is no mail server.")
        return _back(request, said, edition)
    actions.revoke_invitation(invitation, by=place)
    return _back(request, _("Invitation cancelled."), edition)


@require_http_methods(["GET", "POST"])
def invitation_page(request: Request, edition: str, token: str) -> HttpResponse:
    """Takes up the roles for the signed-in owner of the address; others are asked to sign in."""
    with GUESSES.guessing(address_of(request)):
        invitation = access.invitation_by_token(edition, token)
    person = request.user if isinstance(request.user, Person) else None
    context = {
        "edition": invitation.edition,
        "invitation": invitation,
        "is_open": invitation.is_open(at=now()),
        "person": person,
        "are_kept": are_kept(),
    }
    if person is None or person.email != invitation.email:
        return _ask_to_sign_in(request, invitation, context)
    form = TakeInvitationForm(posted(request), initial={"name": person.name})
    if form.is_valid():
        actions.take_invitation(invitation, person=person, name=form.cleaned_data["name"])
        said = _("Welcome to the team. You can now use the workspace.")
        return redirect_after(request, "front:desk", said=said, edition=edition)
    return form_page(request, "registration/invitation.html", form, **context)


def _ask_to_sign_in(
    request: Request, invitation: Invitation, context: dict[str, Any]
) -> HttpResponse:
    """Mail a way in to the invited address: having its link does not make anybody its owner."""
    if request.method == "POST":
        actions.welcome_invited(invitation, language=get_language() or "en")
        send_way_in(request, invitation.email, next_path=request.path)
        return redirect_after(request, "people:sign-in-sent")
    return render(request, "registration/invitation_sign_in.html", context)
