"""Answers to questions that the whole team reads, and nothing else of the people."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from majlis.registration import access, queries
from majlis.registration.models import Registration
from majlis.registration.queries.listing import answer_columns, with_answers
from majlis.registration.queries.readers import answering, read_by_team
from majlis.ui.listing import ListForm
from majlis.ui.pages import page_of
from majlis.ui.request import Request
from majlis.ui.tables import Column, table_file

NAME: Column[Registration] = Column("name", _("Name"), lambda one: one.full_name)
SHOWN = 4  # columns that the page shows where none was chosen


@require_safe
def answers_page(request: Request, edition: str) -> HttpResponse:
    """Who answered what, of the questions that name the whole team as readers."""
    place = access.colleague(request, edition)
    questions = read_by_team(place)
    every = [NAME, *answer_columns(questions)]
    form = ListForm(request.GET, orders={"": _("by name")}, columns=every, fixed=["name"])
    form.is_valid()  # a column that is none shows nothing
    keys = answering(place, questions, words=form.chosen("words"))
    if kind := request.GET.get("file"):
        rows = with_answers(queries.in_this_order(keys))
        return table_file(kind, form.of_file(), rows, name=f"answers-{edition}")
    page = page_of(request, keys)
    context = {
        "edition": place.edition,
        "form": form,
        "page": page,
        "rows": with_answers(queries.in_this_order(page)),
        "columns": form.shown or every[1 : SHOWN + 1],
        "is_asked": bool(questions),
    }
    return render(request, "registration/desk_answers.html", context)
