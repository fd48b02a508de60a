"""The short way of a vote: what takes it, what goes the long way, and that both keep the same."""

from __future__ import annotations

import asyncio
import json
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.utils import timezone

from majlis.dialogue import actions
from majlis.dialogue.actions.votes import CHANGES, PACE
from majlis.dialogue.models import VoteEvent
from majlis.dialogue.states import RoundState
from majlis.dialogue.views.phones import PhoneVotes, write_from_phones
from majlis.kernel import ratelimit
from majlis.kernel.ledger import CLOCK
from majlis.kernel.ratelimit import TooMany
from majlis.kernel.seal import digest_of
from majlis.registration.access import VOICE_COOKIE
from majlis.registration.models import Device
from majlis.registration.states import RegistrationState
from tests.factories.dialogue import RoundFactory, StatementFactory, VoteEventFactory
from tests.factories.registration import VoiceFactory, connect

pytestmark = pytest.mark.django_db(transaction=True)

TOKEN = "k" * 32


class Phone:
    """A phone with the page of a round open."""

    def __init__(self, voice, statement) -> None:
        self.voice, self.statement = voice, statement
        self.secret = connect(voice)
        self.device = Device.objects.get(secret_digest=digest_of(self.secret))
        round = statement.round
        self.path = f"/en/e/{round.edition.slug}/room/rounds/{round.code}/vote/"
        self.cookies = {VOICE_COOKIE + round.edition.slug: self.secret, "csrftoken": TOKEN}
        self.headers = {
            "host": "testserver",
            "accept": "application/json",
            "content-type": "application/x-www-form-urlencoded",
            "x-csrftoken": TOKEN,
            "origin": "http://testserver",
        }
        self.fields = {
            "statement": statement.code, "stance": "1", "seq": "1", "key": "key-00000001", "box": ""
        }  # fmt: skip
        self.more: list[dict[str, str]] = []  # votes that waited with the first
        self.method, self.query = "POST", b""

    @property
    def body(self) -> bytes:
        return "&".join(urlencode(fields) for fields in [self.fields, *self.more]).encode()

    @property
    def scope(self):
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = [(n.encode(), v.encode()) for n, v in {**self.headers, "cookie": cookie}.items()]
        return {
            "type": "http", "method": self.method, "scheme": "http", "path": self.path,
            "query_string": self.query, "headers": headers,
        }  # fmt: skip

    def send(self) -> tuple[int, dict[str, object]] | None:
        """The answer of the short way, or None where the vote has to go the long way."""
        return send_all([self])[0]


def send_all(phones: list[Phone]) -> list[tuple[int, dict[str, object]] | None]:
    async def one(votes: PhoneVotes, phone: Phone):
        sent = []

        async def take(message):
            sent.append(message)

        is_answered = await votes.answers(phone.scope, phone.body, take)
        assert is_answered == bool(sent)
        return (sent[0]["status"], json.loads(sent[1]["body"])) if sent else None

    async def all_at_once():
        votes = PhoneVotes()
        return await asyncio.gather(*(one(votes, phone) for phone in phones))

    return asyncio.run(all_at_once())


@pytest.fixture
def statement():
    return StatementFactory(round__state=RoundState.OPEN)


@pytest.fixture
def phone(statement):
    return Phone(VoiceFactory(edition=statement.edition), statement)


def test_vote_is_kept_and_answered(phone, statement):
    assert phone.send() == (200, {"statement": statement.code, "stance": 1, "seq": 1})

    event = VoteEvent.objects.get()
    assert (event.voice, event.statement, event.stance) == (phone.voice, statement, 1)
    assert event.device == phone.device


def test_vote_sent_again_is_one_vote_and_gets_the_first_answer(phone, statement):
    first = phone.send()
    phone.fields |= {"stance": "-1", "seq": "2"}

    assert phone.send() == first
    assert VoteEvent.objects.count() == 1


def test_votes_of_many_phones_are_written_together(statement):
    phones = [Phone(VoiceFactory(edition=statement.edition), statement) for _ in range(20)]

    answers = send_all(phones)

    assert [status for status, _ in answers] == [200] * 20
    assert VoteEvent.objects.values("voice").distinct().count() == 20


def waiting(phone, n: int) -> None:
    """Let `n` more votes wait, each on a statement of its own."""
    for at in range(n):
        other = StatementFactory(round=phone.statement.round, edition=phone.statement.edition)
        key = {"statement": other.code, "key": f"key-waiting-{at:03}"}
        phone.more.append(phone.fields | key)


def test_votes_that_waited_are_kept_in_one_go_and_answered_in_order(phone):
    waiting(phone, 3)

    status, said = phone.send()

    assert status == 200
    assert [one["statement"] for one in said] == [
        fields["statement"] for fields in [phone.fields, *phone.more]
    ]
    assert VoteEvent.objects.count() == 4


def test_vote_that_wants_words_is_null_among_those_that_waited(phone):
    phone.send()
    waiting(phone, 1)
    phone.fields["key"] = "key-00000002"  # overtaken by the first

    _, said = phone.send()

    assert [one and one["seq"] for one in said] == [None, 1]
    assert VoteEvent.objects.count() == 2


@pytest.mark.parametrize("odd", [{"stance": "2"}, {"box": "0" * 13}])
def test_what_waited_is_kept_all_or_sent_the_long_way(phone, odd):
    waiting(phone, 2)
    phone.more[1] |= odd

    assert phone.send() is None
    assert not VoteEvent.objects.exists()


def test_more_than_sixty_votes_in_one_go_are_nothing_we_send(phone):
    phone.more = [phone.fields] * 60

    assert phone.send() is None


def revoked(phone):
    Device.objects.update(ended_at=timezone.now())


def withdrawn(phone):
    registration = phone.voice.registration
    registration.state = RegistrationState.WITHDRAWN
    registration.save()


def closed(phone):
    actions.close_round(phone.statement.round, by=CLOCK)


def of_another_edition(phone):
    other = RoundFactory().edition.slug
    phone.path = phone.path.replace(phone.statement.edition.slug, other)
    phone.cookies[VOICE_COOKIE + other] = phone.secret


def to_another_round(phone):
    other = RoundFactory(edition=phone.statement.edition, state=RoundState.OPEN)
    phone.path = phone.path.replace(phone.statement.round.code, other.code)


def overtaken(phone):
    phone.send()
    phone.fields["key"] = "key-00000002"


def moderated_out(phone):
    phone.statement.is_moderated_out = True
    phone.statement.save()


def in_preparation(phone):
    phone.statement.round.state = RoundState.DRAFT
    phone.statement.round.save()


REFUSED = [
    revoked, withdrawn, closed, of_another_edition, to_another_round, overtaken, moderated_out,
    in_preparation,
]  # fmt: skip


@pytest.mark.parametrize("happens", REFUSED)
def test_vote_that_is_refused_goes_the_long_way_for_its_words(client, phone, happens):
    happens(phone)
    before = VoteEvent.objects.count()

    assert phone.send() is None

    client.cookies.load(phone.cookies)
    answer = client.post(phone.path, phone.fields, headers={"accept": "application/json"})
    assert answer.status_code in {404, 409}
    assert VoteEvent.objects.count() == before


def changed(**parts):
    def odd(phone):
        for name, value in parts.items():
            kept = getattr(phone, name)
            setattr(phone, name, kept | value if isinstance(kept, dict) else value)

    return odd


ODD = {
    "a form": changed(headers={"accept": "text/html"}),
    "a file": changed(headers={"content-type": "multipart/form-data; boundary=x"}),
    "no token": changed(headers={"x-csrftoken": ""}),
    "another token": changed(headers={"x-csrftoken": "j" * 32}),
    "a token of no shape": changed(headers={"x-csrftoken": "k"}),
    "no cookie of the token": changed(cookies={"csrftoken": ""}),
    "another site": changed(headers={"origin": "http://evil.test"}),
    "another host": changed(headers={"host": "evil.test", "origin": "http://evil.test"}),
    "no secret": changed(cookies={VOICE_COOKIE + "x": "1"}),
    "a query": changed(query=b"lang=fr"),
    "a visit": changed(method="GET"),
    "a key too short": changed(fields={"key": "k"}),
    "a stance that is none": changed(fields={"stance": "2"}),
    "a stance in other digits": changed(fields={"stance": "١"}),
    "a seq of nought": changed(fields={"seq": "0"}),
    "a seq too high": changed(fields={"seq": "1000001"}),
    "no statement": changed(fields={"statement": ""}),
    "a statement with a NUL": changed(fields={"statement": "a\0"}),
    "another outbox": changed(fields={"box": "000000000000"}),
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_whatever_is_odd_goes_the_long_way_and_leaves_no_trace(phone, odd):
    odd(phone)
    if phone.cookies.pop(VOICE_COOKIE + "x", None):
        phone.cookies.pop(VOICE_COOKIE + phone.statement.edition.slug)

    assert phone.send() is None
    assert not VoteEvent.objects.exists()


def test_limited_device_changes_nothing_that_was_answered_elsewhere(phone):
    phone.send()
    other = Phone(phone.voice, phone.statement)
    Device.objects.filter(pk=other.device.pk).update(is_limited=True)
    other.fields |= {"key": "key-00000002", "seq": "2", "stance": "-1"}

    assert other.send() is None
    assert VoteEvent.objects.get().stance == 1


def test_batch_inside_a_transaction_is_refused(phone):
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        write_from_phones([])


def test_vote_that_takes_the_short_way_and_then_the_long_one_is_counted_once(phone, monkeypatch):
    at = timezone.now()
    monkeypatch.setattr(ratelimit, "now", lambda: at)
    VoteEventFactory(statement=phone.statement, voice=phone.voice, seq=5)
    tries = PACE.times - 1
    for n in range(tries):
        assert phone.send() is None
        actions.keep_pace(phone.voice.code, f"another {n}")

    actions.keep_pace(phone.voice.code, "one more")
    with pytest.raises(TooMany):
        actions.keep_pace(phone.voice.code, "one too many")


def test_vote_that_is_refused_for_one_statement_leaves_the_voice_its_pace(phone, monkeypatch):
    at = timezone.now()
    monkeypatch.setattr(ratelimit, "now", lambda: at)
    for _ in range(CHANGES.times):
        actions.keep_pace(phone.voice.code, phone.statement.code)
    for _ in range(PACE.times):
        assert phone.send() is None

    actions.keep_pace(phone.voice.code, "another statement")
