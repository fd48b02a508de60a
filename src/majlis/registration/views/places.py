"""Numbers of places, at the desk."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from majlis.registration import access, actions
from majlis.registration.forms.places import QuotasForm
from majlis.registration.queries.places import standings
from majlis.ui.http import form_page, posted, redirect_after
from majlis.ui.request import Request


@require_http_methods(["GET", "POST"])
def places_page(request: Request, edition: str) -> HttpResponse:
    """How many places there are, in all, for groups and for countries, and how many are taken."""
    place = access.organiser(request, edition)
    found = standings(place.edition)
    form = QuotasForm(posted(request), quotas=[one.quota for one in found])
    if form.is_valid():
        actions.set_quotas(place.edition, form.wanted, by=place)
        return redirect_after(
            request, "registration:desk-places", said=_("Saved."), edition=edition
        )
    context = {"edition": place.edition, "standings": found}
    return form_page(request, "registration/desk_places.html", form, **context)
