"""The desk's list of registrations, and what is done with many at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from majlis.kernel.disclosure import Audience
from majlis.mail.queries import are_kept
from majlis.people.states import Constituency, Family
from majlis.people.territories import countries_by_name
from majlis.registration import access, actions, queries
from majlis.registration.access import Place
from majlis.registration.forms import WalkInForm
from majlis.registration.forms.listing import FilterForm
from majlis.registration.models import Admission, Registration
from majlis.registration.queries import listing
from majlis.registration.queries.places import standings
from majlis.registration.queries.readers import read_by_team
from majlis.registration.states import RegistrationState, RoleKind
from majlis.ui.formats import number
from majlis.ui.http import back_to_list, form_page, posted, redirect_after
from majlis.ui.links import whole_address
from majlis.ui.pages import page_of
from majlis.ui.request import Request
from majlis.ui.tables import table_file

ON_SHEETS = 24  # cards of three sheets: each code takes milliseconds to draw


@require_safe
def registrations_page(request: Request, edition: str) -> HttpResponse:
    """Everybody who registered, narrowed and ordered as the organiser looks for; also as a file."""
    place = access.organiser(request, edition)
    every = listing.columns_of(place.edition)
    form, found = _found(request, place, every)
    if kind := request.GET.get("file"):
        columns = form.of_file(hidden=listing.sensitive_columns(place.edition))
        rows = listing.with_answers(_rows(found))
        return table_file(kind, columns, rows, name=f"registrations-{edition}")
    page = page_of(request, found)
    counts = queries.counts_by_state(place.edition)
    rows = listing.with_answers(_rows(page.object_list))
    context = {
        "edition": place.edition,
        "form": form,
        "page": page,
        "rows": rows,
        "columns": form.shown,
        "counts": counts,
        "standings": standings(place.edition),
        "disowned": queries.disowned(place.edition),
        "tabs": _tabs(counts, form.cleaned_data.get("state", "")),
        "n_all": sum(counts[state] for state in RegistrationState.values),
        "n_waiting_here": sum(
            row.state == RegistrationState.WAITING and not row.listed_at for row in rows
        ),
    }
    return render(request, "registration/desk_registrations.html", context)


def row(request: Request, place: Place, code: str) -> HttpResponse:
    """One row of the list anew, with the columns of the list that it stands in."""
    query = QueryDict(request.POST.get("list"))
    request.GET = query  # the row leads back to the list as it was
    chosen = query.getlist("columns")
    context = {
        "edition": place.edition,
        "columns": [one for one in listing.columns_of(place.edition) if one.name in chosen],
        "registration": listing.with_answers([access.registration_for(place, code)])[0],
    }
    return render(request, "registration/desk_registrations.html#row", context)


def _found(request: Request, place: Place, every: Sequence[Any] = ()) -> tuple[FilterForm, Any]:
    countries = queries.countries_of(place.edition)
    form = FilterForm(request.GET, countries=countries, columns=every)
    form.is_valid()  # a word that is no choice narrows nothing
    found = queries.registrations(place.edition, **_narrowed(form))
    return form, listing.in_order(found, form.cleaned_data.get("sort", ""))


def _rows(found: Any) -> list[Registration]:
    """Registrations, of which an order by words gives the keys alone."""
    rows = list(found)
    return queries.in_this_order(rows) if rows and isinstance(rows[0], int) else rows


def _narrowed(form: FilterForm) -> dict[str, str]:
    names = ("state", "constituency", "country", "words")
    return {name: form.cleaned_data.get(name, "") for name in names}


def _tabs(counts: dict[str, int], current: str) -> list[dict[str, object]]:
    kinds: list[tuple[str, object]] = [("", _("Everyone"))]
    kinds += [(state.value, state.label) for state in RegistrationState]
    kinds.insert(3, ("listed", _("on the waiting list")))
    kinds.insert(5, ("arrived", _("checked in")))
    n_all = sum(counts[state] for state in RegistrationState.values)
    return [
        {"value": kind, "text": text, "n": counts.get(kind, n_all), "current": kind == current}
        for kind, text in kinds
        if not kind or counts[kind] or kind == current
    ]


@require_POST
def approve_many(request: Request, edition: str) -> HttpResponse:
    """Confirm every ticked registration that waits."""
    place = access.organiser(request, edition)
    codes = request.POST.getlist("codes")
    n = actions.approve_many(place.edition, codes=codes, by=place) if codes else 0
    if 0 < n < len(codes) or (codes and not n):
        said = _("Who is still waiting is on the waiting list, because the places are taken.")
        messages.warning(request, said)
    if n:
        said = ngettext(
            "%(shown)s registration approved. An email has been sent.",
            "%(shown)s registrations approved. Emails have been sent.",
            n,
        )
        if are_kept():
            said = ngettext(
                "%(shown)s registration approved. The email is kept here: there is no mail server.",
                "%(shown)s registrations approved. The emails are kept here: there is no mail "
                "server.",
                n,
            )
        messages.success(request, said % {"shown": number(n)})
    elif not codes:
        messages.warning(
            request,
            _(
                "Nothing was changed. Select at least one registration that is waiting for "
                "approval."
            ),
        )
    return back_to_list(request, "registration:desk-registrations", edition=edition)


@require_http_methods(["GET", "POST"])
def add_page(request: Request, edition: str) -> HttpResponse:
    """Add somebody at the desk, confirmed at once."""
    place = access.organiser(request, edition)
    form = WalkInForm(posted(request), initial={"language": get_language()})
    if form.is_valid():
        asked = {name: form.cleaned_data[name] for name in ("language", "has_arrived")}
        registration = actions.add_at_desk(place.edition, answers=form.answers, **asked, by=place)
        said = _("Registered and confirmed. Give them their card.")
        to = "registration:desk-registration"
        return redirect_after(request, to, edition, registration.code, said=said)
    context = {"edition": place.edition, "organisations": queries.organisation_names(place.edition)}
    return form_page(request, "registration/desk_form.html", form, **context)


@require_safe
def cards_page(request: Request, edition: str) -> HttpResponse:
    """Sheets of unused cards to print and cut: those ticked, those found, or all confirmed."""
    place = access.organiser(request, edition)
    form, _ordered = _found(request, place)
    found = queries.registrations(place.edition, **_narrowed(form))
    codes = request.GET.getlist("codes")
    unused, used = queries.cards_by_name(found.filter(code__in=codes) if codes else found)
    page = page_of(request, unused, most=ON_SHEETS)
    used_page = page_of(request, used, name="used")
    context = {
        "edition": place.edition,
        "page": page,
        "cards": [card_of(one, card, request) for one, card in queries.with_cards(page)],
        "used_page": used_page,
        "used": queries.with_cards(used_page),
        "form": form,
        "phones_cannot_reach": not settings.PHONES_CAN_REACH,
    }
    return render(request, "registration/desk_cards.html", context)


def card_of(registration: Registration, card: Admission, request: Request) -> dict[str, object]:
    """An unused card: the name for handing out, the link as QR, its code for typing."""
    token = access.admission_token(card)
    return {
        "name": registration.full_name,
        "language": registration.person.language,
        "number": card.code,
        "link": whole_address(f"/v/{token}/", request),
        "code": _in_fours(token),
        "paper_code": _in_fours(registration.voice.paper_code),
    }


def _n_arrived(place: Place) -> int | None:
    """How many were checked in, for those who may read the list of names: a number that rises
    while somebody walks in tells who it is."""
    return queries.arrived(place.edition).count() if place.is_(RoleKind.ORGANISER) else None


def _in_fours(code: str) -> str:
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


@require_http_methods(["GET", "POST"])
def admit_again_page(request: Request, edition: str) -> HttpResponse:
    """Let every used card work once more, after a question."""
    place = access.colleague(request, edition, RoleKind.FACILITATOR)
    if request.method == "POST":
        n = actions.admit_again(place.edition, by=place)
        said = ngettext(
            "%(shown)s used card or link works once more.",
            "%(shown)s used cards and links work once more.",
            n,
        )
        said = said % {"shown": number(n)}
        return redirect_after(request, "registration:desk-census", said=said, edition=edition)
    context = {"edition": place.edition}
    return render(request, "registration/desk_admit_again.html", context)


@require_safe
def census_page(request: Request, edition: str) -> HttpResponse:
    """Who takes part, for every colleague: only groups too large to pick anybody out."""
    place = access.colleague(request, edition)
    census = queries.census(place.edition, Audience.PARTICIPANTS)
    labels: type[Family | Constituency] = Family if census.level == "family" else Constituency
    context = {
        "edition": place.edition,
        "can_admit_again": place.is_(RoleKind.FACILITATOR) and not place.edition.is_sealed,
        "has_answers": bool(read_by_team(place)),
        "census": census,
        "n_arrived": _n_arrived(place),
        "smallest": place.edition.smallest(Audience.PARTICIPANTS),
        "groups": [(kind.label, census.sizes[kind]) for kind in labels if kind in census.sizes],
        "countries": [
            (name, census.countries[code]) for code, name in countries_by_name(census.countries)
        ],
    }
    return render(request, "registration/desk_census.html", context)
