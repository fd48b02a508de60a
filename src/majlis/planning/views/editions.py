"""New series and editions, and the settings of those that are there."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from majlis.front.views.public import edition_context
from majlis.kernel.errors import NotFound
from majlis.kernel.words import Language
from majlis.mail.actions import copy_wordings
from majlis.people.models import Person
from majlis.planning import access, queries
from majlis.planning.forms.editions import (
    EditionForm,
    NewEditionForm,
    NewSeriesForm,
    SeriesForm,
)
from majlis.registration.access import organiser
from majlis.registration.actions import give_role, set_quotas
from majlis.registration.queries import colleagues
from majlis.registration.queries.places import places_of
from majlis.registration.states import RoleKind
from majlis.series.access import partner_with_emblem, speaker_with_photo
from majlis.series.actions import (
    change_edition,
    change_series,
    copy_parts,
    make_edition,
    make_series,
    set_edition_state,
)
from majlis.series.actions.editions import SlugTaken
from majlis.series.actions.parts import StaleEdit
from majlis.series.models import Edition
from majlis.series.queries import lacking_of_funder
from majlis.series.states import EditionState
from majlis.series.views import picture_answer
from majlis.ui.http import form_page, posted, redirect_after, refusal_on
from majlis.ui.request import Request


def new_series(request: Request) -> HttpResponse:
    """A new series."""
    person = access.maker(request)
    form = NewSeriesForm(posted(request), initial={"language": get_language() or Language.EN})
    if form.is_valid():
        with refusal_on(form, "slug"):
            make_series(form.values(), by=person)
            said = _("The series is there. Add its first edition.")
            return redirect_after(request, "planning:new-edition", said=said)
    return form_page(request, "planning/new_series.html", form)


def series_edit(request: Request, series: str) -> HttpResponse:
    """What a series is, in its languages."""
    found = access.series_of(request, series)
    person: Person = request.user
    form = SeriesForm(posted(request), series=found)
    if form.is_valid():
        try:
            change_series(found, form.words(), was=form.cleaned_data["was"], by=person)
            said = _("Saved.")
            return redirect_after(request, "front:series", said=said, series=found.slug)
        except StaleEdit as stale:
            form.overtaken(stale)
    return form_page(request, "planning/series.html", form, series=found)


def new_edition(request: Request) -> HttpResponse:
    """A new edition, from nothing or from an earlier one."""
    person = access.maker(request)
    series = access.own_series(person)
    if not series:
        return redirect_after(request, "planning:new-series")
    lang = get_language() or Language.EN
    form = NewEditionForm(
        posted(request), series=series, sources=access.organised_by(person), lang=lang
    )
    if form.is_valid():
        with refusal_on(form, "slug"):
            edition = _made(form, person)
            said = _("The edition is there. Only you and your team see it until you announce it.")
            return redirect_after(request, "planning:plan", said=said, edition=edition.slug)
    return form_page(request, "planning/new_edition.html", form)


@transaction.atomic
def _made(form: NewEditionForm, person: Person) -> Edition:
    edition = make_edition(form.values(), by=person)
    give_role(edition, person=person, kind=RoleKind.ORGANISER, by=person)
    source = form.cleaned_data.get("source")
    if source is not None:
        copy_parts(source, edition, form.tables, by=person)
        if form.has_chosen("quotas"):
            set_quotas(edition, places_of(source), by=person)
        if form.has_chosen("wordings"):
            copy_wordings(source.slug, edition, by=person)
        if form.has_chosen("team"):
            for one in colleagues(source):
                for role in one.roles:
                    give_role(edition, person=one.person, kind=RoleKind(role.kind), by=person)
    return edition


def plan_page(request: Request, edition: str) -> HttpResponse:
    """What the edition is made of, with how much of it is there."""
    place = organiser(request, edition)
    context = {
        "edition": place.edition,
        "place": place,
        "parts": queries.parts_of(place.edition),
        "lacks": [] if place.edition.is_public else lacking_of_funder(place.edition),
    }
    return render(request, "planning/plan.html", context)


def preview_page(request: Request, edition: str) -> HttpResponse:
    """The public page of the edition as everybody will see it."""
    place = organiser(request, edition)
    context = edition_context(place.edition) | {"emblem_url": "planning:emblem"}
    return render(request, "front/edition.html", context)


def emblem(request: Request, edition: str, code: str) -> HttpResponseBase:
    """An emblem of a draft, for its organisers."""
    return picture_answer(partner_with_emblem(organiser(request, edition).edition, code))


def photo(request: Request, edition: str, code: str) -> HttpResponseBase:
    """A photo that may not be public yet, for organisers."""
    return picture_answer(speaker_with_photo(organiser(request, edition).edition, code))


def settings_page(request: Request, edition: str) -> HttpResponse:
    """What the edition is."""
    place = organiser(request, edition)
    form = EditionForm(posted(request), edition=place.edition)
    if form.is_valid():
        try:
            made = change_edition(
                place.edition, form.values(), was=form.cleaned_data["was"], by=place.person
            )
            return redirect_after(request, "planning:plan", said=_("Saved."), edition=made.slug)
        except StaleEdit as stale:
            form.overtaken(stale)
        except SlugTaken as taken:
            form.add_error("slug", str(taken))
    context = {"edition": place.edition, "place": place}
    return form_page(request, "planning/settings.html", form, **context)


@require_POST
def state_set(request: Request, edition: str, state: str) -> HttpResponse:
    """Announce the edition, archive it, or make it a draft again."""
    place = organiser(request, edition)
    if state not in EditionState.values:
        raise NotFound
    set_edition_state(place.edition, EditionState(state), by=place.person)
    said = {
        EditionState.ANNOUNCED: _("The edition is announced: everybody can see it."),
        EditionState.DRAFT: _("The edition is a draft again: only your team sees it."),
        EditionState.ARCHIVED: _("The edition is archived. Its pages stay."),
    }[EditionState(state)]
    return redirect_after(request, "planning:plan", said=said, edition=edition)
