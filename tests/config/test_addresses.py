"""The server's own pages."""

import pytest
from django.db import DatabaseError
from django.urls import reverse

from majlis.config import views

pytestmark = pytest.mark.django_db


def test_healthz_is_well_without_a_tick_of_this_process(client):
    answer = client.get("/healthz")

    assert answer.status_code == 200
    assert answer.json() == {"database": "ok", "tick": "not in this process"}


def test_healthz_says_when_the_tick_is_late(client, monkeypatch):
    monkeypatch.setattr(views.tick, "seconds_of_silence", lambda: 61.0)

    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()["tick"]) == (503, "late")


def test_healthz_says_when_the_database_does_not_answer(client, monkeypatch):
    def fail() -> None:
        raise DatabaseError

    monkeypatch.setattr(views.connection, "cursor", fail)

    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()["database"]) == (503, "does not answer")


def test_reach_page_shows_a_code_only_where_phones_can_come(client, settings):
    settings.PUBLIC_URL = "http://192.168.1.7:8000"
    settings.PHONES_CAN_REACH = True
    reachable = client.get(reverse("config:reach")).content.decode()
    settings.PHONES_CAN_REACH = False
    alone = client.get(reverse("config:reach")).content.decode()

    assert "http://192.168.1.7:8000/en/reach/" in reachable
    assert "make run HOST=0.0.0.0" not in reachable
    assert "http://192.168.1.7:8000/en/reach/" not in alone
    assert "make run HOST=0.0.0.0" in alone
