"""Writing: a new draft, its sheet, its plan, its other languages, its addressee."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from majlis.dialogue.queries import with_counts
from majlis.kernel.errors import NotFound
from majlis.kernel.texts import TextStatus
from majlis.kernel.words import Language
from majlis.recommendations import access, actions
from majlis.recommendations.forms import (
    AddresseeForm,
    LanguageForm,
    PlanForm,
    RecommendationForm,
)
from majlis.recommendations.models import Addressee
from majlis.recommendations.views.desk import to_page
from majlis.recommendations.views.steps import PLAN, step_page
from majlis.registration.access import Place, colleague
from majlis.ui.http import form_page, posted, redirect_after
from majlis.ui.request import Request


@require_http_methods(["GET", "POST"])
def new_page(request: Request, edition: str) -> HttpResponse:
    """The sheet of a new recommendation, from the statements chosen before."""
    place = colleague(request, edition, *access.WRITERS)
    chosen = request.POST if request.method == "POST" else request.GET
    statements = access.statements_for(place, chosen.getlist("s"))
    form = RecommendationForm(posted(request), edition=place.edition)
    if request.method == "POST" and not statements:
        form.add_error(None, _("Choose at least one statement from participants as its basis."))
    if form.is_valid():
        fields = form.fields_for(_addressee(place, form))
        rec = actions.draft_recommendation(
            place.edition, citing=statements, fields=fields, by=place
        )
        return to_page(request, rec)
    choices = with_counts(statements)
    return form_page(
        request, "recommendations/sheet.html", form, edition=place.edition, choices=choices
    )


@require_http_methods(["GET", "POST"])
def edit_page(request: Request, edition: str, rec_id: str) -> HttpResponse:
    """The sheet of a recommendation whose wording is open."""
    place, rec = access.for_writer(request, edition, rec_id)
    rec.require_editable()
    form = RecommendationForm(posted(request), edition=place.edition, rec=rec)
    if form.is_valid():
        fields = form.fields_for(_addressee(place, form))
        actions.revise_recommendation(rec, fields=fields, by=place)
        return to_page(request, rec)
    return form_page(request, "recommendations/sheet.html", form, edition=place.edition, rec=rec)


def _addressee(place: Place, form: RecommendationForm) -> Addressee | None:
    """The unit named on the sheet, made now; None where one was chosen."""
    new = form.new_addressee
    return actions.name_addressee(place.edition, **new, by=place) if new else None


@require_http_methods(["GET", "POST"])
def plan_page(request: Request, edition: str, rec_id: str) -> HttpResponse:
    """First action, date and indicator, also after the wording was closed."""
    place, rec = access.for_writer(request, edition, rec_id)
    rec.require_plannable()
    form = PlanForm(posted(request), rec=rec)
    if form.is_valid():
        actions.plan_recommendation(rec, fields=form.fields_for(), by=place)
        return to_page(request, rec)
    return step_page(request, PLAN, rec, form)


@require_http_methods(["GET", "POST"])
def translation_page(request: Request, edition: str, rec_id: str, lang: str) -> HttpResponse:
    """All words in one other language, each under the original."""
    place, rec = access.for_writer(request, edition, rec_id)
    if lang not in Language.values or lang == rec.text.original:
        raise NotFound
    rec.require_translatable()
    form = LanguageForm(posted(request), rec=rec, lang=lang)
    if form.is_valid():
        status = TextStatus(form.cleaned_data["status"])
        actions.translate_recommendation(rec, lang=lang, texts=form.texts, status=status, by=place)
        return to_page(request, rec)
    return form_page(
        request, "recommendations/translation.html", form, edition=rec.edition, rec=rec, lang=lang
    )


@require_http_methods(["GET", "POST"])
def addressee_page(request: Request, edition: str, code: str) -> HttpResponse:
    """The names of one unit in three languages."""
    place = colleague(request, edition, *access.WRITERS)
    addressee = access.addressee_for(place, code)
    form = AddresseeForm(posted(request), addressee=addressee)
    if form.is_valid():
        unit, body = form.text_of("unit"), form.text_of("body")
        country = form.cleaned_data["country"]
        actions.revise_addressee(addressee, unit=unit, body=body, country=country, by=place)
        return redirect_after(request, "recommendations:desk-addressees", edition=edition)
    return form_page(
        request, "recommendations/addressee.html", form, edition=place.edition, addressee=addressee
    )
