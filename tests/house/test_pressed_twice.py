"""Every form of every page, sent twice as it is: the second time nothing happens."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.urls import resolve, reverse

from majlis.kernel.models import Press
from majlis.kernel.ratelimit import COUNTERS
from majlis.mail.models import Message
from majlis.people.actions import ask_sign_in
from majlis.registration.states import RegistrationState
from tests.factories.registration import RegistrationFactory
from tests.house.addresses import WHO
from tests.house.forms import WORDS, Form, Forms
from tests.house.test_access import ADDRESSES, client_of

MODELS = [m for m in apps.get_models() if m.__module__.startswith("majlis.") and m is not Press]


def everything() -> dict[str, list[Any]]:
    return {m._meta.label: list(m._default_manager.order_by("pk").values_list()) for m in MODELS}


def pages(world) -> list[tuple[str, str]]:
    """Addresses of pages, each with one of those it lets in; the links of letters too."""
    found = [
        (who, reverse(name, kwargs=address.kwargs(world)))
        for name, address in sorted(ADDRESSES.items())
        for who in [one for one in ("ben", "ada") if one in WHO.get(address.who, ())][:1]
        if address.method == "get"
    ]
    return [*found, *(("stranger", path) for path in links(world))]


def links(world) -> list[str]:
    ask_sign_in(world.dina.email, language="en")
    return re.findall(r"http://[^/\s]+(/en/\S+)", "\n".join(m.text for m in Message.objects.all()))


@pytest.mark.early
@pytest.mark.django_db
def test_form_sent_twice_changes_the_database_once(world):
    world.dina.email = WORDS["email"]
    world.dina.save()
    world.edition.registration_open = True
    world.edition.save()
    RegistrationFactory(edition=world.edition, state=RegistrationState.WAITING)
    seen, acted, faults = set(), set(), []
    for who, path in pages(world):
        client = client_of(world, who)
        answer = client.get(path)
        is_page = answer.status_code == 200 and "html" in answer["Content-Type"]
        for form in Forms(answer.content.decode(), path).found if is_page else ():
            name = resolve(form.action.partition("?")[0]).view_name
            if (name, who, *form.fields) in seen:
                continue
            seen.add((name, who, *form.fields))
            with transaction.atomic():
                has_acted, fault = pressed_twice(client, form)
                transaction.set_rollback(True)
            COUNTERS.clear()
            acted |= {name} if has_acted else set()
            faults += [f"{name} as {who}: {fault}"] if fault else []

    assert faults == []
    assert len(acted) > 35, sorted(acted)


def pressed_twice(client: Client, form: Form) -> tuple[bool, str]:
    """Whether the first press changed anything, and what is wrong with the second."""
    before = everything()
    first = client.post(form.action, form.fields)
    then = everything()
    second = client.post(form.action, form.fields)
    was, is_now = ((one.status_code, one.headers.get("Location")) for one in (first, second))
    if everything() != then:
        return True, "acts twice"
    if was[0] >= 500 or (before != then and was != is_now):
        return before != then, f"answers {was}, then {is_now}"
    return before != then, ""
