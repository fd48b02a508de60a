"""Lists of people: upload, preview, import, undo."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from majlis.kernel.clock import now
from majlis.registration import access, actions
from majlis.registration.forms.guests import FateForm, MappingForm, UploadForm
from majlis.registration.models import PeopleImport
from majlis.registration.queries.guests import plan, questions_for
from majlis.registration.states import Fate, ImportKind, ImportState
from majlis.ui.http import form_page, living_piece, posted, redirect_after
from majlis.ui.pages import page_of
from majlis.ui.request import Request


@require_http_methods(["GET", "POST"])
def upload_page(request: Request, edition: str) -> HttpResponse:
    """Take a list as a file or a paste; nothing of it is written yet."""
    place = access.organiser(request, edition)
    begun = {"language": get_language(), "kind": request.GET.get("as", ImportKind.GUESTS)}
    form = UploadForm(posted(request), request.FILES or None, initial=begun)
    if form.is_valid() and form.table is not None:
        made = actions.upload_list(
            place.edition,
            kind=form.cleaned_data["kind"],
            name=form.name,
            headings=form.table.headings,
            rows=form.table.rows,
            language=form.cleaned_data["language"],
            by=place,
        )
        return redirect_after(request, "registration:desk-import", edition, made.code)
    return form_page(request, "registration/desk_upload.html", form, edition=place.edition)


@require_http_methods(["GET", "POST"])
def import_page(request: Request, edition: str, code: str) -> HttpResponse:
    """Show what importing would do, row by row; afterwards, what it did."""
    place = access.organiser(request, edition)
    of = access.import_for(place, code)
    if of.state != ImportState.DRAFT:
        return _after(request, of)
    form = MappingForm(posted(request), of=of, questions=questions_for(of))
    if form.is_valid():
        actions.map_list(of, fields=form.chosen, defaults=form.defaults, by=place)
        return redirect_after(request, "registration:desk-import", edition, code)
    planned = plan(of)
    counts = Counter(str(one.fate) for one in planned)
    context = _context(request, of, planned, counts)
    context["n_written"] = counts[Fate.MADE] + counts[Fate.CHANGED]
    return form_page(request, "registration/desk_import.html", form, **context)


def _context(
    request: Request, of: PeopleImport, rows: list[Any], counts: Counter[str]
) -> dict[str, Any]:
    """What preview and outcome show alike: tabs by fate, and a page of rows."""
    asked = FateForm(request.GET)
    fate = asked.cleaned_data["fate"] if asked.is_valid() else ""
    chosen = [one for one in rows if not fate or _fate(one) == fate]
    return {
        "edition": of.edition,
        "of": of,
        "page": page_of(request, chosen),
        "tabs": [
            {"value": "", "text": _("Everyone"), "n": len(rows), "current": not fate},
            *(
                {"value": f.value, "text": f.label, "n": counts[f], "current": f == fate}
                for f in Fate
                if counts[f] or f == fate
            ),
        ],
    }


def _fate(one: Any) -> str:
    return str(one["fate"] if isinstance(one, dict) else one.fate)


def _after(request: Request, of: PeopleImport) -> HttpResponse:
    context = _context(request, of, of.outcome, Counter(one["fate"] for one in of.outcome))
    context["is_under_way"] = of.state in {ImportState.RUNNING, ImportState.UNDOING}
    context["n_back"] = sum(bool(one.get("is_back")) for one in of.outcome)
    context["n_stay"] = sum(bool(one.get("stays")) for one in of.outcome)
    context["can_undo"] = of.can_be_undone(at=now())
    if "piece" in request.GET:
        return living_piece(request, "registration/_import_progress.html", context)
    return render(request, "registration/desk_imported.html", context)


@require_POST
def import_act(request: Request, edition: str, code: str, verb: str) -> HttpResponse:
    """Import the list, undo that, or throw the list away."""
    place = access.organiser(request, edition)
    of = access.import_for(place, code)
    if verb == "discard":
        actions.discard_list(of, by=place)
        said = _("The list was deleted. Nobody was imported.")
        return redirect_after(request, "registration:desk-guests", said=said, edition=edition)
    act = actions.start_import if verb == "start" else actions.undo_import
    act(of, by=place)
    return redirect_after(request, "registration:desk-import", edition, code)
