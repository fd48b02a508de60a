"""A census: no address answers nonsense with a fault of ours, wherever the nonsense stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import django.test.client
import pytest
from django.test import Client
from django.urls import reverse

from majlis.config.asgi import OUTSIDE
from majlis.config.gate import ReadableRequest
from tests.conftest import IS_LONG, as_person, as_voice
from tests.house.addresses import WHO
from tests.house.test_access import ADDRESSES

SRC = Path(__file__).resolve().parents[2] / "src" / "majlis"
SOURCES = "\n".join(path.read_text(encoding="utf-8") for path in sorted(SRC.rglob("*.py")))
# The names that views and forms read, found where they are written.
IN_QUERIES = sorted({
    *re.findall(r'GET\.get(?:list)?\(\s*"([\w-]+)"', SOURCES),
    *re.findall(r'GET\["([\w-]+)"\]', SOURCES),
    "page", "lang", "next",
})  # fmt: skip
IN_FORMS = sorted({
    *re.findall(r"^    (\w+)(?:: \w+)? = (?:forms\.\w+|\w*[Ff]ield|\w*Personal)\(", SOURCES, re.M),
    *re.findall(r'POST\.get(?:list)?\(\s*"([\w-]+)"', SOURCES),
    "csrfmiddlewaretoken",
})  # fmt: skip

FORM = "application/x-www-form-urlencoded"
OF_EACH_APP = {name.partition(":")[0]: name for name in sorted(ADDRESSES)}.values()
PATHS = [
    b"\x00", b"a\x00b", b"\xed\xa0\x80", b"\xff", b"\xe2\x80\xae", b"\r\nSet-Cookie: a=b", b"-1",
    b"0", b"9" * 30, b"9" * 5000, b"a" * 300, b"a" * 3000, b"'", b"..", b"%00", b"\x7f",
]  # fmt: skip
WORDS = ["\x00", "a\x00b", "\ud800", "\uffff", "9" * 30, "-1", "9" * 5000, "1e999", "[]", "\r\n"]
if not IS_LONG:  # what has ever failed, of each kind one
    PATHS = [b"\x00", b"\xed\xa0\x80", b"\xff", b"9" * 30, b"9" * 5000, b"a" * 3000]
    WORDS = ["a\x00b", "\ud800", "9" * 30, "1e999"]
METHODS = ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "FROB", "HEAD"]
COOKIES = ["sessionid", "csrftoken", "messages", "django_language", "voice-tunis", "a", "voice-"]
HEADERS = {
    "Accept-Language": ["x" * 9000, "\x00", "fr;q=9e999", ",,,;;q="],
    "Accept-Encoding": ["\x00", "gzip;q=x"],
    "Range": ["bytes=9-1", "bytes=" + "9" * 400 + "-", "bytes=a-b", "bytes=-" + "9" * 30],
    "If-None-Match": ["\x00", '"' * 999, 'W/"' + "x" * 5000],
    "If-Modified-Since": ["Thu, 99 Foo 9999999999 99:99:99 GMT", "0"],
    "HX-Request": ["true\x00"],
    "HX-Current-URL": ["http://[", "\x00", "//\xed\xa0\x80"],
    "Referer": ["http://[", "\x00"],
    "Origin": ["http://[", "null", "\x00"],
    "Host": ["", "a b", "http://[", "\x00", "x" * 3000, "testserver:99999999"],
    "Content-Type": [
        "multipart/form-data", "multipart/form-data; boundary=\x00",
        "multipart/form-data; boundary=a",
        "application/x-www-form-urlencoded; charset=utf-16",
        "application/x-www-form-urlencoded; charset=unicode_escape", "text/plain; charset=hex",
        "multipart/form-data; boundary=a; charset=punycode", "text/plain; charset*=nonsense'en'%ff",
        "x" * 20_000,
    ],
    "X-Forwarded-For": ["\x00", "[", "x" * 9000],
}  # fmt: skip
BROKEN = b'--a\r\nContent-Disposition: form-data; name="a\x00"; filename="\xff"\r\n\r\nx\r\n--a'


def client_of(world, who: str) -> Client:
    """The browser of somebody whom the address lets in."""
    inside = WHO.get(who, frozenset({"stranger"}))
    if "ada" in inside and who != "public":
        return as_person(world.ada)
    if "ben" in inside and who != "public":
        return as_voice(world.ben)
    return Client()


def odd_paths(name: str, kwargs: dict[str, object]) -> Iterator[str]:
    """The address with nonsense for each of its arguments, as it goes over the line."""
    path = reverse(name, kwargs=kwargs)
    for value in kwargs.values():
        before, found, after = path.rpartition(quote(str(value)))
        assert found, value
        for nonsense in PATHS:
            yield before + quote(nonsense, safe="") + after


def posted(words: dict[str, str]) -> bytes:
    """A form's content, with what is no text in it too."""
    return urlencode(words, encoding="utf-8", errors="surrogatepass").encode()


@pytest.fixture(autouse=True)
def _request_of_the_server(monkeypatch):
    monkeypatch.setattr(django.test.client, "WSGIRequest", ReadableRequest)


def asked(world, name: str, *, whole: bool) -> Iterator[tuple[str, int]]:
    """Everything that is tried at an address, and the status that came.

    What is the same work for every page, reading cookies and headers, is tried where `whole`.
    """
    address = ADDRESSES[name]
    kwargs, client = address.kwargs(world), client_of(world, address.who)
    client.raise_request_exception = False
    path = reverse(name, kwargs=kwargs)
    for odd in odd_paths(name, kwargs):
        yield f"path {odd[-60:]!r}", client.get(odd).status_code
        if IS_LONG or ADDRESSES[name].method == "post":
            yield f"path {odd[-60:]!r}, posted", client.post(odd).status_code
    for nonsense in WORDS:
        queries = [IN_QUERIES, *([n] for n in IN_QUERIES if IS_LONG)]
        for names in queries:
            query = posted(dict.fromkeys(names, nonsense)).decode()
            yield f"query {names} {nonsense[:9]!r}", client.get(f"{path}?{query}").status_code
        fields = [IN_FORMS, *([n] for n in IN_FORMS if IS_LONG)]
        for names in fields:
            body = posted(dict.fromkeys(names, nonsense))
            yield f"form {names} {nonsense[:9]!r}", client.post(path, body, FORM).status_code
        for cookie in COOKIES if whole else []:
            own = "; ".join(f"{k}={m.value}" for k, m in client.cookies.items() if k != cookie)
            value = nonsense.encode("utf-8", "surrogatepass").decode("latin-1")
            answer = client.get(path, headers={"cookie": f"{own}; {cookie}={value}"})
            yield f"cookie {cookie} {nonsense[:9]!r}", answer.status_code
    for header, values in HEADERS.items() if whole else []:
        for value in values:
            answer = client.get(path, headers={header: value})
            yield f"header {header} {value[:60]!r}", answer.status_code
            answer = client.generic("POST", path, BROKEN, headers={header: value})
            yield f"header {header} {value[:60]!r}, posted", answer.status_code
    for method in METHODS if whole else ():
        yield method, client.generic(method, path, b"a=b").status_code
    many = posted({f"f{n}": "x" for n in range(1500)})
    yield "many fields", client.post(path, many, FORM).status_code
    yield "long query", client.get(f"{path}?a={'x' * 9000}").status_code
    yield "nonsense for a name", client.post(path, b"a%00b=c&%ED%A0%80=d", FORM).status_code


@pytest.mark.parametrize("name", sorted(set(ADDRESSES) - set(OUTSIDE)))
def test_nonsense_is_never_a_fault_of_ours(world, name):
    whole = IS_LONG or name in OF_EACH_APP
    faults = [f"{what}: {s}" for what, s in asked(world, name, whole=whole) if s >= 500]

    assert faults == []
