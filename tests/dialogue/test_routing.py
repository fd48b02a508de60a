"""In which order a voice is asked, by weights that are handed down."""

from __future__ import annotations

import itertools
import math

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from majlis.dialogue import actions, queries
from majlis.dialogue.models import Round, Routing
from majlis.dialogue.models.routing import EVERYBODY
from majlis.dialogue.queries.order import draw_key
from majlis.dialogue.states import RoundState, RoutingMethod, Stance
from majlis.kernel.clock import now
from majlis.kernel.ledger import acts_on
from majlis.people.states import Constituency
from tests.conftest import as_voice
from tests.factories.dialogue import RoundFactory, StatementFactory, VoteEventFactory, asked_of
from tests.factories.registration import DeviceFactory, VoiceFactory

VOICES = [f"voice-{n:04d}" for n in range(4000)]


def draws(weights):
    """The order in which each of many voices is asked."""
    return [
        tuple(sorted(weights, key=lambda s: draw_key(voice, s, weights[s]))) for voice in VOICES
    ]


def test_draw_asks_first_with_probability_proportional_to_the_weight():
    weights = {"a": 4.0, "b": 3.0, "c": 2.0, "d": 1.0}

    orders = draws(weights)

    for statement, weight in weights.items():
        share = sum(order[0] == statement for order in orders) / len(orders)
        assert share == pytest.approx(weight / 10, abs=4 * math.sqrt(0.25 / len(orders)))


def test_draw_goes_on_without_putting_back():
    weights = {"a": 4.0, "b": 3.0, "c": 2.0, "d": 1.0}

    orders = draws(weights)

    for order in itertools.permutations(weights):
        left, chance = sum(weights.values()), 1.0
        for statement in order:
            chance *= weights[statement] / left
            left -= weights[statement]
        share = orders.count(order) / len(orders)
        assert share == pytest.approx(chance, abs=4 * math.sqrt(chance / len(orders)))


def test_draw_does_not_depend_on_the_unit_of_weights_and_is_the_same_again():
    weights = {f"s{n}": n + 1.0 for n in range(12)}

    orders = draws(weights)

    assert draws(weights) == orders
    assert draws({s: 1e-6 * w for s, w in weights.items()}) == orders
    assert draws(dict(reversed(weights.items()))) == orders


@pytest.mark.parametrize("weight", [1e-300, 1.0, 1e300])
def test_draw_key_is_finite_and_parts_any_two_statements(weight):
    keys = {draw_key("voice", f"s{n}", weight) for n in range(1000)}

    assert len(keys) == 1000
    assert all(0 <= key < math.inf for key, _hash in keys)


@pytest.mark.parametrize(("byte", "u"), [(b"\x00", 2**-53), (b"\xff", 1 - 2**-53)])
def test_draw_key_of_the_first_and_the_last_hash_is_the_logarithm_of_no_0_and_no_1(
    monkeypatch, byte, u
):
    monkeypatch.setattr("majlis.dialogue.queries.order._draw", lambda *_: byte * 32)

    assert draw_key("voice", "statement", 2.0) == (-math.log(u) / 2.0, byte * 32)


def test_draw_key_leaves_ties_to_the_hash(monkeypatch):
    tails = {"s1": b"\x01", "s2": b"\x02"}
    monkeypatch.setattr(
        "majlis.dialogue.queries.order._draw", lambda _voice, s: b"\x80" * 31 + tails[s]
    )

    assert draw_key("voice", "s1", 1.0)[0] == draw_key("voice", "s2", 1.0)[0]
    assert sorted(["s2", "s1"], key=lambda s: draw_key("voice", s, 1.0)) == ["s1", "s2"]


# ── set_routing ───────────────────────────────────────────────────────────────────────


def kept():
    return list(Routing.objects.values_list("method", "weights", "revision"))


def set_routing(round, revision, weight=1.0, method=RoutingMethod.ROOM):
    weights = {EVERYBODY: {"code": weight}}
    return actions.set_routing(round, weights=weights, method=method, revision=revision)


@pytest.mark.django_db
def test_set_routing_keeps_one_row_for_a_round_the_newest_and_no_ledger_line():
    round = RoundFactory()

    told = [set_routing(round, 3), set_routing(round, 5, 2.0), set_routing(round, 5, 3.0)]
    told += [set_routing(round, 7, 4.0, RoutingMethod.POLIS)]

    assert told == [True, True, True, True]
    assert kept() == [("polis", {"": {"code": 4.0}}, 7)]
    assert list(acts_on(round)) == []


@pytest.mark.django_db
def test_set_routing_leaves_what_is_older_than_the_kept_one():
    round = RoundFactory()
    set_routing(round, 5)

    assert set_routing(round, 4, 9.0) is False
    assert kept() == [("room", {"": {"code": 1.0}}, 5)]


@pytest.mark.django_db
@pytest.mark.parametrize("had_one", [True, False])
def test_set_routing_of_a_round_that_is_not_open_changes_nothing(world, had_one):
    if had_one:
        set_routing(world.round, 1)
    actions.close_round(world.round, by=world.ada)

    assert set_routing(world.round, 2, 9.0) is False
    assert kept() == ([("room", {"": {"code": 1.0}}, 1)] if had_one else [])


@pytest.mark.django_db
@pytest.mark.parametrize("weight", [0.0, -1.0, math.inf, math.nan])
def test_set_routing_refuses_what_is_no_weight(weight):
    with pytest.raises(ValueError, match="positive"):
        set_routing(RoundFactory(), 1, weight)

    assert kept() == []


@pytest.mark.django_db
def test_the_database_refuses_an_unknown_method_and_a_second_row():
    round = RoundFactory()
    row = {"weights": {}, "revision": 1}

    with pytest.raises(IntegrityError), transaction.atomic():
        Routing.objects.create(round=round, method="guess", **row)
    Routing.objects.create(round=round, method="room", **row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Routing.objects.create(round=round, method="polis", **row)


@pytest.mark.django_db
def test_routing_of_a_removed_round_goes_with_it(world):
    round = RoundFactory(edition=world.edition, state=RoundState.DRAFT, opened_at=None)
    Routing.objects.create(round=round, method="room", weights={}, revision=1)

    actions.remove_round(round, by=world.ada)

    assert kept() == []
    assert not Round.objects.filter(pk=round.pk).exists()


# ── The ballot ────────────────────────────────────────────────────────────────────────


def put(round, n):
    return [StatementFactory(round=round) for _ in range(n)]


def codes(ballot):
    return [card.code for card in ballot.cards]


@pytest.mark.django_db
def test_ballot_follows_the_weights_of_the_voices_own_family():
    round = RoundFactory()
    statements = [s.code for s in put(round, 5)]
    firms = VoiceFactory(edition=round.edition, constituency=Constituency.SME)
    bank = VoiceFactory(edition=round.edition, constituency=Constituency.BANK)
    nobody = VoiceFactory(edition=round.edition, constituency="", registration=None)
    steep = [{code: 1e6**n for n, code in enumerate(order)} for order in _three(statements)]
    weights = dict(zip(["firms", "finance", EVERYBODY], steep, strict=True))
    actions.set_routing(round, weights=weights, method=RoutingMethod.ROOM, revision=1)

    asked = [codes(queries.ballot_of(round, voice)) for voice in (firms, bank, nobody)]

    assert asked == [order[::-1] for order in _three(statements)]


def _three(codes):
    return [codes, codes[::-1], codes[2:] + codes[:2]]


@pytest.mark.django_db
def test_family_that_is_not_told_apart_is_asked_by_the_weights_of_everybody():
    round = RoundFactory()
    voice = VoiceFactory(edition=round.edition, constituency=Constituency.SME)
    statements = [s.code for s in put(round, 4)]
    steep = {code: 1e6**n for n, code in enumerate(statements)}
    actions.set_routing(round, weights={EVERYBODY: steep}, method=RoutingMethod.POLIS, revision=1)

    assert codes(queries.ballot_of(round, voice)) == statements[::-1]


@pytest.mark.django_db
def test_ballot_begins_with_the_answers_in_the_order_in_which_they_were_given():
    round = RoundFactory()
    voice = VoiceFactory(edition=round.edition)
    statements = put(round, 6)
    drawn = asked_of(voice, round)
    first, second = drawn[4], drawn[1]
    VoteEventFactory(statement=first, voice=voice)
    VoteEventFactory(statement=second, voice=voice, stance=Stance.PASS)
    VoteEventFactory(statement=first, voice=voice, seq=2, stance=Stance.DISAGREE)  # keeps its place

    ballot = queries.ballot_of(round, voice)

    rest = [s for s in drawn if s not in (first, second)]
    assert codes(ballot) == [s.code for s in [first, second, *rest]]
    assert [card.place for card in ballot.cards] == list(range(1, len(statements) + 1))
    assert [card.vote and card.vote.stance for card in ballot.cards[:3]] == [-1, 0, None]
    assert ballot.neighbour(ballot.to_answer(), -1).code == second.code
    assert codes(queries.ballot_of(round, voice)) == codes(ballot)


@pytest.mark.django_db
def test_highest_seq_counts_on_the_ballot_whichever_came_last():
    round = RoundFactory()
    voice = VoiceFactory(edition=round.edition)
    (statement,) = put(round, 1)
    VoteEventFactory(statement=statement, voice=voice, seq=2, stance=Stance.AGREE)
    VoteEventFactory(statement=statement, voice=voice, seq=1, stance=Stance.DISAGREE)

    assert queries.own_votes(voice, round)[statement.pk].stance == Stance.AGREE


@pytest.mark.django_db
def test_ballot_costs_three_queries_for_any_length(django_assert_num_queries):
    round = RoundFactory()
    voice = VoiceFactory(edition=round.edition)
    for n in (1, 12):
        for statement in put(round, n):
            VoteEventFactory(statement=statement, voice=voice)
        set_routing(round, n)
        with django_assert_num_queries(3):
            queries.ballot_of(round, voice)


# ── Many statements ───────────────────────────────────────────────────────────────────


@pytest.fixture
def long_round(world, monkeypatch):
    """A round longer than a page of the ballot, which here is of three cards."""
    monkeypatch.setattr("majlis.dialogue.queries.ballots.ON_A_PAGE", 3)
    put(world.round, 7)
    return world.round


def page_of(phone, round, more=""):
    address = reverse("dialogue:round", args=[round.edition.slug, round.code])
    page = phone.get(f"{address}{more}").content.decode()
    begin = page.index("<template data-cards")
    cards = page[begin : page.index("</template>", begin)]
    done = page[page.index("<template data-done>") : page.index("<template data-words>")]
    return page, [part.split('"')[0] for part in cards.split('data-card="')[1:]], done


def test_page_of_a_long_ballot_brings_the_next_cards_and_offers_the_rest(world, long_round):
    ballot = queries.ballot_of(long_round, world.ben)

    page, cards, done = page_of(as_voice(world.ben), long_round)

    assert cards == codes(ballot)[:3]
    assert f'data-before="" data-after="{ballot.cards[3].code}"' in page
    assert "There are more statements to vote on." in done
    assert 'max="8"' in page


def test_page_of_a_long_ballot_brings_the_last_answers_and_any_card_asked_for(world, long_round):
    ballot = queries.ballot_of(long_round, world.ben)
    for card in ballot.cards[:5]:
        VoteEventFactory(statement=card.statement, voice=world.ben)
    phone = as_voice(world.ben)

    page, cards, done = page_of(phone, long_round)
    early, about_first, done_early = page_of(phone, long_round, f"?s={ballot.cards[0].code}")

    assert cards == codes(ballot)[2:]
    assert f'data-before="{ballot.cards[1].code}" data-after=""' in page
    assert "Thank you. You have answered all the statements." in done
    assert about_first == codes(ballot)[:3]
    assert f'data-here="{ballot.cards[0].code}"' in early
    assert "There are more statements to vote on." in done_early


def test_page_of_a_short_ballot_brings_everything(world):
    put(world.round, 7)

    _page, cards, done = page_of(as_voice(world.ben), world.round)

    assert len(cards) == 8
    assert "Thank you. You have answered all the statements." in done


def test_without_javascript_a_skipped_statement_comes_last(world):
    put(world.round, 3)
    before = queries.ballot_of(world.round, world.ben)
    asked = []
    phone = as_voice(world.ben)
    address = reverse("dialogue:vote-cast", args=[world.edition.slug, world.round.code])
    card = before.cards[1]  # the first one was skipped
    while card:
        asked.append(card.code)
        answer = phone.post(
            address, {"statement": card.code, "stance": "1", "seq": "1", "key": f"key-{card.code}"}
        )
        _page, _query, code = answer["Location"].partition("?s=")
        card = before.card(code)

    assert asked == codes(before)[1:3] + codes(before)[3:] + codes(before)[:1]


def test_closed_round_keeps_its_routing_and_asks_nobody(world):
    set_routing(world.round, 1)
    Round.objects.filter(pk=world.round.pk).update(state=RoundState.CLOSED, closed_at=now())

    assert len(kept()) == 1


@pytest.mark.parametrize("is_limited", [False, True])
def test_progress_says_what_the_ballots_say_of_how_many(
    world, is_limited, django_assert_num_queries
):
    rounds = [RoundFactory(edition=world.edition, state=RoundState.OPEN) for _ in range(2)]
    device = DeviceFactory(voice=world.ben, is_limited=is_limited)
    for round in rounds:
        own, other, changed, out, _left = put(round, 5)
        for statement, of in ((own, device), (other, None), (changed, None), (out, device)):
            VoteEventFactory(statement=statement, voice=world.ben, device=of, seq=1)
        VoteEventFactory(statement=changed, voice=world.ben, device=device, seq=2)
        type(out).objects.filter(pk=out.pk).update(is_moderated_out=True)

    with django_assert_num_queries(2):
        said = queries.progress_in(rounds, world.ben, device)

    ballots = [queries.ballot_of(round, world.ben, device) for round in rounds]
    assert [(p.round, p.n_answered, p.n_asked, p.is_done) for p in said] == [
        (b.round, b.n_answered, len(b.cards), b.is_done) for b in ballots
    ]
    assert {p.n_answered for p in said} == ({2} if is_limited else {3})
