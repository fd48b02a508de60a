"""Every address says who may come in, and keeps everybody else out."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from majlis.config.asgi import OUTSIDE
from majlis.config.urls import APPS
from tests.conftest import as_person, as_voice
from tests.house.addresses import WHO, Address

ADDRESSES: dict[str, Address] = {
    name: address
    for app in [*APPS, "config"]
    if find_spec(f"tests.{app}") and find_spec(f"tests.{app}.addresses")
    for name, address in import_module(f"tests.{app}.addresses").ADDRESSES.items()
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


def test_every_address_says_who_may_come_in():
    assert sorted({*addresses(get_resolver()), *OUTSIDE}) == sorted(ADDRESSES)


# Pages that say the same to everybody; of all others no browser keeps a copy.
KEPT = {
    "briefs:file",
    "briefs:programme-html",
    "briefs:programme-pdf",
    "briefs:public-list",
    "dialogue:round-now",
    "followup:calendar",
    "followup:earlier",
    "followup:feed",
    "followup:register",
    "followup:register-file",
    "followup:timeline",
    "front:card",
    "front:edition",
    "front:feed",
    "front:home",
    "front:series",
    "front_root:robots",
    "front_root:sitemap",
    "ratings:now",
    "ratings:result",
    "recommendations:public",
    "recommendations:public-list",
    "recommendations:public-matrix",
    "recommendations:why",
    "series:calendar",
    "series:emblem",
    "series:glossary",
    "series:photo",
    "series:programme",
    "series:programme-news",
    "series:schedule-json",
    "series:schedule-xml",
    "series:session-calendar",
    "series:speaker",
    "series:speakers",
    "series:text",
}


def client_of(world, who: str) -> Client:
    if who == "stranger":
        return Client()
    if who in {"ben", "omar"}:
        return as_voice(getattr(world, who))
    return as_person(getattr(world, who))


@pytest.mark.parametrize("name", sorted(n for n, a in ADDRESSES.items() if a.who in WHO))
def test_address_lets_in_whom_it_should_and_nobody_else(world, name):
    address = ADDRESSES[name]
    path = reverse(name, kwargs=address.kwargs(world))
    let_in = set()
    for who in sorted(WHO["public"]):
        answer = getattr(client_of(world, who), address.method)(path)
        assert answer.status_code < 500, (who, answer.status_code)
        assert (answer["Cache-Control"] == "no-store") == (name not in KEPT), who
        if answer.status_code not in {403, 404}:
            let_in.add(who)
    assert let_in == set(WHO[address.who])


@pytest.mark.parametrize(
    "name", sorted({n for n, a in ADDRESSES.items() if a.who == "key"} - {*OUTSIDE})
)
def test_page_that_a_link_opens_is_kept_nowhere(world, name):
    answer = Client().get(reverse(name, kwargs=ADDRESSES[name].kwargs(world)))

    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("name", sorted(n for n, a in ADDRESSES.items() if a.method == "post"))
def test_address_that_changes_something_refuses_get(world, name):
    address = ADDRESSES[name]
    answer = client_of(world, "ada").get(reverse(name, kwargs=address.kwargs(world)))
    assert answer.status_code in {404, 405}


@pytest.mark.parametrize("name", sorted(KEPT - {"briefs:file", "series:emblem", "series:photo"}))
def test_page_for_everybody_is_the_same_bytes_for_everybody(world, name):
    path = reverse(name, kwargs=ADDRESSES[name].kwargs(world))
    clients = [client_of(world, who) for who in sorted(WHO["public"])]
    answers = [
        client.get(f"{path}?utm_source=letter", HTTP_HX_REQUEST="true") for client in clients
    ]
    answers.append(Client().get(path))

    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert [
        answer for answer in answers if answer.cookies or "Cookie" in answer.get("Vary", "")
    ] == []
