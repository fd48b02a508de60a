"""What every page's shell needs to know: the edition, its menu, its footer."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from majlis.config.desk import of_desk
from majlis.config.head import of_page
from majlis.config.menu import SITE
from majlis.kernel.clock import now
from majlis.kernel.texts import TextStatus
from majlis.people.models import Person
from majlis.series.models import Edition
from majlis.series.queries import funder_block
from majlis.series.states import Moment
from majlis.ui.formats import day_range
from majlis.ui.http import changes_at
from majlis.ui.kept import kept


def shell(request: HttpRequest) -> dict[str, Any]:
    """Names, menus and footer of the page's shell; nothing of it for machine answers."""
    facts: dict[str, Any] = {"site_name": "Majlis", "home_url": f"/{get_language() or 'en'}/"}
    is_signed_in = isinstance(getattr(request, "user", None), Person)
    if is_signed_in:
        facts["account"] = {"url": reverse("front:desk-home"), "text": _("Workspace")}
    edition = getattr(request, "shell_edition", None)
    facts["head"] = of_page(request, edition)
    if edition is None:
        workspace = {"url": reverse("front:desk-home"), "text": _("Sign in (organising team)")}
        return facts | {"footer_links": [facts.get("account", workspace)]}
    at = now()
    moment = edition.moment(at)
    changes_at(request, edition.changes_at(at))
    facts |= kept(request, edition.slug, ("shell", moment), partial(_of_edition, edition, moment))
    facts["site_menu"] = [
        entry | {"current": request.path == entry["url"]} for entry in facts["site_menu"]
    ]
    if is_signed_in:
        sign_out = {"url": reverse("people:sign-in"), "text": _("Sign out")}
        facts["footer_links"] = [*facts["footer_links"], sign_out]
    if "/desk/" in request.path:
        facts |= of_desk(request, edition, at=at)
    return facts


def _home(edition: Edition) -> str:
    return "front:edition" if edition.is_public else "front:desk"


def _of_edition(edition: Edition, moment: Moment) -> dict[str, Any]:
    """What the shell says to everybody on pages of an edition."""
    facts: dict[str, Any] = {
        "is_draft": _is_draft(edition),
        "home_url": reverse(_home(edition), kwargs={"edition": edition.slug}),
        "edition_name": edition.title,
        "edition_place": edition.place,
        "edition_days": day_range(edition.starts_on, edition.ends_on),
        "is_rehearsal": edition.is_rehearsal,
        "site_menu": _site_menu(edition, moment),
        "footer_links": _footer_links(edition),
    }
    block = funder_block(edition)
    if block.statement:
        facts |= {
            "funding": block.statement.body,
            "funding_is_confirmed": block.statement.is_confirmed,
        }
    if block.disclaimer:
        facts["disclaimer"] = block.disclaimer.body
    if edition.is_public:
        facts["funder_emblems"] = [
            {"url": reverse("series:emblem", args=[edition.slug, one.code]), "name": one.name}
            for one in block.emblems
        ]
    return facts


def _site_menu(edition: Edition, moment: Moment) -> list[dict[str, Any]]:
    if not edition.is_public:
        return []
    own = reverse("registration:join", kwargs={"edition": edition.slug})
    entries: list[dict[str, Any]] = [{"url": f"{own}?to=mine", "text": _("My page")}]
    for entry in SITE:
        if entry.shown is None or entry.shown(edition, moment):
            url = reverse(entry.url_name, kwargs={"edition": edition.slug})
            entries.append({"url": url, "text": str(entry.name)})
    return entries


def _footer_links(edition: Edition) -> list[dict[str, Any]]:
    pages = {
        "privacy": _("Privacy"),
        "contact": _("Contact"),
        "legal": _("Legal notice"),
        "images": _("Image rights"),
    }
    if not edition.is_public:
        return []
    links = [
        {
            "url": reverse("series:text", kwargs={"edition": edition.slug, "page": page}),
            "text": text,
        }
        for page, text in pages.items()
    ]
    own = reverse("registration:my-data", kwargs={"edition": edition.slug})
    return [
        *links,
        {"url": own, "text": _("My data")},
        {"url": reverse("front:desk-home"), "text": _("Workspace")},
    ]


def _is_draft(edition: Edition) -> bool:
    """Whether the edition's own texts are drafts in the language of the page."""
    shown = edition.title.shown(get_language() or "en")
    return bool(shown.is_fallback or shown.status == TextStatus.DRAFT)
