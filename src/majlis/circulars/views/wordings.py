"""The standard emails of an edition in its own words."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from majlis.circulars import access
from majlis.circulars.forms import WordingForm
from majlis.circulars.letters import example_of, words_of
from majlis.circulars.views import as_letter, with_letters
from majlis.mail.actions import unword_letter, word_letter
from majlis.mail.queries import wording_of, wordings_of
from majlis.registration.access import organiser
from majlis.registration.words import STANDARD
from majlis.ui.http import form_page, posted, redirect_after
from majlis.ui.languages import facts
from majlis.ui.request import Request


@require_safe
def wordings_page(request: Request, edition: str) -> HttpResponse:
    """Every standard email, with the languages in which the edition words it otherwise."""
    place = organiser(request, edition)
    own = set(wordings_of(place.edition.slug).values_list("template", "language"))
    rows = [
        (one, [(facts(lang), (one.template, lang) in own) for lang in place.edition.languages])
        for one in STANDARD
    ]
    context = {"edition": place.edition, "rows": rows}
    return render(request, "circulars/wordings.html", context)


@with_letters
@require_http_methods(["GET", "POST"])
def wording_page(request: Request, edition: str, letter: str, language: str) -> HttpResponse:
    """One standard email in one language."""
    place = organiser(request, edition)
    standard, lang = access.standard_letter(letter), access.language_of(place, language)
    heading, words = words_of(standard, place.edition, lang)
    begun = {"heading": heading, "words": words}
    form = WordingForm(posted(request), standard=standard, language=lang, initial=begun)
    if form.is_valid():
        word_letter(place.edition, standard.template, lang, by=place, **form.cleaned_data)
        kwargs = {"edition": edition, "letter": letter, "language": language}
        return redirect_after(request, "circulars:wording", said=_("Saved."), **kwargs)
    context = {
        "edition": place.edition,
        "standard": standard,
        "language": facts(lang),
        "languages": [facts(one) for one in place.edition.languages],
        "is_own": wording_of(place.edition.slug, standard.template, lang) is not None,
    }
    return form_page(request, "circulars/wording.html", form, **context)


@require_http_methods(["GET", "POST"])
def wording_preview(request: Request, edition: str, letter: str, language: str) -> HttpResponse:
    """How the email looks: as it is, or as it would be with the words in the form."""
    place = organiser(request, edition)
    standard, lang = access.standard_letter(letter), access.language_of(place, language)
    heading, words = words_of(standard, place.edition, lang)
    form = WordingForm(posted(request), standard=standard, language=lang)
    if form.is_bound:
        if not form.is_valid():
            return form_page(request, "circulars/preview_faults.html", form)
        heading, words = form.cleaned_data["heading"], form.cleaned_data["words"]
    return as_letter(request, example_of(place.edition, lang, heading, words).html)


@require_POST
def wording_remove(request: Request, edition: str, letter: str, language: str) -> HttpResponse:
    """Go back to the words of the software."""
    place = organiser(request, edition)
    standard, lang = access.standard_letter(letter), access.language_of(place, language)
    unword_letter(place.edition, standard.template, lang, by=place)
    kwargs = {"edition": edition, "letter": letter, "language": language}
    said = _("The standard words are back.")
    return redirect_after(request, "circulars:wording", said=said, **kwargs)
