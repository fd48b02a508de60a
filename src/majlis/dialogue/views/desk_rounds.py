"""Rounds on the desk."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any

from django.core.paginator import Page
from django.db.models import Case, F, Q, QuerySet, When
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from majlis.dialogue import actions, queries
from majlis.dialogue.access.rounds import round_for
from majlis.dialogue.actions.showings import SHOWING
from majlis.dialogue.forms.rounds import RoundForm
from majlis.dialogue.models import Round, Statement
from majlis.dialogue.queries import Ballot, Card
from majlis.dialogue.states import RoundState
from majlis.dialogue.views.labels import cell_label, cell_order
from majlis.dialogue.views.participant_votes import Sheet
from majlis.kernel.disclosure import Audience
from majlis.kernel.errors import NotFound, WrongMove
from majlis.kernel.jobs import newest as newest_job
from majlis.kernel.ledger import Doer, acts_on
from majlis.registration.access import Place, colleague
from majlis.series.models import Theme
from majlis.ui.http import back_to_list, living_piece, redirect_after
from majlis.ui.pages import page_of
from majlis.ui.request import Request

FACILITATOR = "facilitator"


def place_of(request: Request, edition: str) -> Place:
    """Rounds are run by organisers and facilitators."""
    return colleague(request, edition, FACILITATOR)


@require_GET
def rounds_page(request: Request, edition: str) -> HttpResponse:
    """Every round of the edition, with how many have voted."""
    place = place_of(request, edition)
    page = page_of(request, queries.rounds_of(place.edition))
    voted = queries.turnouts([one for one in page if one.state != RoundState.DRAFT])
    context = {
        "edition": place.edition,
        "page": page,
        "lines": [(one, voted.get(one.pk)) for one in page],
    }
    return render(request, "dialogue/desk/rounds.html", context)


@require_http_methods(["GET", "POST"])
def round_new_page(request: Request, edition: str) -> HttpResponse:
    """Prepare a round."""
    place = place_of(request, edition)
    form = RoundForm(place.edition, request.POST or None)
    if request.method == "POST" and form.is_valid():
        round = actions.prepare_round(place.edition, **form.facts(), by=place)
        return redirect_after(request, "dialogue:desk-round-statements", edition, round.code)
    return _form_page(request, place, form)


@require_http_methods(["GET", "POST"])
def round_change_page(request: Request, edition: str, code: str) -> HttpResponse:
    """Change a round in preparation."""
    place = place_of(request, edition)
    round = round_for(place, code)
    round.require_draft()
    form = RoundForm(place.edition, request.POST or None, round=round)
    if request.method == "POST" and form.is_valid():
        actions.change_round(round, **form.facts(), by=place)
        return redirect_after(request, "dialogue:desk-round", edition, code)
    return _form_page(request, place, form, round=round)


def _form_page(
    request: Request, place: Place, form: RoundForm, round: Round | None = None
) -> HttpResponse:
    context = {"edition": place.edition, "form": form, "round": round}
    status = 422 if form.is_bound else 200
    return render(request, "dialogue/desk/round_form.html", context, status=status)


@require_GET
def round_page(request: Request, edition: str, code: str) -> HttpResponse:
    """One round: its state, turnout, statements, and what can be done now."""
    place = place_of(request, edition)
    round = round_for(place, code)
    context = {
        "edition": place.edition,
        "round": round,
        "page": page_of(request, queries.statements_in(round)),
        "missing": _missing_translations(round),
        "has_paper": round.paper_ballots.exists(),
        "acts": acts_on(round),
        **_turnout(round),
    }
    return render(request, "dialogue/desk/round.html", context)


def _missing_translations(round: Round) -> dict[str, int]:
    """How many statements of the round lack each language of the edition."""
    wordings = list(queries.statements_in(round).values_list("wording", flat=True))
    lacking = {
        lang: sum(lang not in wording for wording in wordings) for lang in round.edition.languages
    }
    return {lang: n for lang, n in lacking.items() if n}


def _turnout(round: Round) -> dict[str, Any]:
    parts = queries.turnout_breakdown(round, Audience.PARTICIPANTS)
    smallest = round.edition.smallest(Audience.PARTICIPANTS)
    return {
        "round": round,
        "turnout": queries.turnout(round),
        "making": None if round.is_open else newest_job(SHOWING.name, round.code),
        "parts": [
            (cell_label(parts.level, key), parts.voted[key], parts.of[key])
            for key in sorted(parts.of, key=partial(cell_order, parts.level))
        ],
        "smallest": smallest,
        "below": smallest - 1,
    }


@require_GET
def turnout_piece(request: Request, edition: str, code: str) -> HttpResponse:
    """How many have voted, asked for again while the round is open or its results are prepared."""
    place = place_of(request, edition)
    round = round_for(place, code)
    context = {"edition": place.edition, **_turnout(round)}
    return living_piece(request, "dialogue/desk/round.html#turnout", context)


@require_http_methods(["GET", "POST"])
def statements_page(request: Request, edition: str, code: str) -> HttpResponse:
    """Choose statements for a round in preparation: free ones, or carried from other rounds."""
    place = place_of(request, edition)
    round = round_for(place, code)
    round.require_draft()
    on_offer = _on_offer(place, round)
    if request.method == "POST":
        wanted = Q(code__in=request.POST.getlist("statement")) | _whole_theme(request)
        if chosen := list(on_offer.filter(wanted)):
            _put(round, chosen, by=place)
            return redirect_after(request, "dialogue:desk-round", edition, code)
    page = page_of(request, on_offer)
    context = {
        "edition": place.edition,
        "round": round,
        "page": page,
        "offers": [_offer(s, page) for _theme, s in groupby(page, key=lambda s: s.theme)],
        "is_nothing_chosen": request.method == "POST",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "dialogue/desk/choose.html", context, status=status)


@dataclass(frozen=True, slots=True)
class Offer:
    """The statements of a theme on one page: free ones, and those to be carried from a round.

    `is_whole` unless free ones of the theme may stand on another page.
    """

    theme: Theme | None
    free: list[Statement]
    carried: list[Statement]
    is_whole: bool


def _offer(statements: Iterable[Statement], page: Page[Statement]) -> Offer:
    found = list(statements)
    free = [s for s in found if s.round_id is None]
    may_begin_before = found[0] == page[0] and page.has_previous()
    may_go_on = len(free) == len(found) and found[-1] == page[-1] and page.has_next()
    return Offer(
        found[0].theme,
        free,
        [s for s in found if s.round_id is not None],
        is_whole=not (may_begin_before or may_go_on),
    )


def _on_offer(place: Place, round: Round) -> QuerySet[Statement]:
    """Standing statements outside this round, by theme: free ones before those to be carried."""
    return (
        queries.standing_statements(place.edition)
        .exclude(round=round)
        .exclude(round__state=RoundState.DRAFT)
        .exclude(round__is_imported=True)
        .order_by(
            F("theme__position").asc(nulls_last=True),
            "theme__code",
            Case(When(round=None, then=0), default=1),
            "number",
        )
    )


def _whole_theme(request: Request) -> Q:
    """The free statements of the theme whose button was pressed, if one was."""
    theme = request.POST.get("theme", "")
    of_theme = Q(theme=None) if theme == "none" else Q(theme__code=theme)
    return of_theme & Q(round=None)


def _put(round: Round, chosen: list[Statement], *, by: Doer) -> None:
    actions.put_statements(round, statements=[s for s in chosen if s.round_id is None], by=by)
    for statement in chosen:
        if statement.round_id is not None:
            actions.carry_statement(statement, to=round, by=by)


@require_POST
def round_arrange(request: Request, edition: str, code: str) -> HttpResponse:
    """Move one statement up or down, or take it out: `do` is `up:code`, `down:code`, `out:code`."""
    place = place_of(request, edition)
    round = round_for(place, code)
    do, _colon, which = request.POST.get("do", "").partition(":")
    statements = list(queries.statements_in(round))
    at = next((n for n, s in enumerate(statements) if s.code == which), None)
    if at is None:
        return back_to_list(request, "dialogue:desk-round", edition, code)
    if do == "out":
        actions.take_out_statement(round, statement=statements[at], by=place)
    else:
        to = max(0, min(len(statements) - 1, at + (-1 if do == "up" else 1)))
        statements.insert(to, statements.pop(at))
        actions.order_statements(round, codes=[s.code for s in statements], by=place)
    return back_to_list(request, "dialogue:desk-round", edition, code, part="statements")


@require_GET
def preview_page(request: Request, edition: str, code: str) -> HttpResponse:
    """What a participant will see, one statement at a time; nothing can be sent."""
    place = place_of(request, edition)
    round = round_for(place, code)
    sheet = Sheet(round, tuple(queries.statements_in(round)))
    ballot = Ballot(round, tuple(Card(s, n) for n, s in enumerate(sheet.asked, start=1)))
    card = ballot.card(request.GET.get("s", "")) or next(iter(ballot.cards), None)
    context = {
        "edition": place.edition,
        "round": round,
        "ballot": ballot,
        "card": card,
        "front": sheet.shown(card) if card else "",
        "back": ballot.neighbour(card, -1) if card else None,
        "skip": ballot.neighbour(card, +1) if card else None,
        "is_preview": True,
    }
    return render(request, "dialogue/ballot.html", context)


@dataclass(frozen=True, slots=True)
class Move:
    """A step of a round that asks for a second click: what it means, and who does it."""

    question: Promise
    means: Promise
    do_text: Promise
    done: Promise
    act: Callable[..., Round | None]
    possible: RoundState
    is_danger: bool = False


SHOWN_AT_CLOSE = gettext_lazy(
    "Nobody can vote any more, and everybody sees the results at once, as chosen beforehand. Type "
    "in paper ballots first: afterwards none are taken, and the round cannot be reopened."
)

BEING_PREPARED = gettext_lazy("The results are being prepared.")

MOVES: dict[str, Move] = {
    "open": Move(
        gettext_lazy("Open voting?"),
        gettext_lazy(
            "Participants can vote at once. From now on the statements, their order and the way "
            "results are shown stay as they are."
        ),
        gettext_lazy("Open voting"),
        gettext_lazy("Voting is open."),
        actions.open_round,
        RoundState.DRAFT,
    ),
    "close": Move(
        gettext_lazy("Close voting?"),
        gettext_lazy(
            "Nobody can vote any more. Until you show the results, everybody sees only how many "
            "voted. You can still type in paper ballots, and reopen voting."
        ),
        gettext_lazy("Close voting"),
        gettext_lazy("Voting is closed."),
        actions.close_round,
        RoundState.OPEN,
        is_danger=True,
    ),
    "reopen": Move(
        gettext_lazy("Reopen voting?"),
        gettext_lazy(
            "Participants can vote and change their answers again. Nobody has seen any results. "
            "The reopening stays visible in the history of the round."
        ),
        gettext_lazy("Reopen voting"),
        gettext_lazy("Voting is open again."),
        actions.open_round,
        RoundState.CLOSED,
    ),
    "show": Move(
        gettext_lazy("Show the results?"),
        gettext_lazy(
            "Everybody sees them from now on, and the round stays closed: no more answers, no "
            "more paper ballots. To ask again, use its statements in a new round."
        ),
        gettext_lazy("Show the results"),
        gettext_lazy("The results are shown."),
        actions.show_results,
        RoundState.CLOSED,
    ),
    "again": Move(
        gettext_lazy("Reuse these statements in a new round?"),
        gettext_lazy(
            "A new round in preparation gets the statements of this one, without votes. The votes "
            "and results of this round stay as they are."
        ),
        gettext_lazy("Prepare the new round"),
        gettext_lazy("The new round is in preparation."),
        actions.ask_again,
        RoundState.SHOWN,
    ),
    "remove": Move(
        gettext_lazy("Delete this round?"),
        gettext_lazy("Its statements are kept and can be used in another round."),
        gettext_lazy("Delete the round"),
        gettext_lazy("The round has been deleted."),
        actions.remove_round,
        RoundState.DRAFT,
        is_danger=True,
    ),
}


@require_http_methods(["GET", "POST"])
def move_page(request: Request, edition: str, code: str, move: str) -> HttpResponse:
    """Ask once more, then take the step, as `MOVES` lists them."""
    place = place_of(request, edition)
    round = round_for(place, code)
    step = MOVES.get(move)
    if step is None:
        raise NotFound
    if round.state != step.possible:
        raise WrongMove(round, now=RoundState(round.state).label, wanted=step.do_text)
    if request.method == "POST":
        there = step.act(round, by=place)
        said = str(BEING_PREPARED if there is not None and there.is_showing else step.done)
        if there is None:
            return redirect_after(request, "dialogue:desk-rounds", edition, said=said)
        return redirect_after(request, "dialogue:desk-round", edition, there.code, said=said)
    context = {
        "edition": place.edition,
        "round": round,
        "step": step,
        "means": SHOWN_AT_CLOSE if move == "close" and round.shows_at_close else step.means,
        "turnout": queries.turnout(round) if move == "close" else None,
        "n_unchecked": round.paper_ballots.filter(checked_at=None).count(),
        "is_empty": move == "open" and not queries.statements_in(round).exists(),
        "back_url": reverse("dialogue:desk-round", args=[edition, code]),
    }
    return render(request, "dialogue/desk/move.html", context)
