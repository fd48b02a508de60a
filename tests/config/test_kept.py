"""Pages kept ready: what is given to whom, and until when."""

from __future__ import annotations

import asyncio
import gzip
import json

import pytest

from majlis.config.kept import KeptPages
from majlis.kernel import shelf
from majlis.kernel.shelf import Shelf
from majlis.ui.http import KEPT


class Changing:
    """Numbers that a test raises."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] | None = {"tunis": 1, "": 1}

    def of(self, edition: str) -> int | None:
        return self.numbers[edition] if self.numbers is not None else None

    def close(self) -> None:
        pass


class App:
    """Answers with how often it was asked; keeps the questions."""

    def __init__(self, **said: object) -> None:
        self.said = {"edition": "tunis", "until": None, "query": []} | said
        self.asked: list[dict[str, object]] = []
        self.status, self.is_kept = 200, True
        self.pause = 0.0

    async def __call__(self, scope, receive, send):
        self.asked.append(scope)
        n = len(self.asked)
        await asyncio.sleep(self.pause)
        headers = [(b"content-type", b"text/html"), (b"content-encoding", b"identity")]
        if self.is_kept and scope["method"] == "GET":  # as `for_everybody` says it
            headers.append((KEPT.lower().encode(), json.dumps(self.said).encode()))
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": b"page ", "more_body": True})
        await send({"type": "http.response.body", "body": str(n).encode()})


class Reader:
    """Asks the pages of a test and reads the answers."""

    def __init__(self, app: App) -> None:
        self.app, self.changing = app, Changing()
        self.pages = KeptPages(app, Shelf(lambda: self.changing))

    async def ask(self, path="/en/tunis/", *, query="", method="GET", host="a.test", **headers):
        sent = []

        async def send(message):
            sent.append(message)

        given = [(b"host", host.encode())]
        given += [(n.replace("_", "-").encode(), v.encode()) for n, v in headers.items()]
        scope = {
            "type": "http", "method": method, "scheme": "http", "path": path,
            "query_string": query.encode(), "headers": given,
        }  # fmt: skip
        await self.pages(scope, None, send)
        assert KEPT.lower().encode() not in dict(sent[0]["headers"])
        body = b"".join(m.get("body", b"") for m in sent[1:])
        return sent[0]["status"], dict(sent[0]["headers"]), body

    def read(self, *args, **kwargs):
        return asyncio.run(self.ask(*args, **kwargs))

    def body(self, *args, **kwargs):
        return self.read(*args, **kwargs)[2]


@pytest.fixture
def reader():
    made = Reader(App())
    made.body()  # the first answer says that the page can be kept
    return made


def test_page_is_made_once_and_then_given_to_everybody(reader):
    assert [reader.body() for _ in range(3)] == [b"page 2"] * 3


def test_change_of_the_edition_is_seen_by_the_next_reader(reader):
    reader.body()
    reader.changing.numbers["tunis"] = 2

    assert [reader.body() for _ in range(2)] == [b"page 3"] * 2


def test_change_while_the_page_is_made_is_seen_by_the_next_reader(reader):
    made = reader.pages.app

    async def changing(scope, receive, send):
        reader.changing.numbers["tunis"] += 1
        reader.pages.app = made
        await made(scope, receive, send)

    reader.pages.app = changing

    assert [reader.body() for _ in range(3)] == [b"page 2", b"page 3", b"page 3"]


def test_page_is_made_anew_at_its_own_next_instant(monkeypatch, reader):
    reader.app.said["until"] = 1000.0
    clock = [999.0]

    class Instant:
        def timestamp(self):
            return clock[0]

    monkeypatch.setattr(shelf, "now", Instant)

    assert [reader.body() for _ in range(2)] == [b"page 2"] * 2
    clock[0] = 1000.0
    assert reader.body() == b"page 3"


def test_nothing_of_the_reader_reaches_what_is_kept(reader):
    reader.body(cookie="voice-tunis=secret", hx_request="true", query="utm=x&secret=1")
    asked = reader.app.asked[-1]

    assert dict(asked["headers"]) == {b"host": b"a.test"}
    assert asked["query_string"] == b""


def test_only_names_that_the_page_reads_make_another_page():
    reader = Reader(App(query=["bom"]))
    reader.body()

    assert reader.body(query="bom=1&utm=x") == b"page 2"
    assert reader.body(query="utm=y&bom=1") == b"page 2"
    assert reader.body() == b"page 3"
    assert reader.app.asked[-2]["query_string"] == b"bom=1"


def test_hosts_and_paths_have_pages_of_their_own(reader):
    assert reader.body() != reader.body(host="b.test")
    reader.body("/fr/tunis/")
    assert reader.body("/fr/tunis/") not in {reader.body(), reader.body(host="b.test")}


def test_reader_who_has_the_page_is_told_so(reader):
    _, headers, _ = reader.read()
    status, again, body = reader.read(if_none_match=headers[b"etag"].decode())

    assert (status, body) == (304, b"")
    assert again[b"etag"] == headers[b"etag"]
    assert b"content-length" not in again


def test_page_is_compressed_for_who_takes_it(reader):
    _, headers, body = reader.read(accept_encoding="gzip, br")

    assert headers[b"content-encoding"] == b"gzip"
    assert int(headers[b"content-length"]) == len(body)
    assert gzip.decompress(body) == b"page 2" == reader.body()


def test_head_gives_the_headers_of_get_and_no_body(reader):
    _, got, body = reader.read()
    status, headers, nothing = reader.read(method="HEAD")

    assert (status, headers, nothing) == (200, got, b"")
    assert int(headers[b"content-length"]) == len(body)


def test_what_is_sent_is_never_answered_from_what_is_kept(reader):
    reader.body()

    assert reader.body(method="POST") == b"page 3"


def test_page_that_is_gone_is_kept_no_more(reader):
    reader.body()
    reader.app.is_kept, reader.app.status = False, 404
    reader.changing.numbers["tunis"] = 2

    assert [reader.read()[::2] for _ in range(2)] == [(404, b"page 3"), (404, b"page 4")]


def test_page_that_depends_on_all_editions_sees_a_change_of_any():
    reader = Reader(App(edition=""))
    reader.body()
    assert [reader.body() for _ in range(2)] == [b"page 2"] * 2
    reader.changing.numbers[""] = 2
    assert reader.body() == b"page 3"


def test_nothing_is_kept_while_changes_cannot_be_heard(reader):
    reader.changing.numbers = None

    assert [reader.body() for _ in range(2)] == [b"page 2", b"page 3"]


def test_many_who_ask_at_once_make_the_page_once(reader):
    reader.app.pause = 0.01

    async def crowd():
        return await asyncio.gather(*(reader.ask() for _ in range(50)))

    assert {body for _, _, body in asyncio.run(crowd())} == {b"page 2"}


def test_what_was_not_asked_for_lately_makes_room(reader):
    reader.pages.shelf.most = 100
    for n in range(20):
        reader.body(host=f"{n}.test")

    assert reader.pages.shelf.size <= 100
    assert reader.pages.shelf.size == sum(page.size for page in reader.pages.shelf.kept.values())
    asked = len(reader.app.asked)
    reader.body(host="19.test")
    assert len(reader.app.asked) == asked
