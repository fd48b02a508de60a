"""Sent, answered, planned, declared, verified: what each verb writes, and what it refuses."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.db.utils import IntegrityError

from majlis.followup import actions
from majlis.followup.actions.reminders import PAUSE
from majlis.followup.models import Entry, FocalLink, Follow, Note, Proof
from majlis.followup.queries import standing, today_in
from majlis.followup.states import PROGRESS_MOVES, RESPONSE_MOVES, Flag, Progress, Response
from majlis.kernel.clock import now
from majlis.kernel.errors import NotAllowed, RuleBroken, WrongMove
from majlis.kernel.models import Act
from majlis.kernel.texts import Text
from majlis.mail.models import Message
from majlis.recommendations.models import Pair
from tests.factories.followup import pair_in, secret_of, sent
from tests.factories.people import PersonFactory
from tests.factories.recommendations import WRITER, AddresseeFactory
from tests.factories.series import EditionFactory

pytestmark = pytest.mark.django_db
LINK = Proof(url="https://example.org/order", is_public=True)


class Verifier:
    """Somebody else of the team."""

    doer = "person:verifier"


def day_of(pair, **after):
    return today_in(pair.recommendation.edition) + timedelta(**after)


def stands(pair, **later):
    fresh = Pair.objects.select_related("recommendation__edition", "addressee", "follow").get(
        pk=pair.pk
    )
    return standing(fresh, day_of(pair, **later))


def declared(by=None):
    pair, link, _token = sent()
    by = by or link
    actions.answer(pair, response=Response.ACCEPTED, note=Note(day_of(pair)), by=by)
    begun = Note(day_of(pair), "A draft was sent for opinion.")
    actions.note_progress(pair, progress=Progress.IN_PROGRESS, note=begun, by=by)
    done = Note(day_of(pair), "Published.", LINK)
    actions.note_progress(pair, progress=Progress.DECLARED, note=done, by=by)
    return pair, link


def test_send_writes_one_letter_with_its_own_items_and_lets_them_await_an_answer():
    other = pair_in()
    pair, _link, token = sent()

    letter = Message.objects.get(recipient="emna@ministry.example")
    assert pair.recommendation.rec_id in letter.text
    assert other.recommendation.rec_id not in letter.text
    assert letter.secrets == [token]
    assert stands(pair).response == Response.AWAITING
    assert stands(pair).follow.answer_due_on == day_of(pair, days=60)
    assert stands(other).response == Response.NOT_SENT


def test_send_to_a_unit_without_adopted_recommendations_is_refused_and_writes_nothing():
    unit = AddresseeFactory()

    with pytest.raises(RuleBroken, match="No adopted recommendation"):
        actions.send(
            unit, name="E", email="e@x.example", language="en",
            answer_due_on=now().date() + timedelta(days=60), by=WRITER,
        )  # fmt: skip

    assert list(FocalLink.objects.all()) == []
    assert list(Message.objects.all()) == []


def test_states_are_those_of_the_lifecycle_table():
    assert {state: {move.value for move in moves} for state, moves in RESPONSE_MOVES.items()} == {
        "not_sent": {"awaiting"},
        "awaiting": {"accepted", "partially_accepted", "rejected", "redirected"},
        "accepted": set(),
        "partially_accepted": set(),
        "rejected": {"awaiting"},
        "redirected": {"awaiting"},
    }
    ends = {"will_not_implement", "no_longer_applicable"}
    assert {state: {move.value for move in moves} for state, moves in PROGRESS_MOVES.items()} == {
        "not_started": {"planned", "in_progress", *ends},
        "planned": {"in_progress", "blocked", *ends},
        "in_progress": {"blocked", "declared_implemented", *ends},
        "blocked": {"in_progress", *ends},
        "declared_implemented": {"verified", "in_progress"},
        "verified": {"closed"},
        "closed": {"in_progress"},
        "will_not_implement": {"closed"},
        "no_longer_applicable": {"closed"},
    }


@pytest.mark.parametrize(
    "response", [Response.PARTIALLY_ACCEPTED, Response.REJECTED, Response.REDIRECTED]
)
def test_answer_other_than_full_acceptance_without_a_reason_is_refused(response):
    pair, link, _token = sent()

    with pytest.raises(RuleBroken, match="Give the reason"):
        actions.answer(pair, response=response, note=Note(day_of(pair)), by=link)

    assert stands(pair).response == Response.AWAITING


def test_answer_given_twice_is_refused_and_the_first_stays():
    pair, link, _token = sent()
    actions.answer(pair, response=Response.ACCEPTED, note=Note(day_of(pair)), by=link)

    no = Note(day_of(pair), "No.")
    with pytest.raises(WrongMove):
        actions.answer(pair, response=Response.REJECTED, note=no, by=link)

    assert stands(pair).response == Response.ACCEPTED


def test_redirected_makes_a_pair_of_the_other_unit_that_is_not_yet_sent():
    pair, link, _token = sent()
    other = AddresseeFactory(
        edition=pair.recommendation.edition, unit=Text.of("en", en="Agency for clusters")
    )

    why = Note(day_of(pair), "The agency is competent.")
    actions.answer(pair, response=Response.REDIRECTED, note=why, other=other, by=link)

    new = Pair.objects.get(addressee=other)
    assert stands(pair).follow.redirected_to == new
    assert stands(new).response == Response.NOT_SENT


def test_answer_by_letter_is_kept_with_who_typed_it_and_how_it_came():
    pair = pair_in()

    note = Note(day_of(pair), "Too early.", is_letter=True)
    entry = actions.answer(pair, response=Response.REJECTED, note=note, by=WRITER)

    assert (entry.channel, entry.by) == ("letter", WRITER.doer)
    assert stands(pair).response == Response.REJECTED


def test_no_answer_is_what_the_clock_says_and_an_answer_may_still_come():
    pair, link, _token = sent()

    assert stands(pair, days=60).response == Response.AWAITING
    assert stands(pair, days=61).response == Response.NO_ANSWER
    assert Follow.objects.get(pair=pair).response == Response.AWAITING

    actions.answer(pair, response=Response.ACCEPTED, note=Note(day_of(pair)), by=link)
    assert stands(pair, days=61).response == Response.ACCEPTED


def test_flags_follow_from_the_days():
    pair, _link, _token = sent()
    due = pair.recommendation.due_on
    follow = Follow.objects.get(pair=pair)
    follow.response, follow.updated_on = Response.ACCEPTED, due - timedelta(days=60)

    assert follow.flags_on(due - timedelta(days=31), due) == []
    assert follow.flags_on(due - timedelta(days=30), due) == [Flag.DUE_SOON]
    assert follow.flags_on(due + timedelta(days=1), due) == [Flag.OVERDUE]
    assert follow.flags_on(due + timedelta(days=31), due) == [Flag.OVERDUE, Flag.STALE]
    follow.progress = Progress.DECLARED
    assert follow.flags_on(due + timedelta(days=31), due) == []


def test_declared_without_proof_is_refused():
    pair, link, _token = sent()
    begun = Note(day_of(pair), "Begun.")
    actions.note_progress(pair, progress=Progress.IN_PROGRESS, note=begun, by=link)

    done = Note(day_of(pair), "Done.")
    with pytest.raises(RuleBroken, match="Add a proof"):
        actions.note_progress(pair, progress=Progress.DECLARED, note=done, by=link)

    assert stands(pair).progress == Progress.IN_PROGRESS


def test_whoever_declared_never_verifies_and_somebody_else_does():
    pair, _link = declared(by=WRITER)
    seen = Note(day_of(pair))

    with pytest.raises(NotAllowed, match="cannot verify"):
        actions.note_progress(pair, progress=Progress.VERIFIED, note=seen, by=WRITER)
    assert stands(pair).progress == Progress.DECLARED

    actions.note_progress(pair, progress=Progress.VERIFIED, note=seen, by=Verifier)
    assert stands(pair).progress == Progress.VERIFIED


def test_focal_point_who_is_a_colleague_too_does_not_verify_under_the_other_name():
    pair, _link = declared()
    emna = PersonFactory(email="emna@ministry.example")

    seen = Note(day_of(pair))
    with pytest.raises(NotAllowed, match="cannot verify"):
        actions.note_progress(pair, progress=Progress.VERIFIED, note=seen, by=emna)

    assert stands(pair).progress == Progress.DECLARED


def test_link_never_verifies_or_closes():
    pair, link = declared()
    for wanted in (Progress.VERIFIED, Progress.CLOSED, Progress.NOT_APPLICABLE):
        seen = Note(day_of(pair), "Seen.")
        with pytest.raises(NotAllowed, match="Only the team"):
            actions.note_progress(pair, progress=wanted, note=seen, by=link)


def test_database_refuses_one_person_as_declarer_and_verifier():
    pair, _link = declared()

    with pytest.raises(IntegrityError):
        Follow.objects.filter(pair=pair).update(verified_by="x", declared_by="x")


def test_sent_back_and_declared_anew_needs_another_verification():
    pair, link = declared()
    back = Note(day_of(pair), "The proof does not show it.")
    actions.note_progress(pair, progress=Progress.IN_PROGRESS, note=back, by=WRITER)
    done = Note(day_of(pair), "Now.", LINK)
    actions.note_progress(pair, progress=Progress.DECLARED, note=done, by=link)

    follow = Follow.objects.get(pair=pair)
    assert (follow.declared_by, follow.verified_by) == (link.doer, "")


@pytest.mark.parametrize(
    "wanted", [Progress.BLOCKED, Progress.WILL_NOT, Progress.NOT_APPLICABLE, Progress.IN_PROGRESS]
)
def test_state_that_asks_for_words_is_not_entered_without(wanted):
    pair, link, _token = sent()
    actions.plan_action(pair, what="Draft", who="Unit", due_on=day_of(pair), by=link)

    with pytest.raises(RuleBroken):
        actions.note_progress(pair, progress=wanted, note=Note(day_of(pair)), by=WRITER)

    assert stands(pair).progress == Progress.PLANNED


def test_hand_over_ends_the_old_link_and_mails_a_new_one():
    pair, link, token = sent()

    new = actions.hand_over(
        link, name="Sami", email="sami@ministry.example", language="fr", by=link
    )

    link.refresh_from_db()
    assert link.ended_at is not None
    assert secret_of(new) != token
    assert FocalLink.objects.get(addressee=pair.addressee, ended_at=None) == new
    with pytest.raises(RuleBroken, match="has been ended"):
        actions.end_link(link, by=WRITER)


def test_what_comes_by_a_link_that_was_ended_meanwhile_is_refused():
    pair, link, _token = sent()
    actions.end_link(link, by=WRITER)

    with pytest.raises(RuleBroken, match="has been ended"):
        actions.answer(pair, response=Response.ACCEPTED, note=Note(day_of(pair)), by=link)

    assert stands(pair).response == Response.AWAITING


def test_reminders_are_few_and_only_where_something_is_due(monkeypatch):
    pair, _link, _token = sent()
    letters = Message.objects.filter(template="followup/letters/reminded.txt")
    assert actions.remind_owners() == 0

    at = now() + timedelta(days=61)
    monkeypatch.setattr("django.utils.timezone.now", lambda: at)
    assert (actions.remind_owners(), letters.count()) == (1, 1)
    assert actions.remind_owners() == 0

    link = FocalLink.objects.get(addressee=pair.addressee, ended_at=None)
    assert secret_of(link) in letters.get().text
    at += PAUSE + timedelta(days=1)
    assert actions.remind_owners() == 1


def test_ledger_names_the_link_and_holds_no_words():
    pair, link = declared()

    lines = Act.objects.filter(object_kind="pair", object_code=pair.code)
    assert {line.doer for line in lines} == {link.doer}
    assert "Published" not in str([line.facts for line in lines])


@pytest.mark.skipif(connection.vendor != "postgresql", reason="two connections at once")
@pytest.mark.django_db(transaction=True)
def test_two_at_once_verify_once_and_never_lose_a_move():
    """One verifies while another sends back: exactly one of both holds, whoever is first."""
    pair, _link = declared()
    wanted = [
        (Progress.VERIFIED, Note(day_of(pair)), Verifier),
        (Progress.IN_PROGRESS, Note(day_of(pair), "The proof does not show it."), WRITER),
    ]
    start, outcomes = threading.Barrier(2), []

    def move(progress, note, by):
        try:
            start.wait()
            actions.note_progress(pair, progress=progress, note=note, by=by)
            outcomes.append(progress)
        except RuleBroken:
            outcomes.append(None)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=move, args=one) for one in wanted]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    (held,) = [one for one in outcomes if one]
    assert Follow.objects.get(pair=pair).progress == held
    assert (
        Entry.objects.filter(pair=pair, state=held)
        .exclude(note="A draft was sent for opinion.")
        .count()
        == 1
    )


@pytest.mark.skipif(connection.vendor != "postgresql", reason="two connections at once")
@pytest.mark.django_db(transaction=True)
def test_declarer_does_not_verify_while_the_declaration_is_under_way():
    """The same colleague declares and verifies by two windows at once: never both."""
    pair, link, _token = sent()
    actions.answer(pair, response=Response.ACCEPTED, note=Note(day_of(pair)), by=link)
    begun = Note(day_of(pair), "Begun.")
    actions.note_progress(pair, progress=Progress.IN_PROGRESS, note=begun, by=link)
    start = threading.Barrier(2)

    def move(progress, note):
        try:
            start.wait()
            actions.note_progress(pair, progress=progress, note=note, by=WRITER)
        except (RuleBroken, NotAllowed):
            pass
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=move, args=(Progress.DECLARED, Note(day_of(pair), "Done", LINK))),
        threading.Thread(target=move, args=(Progress.VERIFIED, Note(day_of(pair)))),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    follow = Follow.objects.get(pair=pair)
    assert (follow.progress, follow.verified_by) == (Progress.DECLARED, "")


def test_edition_of_a_rehearsal_reminds_nobody():
    edition = EditionFactory(is_rehearsal=True)
    sent(edition)
    FocalLink.objects.update(made_at=now() - PAUSE - timedelta(days=40))

    assert actions.remind_owners() == 0
