"""Registrations that are probably of one person: pointed out, compared, joined by an organiser."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from majlis.kernel.errors import NotFound
from majlis.registration import access, actions, queries
from majlis.registration.forms.merging import MergeForm
from majlis.registration.held import has_spoken, kept_first
from majlis.registration.queries.duplicates import compared, duplicates
from majlis.ui.http import form_page, posted, redirect_after
from majlis.ui.pages import page_of
from majlis.ui.request import Request


@require_safe
def duplicates_page(request: Request, edition: str) -> HttpResponse:
    """Pairs that are alike, each with the way to compare them."""
    place = access.organiser(request, edition)
    page = page_of(request, duplicates(place.edition))
    people = {one.pk: one for one in queries.in_this_order({pk for pair in page for pk in pair})}
    pairs = [(people[one], people[other]) for one, other in page]
    context = {"edition": place.edition, "page": page, "pairs": pairs}
    return render(request, "registration/desk_duplicates.html", context)


@require_http_methods(["GET", "POST"])
def merge_page(request: Request, edition: str, code: str, other: str) -> HttpResponse:
    """Both side by side, what is kept of each, and joining them."""
    place = access.organiser(request, edition)
    one, two = (access.registration_for(place, each) for each in (code, other))
    if one == two:
        raise NotFound
    first, second = kept_first(one, two)
    form = MergeForm(posted(request), rows=compared(first, second))
    if form.is_valid():
        kept = actions.merge(first, second, of_other=form.of_other, by=place)
        said = _("The two registrations are now one.")
        to = "registration:desk-registration"
        return redirect_after(request, to, edition, kept.code, said=said)
    context = {
        "edition": place.edition,
        "first": first,
        "second": second,
        "both_spoke": has_spoken(second),
    }
    return form_page(request, "registration/desk_merge.html", form, **context)
