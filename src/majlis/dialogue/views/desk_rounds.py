"""Rounds on the desk."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any

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
from majlis.ui.http import living_piece, redirect_after
from majlis.ui.request import Request

FACILITATOR = "facilitator"


def place_of(request: Request, edition: str) -> Place:
    """Rounds are run by organisers and facilitators."""
    return colleague(request, edition, FACILITATOR)


@require_GET
def rounds_page(request: Request, edition: str) -> HttpResponse:
    """Every round of the edition, with how many have voted."""
    place = place_of(request, edition)
    rounds = list(queries.rounds_of(place.edition))
    voted = queries.turnouts([one for one in rounds if one.state != RoundState.DRAFT])
    context = {
        "edition": place.edition,
        "lines": [(one, voted.get(one.pk)) for one in rounds],
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
        "statements": list(queries.statements_in(round)),
        "missing": _missing_translations(round),
        "has_paper": round.paper_ballots.exists(),
        "acts": acts_on(round),
        **_turnout(round),
    }
    return render(request, "dialogue/desk/round.html", context)


def _missing_translations(round: Round) -> dict[str, int]:
    """How many statements of the round lack each language of the edition."""
    lacking: dict[str, int] = {}
    for statement in queries.statements_in(round):
        for lang in round.edition.languages:
            if lang not in statement.wording:
                lacking[lang] = lacking.get(lang, 0) + 1
    return lacking


def _turnout(round: Round) -> dict[str, Any]:
    parts = queries.turnout_breakdown(round, Audience.PARTICIPANTS)
    smallest = round.edition.smallest(Audience.PARTICIPANTS)
    return {
        "round": round,
        "turnout": queries.turnout(round),
        "making": newest_job(SHOWING.name, round.code),
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
        wanted = set(request.POST.getlist("statement"))
        chosen = [s for s in on_offer if s.code in wanted or _is_whole_theme(s, request)]
        if chosen:
            _put(round, chosen, by=place)
            return redirect_after(request, "dialogue:desk-round", edition, code)
    context = {
        "edition": place.edition,
        "round": round,
        "themes": [_sorted_out(s) for _theme, s in groupby(on_offer, key=lambda s: s.theme)],
        "is_nothing_chosen": request.method == "POST",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "dialogue/desk/choose.html", context, status=status)


def _sorted_out(
    statements: Iterable[Statement],
) -> tuple[Theme | None, list[Statement], list[Statement]]:
    """A theme, its free statements, and those that would be carried from another round."""
    found = list(statements)
    free = [s for s in found if s.round_id is None]
    return found[0].theme, free, [s for s in found if s.round_id is not None]


def _on_offer(place: Place, round: Round) -> list[Statement]:
    """Standing statements outside this round, by theme: free ones before those to be carried."""
    found = (
        queries.standing_statements(place.edition)
        .exclude(round=round)
        .exclude(round__state=RoundState.DRAFT)
        .exclude(round__is_imported=True)
        .select_related("theme", "round")
    )
    return sorted(
        found,
        key=lambda s: (
            (s.theme.position, s.theme.code) if s.theme else (99999, ""),
            s.round_id is not None,
            s.number,
        ),
    )


def _is_whole_theme(statement: Statement, request: Request) -> bool:
    theme = statement.theme.code if statement.theme else "none"
    return request.POST.get("theme") == theme and statement.round_id is None


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
        return redirect_after(request, "dialogue:desk-round", edition, code)
    if do == "out":
        actions.take_out_statement(round, statement=statements[at], by=place)
    else:
        to = max(0, min(len(statements) - 1, at + (-1 if do == "up" else 1)))
        statements.insert(to, statements.pop(at))
        actions.order_statements(round, codes=[s.code for s in statements], by=place)
    address = reverse("dialogue:desk-round", args=[edition, code])
    return redirect_after(request, f"{address}#statements")


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
