"""Endorsement: the team asks organisations, and a person of theirs confirms by a link."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from majlis.followup import access, actions
from majlis.followup.forms import AskEndorsementForm, EndorseForm
from majlis.followup.states import Support
from majlis.kernel.errors import NotFound
from majlis.registration.access import organiser
from majlis.ui.http import form_page, posted, redirect_after
from majlis.ui.request import Request


@require_http_methods(["GET", "POST"])
def endorsements_page(request: Request, edition: str, rec_id: str) -> HttpResponse:
    """Who was asked to endorse a recommendation, what was confirmed, and asking one more."""
    place = organiser(request, edition)
    rec = access.adopted_for(place, rec_id)
    form = AskEndorsementForm(
        posted(request), initial={"language": place.edition.authoritative_language}
    )
    if form.is_valid():
        actions.ask_endorsement(rec, **form.cleaned_data, by=place)
        said = _("The email is on its way.")
        return redirect_after(
            request, "followup:desk-endorsements", edition=edition, rec_id=rec_id, said=said
        )
    asked = rec.endorsements.filter(ended_at__isnull=True)
    return form_page(
        request, "followup/endorsements.html", form, edition=place.edition, rec=rec, asked=asked
    )


@require_POST
def endorsement_end(request: Request, edition: str, code: str) -> HttpResponse:
    """Take a request back that was not answered."""
    place = organiser(request, edition)
    found = access.endorsement_for(place, code)
    actions.end_endorsement(found, by=place)
    rec_id = found.recommendation.rec_id
    return redirect_after(request, "followup:desk-endorsements", edition=edition, rec_id=rec_id)


@require_http_methods(["GET", "POST"])
def endorse_page(request: Request, token: str) -> HttpResponse:
    """Behind the link of the letter: confirm once; afterwards what was confirmed."""
    try:
        found = access.endorsement_by_token(token)
    except NotFound:
        return render(request, "followup/ended.html", status=404)
    rec = found.recommendation
    context = {"edition": rec.edition, "rec": rec, "endorsement": found, "token": token}
    if found.support and request.method != "POST":
        return render(request, "followup/endorsed.html", context)
    form = EndorseForm(posted(request))
    if form.is_valid():
        data = form.cleaned_data | {"support": Support(form.cleaned_data["support"])}
        actions.endorse(found, **data)
        return redirect_after(request, "followup:endorse", token=token)
    return form_page(request, "followup/endorse.html", form, **context)
