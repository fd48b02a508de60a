"""The moderation desk: the queue, one step at a time, the latest steps, paper cards."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from majlis.dialogue import access, actions, queries
from majlis.dialogue.forms.contributions import CardForm
from majlis.dialogue.models import Contribution, Statement
from majlis.dialogue.states import ContributionKind
from majlis.dialogue.views.steps import STEPS
from majlis.kernel.errors import NotFound, RuleBroken
from majlis.kernel.words import Language
from majlis.registration.access import Place, colleague
from majlis.registration.states import RoleKind
from majlis.series.programme import planned_sessions
from majlis.series.sealing import EditionSealed
from majlis.ui.http import back_to_list, redirect_after
from majlis.ui.kept import BYTES_OF_ROWS, kept
from majlis.ui.languages import facts
from majlis.ui.pages import PER_PAGE, page_of
from majlis.ui.request import Request

LATEST = 5
FILTERS = ("session", "theme", "kind", "language")


def moderation_page(request: Request, edition: str) -> HttpResponse:
    """The queue beside the standing statements, with hints of what is alike."""
    place = colleague(request, edition, RoleKind.MODERATOR)
    if request.htmx:  # the page asks from time to time whether more has arrived
        arrived = queries.n_arrived_since(place.edition, request.GET.get("known", ""))
        context = {"edition": place.edition, "n_arrived": arrived}
        return render(request, "dialogue/moderation.html#arrived", context)
    chosen = {name: request.GET.get(name, "") for name in FILTERS}
    search = request.GET.get("q", "").strip()[:100]
    queue = queries.queue_of(place.edition, **chosen, search=search)
    page = page_of(request, queue)
    words = kept(
        request, edition, ("likenesses",), lambda: queries.likenesses_in(place.edition),
        size=lambda both: BYTES_OF_ROWS * (1 + sum(map(len, both)) // 10),
    )  # fmt: skip
    standing = queries.standing_beside(place.edition, theme=chosen["theme"], search=search)
    context = {
        "edition": place.edition,
        "chosen": chosen,
        "search": search,
        "is_narrowed": bool(search or any(chosen.values())),
        "newest": queries.newest_code(place.edition),
        "page": page,
        "rows": queries.with_hints(page.object_list, *words),
        "standing": page_of(request, standing, name="beside"),
        "picked": set(request.GET.getlist("s")) | set(request.GET.getlist("c")),
        "latest": queries.steps_of(place.edition, most=LATEST),
        "sessions": planned_sessions(place.edition),
        "themes": place.edition.themes.all(),
        "kinds": ContributionKind.choices,
        "languages": [(code, facts(code).name) for code in Language.values],
    }
    return render(request, "dialogue/moderation.html", context)


def step_page(request: Request, edition: str, kind: str) -> HttpResponse:
    """One step: its sources beside its form, and doing it."""
    place = colleague(request, edition, RoleKind.MODERATOR)
    step = STEPS.get(kind)
    if step is None:
        raise NotFound
    sources = _chosen(request, place)
    fault = step.fault(sources)
    if fault:
        messages.warning(request, fault)
        return back_to_list(request, "dialogue:moderation", edition=edition)
    is_sent = request.method == "POST"
    form = step.form(request.POST if is_sent else None, edition=place.edition, sources=sources)
    if is_sent and form.is_valid():
        made = step.do(form, place)
        messages.success(request, step.told(made))
        return _onward(request, place, made)
    context = {"edition": place.edition, "step": step, "sources": sources, "form": form}
    return render(request, "dialogue/step.html", context, status=422 if is_sent else 200)


def _chosen(request: Request, place: Place) -> list[actions.StepSource]:
    """What the address names: contributions by `c`, statements by `s`, each once."""
    contributions = access.desk_contributions(place, request.GET.getlist("c"))
    return [*contributions, *access.desk_statements(place, request.GET.getlist("s"))]


def _onward(request: Request, place: Place, made: list[Statement]) -> HttpResponse:
    """Back to the queue, or to the statement when the step began there."""
    if request.GET.getlist("c") or not (made or request.GET.getlist("s")):
        return back_to_list(request, "dialogue:moderation", edition=place.edition.slug)
    code = made[0].code if made else request.GET.getlist("s")[0]
    return redirect_after(request, "dialogue:statement", edition=place.edition.slug, code=code)


def steps_page(request: Request, edition: str) -> HttpResponse:
    """What the desk did, newest first, with the way to undo it."""
    place = colleague(request, edition, RoleKind.MODERATOR)
    n_steps = place.edition.lineage_steps.count()
    page = page_of(request, range(n_steps))
    first = page.start_index() - 1 if n_steps else 0
    context = {
        "edition": place.edition,
        "page": page,
        "steps": queries.steps_of(place.edition, first=first, most=PER_PAGE),
    }
    return render(request, "dialogue/steps.html", context)


@require_POST
def step_undo(request: Request, edition: str, code: str) -> HttpResponse:
    """Undo one step, or say why it cannot be undone any more."""
    place = colleague(request, edition, RoleKind.MODERATOR)
    actions.undo_step(access.desk_step(place, code), by=place)
    messages.success(request, _("The action has been undone. Its sources are as they were before."))
    return back_to_list(request, "dialogue:steps", edition=edition)


def card_page(request: Request, edition: str) -> HttpResponse:
    """Type in what stands on a paper card, one after the other."""
    place = colleague(request, edition, RoleKind.MODERATOR, RoleKind.RAPPORTEUR)
    if place.edition.is_sealed:
        raise EditionSealed
    if request.method != "POST":
        initial = {"key": secrets.token_hex(16), "session": request.GET.get("session", "")}
        form = CardForm(edition=place.edition, initial=initial)
        return render(request, "dialogue/card.html", {"form": form, "edition": place.edition})
    form = CardForm(request.POST, edition=place.edition)
    card = _captured(form, place) if form.is_valid() else None
    if card is None:
        context = {"form": form, "edition": place.edition}
        return render(request, "dialogue/card.html", context, status=422)
    if card.card_number:
        told = _("Card %(number)s sent to moderation. You can add the next one.")
        messages.success(request, told % {"number": card.card_number})
    else:
        messages.success(
            request, _("The paper contribution is waiting for a moderator. Enter the next one.")
        )
    session = f"?session={card.session.code}" if card.session else ""
    return redirect_after(request, request.path + session)


def _captured(form: CardForm, place: Place) -> Contribution | None:
    """The card, taken; a number typed in before is told beside its field, so no word is lost."""
    try:
        return actions.capture_card(place.edition, by=place, **form.cleaned_data)
    except RuleBroken as error:
        form.add_error("card_number", str(error))
        return None
