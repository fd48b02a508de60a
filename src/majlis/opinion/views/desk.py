"""Results of a round on the desk: the page, files, and making them again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from majlis.kernel.errors import NotFound
from majlis.opinion import access, actions, queries
from majlis.opinion.drawings import polis_figure
from majlis.opinion.queries.exporting import results_as_csv, results_as_dict
from majlis.opinion.views.page import results_context
from majlis.opinion.wording import manner
from majlis.registration.access import colleague
from majlis.ui.files import attached
from majlis.ui.http import redirect_after
from majlis.ui.request import Request


@require_GET
def results_page(request: Request, edition: str, code: str) -> HttpResponse:
    """What participants see, and for the desk the map by the recipe of Polis."""
    place = colleague(request, edition)
    round = access.shown_round_for(place, code)
    found = queries.map_of(round)
    context = results_context(request, round)
    reading = context["reading"]
    context |= {
        "manners": [manner(said) for said in queries.manners_in(reading.result)] if reading else [],
        "kept": queries.kept_results(round),
        "polis": found,
        "polis_drawing": polis_figure(found, get_language() or "en") if found else None,
    }
    return render(request, "opinion/results.html", context)


@require_POST
def results_make_again(request: Request, edition: str, code: str) -> HttpResponse:
    """Make a kept result again from the votes, and say whether the bytes agree."""
    place = colleague(request, edition)
    round = access.shown_round_for(place, code)
    result = access.result_for(round, request.POST.get("result", ""))
    again = actions.make_again(result, by=place)
    facts = {"digest": again.digest[:12], "version": again.version, "kept": result.digest[:12]}
    if again.agrees:
        messages.success(
            request,
            _("Recalculated from the votes: the result is identical (fingerprint %(digest)s).")
            % facts,
        )
    else:
        messages.error(
            request,
            _(
                "Calculated again from the votes with opinionspace %(version)s: the result "
                "differs. The stored fingerprint is %(kept)s, the new one is %(digest)s. The "
                "stored result is unchanged."
            )
            % facts,
        )
    return redirect_after(request, "opinion:results", edition=edition, code=code)


@require_GET
def results_file(request: Request, edition: str, code: str, kind: str) -> HttpResponse:
    """The results as a file, cut to what the public may see."""
    place = colleague(request, edition)
    round = access.shown_round_for(place, code)
    if kind == "csv":
        answer = HttpResponse(results_as_csv(round), content_type="text/csv; charset=utf-8")
    elif kind == "json":
        answer = JsonResponse(
            results_as_dict(round), json_dumps_params={"ensure_ascii": False, "indent": 1}
        )
    else:
        raise NotFound
    return attached(answer, f"results-{place.edition.slug}-{round.code}.{kind}")
