"""Emails to many people: writing one, looking at it, sending and stopping it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from majlis.circulars import access, actions, queries
from majlis.circulars.forms import CircularForm
from majlis.circulars.letters import letters_for, words_of
from majlis.circulars.queries import Reader
from majlis.circulars.views import as_letter, with_letters
from majlis.kernel.errors import RuleBroken
from majlis.kernel.punctuation import isolated
from majlis.mail.queries import are_kept, counts_of
from majlis.mail.states import MessageState
from majlis.registration.access import Place, organiser
from majlis.registration.queries import countries_of
from majlis.registration.words import FOR_MANY
from majlis.ui.http import form_page, posted, redirect_after
from majlis.ui.languages import facts
from majlis.ui.pages import page_of
from majlis.ui.request import Request


@require_safe
def circulars_page(request: Request, edition: str) -> HttpResponse:
    """Emails to many people, and what the next one may begin with."""
    place = organiser(request, edition)
    page = page_of(request, queries.circulars_of(place.edition))
    context = {"edition": place.edition, "page": page, "beginnings": FOR_MANY}
    return render(request, "circulars/circulars.html", context)


def _form(request: Request, place: Place, initial: dict[str, Any]) -> CircularForm:
    return CircularForm(
        posted(request),
        languages=place.edition.languages,
        places=FOR_MANY[0].places,
        countries=countries_of(place.edition),
        initial=initial,
    )


@require_http_methods(["GET", "POST"])
def new_page(request: Request, edition: str) -> HttpResponse:
    """Write to many people, from nothing or from a standard email."""
    place = organiser(request, edition)
    begun: dict[str, Any] = {}
    standard = next((one for one in FOR_MANY if one.code == request.GET.get("from")), None)
    if standard is not None:
        for lang in place.edition.languages:
            heading, words = words_of(standard, place.edition, lang)
            begun |= {f"heading_{lang}": heading, f"words_{lang}": words}
    form = _form(request, place, begun)
    if form.is_valid():
        template = {"template": standard.template} if standard else {}
        made = actions.write_circular(place.edition, form.values() | template, by=place)
        return redirect_after(request, "circulars:circular", edition, made.code)
    context = {"edition": place.edition, "places": FOR_MANY[0].places}
    return form_page(request, "circulars/form.html", form, **context)


@require_http_methods(["GET", "POST"])
def change_page(request: Request, edition: str, code: str) -> HttpResponse:
    """Change a draft."""
    place = organiser(request, edition)
    circular = access.circular_for(place, code)
    begun: dict[str, Any] = {"states": []} | circular.audience
    begun["is_about_place"] = circular.is_about_place
    for lang in place.edition.languages:
        begun[f"heading_{lang}"] = circular.heading.words(lang)
        begun[f"words_{lang}"] = circular.words.words(lang)
    form = _form(request, place, begun)
    if form.is_valid():
        actions.change_circular(circular, form.values(), by=place)
        return redirect_after(request, "circulars:circular", edition, code)
    context = {"edition": place.edition, "places": FOR_MANY[0].places, "circular": circular}
    return form_page(request, "circulars/form.html", form, **context)


@with_letters
@require_safe
def circular_page(request: Request, edition: str, code: str) -> HttpResponse:
    """A draft with everything to know before it goes; or how far its sending is."""
    place = organiser(request, edition)
    circular = access.circular_for(place, code)
    left = queries.left_of(circular) if circular.is_draft or circular.is_under_way else []
    counts = counts_of(place.edition.slug, batch=code)
    context = {
        "edition": place.edition,
        "circular": circular,
        "n": len(left),
        "some": [isolated(one.name) for one in left[:5]],
        "languages": [
            (facts(one.language), facts(one.shown_in), one)
            for one in queries.by_language(circular, left)
        ],
        "counts": [(state, counts[state]) for state in MessageState if counts[state]],
        "n_written": sum(counts.values()),
        "can_stop": circular.is_under_way or counts["waiting"] or counts["kept"],
        "are_kept": are_kept(),
        "own_address": place.person.email,
    }
    return render(request, "circulars/circular.html", context)


@require_safe
def circular_preview(request: Request, edition: str, code: str, language: str) -> HttpResponse:
    """The email as its first reader of a language gets it, or the organiser where there is none."""
    place = organiser(request, edition)
    circular, lang = access.circular_for(place, code), access.language_of(place, language)
    reader = Reader(place.person.email or "", place.person.name, lang, "x")
    [one] = letters_for(circular, [reader])
    return as_letter(request, one.letter.html)


@require_POST
def circular_try(request: Request, edition: str, code: str, language: str) -> HttpResponse:
    """Send the email to oneself."""
    place = organiser(request, edition)
    circular, lang = access.circular_for(place, code), access.language_of(place, language)
    actions.try_circular(circular, to=place.person, language=lang, by=place)
    said = (
        _("There is no mail server, so the test stays among the emails here.")
        if are_kept()
        else _("The test is on its way to you.")
    )
    return redirect_after(request, "circulars:circular", edition, code, said=said)


@require_POST
def circular_begin(request: Request, edition: str, code: str) -> HttpResponse:
    """Send it to as many people as the page said."""
    place = organiser(request, edition)
    n = request.POST.get("n", "")
    if not n.isascii() or not n.isdigit():
        raise RuleBroken(_("The number of recipients is missing. Nothing was sent."))
    actions.begin_circular(access.circular_for(place, code), n=int(n[:9]), by=place)
    said = (
        _("The emails are being written. Without a mail server they stay here.")
        if are_kept()
        else _("The emails are being sent.")
    )
    return redirect_after(request, "circulars:circular", edition, code, said=said)


@require_POST
def circular_stop(request: Request, edition: str, code: str) -> HttpResponse:
    """Send no more of it."""
    place = organiser(request, edition)
    actions.stop_circular(access.circular_for(place, code), by=place)
    said = _("Stopped. Nobody else receives it.")
    return redirect_after(request, "circulars:circular", edition, code, said=said)


@require_POST
def circular_remove(request: Request, edition: str, code: str) -> HttpResponse:
    """Delete a draft."""
    place = organiser(request, edition)
    actions.remove_circular(access.circular_for(place, code), by=place)
    return redirect_after(request, "circulars:circulars", said=_("Deleted."), edition=edition)
