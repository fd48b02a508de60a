"""The check list of an edition, and the questions before invitations leave."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from majlis.front.forms import ReadinessForm
from majlis.front.queries import checks, counts_of
from majlis.kernel.clock import now
from majlis.kernel.errors import NotFound
from majlis.registration.access import colleague, organiser
from majlis.series.actions import answer_readiness, tick_check
from majlis.series.queries import open_questions
from majlis.series.states import Check, Question
from majlis.ui.http import form_page, posted, redirect_after
from majlis.ui.request import Request


def checks_page(request: Request, edition: str) -> HttpResponse:
    """What is to be done when, and what is done."""
    place = colleague(request, edition)
    lines = checks.checks_of(place.edition, counts_of(place.edition), at=now())
    context = {
        "edition": place.edition,
        "place": place,
        "groups": checks.by_moment(lines),
        "n_done": sum(line.is_done for line in lines),
        "n_all": len(lines),
        "n_answered": len(Question) - len(open_questions(place.edition)),
        "n_questions": len(Question),
    }
    return render(request, "front/checks.html", context)


@require_POST
def check_tick(request: Request, edition: str, code: str) -> HttpResponse:
    """Tick a step that the product cannot tell by itself, or take the tick away."""
    place = organiser(request, edition)
    if code not in Check.values:
        raise NotFound
    is_done = request.POST.get("to") == "done"
    tick_check(place.edition, Check(code), is_done=is_done, by=place.person)
    return redirect_after(request, "front:checks", edition=edition)


def questions_page(request: Request, edition: str) -> HttpResponse:
    """The six questions that a dialogue must be able to answer before it invites anybody."""
    place = organiser(request, edition)
    form = ReadinessForm(posted(request), edition=place.edition)
    if form.is_valid():
        answer_readiness(place.edition, form.answers(), by=place.person)
        return redirect_after(request, "front:checks", said=_("Saved."), edition=edition)
    return form_page(request, "front/questions.html", form, edition=place.edition, place=place)
