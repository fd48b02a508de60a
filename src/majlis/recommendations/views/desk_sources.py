"""Citing at the desk: statements, contributions, round results, links, documents, relations."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from majlis.kernel.citing import kind_named, kinds
from majlis.recommendations import access, actions, queries
from majlis.recommendations.forms import CiteForm, LinkForm, RelationForm, StatementFilter
from majlis.recommendations.models import Recommendation
from majlis.recommendations.states import RelationKind
from majlis.recommendations.views.desk import one, to_page, to_sources
from majlis.recommendations.views.steps import LINK, step_page
from majlis.registration.access import Place, colleague
from majlis.ui.http import posted
from majlis.ui.pages import page_of
from majlis.ui.request import Request

ROWS_PER_PAGE = 10


@require_GET
def sources_page(request: Request, edition: str, rec_id: str) -> HttpResponse:
    """The sources of a recommendation, and everything of the edition that could be one."""
    place = colleague(request, edition, *access.WRITERS)
    return _sources(request, place, access.recommendation_for(place, rec_id))


def _sources(
    request: Request, place: Place, rec: Recommendation, *, status: int = 200
) -> HttpResponse:
    sources = queries.sources_of(rec)
    kind = kind_named(request.GET.get("kind", "")) or kinds()[0]
    form = StatementFilter(request.GET, edition=place.edition)
    form.is_valid()
    wanted = {name: form.cleaned_data.get(name, "") for name in kind.filters}
    choices = page_of(request, kind.choices(place.edition, wanted), most=ROWS_PER_PAGE)
    choices.object_list = kind.shown(list(choices.object_list))
    context = {
        "edition": place.edition,
        "rec": rec,
        "sources": sources,
        "cited": {one.citation.source.code for one in sources},
        "kinds": kinds(),
        "kind": kind,
        "filters": [form[name] for name in kind.filters],
        "choices": choices,
    }
    return render(request, "recommendations/sources.html", context, status=status)


@require_POST
def source_cite(request: Request, edition: str, rec_id: str) -> HttpResponse:
    """Cite one source, frozen as it stands now."""
    place, rec = access.for_writer(request, edition, rec_id)
    form = CiteForm(request.POST)
    if not form.is_valid():
        return _sources(request, place, rec, status=422)
    source = access.source_for(place, form.cleaned_data["kind"], form.cleaned_data["code"])
    actions.cite(rec, source=source, by=place)
    return to_sources(request, rec)


@require_http_methods(["GET", "POST"])
def link_page(request: Request, edition: str, rec_id: str) -> HttpResponse:
    """Add a link or a document, and cite it."""
    place, rec = access.for_writer(request, edition, rec_id)
    rec.require_editable()
    form = LinkForm(posted(request))
    if form.is_valid():
        link = actions.add_link(place.edition, fields=form.cleaned_data, by=place)
        actions.cite(rec, source=link, by=place)
        return to_sources(request, rec)
    return step_page(request, LINK, rec, form)


@require_POST
def source_again(request: Request, edition: str, rec_id: str, code: str) -> HttpResponse:
    """Freeze a source as it stands now."""
    place, rec = access.for_writer(request, edition, rec_id)
    actions.cite_again(access.citation_for(rec, code), by=place)
    return to_sources(request, rec)


@require_POST
def source_earlier(request: Request, edition: str, rec_id: str, code: str) -> HttpResponse:
    """Move a source one place up."""
    place, rec = access.for_writer(request, edition, rec_id)
    actions.put_earlier(access.citation_for(rec, code), by=place)
    return to_sources(request, rec)


@require_POST
def source_away(request: Request, edition: str, rec_id: str, code: str) -> HttpResponse:
    """Take a source away."""
    place, rec = access.for_writer(request, edition, rec_id)
    actions.take_away(access.citation_for(rec, code), by=place)
    return to_sources(request, rec)


@require_POST
def relation_add(request: Request, edition: str, rec_id: str) -> HttpResponse:
    """Say how this recommendation stands to another one."""
    place, rec = access.for_writer(request, edition, rec_id)
    form = RelationForm(request.POST, rec=rec)
    if not form.is_valid():
        return one(request, place, rec, relation_form=form, status=422)
    actions.relate(
        rec,
        other=form.cleaned_data["other"],
        kind=RelationKind(form.cleaned_data["kind"]),
        by=place,
    )
    return to_page(request, rec)


@require_POST
def relation_away(request: Request, edition: str, rec_id: str) -> HttpResponse:
    """Take a relation back."""
    place, rec = access.for_writer(request, edition, rec_id)
    if not request.POST.get("other"):
        return one(request, place, rec, status=422)
    other = access.related_for(rec, request.POST["other"])
    actions.unrelate(rec, other=other, by=place)
    return to_page(request, rec)
