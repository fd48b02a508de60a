"""Ratings on the desk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from majlis.dialogue.states import RoundState
from majlis.kernel.errors import NotFound, WrongMove
from majlis.kernel.ledger import acts_on
from majlis.ratings import actions, queries
from majlis.ratings.access import rating_for
from majlis.ratings.document import COLUMNS, rows_of, shown
from majlis.ratings.forms import MinorityForm, RatingForm
from majlis.ratings.models import Rating
from majlis.ratings.offers import offers
from majlis.ratings.rules import rule_of
from majlis.ratings.states import MethodKind
from majlis.ratings.wording import rule_lines
from majlis.registration.access import Place, colleague
from majlis.ui.http import form_page, posted, redirect_after
from majlis.ui.pages import page_of
from majlis.ui.request import Request
from majlis.ui.tables import table_file

FACILITATOR = "facilitator"


def place_of(request: Request, edition: str) -> Place:
    """Ratings are run by organisers and facilitators."""
    return colleague(request, edition, FACILITATOR)


@require_GET
def ratings_page(request: Request, edition: str) -> HttpResponse:
    """Every rating of the edition, and the methods to prepare another one by."""
    place = place_of(request, edition)
    context = {
        "edition": place.edition,
        "page": page_of(request, queries.ratings_of(place.edition)),
        "methods": list(MethodKind),
        "has_offers": bool(offers(place.edition)),
    }
    return render(request, "ratings/desk/list.html", context)


@require_http_methods(["GET", "POST"])
def new_page(request: Request, edition: str, method: str) -> HttpResponse:
    """Prepare a rating by one method."""
    place = place_of(request, edition)
    if method not in MethodKind.values:
        raise NotFound
    form = RatingForm(place.edition, MethodKind(method), posted(request))
    if form.is_valid():
        rating = actions.prepare_rating(place.edition, method=method, **form.facts(), by=place)
        return redirect_after(request, "ratings:desk-one", edition, rating.code)
    context = {"edition": place.edition, "method": MethodKind(method)}
    return form_page(request, "ratings/desk/form.html", form, **context)


@require_http_methods(["GET", "POST"])
def change_page(request: Request, edition: str, code: str) -> HttpResponse:
    """Change a rating in preparation."""
    place = place_of(request, edition)
    rating = rating_for(place, code)
    rating.asked.require_draft()
    form = RatingForm(place.edition, rating.kind, posted(request), rating=rating)
    if form.is_valid():
        actions.change_rating(rating, **form.facts(), by=place)
        return redirect_after(request, "ratings:desk-one", edition, code)
    context = {"edition": place.edition, "method": rating.kind, "rating": rating}
    return form_page(request, "ratings/desk/form.html", form, **context)


@require_GET
def rating_page(request: Request, edition: str, code: str) -> HttpResponse:
    """One rating: its rule, its state, what is rated, and the results once they are shown."""
    place = place_of(request, edition)
    rating = rating_for(place, code)
    found = shown(rating) if rating.is_shown else None
    context = {
        "edition": place.edition,
        "rating": rating,
        "shown": found,
        "options": [] if found else rating.options.all(),
        "rule": rule_lines(rule_of(rating)),
        "n": queries.n_raters(rating),
        "n_unread": queries.n_unread(rating),
        "moves": [(name, move) for name, move in MOVES.items() if move.is_possible(rating)],
        "acts": acts_on(rating),
    }
    return render(request, "ratings/desk/one.html", context)


@require_GET
def results_file(request: Request, edition: str, code: str, kind: str) -> HttpResponse:
    """The results as CSV or XLSX: what the page shows, and no more."""
    rating = rating_for(place_of(request, edition), code)
    return table_file(kind, COLUMNS, rows_of(shown(rating)), name=f"rating-{edition}-{code}")


@require_http_methods(["GET", "POST"])
def statement_page(request: Request, edition: str, code: str) -> HttpResponse:
    """Type in a minority statement."""
    place = place_of(request, edition)
    rating = rating_for(place, code)
    rating.require_shown()
    form = MinorityForm(rating, posted(request))
    if form.is_valid():
        actions.file_statement(rating, **form.cleaned_data, by=place)
        said = _("The minority statement stands beside the result.")
        return redirect_after(request, "ratings:desk-one", edition, code, said=said)
    context = {"edition": place.edition, "rating": rating}
    return form_page(request, "ratings/desk/statement.html", form, **context)


@dataclass(frozen=True, slots=True)
class Move:
    """A step of a rating that asks for a second click: what it means, and who does it."""

    question: Promise
    means: Promise
    do_text: Promise
    done: Promise
    act: Callable[..., Rating | None]
    possible: RoundState
    is_danger: bool = False

    def is_possible(self, rating: Rating) -> bool:
        if self.act is actions.next_round:
            overall = (rating.result or {}).get("overall") or {}
            return rating.is_shown and overall.get("stop") is False
        return rating.asked.state == self.possible


MOVES: dict[str, Move] = {
    "open": Move(
        gettext_lazy("Open the rating?"),
        gettext_lazy(
            "Participants can rate at once. The rule is stored with its fingerprint and locked, "
            "and the words of the recommendations stay as they are."
        ),
        gettext_lazy("Open the rating"),
        gettext_lazy("The rating is open."),
        actions.open_rating,
        RoundState.DRAFT,
    ),
    "close": Move(
        gettext_lazy("Close the rating?"),
        gettext_lazy(
            "Nobody can rate any more. Until you show the results, everybody sees only how many "
            "took part. You can still enter paper ballots, and reopen the rating."
        ),
        gettext_lazy("Close the rating"),
        gettext_lazy("The rating is closed."),
        actions.close_rating,
        RoundState.OPEN,
        is_danger=True,
    ),
    "show": Move(
        gettext_lazy("Show the results?"),
        gettext_lazy(
            "The stored rule is applied and everybody sees what comes out. The rating stays "
            "closed: no more answers, no more paper ballots."
        ),
        gettext_lazy("Show the results"),
        gettext_lazy("The results are shown."),
        actions.show_rating,
        RoundState.CLOSED,
    ),
    "reopen": Move(
        gettext_lazy("Reopen the rating?"),
        gettext_lazy(
            "Participants can rate and change their answers again. Nobody has seen any results. "
            "The reopening stays visible in the history."
        ),
        gettext_lazy("Reopen the rating"),
        gettext_lazy("The rating is open again."),
        actions.open_rating,
        RoundState.CLOSED,
    ),
    "next": Move(
        gettext_lazy("Prepare the next round?"),
        gettext_lazy(
            "The same recommendations are rated again by the same rule, after everybody has seen "
            "the results of this round."
        ),
        gettext_lazy("Prepare the next round"),
        gettext_lazy("The next round is in preparation."),
        actions.next_round,
        RoundState.SHOWN,
    ),
    "remove": Move(
        gettext_lazy("Delete this rating?"),
        gettext_lazy("The recommendations are kept."),
        gettext_lazy("Delete the rating"),
        gettext_lazy("The rating has been deleted."),
        actions.remove_rating,
        RoundState.DRAFT,
        is_danger=True,
    ),
}


@require_http_methods(["GET", "POST"])
def move_page(request: Request, edition: str, code: str, move: str) -> HttpResponse:
    """Ask once more, then take the step, as `MOVES` lists them."""
    place = place_of(request, edition)
    rating = rating_for(place, code)
    step = MOVES.get(move)
    if step is None:
        raise NotFound
    if not step.is_possible(rating):
        state = RoundState(rating.asked.state).label
        raise WrongMove(rating, now=state, wanted=step.do_text)
    if request.method == "POST":
        there = step.act(rating, by=place)
        if there is None:
            return redirect_after(request, "ratings:desk-list", edition, said=str(step.done))
        return redirect_after(request, "ratings:desk-one", edition, there.code, said=str(step.done))
    context = {
        "edition": place.edition,
        "rating": rating,
        "step": step,
        "n": queries.n_raters(rating) if move in {"close", "show"} else None,
        "n_unread": queries.n_unread(rating),
        "back_url": reverse("ratings:desk-one", args=[edition, code]),
    }
    return render(request, "ratings/desk/move.html", context)
