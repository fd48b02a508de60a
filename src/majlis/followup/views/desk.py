"""The team's pages: what waits, one pair, letters, links, the monitoring matrix."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from majlis.followup import access, actions, queries
from majlis.followup.forms import AskAgainForm, SendForm
from majlis.followup.states import Progress
from majlis.followup.views.steps import (
    Around,
    answer_step,
    plan_step,
    progress_step,
    proof_answer,
    step,
)
from majlis.recommendations.models import Pair
from majlis.registration.access import Place, colleague, organiser
from majlis.registration.states import RoleKind
from majlis.ui.http import form_page, posted, redirect_after
from majlis.ui.pages import page_of
from majlis.ui.request import Request
from majlis.ui.tables import table_file

BASE = "ui/desk.html"


@require_GET
def list_page(request: Request, edition: str) -> HttpResponse:
    """Every pair as it stands today, by what waits."""
    place = colleague(request, edition)
    rows = queries.standing_of(place.edition)
    tab = request.GET.get("state", "")
    context = {
        "edition": place.edition,
        "tabs": queries.counted_tabs(rows, tab),
        "page": page_of(request, queries.desk_rows(rows, tab)),
        "has_any": bool(rows),
        "is_organiser": place.is_(RoleKind.ORGANISER),
    }
    return render(request, "followup/desk.html", context)


@require_GET
def matrix_file(request: Request, edition: str, kind: str) -> HttpResponse:
    """The monitoring matrix: one row for each pair."""
    place = colleague(request, edition)
    rows = queries.standing_of(place.edition)
    return table_file(kind, queries.DESK_COLUMNS, rows, name=f"follow-up-{edition}")


@require_GET
def pair_page(request: Request, edition: str, code: str) -> HttpResponse:
    """One recommendation as one addressee has it: states, plan, history, what can be done."""
    place, pair = access.pair_for(request, edition, code)
    one = queries.standing(pair, queries.today_in(place.edition))
    context = {
        "edition": place.edition,
        "one": one,
        "link": queries.links_of(place.edition).get(pair.addressee_id),
        "planned": pair.planned.all(),
        "entries": pair.entries.all(),
        "may_verify": one.follow.declared_by != place.doer,
        "is_organiser": place.is_(RoleKind.ORGANISER),
    }
    return render(request, "followup/desk_pair.html", context)


def _around(request: Request, place: Place, pair: Pair) -> Around:
    to = reverse("followup:desk-pair", kwargs={"edition": place.edition.slug, "code": pair.code})
    return Around(BASE, to, place, lambda: redirect_after(request, to, said=_("Saved.")))


@require_http_methods(["GET", "POST"])
def answer_page(request: Request, edition: str, code: str) -> HttpResponse:
    """An answer that came by letter, typed in with its scan."""
    place, pair = access.pair_for_organiser(request, edition, code)
    return answer_step(request, pair, _around(request, place, pair), is_letter=True)


@require_http_methods(["GET", "POST"])
def plan_page(request: Request, edition: str, code: str) -> HttpResponse:
    """An action planned on behalf of an addressee."""
    place, pair = access.pair_for_organiser(request, edition, code)
    return plan_step(request, pair, _around(request, place, pair))


@require_http_methods(["GET", "POST"])
def progress_page(request: Request, edition: str, code: str) -> HttpResponse:
    """Progress as the team knows it, verification and closing."""
    place, pair = access.pair_for_organiser(request, edition, code)
    return progress_step(request, pair, _around(request, place, pair), only=tuple(Progress))


@require_http_methods(["GET", "POST"])
def ask_again_page(request: Request, edition: str, code: str) -> HttpResponse:
    """Ask once more after a refusal."""
    place, pair = access.pair_for_organiser(request, edition, code)
    around = _around(request, place, pair)
    form = AskAgainForm(posted(request))
    if form.is_valid():
        actions.ask_again(pair, **form.cleaned_data, by=place)
        return around.done()
    return step(request, form, pair, around, _("Ask again for a response"), _("Ask again"))


@require_POST
def action_finish(request: Request, edition: str, code: str, action: str) -> HttpResponse:
    """Note that a planned action was done."""
    place, pair = access.pair_for_organiser(request, edition, code)
    found = access.action_for(pair, action)
    actions.finish_action(found, on=queries.today_in(place.edition), by=place)
    return _around(request, place, pair).done()


@require_POST
def action_drop(request: Request, edition: str, code: str, action: str) -> HttpResponse:
    """Take a planned action back."""
    place, pair = access.pair_for_organiser(request, edition, code)
    actions.drop_action(access.action_for(pair, action), by=place)
    return _around(request, place, pair).done()


@require_GET
def proof_file(request: Request, edition: str, code: str, entry: str) -> HttpResponse:
    """A proof or a scan, as a file to keep."""
    _place, pair = access.pair_for(request, edition, code)
    found = access.proof_in(pair, entry)
    return proof_answer(found)


@require_GET
def addressees_page(request: Request, edition: str) -> HttpResponse:
    """Units with adopted recommendations, and who answers for them."""
    place = organiser(request, edition)
    links = queries.links_of(place.edition)
    rows = [(one, links.get(one.pk)) for one in queries.sendable(place.edition)]
    context = {"edition": place.edition, "page": page_of(request, rows)}
    return render(request, "followup/addressees.html", context)


@require_http_methods(["GET", "POST"])
def send_page(request: Request, edition: str, code: str) -> HttpResponse:
    """Write an addressee a letter with its recommendations, and a link to answer them."""
    place = organiser(request, edition)
    unit = access.addressee_for(place, code)
    form = SendForm(
        posted(request),
        today=queries.today_in(place.edition),
        initial={"language": place.edition.authoritative_language},
    )
    if form.is_valid():
        actions.send(unit, **form.cleaned_data, by=place)
        said = _("The email is on its way.")
        return redirect_after(request, "followup:desk-addressees", edition=edition, said=said)
    items = queries.pairs_of(place.edition).filter(addressee=unit)
    return form_page(
        request, "followup/send.html", form, edition=place.edition, unit=unit, items=items
    )


@require_POST
def link_again(request: Request, edition: str, code: str) -> HttpResponse:
    """Send a new link to the same person."""
    place = organiser(request, edition)
    actions.send_again(access.link_for(place, code), by=place)
    said = _("The email is on its way.")
    return redirect_after(request, "followup:desk-addressees", edition=edition, said=said)


@require_POST
def link_end(request: Request, edition: str, code: str) -> HttpResponse:
    """Let nobody in by a link any more."""
    place = organiser(request, edition)
    actions.end_link(access.link_for(place, code), by=place)
    said = _("The link has been ended.")
    return redirect_after(request, "followup:desk-addressees", edition=edition, said=said)
