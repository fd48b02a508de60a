"""Ballots on paper: typed in by one person, read again by another."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from majlis.dialogue import actions, queries
from majlis.dialogue.access.rounds import paper_ballot_for, round_for
from majlis.dialogue.forms.rounds import PaperForm, SecondReadingForm
from majlis.dialogue.models import Round
from majlis.dialogue.states import RoundState
from majlis.dialogue.views.desk_rounds import place_of
from majlis.kernel.errors import RuleBroken
from majlis.registration.access import Place
from majlis.ui.http import posted, redirect_after
from majlis.ui.request import Request


@require_http_methods(["GET", "POST"])
def paper_page(request: Request, edition: str, code: str) -> HttpResponse:
    """Type in a sheet; the list of those typed in, and which wait for their second reading."""
    place = place_of(request, edition)
    round = round_for(place, code)
    form = PaperForm(round, queries.statements_in(round), posted(request))
    if form.is_valid():
        try:
            ballot = actions.type_ballot(round, **form.facts(), by=place)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
            return _page(request, place, round, form, status=broken.status)
        said = _("Ballot %(number)s saved.") % {"number": ballot.number}
        return redirect_after(request, "dialogue:desk-paper", edition, code, said=said)
    return _page(request, place, round, form, status=422 if form.is_bound else 200)


@require_GET
def sheet_page(request: Request, edition: str, code: str) -> HttpResponse:
    """The sheet to print, in the language of the page, in the order of the desk."""
    place = place_of(request, edition)
    round = round_for(place, code)
    round.require_not_shown()
    context = {
        "edition": place.edition,
        "round": round,
        "statements": queries.statements_in(round),
    }
    return render(request, "dialogue/desk/sheet.html", context)


def _page(
    request: Request, place: Place, round: Round, form: PaperForm, *, status: int
) -> HttpResponse:
    context: dict[str, Any] = {
        "edition": place.edition,
        "round": round,
        "form": form,
        "answers": [f for f in form if f.name.startswith(form.PREFIX)],
        "ballots": round.paper_ballots.all(),
        "takes_paper": round.state in {RoundState.OPEN, RoundState.CLOSED},
        "me": place.doer,
    }
    return render(request, "dialogue/desk/paper.html", context, status=status)


@require_http_methods(["GET", "POST"])
def check_page(request: Request, edition: str, code: str, ballot: str) -> HttpResponse:
    """Read a sheet a second time, without seeing what was typed first."""
    place = place_of(request, edition)
    round = round_for(place, code)
    paper = paper_ballot_for(place, round, ballot)
    form = SecondReadingForm(queries.statements_in(round), posted(request))
    status = 422 if form.is_bound else 200
    differ = False
    if form.is_valid():
        keep = form.cleaned_data["keep"]
        try:
            actions.check_ballot(paper, stances=form.stances(), keep=keep, by=place)
        except RuleBroken as broken:
            differ = isinstance(broken, actions.ReadingsDiffer)
            form.add_error(None, str(broken))
            status = broken.status
        else:
            said = _("Ballot %(number)s checked.") % {"number": paper.number}
            return redirect_after(request, "dialogue:desk-paper", edition, code, said=said)
    context = {
        "edition": place.edition,
        "round": round,
        "ballot": paper,
        "form": form,
        "answers": [f for f in form if f.name.startswith(form.PREFIX)],
        "differ": differ,
        "is_mine": paper.typed_by == place.doer,
    }
    return render(request, "dialogue/desk/paper_check.html", context, status=status)
