"""Every address has a declared door, and the ladder of who may and who may not holds."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from majlis.config.asgi import OUTSIDE
from majlis.config.urls import ROOMS
from tests.conftest import as_person, as_voice
from tests.house.doors import WHO, Door

DOORS: dict[str, Door] = {
    name: door
    for room in [*ROOMS, "config"]
    if find_spec(f"tests.{room}") and find_spec(f"tests.{room}.doors")
    for name, door in import_module(f"tests.{room}.doors").DOORS.items()
}


def addresses(resolver: URLResolver, prefix: str = "") -> list[str]:
    """Names of every address below a resolver, as `reverse` takes them."""
    names: list[str] = []
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            names.append(f"{prefix}{entry.name}")
        else:
            inner = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            names += addresses(entry, inner)
    return names


def test_every_address_has_a_door():
    assert sorted({*addresses(get_resolver()), *OUTSIDE}) == sorted(DOORS)


# Pages that say the same to everybody; of all others no browser keeps a copy.
KEPT = {
    "briefs:file",
    "briefs:public-list",
    "front:edition",
    "front:home",
    "front:series",
    "recommendations:public",
    "recommendations:public-list",
    "recommendations:public-matrix",
    "recommendations:why",
    "series:emblem",
    "series:glossary",
    "series:programme",
    "series:text",
}


def client_of(world, who: str) -> Client:
    if who == "stranger":
        return Client()
    if who in {"ben", "omar"}:
        return as_voice(getattr(world, who))
    return as_person(getattr(world, who))


@pytest.mark.parametrize("name", sorted(n for n, d in DOORS.items() if d.door in WHO))
def test_address_lets_in_whom_it_should_and_nobody_else(world, name):
    door = DOORS[name]
    path = reverse(name, kwargs=door.kwargs(world))
    let_in = set()
    for who in sorted(WHO["public"]):
        answer = getattr(client_of(world, who), door.method)(path)
        assert answer.status_code < 500, (who, answer.status_code)
        assert (answer["Cache-Control"] == "no-store") == (name not in KEPT), who
        if answer.status_code not in {403, 404}:
            let_in.add(who)
    assert let_in == set(WHO[door.door])


@pytest.mark.parametrize(
    "name", sorted({n for n, d in DOORS.items() if d.door == "key"} - {*OUTSIDE})
)
def test_page_that_a_link_opens_is_kept_nowhere(world, name):
    answer = Client().get(reverse(name, kwargs=DOORS[name].kwargs(world)))

    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("name", sorted(n for n, d in DOORS.items() if d.method == "post"))
def test_address_that_changes_something_refuses_get(world, name):
    door = DOORS[name]
    answer = client_of(world, "ada").get(reverse(name, kwargs=door.kwargs(world)))
    assert answer.status_code in {404, 405}
