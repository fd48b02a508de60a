"""Ratings on paper: typed in by one person, read again by another."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from majlis.dialogue.states import RoundState
from majlis.kernel.errors import RuleBroken
from majlis.ratings import actions, queries
from majlis.ratings.access import rating_for, sheet_for
from majlis.ratings.forms import PaperForm, SecondEntryForm
from majlis.ratings.models import Rating
from majlis.ratings.rules import rule_of
from majlis.ratings.views.desk import place_of
from majlis.ratings.views.participant import ballot_page, faces_of
from majlis.ratings.wording import rule_lines
from majlis.registration.access import Place
from majlis.ui.http import posted, redirect_after
from majlis.ui.request import Request


@require_GET
def sheet_page(request: Request, edition: str, code: str) -> HttpResponse:
    """The sheet to print, in the language of the page; with `?as=phone` what a phone shows."""
    place = place_of(request, edition)
    rating = rating_for(place, code)
    if request.GET.get("as") == "phone":
        return ballot_page(request, rating, None)
    context = {
        "edition": place.edition,
        "rating": rating,
        "faces": faces_of(queries.ballot_of(rating)),
        "rule": rule_lines(rule_of(rating)),
    }
    return render(request, "ratings/desk/sheet.html", context)


@require_http_methods(["GET", "POST"])
def paper_page(request: Request, edition: str, code: str) -> HttpResponse:
    """Type in a sheet; the list of those typed in, and which wait for their second entry."""
    place = place_of(request, edition)
    rating = rating_for(place, code)
    form = PaperForm(queries.ballot_of(rating), posted(request))
    if form.is_valid():
        try:
            sheet = actions.type_sheet(rating, **form.facts(), by=place)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
            return _page(request, place, rating, form, status=broken.status)
        said = _("Ballot %(number)s saved.") % {"number": sheet.number}
        return redirect_after(request, "ratings:desk-paper", edition, code, said=said)
    return _page(request, place, rating, form, status=422 if form.is_bound else 200)


def _page(
    request: Request, place: Place, rating: Rating, form: PaperForm, *, status: int
) -> HttpResponse:
    context = {
        "edition": place.edition,
        "rating": rating,
        "form": form,
        "answers": [f for f in form if f.name.startswith(form.PREFIX)],
        "sheets": rating.sheets.all(),
        "takes_paper": rating.asked.state in {RoundState.OPEN, RoundState.CLOSED},
        "me": place.doer,
    }
    return render(request, "ratings/desk/paper.html", context, status=status)


@require_http_methods(["GET", "POST"])
def check_page(request: Request, edition: str, code: str, sheet: str) -> HttpResponse:
    """Enter a sheet a second time, without seeing what was entered first."""
    place = place_of(request, edition)
    rating = rating_for(place, code)
    paper = sheet_for(rating, sheet)
    form = SecondEntryForm(queries.ballot_of(rating), posted(request))
    status, differ = 422 if form.is_bound else 200, False
    if form.is_valid():
        keep = form.cleaned_data["keep"]
        try:
            actions.check_sheet(paper, numbers=form.numbers(), keep=keep, by=place)
        except RuleBroken as broken:
            differ, status = isinstance(broken, actions.EntriesDiffer), broken.status
            form.add_error(None, str(broken))
        else:
            said = _("Ballot %(number)s checked.") % {"number": paper.number}
            return redirect_after(request, "ratings:desk-paper", edition, code, said=said)
    context = {
        "edition": place.edition,
        "rating": rating,
        "sheet": paper,
        "form": form,
        "answers": [f for f in form if f.name.startswith(form.PREFIX)],
        "differ": differ,
        "is_mine": paper.typed_by == place.doer,
    }
    return render(request, "ratings/desk/paper_check.html", context, status=status)
