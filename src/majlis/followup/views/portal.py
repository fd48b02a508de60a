"""Behind a personal link, without an account: read, answer, plan, report, hand over."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from majlis.followup import access, actions, queries
from majlis.followup.forms import PersonForm
from majlis.followup.models import FocalLink
from majlis.followup.states import BY_ADDRESSEE
from majlis.followup.views.steps import (
    Around,
    answer_step,
    plan_step,
    progress_step,
    proof_answer,
)
from majlis.kernel.errors import NotFound
from majlis.recommendations.models import Pair
from majlis.ui.http import form_page, posted, redirect_after
from majlis.ui.request import Request

BASE = "ui/page.html"


@require_http_methods(["GET", "POST"])
def portal_page(request: Request, token: str) -> HttpResponse:
    """What the letter's link leads to: a button, since programs that read mail open links too."""
    try:
        link = access.link_by_token(token)
    except NotFound:
        return render(request, "followup/ended.html", status=404)
    if request.method == "POST":
        actions.link_opened(link)
        return redirect_after(request, "followup:items", token=token)
    context = {"edition": link.addressee.edition, "link": link, "token": token}
    return render(request, "followup/portal.html", context)


@require_GET
def items_page(request: Request, token: str) -> HttpResponse:
    """The recommendations of the addressee, and what is due."""
    link = access.link_by_token(token)
    context = {
        "edition": link.addressee.edition,
        "link": link,
        "token": token,
        "items": queries.portal_items(link),
    }
    return render(request, "followup/items.html", context)


@require_GET
def item_page(request: Request, token: str, code: str) -> HttpResponse:
    """One recommendation: what is asked, what was answered, what is planned."""
    link, pair = _item(token, code)
    edition = link.addressee.edition
    context = {
        "edition": edition,
        "link": link,
        "token": token,
        "one": queries.standing(pair, queries.today_in(edition)),
        "planned": pair.planned.all(),
        "entries": pair.entries.all(),
    }
    return render(request, "followup/item.html", context)


def _item(token: str, code: str) -> tuple[FocalLink, Pair]:
    link = access.link_by_token(token)
    return link, access.item_of(link, code)


def _around(request: Request, link: FocalLink, token: str, pair: Pair) -> Around:
    to = reverse("followup:item", kwargs={"token": token, "code": pair.code})
    return Around(BASE, to, link, lambda: redirect_after(request, to, said=_("Saved.")))


@require_http_methods(["GET", "POST"])
def answer_page(request: Request, token: str, code: str) -> HttpResponse:
    """Accept, accept in part, reject, or name who is competent."""
    link, pair = _item(token, code)
    return answer_step(request, pair, _around(request, link, token, pair))


@require_http_methods(["GET", "POST"])
def plan_page(request: Request, token: str, code: str) -> HttpResponse:
    """Plan an action with its owner and its date."""
    link, pair = _item(token, code)
    return plan_step(request, pair, _around(request, link, token, pair))


@require_http_methods(["GET", "POST"])
def progress_page(request: Request, token: str, code: str) -> HttpResponse:
    """Report progress, or declare that it is implemented, with proof."""
    link, pair = _item(token, code)
    return progress_step(request, pair, _around(request, link, token, pair), only=BY_ADDRESSEE)


@require_POST
def action_finish(request: Request, token: str, code: str, action: str) -> HttpResponse:
    """Note that a planned action was done."""
    link, pair = _item(token, code)
    today = queries.today_in(link.addressee.edition)
    actions.finish_action(access.action_for(pair, action), on=today, by=link)
    return _around(request, link, token, pair).done()


@require_GET
def proof_file(_request: Request, token: str, code: str, entry: str) -> HttpResponse:
    """A proof or a scan of this addressee, as a file to keep."""
    _link, pair = _item(token, code)
    found = access.proof_in(pair, entry)
    return proof_answer(found)


@require_http_methods(["GET", "POST"])
def hand_over_page(request: Request, token: str) -> HttpResponse:
    """Hand the link to a successor."""
    link = access.link_by_token(token)
    form = PersonForm(posted(request), initial={"language": link.language})
    if form.is_valid():
        actions.hand_over(link, **form.cleaned_data, by=link)
        return render(request, "followup/handed.html", {"edition": link.addressee.edition})
    return form_page(
        request,
        "followup/hand_over.html",
        form,
        edition=link.addressee.edition,
        link=link,
        token=token,
    )
