"""Citing at the desk: statements, contributions, round results, links, documents, relations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from majlis.kernel.analysis import sort_key
from majlis.recommendations import access, actions, queries
from majlis.recommendations.forms import CiteForm, LinkForm, RelationForm, StatementFilter
from majlis.recommendations.models import Recommendation
from majlis.recommendations.states import RelationKind
from majlis.recommendations.views.desk import one, to_page, to_sources
from majlis.registration.access import Place, colleague
from majlis.ui.http import form_page, posted
from majlis.ui.request import Request

T = TypeVar("T")
ROWS_PER_PAGE = 10


@require_GET
def sources_page(request: Request, edition: str, rec_id: str) -> HttpResponse:
    """The sources of a recommendation, and everything of the edition that could be one."""
    place = colleague(request, edition, *access.WRITERS)
    return _sources(request, place, access.recommendation_for(place, rec_id))


def _sources(
    request: Request, place: Place, rec: Recommendation, *, status: int = 200
) -> HttpResponse:
    form = StatementFilter(request.GET, edition=place.edition)
    form.is_valid()
    cited = rec.citations.exclude(statement=None).values_list("statement_id", flat=True)
    wanted = {name: form.cleaned_data.get(name, "") for name in ("q", "theme", "round")}
    contributions_cited = set(rec.citations.values_list("contribution_id", flat=True))
    rounds_cited = set(rec.citations.values_list("round_id", flat=True))
    links_cited = set(rec.citations.values_list("link_id", flat=True))
    context = {
        "edition": place.edition,
        "rec": rec,
        "sources": queries.sources_of(rec),
        "form": form,
        "choices": _paged(
            request, queries.matching_statements(place.edition, cited=cited, **wanted)
        ),
        "contributions": _paged(
            request,
            [
                c
                for c in queries.matching_contributions(place.edition, q=wanted["q"])
                if c.pk not in contributions_cited
            ],
        ),
        "rounds": [r for r in queries.citable_rounds(place.edition) if r.pk not in rounds_cited],
        "links": [
            link
            for link in sorted(place.edition.cited_links.all(), key=lambda one: sort_key(one.title))
            if link.pk not in links_cited
        ],
        "kind": request.GET.get("kind", "statement"),
    }
    return render(request, "recommendations/sources.html", context, status=status)


def _paged(request: Request, rows: Sequence[T]) -> Page[T]:
    """One page of a long list; a wrong page number shows the nearest one."""
    return Paginator(rows, ROWS_PER_PAGE).get_page(request.GET.get("page"))


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
    return form_page(request, "recommendations/link.html", form, edition=place.edition, rec=rec)


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
