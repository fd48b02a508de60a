"""What the shell of the desk says: its menu with counts, the hour, what is on the screen."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

from majlis.config.help import HELP
from majlis.config.menu import MENU, TABS, Entry
from majlis.front.queries import DeskCounts, counts_of
from majlis.kernel.errors import NotFound
from majlis.registration.access import Place, anybody_of
from majlis.registration.states import TEAM, RoleKind
from majlis.series.models import Edition
from majlis.series.programme import now_and_next
from majlis.stage.access import stage_of


def of_desk(request: HttpRequest, edition: Edition, *, at: datetime) -> dict[str, Any]:
    """Menu, tabs and head of the desk for the colleague who asks; nothing for anybody else."""
    try:
        place = anybody_of(request, edition.slug)
    except NotFound:
        return {}
    counts = counts_of(edition)
    opening = [
        (
            section.name,
            [_entry(one, edition, counts) for one in section.entries if _opens(one, place)],
        )
        for section in MENU
    ]
    menu = [{"name": name, "entries": entries} for name, entries in opening if entries]
    shown = [entry for _name, entries in opening for entry in entries]
    _mark_current(shown, request.path, home=reverse("front:desk", args=[edition.slug]))
    tabs = [entry for entry in shown if entry["tab"]][:TABS]
    elsewhere = not any(entry["current"] for entry in tabs)
    search = reverse("front:search", kwargs={"edition": edition.slug})
    public = reverse("front:edition", kwargs={"edition": edition.slug})
    return {
        "desk_help": _help_for(request),
        "role_doors": _doors_by_role,
        "search_url": search if place.is_(*TEAM) else "",
        "public_url": public if edition.is_public else "",
        "desk_menu": menu,
        "desk_tabs": tabs,
        "desk_is_elsewhere": elsewhere,
        "desk_waits_elsewhere": sum(e["work"] for e in shown if e not in tabs),
        "desk_doors": {entry["url"] for entry in shown},
        "desk_now": now_and_next(edition, at=at).now[:1],
        "desk_at": at.astimezone(edition.zone),
        "desk_stage": stage_of(edition),
    }


def _help_for(request: HttpRequest) -> str | Promise:
    """What the help beside this page says; nothing where it has none."""
    match = request.resolver_match
    return HELP.get(match.view_name, "") if match else ""


def _doors_by_role() -> list[tuple[RoleKind, list[str]]]:
    """The sections of the desk that each role opens, for those who invite."""
    entries = [entry for section in MENU for entry in section.entries]
    return [
        (kind, [str(entry.name) for entry in entries if kind in entry.roles])
        for kind in RoleKind
        if kind != RoleKind.ORGANISER
    ]


def _opens(entry: Entry, place: Place) -> bool:
    """Whether the page behind an entry lets this colleague in."""
    is_closed = entry.is_closed_by_sealing and place.edition.is_sealed
    return not is_closed and place.is_(*entry.roles)


def _entry(entry: Entry, edition: Edition, counts: DeskCounts) -> dict[str, Any]:
    return {
        "url": reverse(entry.url_name, kwargs={"edition": edition.slug}),
        "text": entry.name,
        "icon": entry.icon,
        "tab": entry.tab,
        "work": entry.work(counts) if entry.work else 0,
        "fact": entry.fact(counts) if entry.fact else 0,
        "is_live": entry.url_name == "dialogue:desk-rounds" and counts.open_rounds > 0,
        "current": False,
    }


def _mark_current(entries: list[dict[str, Any]], path: str, *, home: str) -> None:
    """Mark the entry whose section the page belongs to: the longest address around it."""
    around = [
        entry
        for entry in entries
        if path.startswith(entry["url"]) and (entry["url"] != home or path == home)
    ]
    if around:
        max(around, key=lambda entry: len(entry["url"]))["current"] = True
