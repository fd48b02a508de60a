"""The form behind a link, and the desk of the evaluation."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from majlis.evaluation import access, actions, queries
from majlis.evaluation.document import COLUMNS, rows_of
from majlis.evaluation.forms import AnswerForm, OpenForm, QuestionForm
from majlis.evaluation.states import Wave
from majlis.kernel.errors import NotFound
from majlis.kernel.ratelimit import Limit
from majlis.registration.access import Place, colleague, organiser
from majlis.series.access import public_edition
from majlis.ui.formats import number
from majlis.ui.http import form_page, posted, redirect_after
from majlis.ui.links import whole_address
from majlis.ui.request import Request
from majlis.ui.tables import table_file

ANSWERS = Limit("evaluation", times=600, seconds=600)  # by one open link


def answer_page(request: Request, edition: str, token: str) -> HttpResponse:
    """The form, and taking what is sent with it."""
    try:
        survey, ticket = access.survey_by_token(edition, token)
    except NotFound:  # a link that was used is one that never was
        over = {"edition": public_edition(edition)}
        return render(request, "evaluation/over.html", over, status=404)
    form = AnswerForm(posted(request), survey=survey)
    context = {"edition": survey.edition, "survey": survey}
    if request.method == "POST" and form.is_valid():
        ANSWERS.require(survey.code)
        actions.take_answer(survey, ticket, **form.cleaned_data, language=get_language() or "en")
        ANSWERS.spend(survey.code)
        return redirect_after(request, "evaluation:thanks", edition=edition)
    if not survey.is_open or (ticket is None and not survey.takes_open_answers):
        return render(request, "evaluation/over.html", context)
    return form_page(request, "evaluation/answer.html", form, **context)


def thanks_page(request: Request, edition: str) -> HttpResponse:
    """What comes after an answer; it knows nothing of it."""
    return render(request, "evaluation/thanks.html", {"edition": public_edition(edition)})


def desk_page(request: Request, edition: str) -> HttpResponse:
    """Both moments, and how this edition compares with others of the series."""
    place = colleague(request, edition)
    reads = queries.comparable(place.edition, place.person)
    context = {
        "edition": place.edition,
        "place": place,
        "surveys": queries.surveys(place.edition),
        "reads": reads,
        "compared": queries.compared(reads),
    }
    return render(request, "evaluation/desk.html", context)


def wave_page(request: Request, edition: str, wave: str) -> HttpResponse:
    """Prepare, open and close one survey; its results once it is closed."""
    place = colleague(request, edition)
    return render(request, "evaluation/wave.html", _wave(request, place, wave))


@require_POST
def question_add(request: Request, edition: str, wave: str) -> HttpResponse:
    """Ask a question of one's own."""
    place = organiser(request, edition)
    survey = access.survey_of(place.edition, wave)
    form = QuestionForm(request.POST, edition=place.edition)
    if form.is_valid():
        actions.add_question(place.edition, Wave(survey.wave), **form.cleaned_data, by=place)
        return _back(request, edition, wave)
    return form_page(
        request, "evaluation/wave.html", form, **_wave(request, place, wave, question_form=form)
    )


@require_POST
def question_remove(request: Request, edition: str, wave: str, code: str) -> HttpResponse:
    """Take a question back."""
    place = organiser(request, edition)
    actions.remove_question(access.question_for(place, wave, code), by=place)
    return _back(request, edition, wave)


@require_POST
def survey_open(request: Request, edition: str, wave: str) -> HttpResponse:
    """Begin to take answers."""
    place = organiser(request, edition)
    survey = access.survey_of(place.edition, wave)
    form = OpenForm(request.POST)
    if form.is_valid():
        actions.open_survey(place.edition, Wave(survey.wave), **form.cleaned_data, by=place)
        messages.success(request, _("The evaluation is open."))
        return _back(request, edition, wave)
    return form_page(
        request, "evaluation/wave.html", form, **_wave(request, place, wave, open_form=form)
    )


@require_POST
def links_send(request: Request, edition: str, wave: str) -> HttpResponse:
    """Send everybody their link."""
    place = organiser(request, edition)
    n = actions.send_links(access.stored_survey_of(place.edition, wave), by=place)
    said = ngettext("%(n)s email is on its way.", "%(n)s emails are on their way.", n)
    messages.success(request, said % {"n": number(n)})
    return _back(request, edition, wave)


@require_POST
def survey_close(request: Request, edition: str, wave: str) -> HttpResponse:
    """Take no more answers and show the results."""
    place = organiser(request, edition)
    actions.close_survey(access.stored_survey_of(place.edition, wave), by=place)
    messages.success(request, _("The evaluation is closed. These are its results."))
    return _back(request, edition, wave)


def results_file(request: Request, edition: str, wave: str, kind: str) -> HttpResponse:
    """The results as CSV or XLSX: what the page shows, and no more."""
    place = colleague(request, edition)
    found = queries.read(access.survey_of(place.edition, wave))
    if not found.is_shown:
        messages.warning(
            request,
            _(
                "The results appear once the evaluation is closed and enough people have "
                "answered. There is no file yet."
            ),
        )
        return _back(request, edition, wave)
    return table_file(kind, COLUMNS, rows_of(found), name=f"evaluation-{edition}-{wave}")


def _back(request: Request, edition: str, wave: str) -> HttpResponse:
    return redirect_after(request, "evaluation:wave", edition=edition, wave=wave)


def _wave(request: Request, place: Place, wave: str, **forms: Any) -> dict[str, Any]:
    survey = access.survey_of(place.edition, wave)
    address = reverse(
        "evaluation:answer", kwargs={"edition": place.edition.slug, "token": survey.key}
    )
    return {
        "edition": place.edition,
        "place": place,
        "survey": survey,
        "n": queries.n_replies(survey),
        "answer_form": AnswerForm(survey=survey),
        "question_form": QuestionForm(edition=place.edition, initial={"kind": "scale"}),
        "open_form": OpenForm(),
        "open_url": whole_address(address, request),
        "reading": queries.read(survey) if survey.closed_at else None,
    } | forms
