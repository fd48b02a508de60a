"""One recommendation at the desk: where it stands, what it lacks, what comes next."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from majlis.kernel.texts import TextStatus
from majlis.kernel.words import Language
from majlis.people.queries import doer_names
from majlis.recommendations import access, queries
from majlis.recommendations.forms import RelationForm
from majlis.recommendations.models import Recommendation
from majlis.recommendations.queries.requirements import Incomplete
from majlis.recommendations.states import TEXT_MOVES, TextState
from majlis.registration.access import Place, colleague
from majlis.registration.states import RoleKind
from majlis.ui.http import redirect_after
from majlis.ui.request import Request


@require_GET
def recommendation_page(request: Request, edition: str, rec_id: str) -> HttpResponse:
    """One recommendation with its tests, sources, reviews and next steps."""
    place = colleague(request, edition, *access.WRITERS)
    return one(request, place, access.recommendation_for(place, rec_id))


@require_GET
def history_page(request: Request, edition: str, rec_id: str) -> HttpResponse:
    """Who did what, when, from what to what, and why."""
    place, rec = access.for_writer(request, edition, rec_id)
    context = {"edition": place.edition, "rec": rec, "lines": queries.history_of(rec)}
    return render(request, "recommendations/history.html", context)


def one(
    request: Request,
    place: Place,
    rec: Recommendation,
    *,
    refused: Incomplete | None = None,
    relation_form: RelationForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of one recommendation; 409 with the list of what is missing after a refusal."""
    context = overview(place, rec) | {
        "refused": refused,
        "relation_form": relation_form or RelationForm(rec=rec),
    }
    status = 409 if refused else status
    return render(request, "recommendations/desk_one.html", context, status=status)


def to_page(request: Request, rec: Recommendation) -> HttpResponse:
    """On to the page of a recommendation, after something was done."""
    return _to("desk-one", request, rec)


def to_sources(request: Request, rec: Recommendation) -> HttpResponse:
    """On to its sources."""
    return _to("desk-sources", request, rec)


def _to(page: str, request: Request, rec: Recommendation) -> HttpResponse:
    name = f"recommendations:{page}"
    return redirect_after(request, name, edition=rec.edition.slug, rec_id=rec.rec_id)


def overview(place: Place, rec: Recommendation) -> dict[str, Any]:
    """Everything the page of one recommendation shows."""
    tests = queries.wording_checks(rec)
    actions = queries.action_checks(rec)
    moves = TEXT_MOVES[TextState(rec.state)]
    wanted = next_state(rec)
    return {
        "edition": place.edition,
        "place": place,
        "rec": rec,
        "facts": queries.facts_of(rec),
        "wording_tests": tests,
        "n_wording": queries.n_passed(tests),
        "action_tests": actions,
        "n_action": queries.n_passed(actions),
        "sources": queries.sources_of(rec),
        "reviews": _reviews(rec),
        "alike": queries.open_duplicates(rec) if rec.is_editable else [],
        "relations": rec.relations.select_related("other"),
        "behind": rec.text.behind() or rec.title.behind(),
        "wordings": [(lang, _wording(rec, lang)) for lang in Language.values],
        "moves": {str(move) for move in moves},
        "lacks_next": queries.missing_for(rec, wanted) if wanted else [],
        "next_state": wanted,
        "is_organiser": place.is_(RoleKind.ORGANISER),
        "decisions": list(rec.adoptions.all()),
    }


def next_state(rec: Recommendation) -> TextState | None:
    """The state a recommendation would enter next if all goes well."""
    return {
        TextState.DRAFTED: TextState.IN_REVIEW,
        TextState.IN_REVIEW: TextState.FINAL_LIST,
        TextState.FINAL_LIST: TextState.ADOPTED,
        TextState.ADOPTED: TextState.PUBLISHED,
        TextState.ADOPTED_WITH_RESERVATION: TextState.PUBLISHED,
    }.get(TextState(rec.state))


def _wording(rec: Recommendation, lang: str) -> dict[str, Any]:
    there = rec.text.get(lang)
    return {
        "title": rec.title.words(lang),
        "text": rec.text.words(lang),
        "status": TextStatus(there.status).label if there else "",
        "is_original": lang == rec.text.original,
    }


def _reviews(rec: Recommendation) -> list[dict[str, Any]]:
    rows = list(rec.reviews.order_by("-at", "-pk"))
    names = doer_names(row.by for row in rows)
    return [
        {
            "review": row,
            "who": names.get(row.by, ""),
            "is_current": row.wording_revision == rec.wording_revision,
            "is_own": queries.is_reader_the_writer(rec, row.by),
        }
        for row in rows
    ]
