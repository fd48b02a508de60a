"""Moving a recommendation along. What a move lacks is said field by field, with links."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from majlis.kernel.words import language_now
from majlis.recommendations import access, actions, queries
from majlis.recommendations.forms import (
    DecisionForm,
    FinalListForm,
    PublishForm,
    ReasonForm,
    ReviewForm,
    SupersedeForm,
)
from majlis.recommendations.queries.requirements import Incomplete
from majlis.recommendations.states import TextState
from majlis.recommendations.views.desk import one, to_page
from majlis.recommendations.views.steps import (
    BACK,
    DECISION,
    FINAL_LIST,
    PUBLISH,
    REVIEW,
    SUPERSEDE,
    WITHDRAW,
    step_page,
)
from majlis.registration.access import organiser
from majlis.ui.http import posted
from majlis.ui.request import Request


@require_POST
def submit(request: Request, edition: str, rec_id: str) -> HttpResponse:
    """Hand a draft to its readers."""
    place, rec = access.for_writer(request, edition, rec_id)
    try:
        actions.submit_for_review(rec, by=place)
    except Incomplete as refused:
        return one(request, place, rec, refused=refused)
    return to_page(request, rec)


@require_http_methods(["GET", "POST"])
def review_page(request: Request, edition: str, rec_id: str) -> HttpResponse:
    """One reader's judgement on the wording as it is now."""
    place, rec = access.for_writer(request, edition, rec_id)
    rec.require_in_review()
    form = ReviewForm(posted(request))
    if form.is_valid():
        actions.review(
            rec,
            is_ready=form.cleaned_data["is_ready"] == "yes",
            note=form.cleaned_data["note"],
            by=place,
        )
        return to_page(request, rec)
    is_own = queries.is_reader_the_writer(rec, place.doer)
    return step_page(request, REVIEW, rec, form, is_own=is_own)


@require_http_methods(["GET", "POST"])
def back_page(request: Request, edition: str, rec_id: str) -> HttpResponse:
    """Return a text to its writers, with the reason."""
    place, rec = access.for_writer(request, edition, rec_id)
    rec.require_move(TextState.DRAFTED)
    form = ReasonForm(posted(request))
    if form.is_valid():
        actions.send_back(rec, reason=form.cleaned_data["reason"], by=place)
        return to_page(request, rec)
    return step_page(request, BACK, rec, form)


@require_http_methods(["GET", "POST"])
def final_list_page(request: Request, edition: str, rec_id: str) -> HttpResponse:
    """Close the wording: the organiser's."""
    place, rec = access.for_organiser(request, edition, rec_id)
    rec.require_move(TextState.FINAL_LIST)
    form = FinalListForm(posted(request), initial={"language_note": rec.language_note})
    if form.is_valid():
        try:
            actions.put_on_final_list(rec, by=place, **form.cleaned_data)
        except Incomplete as refused:
            return one(request, place, rec, refused=refused)
        return to_page(request, rec)
    missing = queries.missing_for(rec, TextState.FINAL_LIST)
    return step_page(request, FINAL_LIST, rec, form, missing=missing)


@require_http_methods(["GET", "POST"])
def decision_page(request: Request, edition: str, rec_id: str) -> HttpResponse:
    """Record what was decided: the organiser's."""
    place, rec = access.for_organiser(request, edition, rec_id)
    rec.require_move(TextState.ADOPTED)
    initial = {"outcome": TextState.ADOPTED, "language": language_now()}
    form = DecisionForm(posted(request), rec=rec, initial=initial)
    missing = queries.missing_for(rec, TextState.ADOPTED)
    if form.is_valid():
        try:
            actions.decide(rec, outcome=form.outcome_chosen, facts=form.facts, by=place)
        except Incomplete as refused:
            missing = _into_form(form, refused)
        else:
            return to_page(request, rec)
    return step_page(request, DECISION, rec, form, missing=missing)


def _into_form(form: forms.Form, refused: Incomplete) -> list[Any]:
    """Put what the form can mend beside its fields; the rest is mended elsewhere."""
    for lack in refused.missing:
        if lack.field in form.fields:
            form.add_error(lack.field, str(lack.todo))
    if not form.errors:
        form.add_error(None, str(refused))
    return [lack for lack in refused.missing if lack.field not in form.fields]


@require_http_methods(["GET", "POST"])
def publish_page(request: Request, edition: str, rec_id: str) -> HttpResponse:
    """The last look at what the public will see; then its page opens: the organiser's."""
    place, rec = access.for_organiser(request, edition, rec_id)
    rec.require_move(TextState.PUBLISHED)
    form = PublishForm(posted(request))
    if form.is_valid():
        try:
            actions.publish(rec, attribution_checked=True, by=place)
        except Incomplete as refused:
            return one(request, place, rec, refused=refused)
        return to_page(request, rec)
    return step_page(
        request,
        PUBLISH,
        rec,
        form,
        missing=queries.missing_for(rec, TextState.PUBLISHED),
        notes=queries.why_of(rec),
        drifted=[s for s in queries.sources_of(rec) if s.drift or s.drift.gone],
    )


@require_http_methods(["GET", "POST"])
def withdraw_page(request: Request, edition: str, rec_id: str) -> HttpResponse:
    """Take a recommendation back. A draft is its writers'; later it is the organiser's."""
    place, rec = access.for_writer(request, edition, rec_id)
    if rec.state != TextState.DRAFTED:
        place = organiser(request, edition)
    rec.require_move(TextState.WITHDRAWN)
    form = ReasonForm(posted(request))
    if form.is_valid():
        actions.withdraw(rec, reason=form.cleaned_data["reason"], by=place)
        return to_page(request, rec)
    return step_page(request, WITHDRAW, rec, form)


@require_http_methods(["GET", "POST"])
def supersede_page(request: Request, edition: str, rec_id: str) -> HttpResponse:
    """Let a newer recommendation take the place of this one: the organiser's."""
    place, rec = access.for_organiser(request, edition, rec_id)
    rec.require_move(TextState.SUPERSEDED)
    form = SupersedeForm(posted(request), rec=rec)
    if form.is_valid():
        actions.supersede(rec, by=place, **form.cleaned_data)
        return to_page(request, rec)
    return step_page(request, SUPERSEDE, rec, form)
