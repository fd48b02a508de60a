"""What a participant offers, and what became of it."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from majlis.dialogue import access, actions, queries
from majlis.dialogue.forms.contributions import ContributionForm
from majlis.kernel.ratelimit import Limit
from majlis.registration.access import device_of, full_device_of, voice_of
from majlis.ui.http import redirect_after
from majlis.ui.pages import page_of
from majlis.ui.request import Request

OFFERS = Limit("contributions", times=40, seconds=600)


def contribute_page(request: Request, edition: str) -> HttpResponse:
    """The form, and taking what is sent with it."""
    voice = voice_of(request, edition)
    if request.method != "POST":
        key = secrets.token_hex(16)
        form = ContributionForm(edition=voice.edition, initial={"key": key})
        return render(request, "dialogue/contribute.html", {"form": form, "edition": voice.edition})
    form = ContributionForm(request.POST, edition=voice.edition)
    if not form.is_valid():
        page = "dialogue/contribute.html" + ("#form" if request.htmx else "")
        return render(request, page, {"form": form, "edition": voice.edition}, status=422)
    OFFERS.require(voice.code)
    actions.offer_contribution(voice, **form.cleaned_data)
    OFFERS.spend(voice.code)
    messages.success(
        request, _("Thank you. We have received your contribution and a moderator will read it.")
    )
    return redirect_after(request, "dialogue:my-contributions", edition=edition)


def my_contributions_page(request: Request, edition: str) -> HttpResponse:
    """What this voice offered, where each stands, and what was made of it."""
    device = device_of(request, edition)
    offered = queries.own_contributions(device.voice)
    page = page_of(request, offered.none() if device.is_limited else offered)
    outcomes = queries.outcomes_of(page)
    context = {
        "edition": device.voice.edition,
        "device": device,
        "page": page,
        "rows": [(one, outcomes.get(one.pk)) for one in page],
    }
    return render(request, "dialogue/my_contributions.html", context)


@require_POST
def contribution_withdraw(request: Request, edition: str, code: str) -> HttpResponse:
    """Take one's own contribution back while it waits."""
    voice = full_device_of(request, edition).voice
    actions.withdraw_contribution(access.own_contribution(voice, code), by=voice)
    messages.success(request, _("Your contribution has been withdrawn and will not be used."))
    return redirect_after(request, "dialogue:my-contributions", edition=edition)
