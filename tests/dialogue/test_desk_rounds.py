"""Running rounds from the desk."""

from __future__ import annotations

import pytest
from django.urls import reverse

from majlis.dialogue import actions
from majlis.dialogue.models import PaperBallot, Round, Statement
from majlis.dialogue.states import RoundState
from majlis.kernel.texts import Text
from tests.conftest import as_person
from tests.factories.dialogue import RoundFactory, StatementFactory, VoteEventFactory
from tests.factories.registration import VoiceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(world):
    return as_person(world.fay)


@pytest.fixture
def draft(world):
    return RoundFactory(edition=world.edition, state=RoundState.DRAFT, opened_at=None)


def address(name, round, **more):
    kwargs = {"edition": round.edition.slug, "code": round.code} | more
    return reverse(f"dialogue:{name}", kwargs=kwargs)


TITLES = {"title_en": "Plenary", "title_fr": "Plénière", "title_ar": "الجلسة العامة"}


def test_round_is_prepared_with_a_title_in_every_language(world, desk):
    answer = desk.post(
        reverse("dialogue:desk-round-new", args=["tunis"]),
        TITLES | {"session": "A08", "breakdown": "country", "shows_at_close": "on"},
    )

    round = Round.objects.exclude(pk=world.round.pk).get()
    assert (answer.status_code, answer["Location"]) == (
        303,
        address("desk-round-statements", round),
    )
    assert {lang: w.text for lang, w in round.title.items()} == {
        "en": "Plenary",
        "fr": "Plénière",
        "ar": "الجلسة العامة",
    }
    assert {w.status for lang, w in round.title.items() if lang != "en"} == {"edited"}
    assert (round.session, round.breakdown) == (world.session, "country")
    assert round.shows_at_close


def test_round_without_a_title_in_one_language_is_422_and_not_kept(world, desk):
    answer = desk.post(
        reverse("dialogue:desk-round-new", args=["tunis"]),
        TITLES | {"title_ar": "", "breakdown": "constituency"},
    )

    assert answer.status_code == 422
    assert Round.objects.count() == 1


def test_statements_are_put_in_one_by_one_or_by_theme(world, desk, draft):
    free = [
        StatementFactory(edition=world.edition, round=None, theme=world.theme) for _ in range(3)
    ]
    alone = StatementFactory(edition=world.edition, round=None)

    desk.post(address("desk-round-statements", draft), {"statement": [alone.code]})
    desk.post(address("desk-round-statements", draft), {"theme": "T1"})

    put = Statement.objects.filter(round=draft).order_by("position")
    assert list(put) == [alone, *free]


def test_statement_of_another_round_is_carried_without_its_votes(world, desk, draft):
    VoteEventFactory(statement=world.statement, voice=world.ben)

    desk.post(address("desk-round-statements", draft), {"statement": [world.statement.code]})

    carried = Statement.objects.get(round=draft)
    assert carried.wording == world.statement.wording
    assert carried.votes.count() == 0
    world.statement.refresh_from_db()
    assert (world.statement.round, world.statement.votes.count()) == (world.round, 1)


def test_choosing_nothing_is_422(world, desk, draft):
    StatementFactory(edition=world.edition, round=None)

    assert desk.post(address("desk-round-statements", draft)).status_code == 422


@pytest.mark.parametrize(
    ("do", "expected"),
    [("up:1", [1, 0, 2]), ("down:1", [0, 2, 1]), ("up:0", [0, 1, 2]), ("out:0", [1, 2])],
)
def test_arranging_moves_one_statement(world, desk, draft, do, expected):
    made = [StatementFactory(edition=world.edition, round=draft, position=n) for n in (1, 2, 3)]
    verb, which = do.split(":")

    desk.post(address("desk-round-arrange", draft), {"do": f"{verb}:{made[int(which)].code}"})

    put = Statement.objects.filter(round=draft).order_by("position")
    assert list(put) == [made[n] for n in expected]


def test_round_moves_after_a_second_click(world, desk, draft):
    StatementFactory(edition=world.edition, round=draft)
    moves = ("open", "close", "reopen", "close", "show")
    for move, state in zip(moves, ("open", "closed", "open", "closed", "shown"), strict=True):
        where = address("desk-round-move", draft, move=move)
        assert desk.get(where).status_code == 200
        draft.refresh_from_db()
        assert draft.state != state
        assert desk.post(where).status_code == 303
        draft.refresh_from_db()
        assert draft.state == state


@pytest.mark.parametrize("move", ["open", "reopen", "remove", "show", "again"])
def test_move_that_cannot_follow_is_refused(world, desk, move):
    assert desk.post(address("desk-round-move", world.round, move=move)).status_code == 409

    world.round.refresh_from_db()
    assert world.round.state == RoundState.OPEN


def test_closing_a_round_that_shows_at_its_close_says_so(world, desk):
    Round.objects.filter(pk=world.round.pk).update(shows_at_close=True)

    page = desk.get(address("desk-round-move", world.round, move="close")).content.decode()

    assert "everybody sees the results at once" in page


def test_a_round_offers_what_can_be_done_before_and_after_its_results_are_shown(world, desk):
    actions.close_round(world.round, by=world.ada)
    closed = desk.get(address("desk-round", world.round)).content.decode()
    actions.show_results(world.round, by=world.ada)
    shown = desk.get(address("desk-round", world.round)).content.decode()

    offers = {
        move: address("desk-round-move", world.round, move=move)
        for move in ("show", "reopen", "again")
    } | {"paper": address("desk-paper", world.round)}
    assert {name for name, to in offers.items() if to in closed} == {"show", "reopen", "paper"}
    assert {name for name, to in offers.items() if to in shown} == {"again"}


def test_asking_again_leads_to_the_new_round(world, desk):
    actions.show_results(actions.close_round(world.round, by=world.ada), by=world.ada)

    answer = desk.post(address("desk-round-move", world.round, move="again"))

    again = Round.objects.exclude(pk=world.round.pk).get()
    assert (answer.status_code, answer["Location"]) == (303, address("desk-round", again))
    assert [str(s) for s in again.statements.all()] == [str(world.statement)]


def test_no_sheet_is_printed_once_results_are_shown(world, desk):
    actions.show_results(actions.close_round(world.round, by=world.ada), by=world.ada)

    assert desk.get(address("desk-round-sheet", world.round)).status_code == 409


def test_unknown_move_finds_nothing(world, desk):
    assert desk.get(address("desk-round-move", world.round, move="burn")).status_code == 404


def test_desk_sees_turnout_and_no_stance_while_the_round_is_open(world, desk):
    for _ in range(6):
        voice = VoiceFactory(edition=world.edition)
        VoteEventFactory(statement=world.statement, voice=voice, stance=1)

    page = desk.get(address("desk-round", world.round)).content.decode()

    assert '<bdi dir="ltr"> 6 / 7 </bdi>' in " ".join(page.split())
    assert "100%" not in page
    assert "Agree" not in page


def test_turnout_piece_is_304_until_somebody_votes(world, desk):
    where = address("desk-turnout", world.round)
    first = desk.get(where)
    same = desk.get(where, headers={"If-None-Match": first["ETag"]})
    VoteEventFactory(statement=world.statement, voice=world.ben)
    after = desk.get(where, headers={"If-None-Match": first["ETag"]})

    assert (same.status_code, after.status_code) == (304, 200)


def test_preview_shows_a_statement_and_nothing_to_send(world, desk):
    page = desk.get(address("desk-round-preview", world.round)).content.decode()

    assert "Open a public register." in page
    assert 'action=""' in page
    assert page.count("disabled") == 3


def test_sheet_is_typed_in_and_read_again_by_another_person(world, desk):
    sheet = {"number": "3", "code": "", f"answer_{world.statement.code}": "-1"}
    answer = desk.post(address("desk-paper", world.round), sheet)
    ballot = PaperBallot.objects.get()
    check = address("desk-paper-check", world.round, ballot=ballot.code)
    ada = as_person(world.ada)

    own = desk.post(check, sheet)
    differs = ada.post(check, {f"answer_{world.statement.code}": "1"})
    same = ada.post(check, {f"answer_{world.statement.code}": "-1"})

    assert [a.status_code for a in (answer, own, differs, same)] == [303, 409, 409, 303]
    assert "The two entries differ." in differs.content.decode()
    ballot.refresh_from_db()
    assert ballot.checked_by == world.ada.doer


def test_sheet_with_an_unknown_code_or_all_blank_is_422(world, desk):
    wrong = {"number": "3", "code": "nobody", f"answer_{world.statement.code}": "1"}
    elsewhere = wrong | {"code": world.omar.code}
    blank = {"number": "3", f"answer_{world.statement.code}": ""}

    answers = [desk.post(address("desk-paper", world.round), d) for d in (wrong, elsewhere, blank)]

    assert [a.status_code for a in answers] == [422, 422, 422]
    assert list(PaperBallot.objects.all()) == []


def test_second_reading_page_does_not_show_the_first(world):
    desk = as_person(world.fay)
    desk.post(
        address("desk-paper", world.round),
        {"number": "3", f"answer_{world.statement.code}": "-1"},
    )
    ballot = PaperBallot.objects.get()

    page = (
        as_person(world.ada)
        .get(address("desk-paper-check", world.round, ballot=ballot.code))
        .content.decode()
    )

    assert page.count("checked") == 1
    assert 'value="" id' in page.split("checked")[0].rsplit("<input", 1)[1]


def test_sheet_to_print_has_every_statement_in_the_order_of_the_desk(world, desk, draft):
    for position, words in ((2, "Second."), (1, "First.")):
        StatementFactory(
            edition=world.edition, round=draft, position=position, wording=Text.of("en", en=words)
        )

    page = desk.get(address("desk-round-sheet", draft)).content.decode()

    assert page.index("First.") < page.index("Second.")
    assert page.count("− Disagree") == 2


def test_sheet_with_the_letters_of_a_card_speaks_for_the_participant(world, desk):
    letters = world.ben.paper_code.upper()
    for number, code in enumerate([f"{letters[:4]} {letters[4:]}", ""], start=1):
        sheet = {"number": number, "code": code, f"answer_{world.statement.code}": "1"}
        assert desk.post(address("desk-paper", world.round), sheet).status_code == 303

    first, second = PaperBallot.objects.order_by("number")
    assert (first.voice, first.is_anonymous) == (world.ben, False)
    assert second.is_anonymous
