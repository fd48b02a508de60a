"""Results of a round on the desk: the page, files, and making them again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from majlis.kernel.errors import NotFound, RuleBroken
from majlis.opinion import access, actions, queries
from majlis.opinion.drawings import polis_figure
from majlis.opinion.queries.exporting import results_as_csv, results_as_dict
from majlis.opinion.queries.layout import layout_of, require_exportable
from majlis.opinion.views.page import results_context
from majlis.opinion.wording import manner
from majlis.registration.access import colleague, organiser
from majlis.ui.http import attached, redirect_after
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
        "is_organiser": place.is_(),
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


@require_GET
def answers_page(request: Request, edition: str, code: str) -> HttpResponse:
    """What to know before the answers of a round leave, and the button; or why they cannot."""
    place = organiser(request, edition)
    round = access.shown_round_for(place, code)
    try:
        require_exportable(round)
        refused = ""
    except RuleBroken as error:
        refused = str(error)
    context = {"edition": place.edition, "round": round, "refused": refused}
    return render(request, "opinion/answers.html", context)


@require_POST
def answers_export(request: Request, edition: str, code: str) -> HttpResponse:
    """Note that the answers leave, and lead to the file."""
    place = organiser(request, edition)
    round = access.shown_round_for(place, code)
    actions.export_answers(round, by=place)
    return redirect_after(request, "opinion:answers-file", edition=edition, code=code)


@require_GET
def answers_file(request: Request, edition: str, code: str) -> HttpResponse:
    """The answers in the layout of Polis, for an organiser who has exported them."""
    place = organiser(request, edition)
    round = access.exported_round_for(place, code)
    answer = HttpResponse(layout_of(round), content_type="application/zip")
    return attached(answer, f"polis-{place.edition.slug}-{round.code}.zip")
