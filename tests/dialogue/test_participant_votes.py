"""The participant's voting pages, with and without JavaScript."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from majlis.dialogue import actions, queries
from majlis.dialogue.forms.votes import read_vote
from majlis.dialogue.models import VoteEvent
from majlis.dialogue.states import RoundState, Stance
from majlis.dialogue.views.participant_votes import REFUSED
from majlis.kernel import ratelimit
from majlis.kernel.clock import now
from majlis.kernel.ratelimit import COUNTERS
from majlis.kernel.texts import Text, TextStatus, Wording
from tests.conftest import as_voice
from tests.factories.dialogue import RoundFactory, StatementFactory, VoteEventFactory
from tests.factories.registration import VoiceFactory

pytestmark = pytest.mark.django_db

KEY = "a-random-key"


@pytest.fixture
def phone(world):
    return as_voice(world.ben)


def address(round, name="round"):
    return reverse(f"dialogue:{name}", args=[round.edition.slug, round.code])


def sent(statement, /, **more):
    return {"statement": statement.code, "stance": "1", "seq": "1", "key": KEY} | more


def by_script(phone, round, data):
    return phone.post(address(round, "vote-cast"), data, headers={"Accept": "application/json"})


def test_round_page_shows_the_first_statement_without_an_answer(world, phone):
    VoteEventFactory(statement=world.statement, voice=world.ben)
    other = StatementFactory(
        round=world.round, wording=Text.of("fr", fr="Former les équipes.", en="Train the teams.")
    )

    page = phone.get(address(world.round)).content.decode()

    front = page[page.index("data-front") : page.index("<template")]
    assert "Train the teams." in front
    assert f'name="statement" value="{other.code}"' in front
    assert "Open a public register." not in front


def test_round_page_keeps_the_original_one_tap_away_and_marks_drafts(world, phone):
    page = " ".join(phone.get(address(world.round)).content.decode().split())

    assert "Draft translation. Show the original (French)" in page
    assert re.search(r'<p lang="fr" dir="ltr">Ouvrir un registre public.</p>', page)


def test_round_page_says_when_there_is_no_translation(world, phone):
    text = Text({"ar": Wording("فتح سجل عمومي.", TextStatus.ORIGINAL)})
    statement = StatementFactory(round=world.round, wording=text)

    page = phone.get(f"{address(world.round)}?s={statement.code}").content.decode()

    assert re.search(r'lang="ar" dir="rtl">\s*فتح سجل عمومي.\s*</h2>', page)
    assert "Not translated yet. This is the original (Arabic)." in page


def test_vote_without_javascript_is_kept_and_moves_on(world, phone):
    other = StatementFactory(round=world.round)

    answer = phone.post(address(world.round, "vote-cast"), sent(world.statement))

    assert (answer.status_code, answer["Location"]) == (
        303,
        f"{address(world.round)}?s={other.code}",
    )
    assert queries.standing_vote(world.ben, world.statement).stance == Stance.AGREE
    assert "Your answer has been saved:" in phone.get(answer["Location"]).content.decode()


def test_last_vote_without_javascript_ends_with_thanks(world, phone):
    answer = phone.post(address(world.round, "vote-cast"), sent(world.statement), follow=True)

    assert "Thank you. You have answered all the statements." in answer.content.decode()


def test_same_form_sent_again_with_another_answer_shows_what_counts(world, phone):
    phone.post(address(world.round, "vote-cast"), sent(world.statement))

    answer = phone.post(
        address(world.round, "vote-cast"), sent(world.statement, stance="-1"), follow=True
    )

    assert "You have already answered “agree”." in answer.content.decode()
    assert VoteEvent.objects.count() == 1


def test_stale_vote_without_javascript_is_409_with_the_state_as_it_is(world, phone):
    VoteEventFactory(statement=world.statement, voice=world.ben, stance=Stance.PASS, seq=1)

    answer = phone.post(address(world.round, "vote-cast"), sent(world.statement))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "You have already answered this statement, perhaps on" in page
    assert 'name="seq" value="2"' in page
    assert re.search(r'value="0"\s+aria-pressed="true"', page)


def test_vote_by_script_is_told_what_counts(world, phone):
    answer = by_script(phone, world.round, sent(world.statement))

    assert (answer.status_code, answer.json()) == (
        200,
        {"statement": world.statement.code, "stance": 1, "seq": 1},
    )


def test_stale_vote_by_script_is_409_with_the_state_as_it_is(world, phone):
    VoteEventFactory(statement=world.statement, voice=world.ben, stance=Stance.PASS, seq=4)

    answer = by_script(phone, world.round, sent(world.statement))

    assert answer.status_code == 409
    facts = answer.json()
    assert facts.pop("said")
    assert facts == {
        "refused": "stale",
        "statement": world.statement.code,
        "stance": 0,
        "seq": 4,
    }


def test_vote_after_the_close_is_refused_in_words(world, phone):
    actions.close_round(world.round, by=world.ada)

    by_form = phone.post(address(world.round, "vote-cast"), sent(world.statement))
    answer = by_script(phone, world.round, sent(world.statement))

    assert (by_form.status_code, answer.status_code) == (409, 409)
    assert "” at the moment. Votes cast while it was open still count." in by_form.content.decode()
    assert answer.json()["refused"] == "closed"
    assert list(VoteEvent.objects.all()) == []


@pytest.mark.parametrize(
    "bad",
    [
        {"stance": "2"},
        {"stance": ""},
        {"seq": "0"},
        {"seq": "99999999999"},
        {"key": "short"},
        {"key": "with space in it"},
        {"statement": ""},
    ],
)
def test_unreadable_vote_is_422_and_not_kept(world, phone, bad):
    by_form = phone.post(address(world.round, "vote-cast"), sent(world.statement, **bad))
    answer = by_script(phone, world.round, sent(world.statement, **bad))

    assert (by_form.status_code, answer.status_code) == (422, 422)
    assert (
        "Your answer was not saved because of a technical problem. Choose again."
        in by_form.content.decode()
    )
    assert list(VoteEvent.objects.all()) == []


def test_vote_of_a_page_made_for_another_voice_is_not_taken(world, phone):
    other = VoiceFactory(edition=world.edition)
    page = as_voice(other).get(address(world.round)).content.decode()
    box = re.search(r'name="box" value="(\w+)"', page)[1]

    assert by_script(phone, world.round, sent(world.statement, box=box)).status_code == 404
    assert list(VoteEvent.objects.all()) == []
    own = as_voice(other)
    assert by_script(own, world.round, sent(world.statement, box=box)).status_code == 200


def test_vote_on_a_statement_of_another_round_finds_nothing(world, phone):
    elsewhere = StatementFactory(round=RoundFactory(edition=world.edition))

    assert by_script(phone, world.round, sent(elsewhere)).status_code == 404


def test_round_in_preparation_is_hidden_from_participants(world, phone):
    draft = RoundFactory(edition=world.edition, state=RoundState.DRAFT, opened_at=None)

    assert phone.get(address(draft)).status_code == 404


def cast_by_many(statement, *stances):
    for stance in stances:
        voice = VoiceFactory(edition=statement.edition)
        VoteEventFactory(statement=statement, voice=voice, stance=stance)


def test_my_answers_hold_no_counts_and_lead_to_the_results_once_they_are_shown(world, phone):
    cast_by_many(world.statement, 1, 1, 1, 1, -1, 0)
    own, results = (
        address(world.round, "round-answers"),
        reverse("opinion:room-results", args=["tunis", world.round.code]),
    )

    pages = []
    for act in (None, actions.close_round, actions.show_results):
        if act is not None:
            act(world.round, by=world.ada)
        pages.append(phone.get(own).content.decode())

    assert [results in page for page in pages] == [False, False, True]
    assert ["have not been shown yet" in page for page in pages] == [False, True, False]
    assert not any("Most agree" in page or '<svg class="figure' in page for page in pages)


def test_round_now_tells_of_the_close_and_is_304_until_then(world, phone):
    first = phone.get(address(world.round, "round-now"))
    again = phone.get(address(world.round, "round-now"), headers={"If-None-Match": first["ETag"]})
    actions.close_round(world.round, by=world.ada)
    after = phone.get(address(world.round, "round-now"), headers={"If-None-Match": first["ETag"]})

    assert (first.content.strip(), again.status_code, after.status_code) == (b"", 304, 200)
    assert "Voting is closed." in after.content.decode()


def test_rounds_page_lists_open_rounds_first_and_no_drafts(world, phone):
    RoundFactory(edition=world.edition, state=RoundState.DRAFT, title=Text.of("en", en="Hidden"))
    RoundFactory(
        edition=world.edition,
        state=RoundState.CLOSED,
        closed_at=now(),
        title=Text.of("en", en="Morning vote"),
    )

    page = phone.get(reverse("dialogue:rounds", args=["tunis"])).content.decode()

    assert "Hidden" not in page
    assert page.index("Table round") < page.index("Morning vote")


@pytest.mark.parametrize("n", [1, 12])
def test_round_page_asks_the_same_number_of_queries_for_any_length(
    world, phone, n, django_assert_max_num_queries
):
    for _ in range(n):
        StatementFactory(round=world.round)

    with django_assert_max_num_queries(12):
        phone.get(address(world.round))


def test_voice_votes_at_a_humane_rate_and_others_are_not_bound_by_it(world, phone, monkeypatch):
    at = now()
    monkeypatch.setattr(ratelimit, "now", lambda: at)  # all of it in one window
    statements = [StatementFactory(round=world.round) for _ in range(10)]
    answers = [
        by_script(phone, world.round, sent(statements[n % 10], seq=str(n + 1), key=f"key-{n:06d}"))
        for n in range(242)
    ]
    other = as_voice(VoiceFactory(edition=world.edition))

    assert [answer.status_code for answer in answers] == [200] * 240 + [429] * 2
    assert VoteEvent.objects.filter(voice=world.ben).count() == 240
    assert by_script(other, world.round, sent(world.statement)).status_code == 200


def test_answer_that_is_changed_without_end_is_refused_and_the_last_one_counts(world, phone):
    other = StatementFactory(round=world.round)
    answers = [
        by_script(phone, world.round, sent(world.statement, seq=str(n + 1), key=f"key-{n:06d}"))
        for n in range(31)
    ]

    assert [answer.status_code for answer in answers] == [200] * 30 + [429]
    assert "Your last answer counts" in answers[-1].content.decode()
    assert queries.standing_vote(world.ben, world.statement).seq == 30
    assert by_script(phone, world.round, sent(other)).status_code == 200


@pytest.mark.parametrize("odd", ["\x00", "a\x00b", "\ud800", "", "a b", "x" * 13])
def test_statement_that_is_no_code_is_no_vote_and_spoils_no_others(odd):
    fields = {"statement": odd, "stance": "1", "seq": "1", "key": KEY}

    assert read_vote(fields) is None
    assert read_vote(fields | {"statement": "abc234"}) is not None


def refused(world, phone, **more) -> tuple[int, str, bool]:
    answer = by_script(phone, world.round, sent(world.statement, **more))
    return answer.status_code, answer.json()["refused"], bool(answer.json()["said"])


def test_each_refusal_has_a_code_of_its_own_and_a_sentence(world):
    phone = as_voice(world.ben)
    other = StatementFactory(round=world.round, edition=world.edition)
    by_script(phone, world.round, sent(other, key="key-of-another"))
    limited = as_voice(world.ben, is_limited=True)
    VoteEventFactory(statement=world.statement, voice=world.ben, stance=Stance.PASS, seq=4)

    assert refused(world, phone) == (409, "stale", True)
    assert refused(world, limited, seq="9", key="key-limited-1") == (409, "elsewhere", True)
    assert refused(world, phone, key="key-of-another") == (409, "unreadable", True)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(COUNTERS, "add", lambda *_a, **_k: 10_000)
        assert refused(world, phone, seq="5", key="key-too-fast") == (429, "later", True)
    actions.withdraw_statement(world.statement, why="Twice.", by=world.mia)
    assert refused(world, phone, seq="6", key="key-withdrawn") == (409, "gone", True)
    actions.close_round(world.round, by=world.ada)
    code = by_script(phone, world.round, sent(other, seq="7", key="key-closed")).json()["refused"]
    assert code == "closed"


def test_line_of_the_ballot_has_a_piece_for_each_statement_and_marks_the_one_in_front(world, phone):
    StatementFactory(edition=world.edition, round=world.round)
    before = phone.get(address(world.round)).content.decode()
    phone.post(address(world.round, "vote-cast"), sent(world.statement))
    after = phone.get(address(world.round)).content.decode()

    assert (before.count("<rect"), before.count("is-here")) == (2, 1)
    assert (after.count("is-answered"), after.count("is-here")) == (1, 1)


def test_page_has_words_for_every_refusal_that_brings_no_sentence_of_its_own(world):
    page = as_voice(world.ben).get(address(world.round)).content.decode()

    words = set(re.findall('data-word="([a-z]+)"', page))
    assert {*REFUSED.values(), "unreadable"} - {"later", "elsewhere", "gone"} <= words
    assert "data-later" in page
