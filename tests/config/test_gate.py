"""The gate: what it refuses, in which words, and what it lets through."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.test import Client

from majlis.config.wsgi import application
from tests.conftest import ROOT, as_person
from tests.factories.registration import RoleFactory
from tests.factories.series import EditionFactory

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"
CASES = [
    "/en/e/tunis-2026/recommendations/%00/",
    "/en/e/tunis-2026/recommendations/%00/why/",
    "/en/e/tunis-2026/emblems/%00/",
    "/en/e/tunis-2026/register/confirm/%00/",
    "/en/e/tunis-2026/brief/1/%00",
    "/en/desk/tunis-2026/moderation/?theme=%00",
    "/en/desk/tunis-2026/statements/?state=%00",
    "/en/desk/tunis-2026/recommendations/?theme=%00",
    "/en/desk/tunis-2026/moderation/merge/?c=%00",
]


@pytest.fixture
def ada() -> Client:
    return as_person(RoleFactory(edition=EditionFactory(slug="tunis-2026")).person)


@pytest.mark.parametrize("address", CASES)
def test_nul_in_an_address_is_a_page_that_is_not_there_and_in_a_query_a_wrong_request(ada, address):
    answer = ada.get(address)

    is_query = "?" in address
    assert answer.status_code == (400 if is_query else 404)
    said = "could not process your request" if is_query else "Page not found"
    assert said in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "style-src 'self'" in answer["Content-Security-Policy"]
    assert 'rel="stylesheet"' in answer.content.decode()


def test_cases_are_those_that_failed():
    folder = Path(ROOT).parent / "shared" / "cases" / "files"
    if not folder.is_dir():
        pytest.skip("the cases are not here")
    assert (folder / "F09-nul-urls.txt").read_text().split() == CASES


@pytest.mark.parametrize(
    ("address", "words"), [("/fr/%00/", "Page introuvable"), ("/ar/%00/", "الصفحة")]
)
def test_refusal_speaks_the_language_of_the_address(address, words):
    assert words in Client().get(address).content.decode()


@pytest.mark.parametrize(
    "header",
    [
        pytest.param({"host": "http://["}, id="no host"),
        pytest.param({"cookie": "a=b\x00"}, id="NUL in a cookie"),
        pytest.param({"referer": "/\x1b[2J"}, id="control characters"),
        pytest.param({"content-type": "text/plain; charset=hex"}, id="no charset"),
    ],
)
def test_header_that_cannot_be_is_refused_and_logged_as_nobodys_fault(header, caplog):
    answer = Client().get("/en/", headers=header)

    assert answer.status_code == 400
    assert [r.name for r in caplog.records if r.levelname in {"WARNING", "ERROR"}] == []


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        pytest.param("multipart/form-data", b"a=b", id="no boundary"),
        pytest.param("application/x-www-form-urlencoded; charset=utf-16", b"a=b", id="UTF-16"),
        pytest.param(FORM, b"a%00=b", id="NUL in a name"),
        pytest.param(FORM, b"a&" * 1500, id="many fields"),
        pytest.param(FORM, b"a" * 300 + b"=b", id="a long name"),
    ],
)
def test_form_that_cannot_be_read_is_refused_in_words(content_type, body):
    answer = Client().post("/en/sign-in/", body, content_type=content_type)

    assert answer.status_code == 400
    assert "could not process your request" in answer.content.decode()


@pytest.mark.parametrize(
    "address",
    ["/en/?q=100%", "/en/?q=%zz", "/en/?q=%E9t%E9", "/en/?lang=fr&lang=%2F", "/en/?utm_source=a+b"],
)
def test_odd_but_harmless_addresses_are_let_through(address):
    assert Client().get(address).status_code == 200


def of_server(content_type: str) -> str:
    """The status of a request as the server makes it of what came over the line."""
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "GET", "PATH_INFO": "/healthz", "SERVER_NAME": "testserver",
        "SERVER_PORT": "80", "CONTENT_TYPE": content_type, "wsgi.input": io.BytesIO(),
        "wsgi.url_scheme": "http",
    }  # fmt: skip
    said: list[str] = []

    def start(status: str, _headers: object, _fault: object = None) -> Any:
        said.append(status)

    application(environ, start)
    return said[0]


def test_content_type_that_cannot_be_read_stops_no_request_before_it_begins(monkeypatch):
    for signal in ("request_started", "request_finished"):
        monkeypatch.setattr(f"django.core.signals.{signal}.receivers", [])

    assert of_server("text/plain; charset*=nonsense'en'%ff") == "400 Bad Request"


def test_nul_in_what_somebody_typed_is_left_out():
    answer = Client().post("/en/sign-in/", b"email=no%00body%ED%A0%80", content_type=FORM)

    assert answer.status_code == 422
    assert 'value="nobody' in answer.content.decode()


def test_files_that_are_sent_reach_no_disk(monkeypatch):
    def written(*_args: object, **_more: object) -> None:
        raise AssertionError("a file of a stranger was written")

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", written)
    monkeypatch.setattr(TemporaryUploadedFile, "__init__", written)
    sent = {"file": SimpleUploadedFile("a.bin", b"a" * 6_000_000), "email": "nobody"}

    assert Client().post("/en/sign-in/", sent).status_code == 422
