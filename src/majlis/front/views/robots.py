"""What robots and feed readers ask for: what they may read, where all pages are, what is new."""

from __future__ import annotations

from datetime import datetime, time

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from majlis.front.card import drawn
from majlis.front.queries import series_cards
from majlis.kernel.punctuation import joined
from majlis.series import access
from majlis.series.queries import editions_of
from majlis.ui.formats import day_range
from majlis.ui.http import for_everybody
from majlis.ui.languages import LANGUAGES
from majlis.ui.links import whole_address
from majlis.ui.request import Request

OF_AN_EDITION = (
    "front:edition",
    "series:programme",
    "recommendations:public-list",
    "briefs:public-list",
)
OF_A_SERIES = ("front:series", "followup:register")
CLOSED = ("answer", "desk", "endorse", "sign-in")


@require_safe
@for_everybody()
def robots(request: Request) -> HttpResponse:
    """Keep robots out of the workspace, and lead them to the list of pages."""
    lines = ["User-agent: *"]
    lines += [f"Disallow: /{lang}/{part}/" for lang in LANGUAGES for part in CLOSED]
    lines += ["Disallow: /v/", "", f"Sitemap: {whole_address('/sitemap.xml', request)}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@for_everybody()
def sitemap(request: Request) -> HttpResponse:
    """Every public page of every edition, in each language."""
    pages = [_in_all_languages("front:home")]
    for card in series_cards():
        pages += [_in_all_languages(name, series=card.series.slug) for name in OF_A_SERIES]
        for edition in card.editions:
            pages += [_in_all_languages(name, edition=edition.slug) for name in OF_AN_EDITION]
    found = [[(lang, whole_address(path, request)) for lang, path in page] for page in pages]
    return render(request, "front/sitemap.xml", {"pages": found}, content_type="application/xml")


def _in_all_languages(name: str, **kwargs: str) -> list[tuple[str, str]]:
    found = []
    for lang in LANGUAGES:
        with translation.override(lang):
            found.append((lang, reverse(name, kwargs=kwargs)))
    return found


@require_safe
@for_everybody()
def feed(request: Request, series: str) -> HttpResponse:
    """The editions of a series, for feed readers."""
    found = access.public_series(series)
    home = whole_address(reverse("front:series", kwargs={"series": series}), request)
    made = Atom1Feed(
        title=str(found.title),
        link=home,
        description=str(found.about)[:500],
        language=get_language(),
        feed_url=whole_address(request.path, request),
    )
    for edition in editions_of(found):
        begins = datetime.combine(edition.starts_on, time(), edition.zone)
        days = day_range(edition.starts_on, edition.ends_on)
        made.add_item(
            title=str(edition.title),
            link=whole_address(reverse("front:edition", args=[edition.slug]), request),
            description=joined([str(edition.place), days]),
            pubdate=begins,
            updateddate=begins,
        )
    return HttpResponse(made.writeString("utf-8"), content_type=f"{made.content_type}")


@require_safe
@for_everybody()
def card(request: Request, edition: str) -> HttpResponse:  # noqa: ARG001, kept by its address
    """The picture of an edition that other sites show beside a link to it."""
    found = access.public_edition(edition)
    days = day_range(found.starts_on, found.ends_on)
    picture = drawn(
        lang=get_language() or "en",
        series=str(found.series.title),
        title=str(found.title),
        place=joined([str(found.place), days]),
    )
    return HttpResponse(picture, content_type="image/png")
