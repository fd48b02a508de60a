"""The tables that an edition is made of: their rows, one of them, and its place in the order."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from majlis.planning import access, queries
from majlis.planning.forms.parts import PartForm, UsualForm
from majlis.planning.parts import PARTS, Part
from majlis.planning.views.programme import (
    first_people,
    give_parts,
    people_are_clear,
    session_context,
)
from majlis.registration.access import organiser
from majlis.series.actions import (
    move_part,
    remove_part,
    retire_part,
    save_part,
    set_usual_questions,
)
from majlis.series.actions.parts import StaleEdit
from majlis.series.models import Session
from majlis.series.models.programme import Placing
from majlis.ui.http import form_page, posted, redirect_after
from majlis.ui.request import Request

SESSIONS = PARTS["programme"]


def _to_list(request: Request, part: Part, edition: str, *, said: str) -> HttpResponse:
    which = {"part": part.code} if part.list_page == "planning:part" else {}
    return redirect_after(request, part.list_page, said=said, edition=edition, **which)


def _to_another(request: Request, part: Part, edition: str, saved: Any) -> HttpResponse:
    """On to an empty form; a session begins where the one before it ends."""
    address = reverse("planning:new-row", args=[edition, part.code])
    if isinstance(saved, Session):
        begun = {"on_date": f"{saved.on_date}", "starts": f"{saved.ends:%H:%M}", "room": saved.room}
        address = f"{address}?{urlencode(begun)}"
    return redirect_after(request, address, said=_("Saved."))


def _moved(request: Request, edition: str, session: Session, was: str) -> HttpResponse:
    """Back to the list, which offers to put the session where it was."""
    query = urlencode({"was": f"{session.code}:{was}"})
    address = f"{reverse('planning:programme', args=[edition])}?{query}"
    return redirect_after(request, address, said=_("Saved."))


def part_page(request: Request, edition: str, part: str) -> HttpResponse:
    """Every row of one table, with how it stands in each language."""
    place = organiser(request, edition)
    table = access.part_of(part)
    rows = queries.rows_of(table, place.edition)
    context = {
        "edition": place.edition,
        "place": place,
        "part": table,
        "rows": [row for row in rows if not row.is_retired],
        "retired": [row for row in rows if row.is_retired],
    }
    if table.code == "form":
        context["usual"] = UsualForm(initial=queries.usual_of(place.edition))
    return render(request, "planning/part.html", context)


@require_POST
def usual_set(request: Request, edition: str) -> HttpResponse:
    """Switch the usual questions of the registration form off, on, or to required."""
    place = organiser(request, edition)
    form = UsualForm(request.POST)
    if form.is_valid():
        set_usual_questions(place.edition, form.cleaned_data, by=place.person)
        return redirect_after(
            request, "planning:part", said=_("Saved."), edition=edition, part="form"
        )
    return redirect_after(request, "planning:part", edition=edition, part="form")


def row_page(request: Request, edition: str, part: str, code: str = "") -> HttpResponse:
    """A row in all its languages, or a new one."""
    place = organiser(request, edition)
    table = access.part_of(part)
    row = access.row_of(table, place.edition, code) if code else None
    form = PartForm(
        posted(request), request.FILES or None, part=table, edition=place.edition, row=row,
        begun=request.GET.dict(),
    )  # fmt: skip
    lines = first_people(request, place.edition) if code == "" and table is SESSIONS else []
    if all([people_are_clear(form, lines), form.is_valid()]):
        try:
            was = Placing.of(row).mark if isinstance(row, Session) else ""
            saved = save_part(
                table.binding, place.edition, row, form.values(),
                prefix=table.prefix, was=form.cleaned_data["was"], by=place.person,
            )  # fmt: skip
            give_parts(saved, lines, by=place.person)
            if was and was != Placing.of(saved).mark:
                return _moved(request, edition, saved, was)
            if "another" in request.POST:
                return _to_another(request, table, edition, saved)
            return _to_list(request, table, edition, said=_("Saved."))
        except StaleEdit as stale:
            form.overtaken(stale)
    context = {"edition": place.edition, "place": place, "part": table, "row": row}
    context["lines"] = lines
    if row is not None:
        context["title"] = getattr(row, table.title)
        context["uses"] = queries.uses_of(row)
        context["emblem_is_broken"] = queries.emblem_is_broken(row)
    if isinstance(row, Session):
        context |= session_context(row)
    return form_page(request, "planning/row.html", form, **context)


@require_POST
def row_move(request: Request, edition: str, part: str, code: str) -> HttpResponse:
    """Let a row change places with the one before or after it."""
    place = organiser(request, edition)
    table = access.part_of(part)
    row = access.row_of(table, place.edition, code)
    move_part(table.binding, row, up=request.POST.get("to") == "up", by=place.person)
    address = reverse("planning:part", args=[edition, part])
    return redirect_after(request, f"{address}#{code}")  # the keyboard goes on from this row


@require_POST
def row_remove(request: Request, edition: str, part: str, code: str) -> HttpResponse:
    """Take a row away for good; one that something names is refused."""
    place = organiser(request, edition)
    table = access.part_of(part)
    remove_part(table.binding, access.row_of(table, place.edition, code), by=place.person)
    return _to_list(request, table, edition, said=_("Deleted."))


@require_POST
def row_retire(request: Request, edition: str, part: str, code: str) -> HttpResponse:
    """Offer a row no longer, or again."""
    place = organiser(request, edition)
    table = access.part_of(part)
    row = access.row_of(table, place.edition, code)
    is_retired = request.POST.get("to") == "retire"
    retire_part(table.binding, row, is_retired=is_retired, by=place.person)
    said = (
        _("Retired: it is no longer offered, and stays wherever it is named.")
        if is_retired
        else _("It is offered again.")
    )
    return redirect_after(request, "planning:part", said=said, edition=edition, part=part)
