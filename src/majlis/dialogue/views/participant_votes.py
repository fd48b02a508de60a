"""What a participant votes on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from majlis.dialogue import actions, queries
from majlis.dialogue.access.phones import box_of
from majlis.dialogue.access.rounds import round_by_code, round_for, votable_for
from majlis.dialogue.forms.votes import read_vote
from majlis.dialogue.models import (
    NotThisDevices,
    NotVotedOn,
    Round,
    RoundClosed,
    StaleVote,
    Statement,
    VoteEvent,
)
from majlis.dialogue.queries import Ballot, Card
from majlis.dialogue.states import Stance
from majlis.kernel.codes import new_code
from majlis.kernel.errors import MajlisError, NotFound, RuleBroken
from majlis.kernel.ratelimit import TooMany
from majlis.kernel.texts import ShownText
from majlis.registration.access import device_of, phone_of
from majlis.registration.models import Device
from majlis.series.models import Edition
from majlis.ui.http import for_everybody, living_piece, redirect_after
from majlis.ui.kept import kept
from majlis.ui.once import has_own_key
from majlis.ui.pages import page_of
from majlis.ui.request import Request

REFUSED: dict[type[MajlisError], str] = {
    NotThisDevices: "elsewhere",
    NotVotedOn: "gone",
    RoundClosed: "closed",
    TooMany: "later",
}
"""What outbox.js and ballot.js call a refusal; `stale` brings the answer that counts."""
BYTES_OF_A_CARD = 4_000  # its row and what is shown of it, about


@dataclass(frozen=True, slots=True)
class Face:
    """A card as it is read: in the language of the reader, and in its own where that differs."""

    card: Card
    shown: ShownText
    original: ShownText | None


def face_of(card: Card) -> Face:
    wording = card.statement.wording
    shown = wording.shown(get_language() or "en")
    original = wording.shown(wording.original) if shown.lang != wording.original else None
    return Face(card, shown, original)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A round as everybody is asked it in one language; each card is drawn once, when needed."""

    round: Round
    asked: Sequence[Statement]
    drawn: dict[int, SafeString] = field(default_factory=dict)

    def shown(self, card: Card) -> SafeString:
        """What everybody is shown of a statement."""
        pk = card.statement.pk
        if pk not in self.drawn:
            context = {"face": face_of(card)}
            self.drawn[pk] = render_to_string("dialogue/_ballot_card.html", context)
        return self.drawn[pk]

    @property
    def size(self) -> int:
        return BYTES_OF_A_CARD * len(self.asked)


def rounds_context(request: Request, edition: Edition, device: Device) -> dict[str, Any]:
    """What `dialogue/_rounds_here.html` shows: rounds open now and closed, with own progress."""
    rounds = kept(request, edition.slug, ("rounds",), lambda: queries.rounds_shown(edition))
    still_open = [r for r in rounds if r.is_open]
    return {
        "edition": edition,
        "open_rounds": queries.progress_in(still_open, device.voice, device),
        "closed_rounds": [r for r in rounds if not r.is_open],
        "box": box_of(device.voice.code),
    }


@require_GET
def rounds_page(request: Request, edition: str) -> HttpResponse:
    """Every round this voice may see."""
    device = device_of(request, edition)
    context = rounds_context(request, device.voice.edition, device)
    return render(request, "dialogue/rounds.html", context)


@require_GET
def round_page(request: Request, edition: str, code: str) -> HttpResponse:
    """The ballot while the round is open, one's own answers when it is closed."""
    device = phone_of(request, edition)
    sheet = sheet_of(request, edition, code)
    if not sheet.round.is_open:
        return answers(request, sheet.round, device, sheet.asked)
    ballot = queries.ballot_of(sheet.round, device.voice, device, sheet.asked)
    wanted = ballot.card(request.GET.get("s", ""))
    return ballot_page(request, sheet, ballot, device, wanted or ballot.to_answer())


def sheet_of(request: Request, edition: str, code: str) -> Sheet:
    """What everybody who may see the round is asked, in the reader's language."""

    def read() -> Sheet:
        round = round_by_code(edition, code)
        return Sheet(round, queries.asked_in(round))

    return kept(request, edition, ("ballot", code), read, size=lambda sheet: sheet.size)


def ballot_page(
    request: Request,
    sheet: Sheet,
    ballot: Ballot,
    device: Device,
    card: Card | None,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """The ballot with one card in front; none when every statement has an answer."""
    cards = ballot.page(card)
    context = {
        "round": ballot.round,
        "edition": ballot.round.edition,
        "ballot": ballot,
        "cards": SafeString("".join(map(sheet.shown, cards))),
        "own": json.dumps({c.code: [c.vote.stance, c.next_seq] for c in cards if c.vote}),
        "segments": _segments(ballot.cards, card) if ballot.has_segments else "",
        "before": ballot.neighbour(cards[0], -1) if cards else None,
        "after": ballot.neighbour(cards[-1], +1) if cards else None,
        "n_more": ballot.n_unanswered - sum(c.vote is None for c in cards),
        "card": card,
        "front": sheet.shown(card) if card else "",
        "key": new_code(20),
        "back": ballot.neighbour(card, -1) if card else None,
        "skip": ballot.neighbour(card, +1) if card else None,
        "device": device,
        "box": box_of(device.voice.code),
    } | more
    return render(request, "dialogue/ballot.html", context, status=status)


def _segments(cards: Sequence[Card], here: Card | None) -> SafeString:
    """One mark for each card: a loop of the template over them was a quarter of the page."""
    marks = ("is-here" if one is here else "is-answered" if one.vote else "" for one in cards)
    drawn = [
        f'<rect x="{n}0" width="9" height="8" class="{mark}"/>'
        if mark
        else f'<rect x="{n}0" width="9" height="8"/>'
        for n, mark in enumerate(marks)
    ]
    return SafeString("".join(drawn))


@has_own_key
@require_POST
def vote_cast(request: Request, edition: str, code: str) -> HttpResponse:
    """Take one vote: a page asks in JSON and is told what counts, a form moves to the next card."""
    device = device_of(request, edition)
    voice = device.voice
    round = round_for(voice, code)
    sent = read_vote(request.POST)
    if sent is None:
        return _unreadable(request, round, device)
    if sent.box not in {"", box_of(voice.code)}:
        raise NotFound  # another link was opened on this phone: not this voice's answer
    asked = None if _wants_json(request) else queries.ballot_of(round, voice, device)
    try:
        statement = votable_for(voice, round, sent.statement)
        actions.keep_pace(voice.code, statement.code)
        vote = actions.cast_vote(
            statement=statement, voice=voice, device=device,
            stance=sent.stance, seq=sent.seq, key=sent.key,
        )  # fmt: skip
    except StaleVote as stale:
        return _stale(request, stale, round, device)
    except (RuleBroken, TooMany) as refused:
        if not _wants_json(request):
            raise
        told = {"refused": REFUSED.get(type(refused), "unreadable"), "said": str(refused)}
        return JsonResponse(told, status=refused.status)
    if asked is None:
        return JsonResponse(_state(vote))
    return _next_card(request, asked, vote, meant=sent.stance)


def _next_card(request: Request, asked: Ballot, vote: VoteEvent, *, meant: int) -> HttpResponse:
    """Move on in the order of the page that was sent, where the answer has not moved yet."""
    round, card = asked.round, asked.card(vote.asked_code)
    address = reverse("dialogue:round", kwargs={"edition": round.edition.slug, "code": round.code})
    said = {"stance": Stance(vote.stance).label}
    if vote.stance != meant:  # the same form was sent before with another answer
        messages.warning(
            request,
            _("You have already answered “%(stance)s”. To change it, choose another answer.")
            % said,
        )
        return redirect_after(request, f"{address}?s={vote.asked_code}")
    messages.success(request, _("Your answer has been saved: %(stance)s.") % said)
    following = asked.to_answer(after=card)
    return redirect_after(request, f"{address}?s={following.code}" if following else address)


def _state(vote: VoteEvent) -> dict[str, Any]:
    return {"statement": vote.asked_code, "stance": vote.stance, "seq": vote.seq}


def _wants_json(request: Request) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _unreadable(request: Request, round: Round, device: Device) -> HttpResponse:
    if _wants_json(request):
        return JsonResponse({"refused": "unreadable"}, status=422)
    sheet = sheet_of(request, round.edition.slug, round.code)
    ballot = queries.ballot_of(round, device.voice, device, sheet.asked)
    card = ballot.card(request.POST.get("statement", "")) or ballot.to_answer()
    return ballot_page(request, sheet, ballot, device, card, status=422, is_unreadable=True)


def _stale(request: Request, stale: StaleVote, round: Round, device: Device) -> HttpResponse:
    if _wants_json(request):
        return JsonResponse(
            {"refused": "stale", "said": str(stale), **_state(stale.standing)}, status=409
        )
    sheet = sheet_of(request, round.edition.slug, round.code)
    ballot = queries.ballot_of(round, device.voice, device, sheet.asked)
    card = ballot.card(stale.standing.asked_code)
    return ballot_page(request, sheet, ballot, device, card, status=409, stale=stale)


@require_GET
def answers_page(request: Request, edition: str, code: str) -> HttpResponse:
    """One's own answers, to review, and to change while the round is open."""
    device = device_of(request, edition)
    return answers(request, round_for(device.voice, code), device)


def answers(
    request: Request, round: Round, device: Device, asked: Sequence[Statement] | None = None
) -> HttpResponse:
    ballot = queries.ballot_of(round, device.voice, device, asked)
    cards = sorted(ballot.cards, key=lambda c: (c.statement.position, c.statement.number))
    page = page_of(request, cards)
    context = {
        "round": round,
        "edition": round.edition,
        "ballot": ballot,
        "page": page,
        "faces": [face_of(card) for card in page],
        "turnout": queries.turnout(round),
        "device": device,
        "box": box_of(device.voice.code),
    }
    return render(request, "dialogue/answers.html", context)


@for_everybody()
@require_GET
def round_now(request: Request, edition: str, code: str) -> HttpResponse:
    """Whether the round still takes votes: a small piece that every open ballot asks for."""
    round = round_by_code(edition, code)
    context = {"round": round, "edition": round.edition}
    return living_piece(request, "dialogue/ballot.html#now", context)
