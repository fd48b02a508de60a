"""The desk of public texts: what each language says, how far to rely on it, and changing it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from majlis.front.forms import TextForm, is_original
from majlis.kernel.errors import NotFound
from majlis.registration.access import organiser
from majlis.series import access, queries
from majlis.series.actions import edit_text
from majlis.ui.http import form_page, posted, redirect_after
from majlis.ui.request import Request


def texts_page(request: Request, edition: str) -> HttpResponse:
    """Every public text with its languages."""
    place = organiser(request, edition)
    context = {
        "edition": place.edition,
        "place": place,
        "texts": queries.texts_by_language(place.edition),
    }
    return render(request, "front/texts.html", context)


def text_edit(request: Request, edition: str, code: str, lang: str) -> HttpResponse:
    """One public text in one language, beside its original."""
    place = organiser(request, edition)
    text = access.text_for(place.edition, code)
    if lang not in place.edition.languages:
        raise NotFound
    form = TextForm(posted(request), text=text, lang=lang)
    if form.is_valid():
        edit_text(text, lang=lang, **form.cleaned_data, by=place.person)
        said = _("Saved. The public page now shows it.")
        return redirect_after(request, "front:texts", said=said, edition=edition)
    context = {
        "edition": place.edition,
        "place": place,
        "text": text,
        "lang": lang,
        "is_original": is_original(text, lang),
        "was": text.body.changed_since(lang),
    }
    return form_page(request, "front/text_edit.html", form, **context)
