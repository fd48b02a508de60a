"""What a participant rates on a phone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from majlis.dialogue import actions as dialogue
from majlis.dialogue.access.phones import VoteSent, box_of
from majlis.dialogue.forms.votes import NUMBER, read_vote
from majlis.dialogue.models import (
    NotThisDevices,
    Question,
    QuestionsClosed,
    StaleVote,
    VoteEvent,
)
from majlis.kernel.codes import new_code
from majlis.kernel.errors import MajlisError, NotFound, RuleBroken
from majlis.kernel.ratelimit import TooMany
from majlis.ratings import queries
from majlis.ratings.access import question_for, rating_by_code, rating_for
from majlis.ratings.document import shown
from majlis.ratings.forms import choices_of
from majlis.ratings.models import Option, Rating
from majlis.ratings.queries import Line, RatingBallot
from majlis.ratings.rules import rule_of
from majlis.ratings.states import MethodKind
from majlis.ratings.wording import asked_label, rule_lines
from majlis.registration.access import device_of, phone_of
from majlis.registration.models import Device
from majlis.series.models import Edition
from majlis.ui.http import for_everybody, living_piece, redirect_after
from majlis.ui.kept import kept
from majlis.ui.once import has_own_key
from majlis.ui.request import Request

REFUSED: dict[type[MajlisError], str] = {
    NotThisDevices: "elsewhere",
    QuestionsClosed: "closed",
    TooMany: "later",
}
"""What outbox.js calls a refusal, as for votes."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question with its buttons."""

    line: Line
    label: str
    choices: Sequence[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Face:
    """One option as it stands on the ballot."""

    option: Option
    asked: Sequence[Asked]


def faces_of(ballot: RatingBallot) -> list[Face]:
    return [
        Face(
            card.option,
            [
                Asked(
                    line,
                    asked_label(line.asked.of),
                    choices_of(ballot.rating, line.asked.low, line.asked.high),
                )
                for line in card.lines
            ],
        )
        for card in ballot.cards
    ]


def ratings_context(request: Request, edition: Edition, device: Device) -> dict[str, Any]:
    """What `ratings/_open.html` and `_closed.html` show: ratings with one's own progress."""
    ratings = kept(request, edition.slug, ("ratings",), lambda: queries.ratings_shown(edition))
    still_open = [one for one in ratings if one.asked.is_open]
    done = queries.progress_in(still_open, device.voice) if still_open else {}
    return {
        "open_ratings": [(one, done.get(one.asked_id, (0, 0))) for one in still_open],
        "closed_ratings": [one for one in ratings if not one.asked.is_open],
    }


@require_GET
def rating_page(request: Request, edition: str, code: str) -> HttpResponse:
    """The ballot while the rating is open; its results once they are shown."""
    device = phone_of(request, edition)
    rating = rating_for(device.voice, code)
    if rating.is_shown:
        context = {"edition": rating.edition, "rating": rating, "shown": shown(rating)}
        return render(request, "ratings/result.html", context)
    return ballot_page(request, rating, device)


def ballot_page(
    request: Request, rating: Rating, device: Device | None, *, status: int = 200, **more: Any
) -> HttpResponse:
    """The ballot of a device's voice; a preview, where nothing is sent, without one."""
    voice = device.voice if device else None
    ballot = queries.ballot_of(rating, voice, device)
    context = {
        "edition": rating.edition,
        "rating": rating,
        "ballot": ballot,
        "faces": faces_of(ballot),
        "rule": rule_lines(rule_of(rating)),
        "is_grades": rating.method == MethodKind.MAJORITY,
        "is_ranking": rating.method == MethodKind.RANKING,
        "key": new_code(20),
        "box": box_of(voice.code) if voice else "",
        "earlier": _earlier(rating),
        "is_preview": device is None,
    }
    return render(request, "ratings/ballot.html", context | more, status=status)


def _earlier(rating: Rating) -> Rating | None:
    """The round of a Delphi before this one, whose results everybody is shown first."""
    before = rating.follows
    return before if before is not None and before.is_shown else None


@has_own_key
@require_POST
def rating_vote(request: Request, edition: str, code: str) -> HttpResponse:
    """Take one answer: a page asks in JSON and is told what counts, a form comes back to it."""
    device = device_of(request, edition)
    rating = rating_for(device.voice, code)
    sent = read_vote(request.POST, NUMBER)
    question = question_for(rating, sent.statement) if sent else None
    if sent is None or question is None or not question.allows(sent.stance):
        return _refused(request, rating, device, "unreadable", "", 422)
    if sent.box not in {"", box_of(device.voice.code)}:
        raise NotFound  # another link was opened on this phone: not this voice's answer
    try:
        event = _cast(sent, question, device)
    except StaleVote as stale:
        return _refused(request, rating, device, "stale", str(stale), 409, stale.standing)
    except (RuleBroken, TooMany) as refused:
        if not _wants_json(request):
            raise
        name = REFUSED.get(type(refused), "unreadable")
        return _refused(request, rating, device, name, str(refused), refused.status)
    if _wants_json(request):
        return JsonResponse(_state(event))
    address = reverse("ratings:rating", kwargs={"edition": edition, "code": code})
    said = _("Your answer has been saved.")
    return redirect_after(request, f"{address}#q-{question.code}", said=said)


def _cast(sent: VoteSent, question: Question, device: Device) -> VoteEvent:
    dialogue.keep_pace(device.voice.code, question.code)
    return dialogue.cast_number(
        question=question, voice=device.voice, device=device, number=sent.stance, seq=sent.seq,
        key=sent.key,
    )  # fmt: skip


def _state(event: VoteEvent) -> dict[str, Any]:
    code = event.question.code if event.question else ""
    return {"statement": code, "stance": event.stance, "seq": event.seq}


def _wants_json(request: Request) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _refused(
    request: Request,
    rating: Rating,
    device: Device,
    name: str,
    said: str,
    status: int,
    standing: VoteEvent | None = None,
) -> HttpResponse:
    if _wants_json(request):
        state = _state(standing) if standing else {}
        return JsonResponse({"refused": name, "said": said, **state}, status=status)
    said = said or _("Your answer was not saved because of a technical problem. Choose again.")
    return ballot_page(request, rating, device, status=status, refused=said)


@for_everybody()
@require_GET
def rating_now(request: Request, edition: str, code: str) -> HttpResponse:
    """Whether the rating still takes answers: a small piece that every open ballot asks for."""
    rating = rating_by_code(edition, code)
    context = {"rating": rating, "edition": rating.edition}
    return living_piece(request, "ratings/ballot.html#now", context)
