"""Walks: the team, a focal point behind a link, a verifier, and a reader."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from majlis.followup import actions
from majlis.followup.models import Entry, FocalLink, Follow, Note, Proof
from majlis.followup.queries import earlier_of, metrics_of, rows_for, standing_of, today_in
from majlis.followup.queries.register import public_editions, register, with_pairs
from majlis.followup.states import Progress, Response
from majlis.kernel.texts import Text
from majlis.recommendations.actions import relate
from majlis.recommendations.models import Pair, Recommendation, Relation
from majlis.recommendations.queries import action_checks
from majlis.recommendations.states import Instrument, RelationKind
from tests.conftest import as_person
from tests.factories.followup import last_secret, pair_in, secret_of, sent
from tests.factories.recommendations import WRITER, AddresseeFactory, drafted, published
from tests.factories.registration import RoleFactory
from tests.factories.series import EditionFactory, SeriesFactory

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n%%EOF"


def to(name, **kwargs):
    return reverse(f"followup:{name}", kwargs=kwargs)


def day_of(pair, **after):
    return today_in(pair.recommendation.edition) + timedelta(**after)


def test_focal_point_answers_plans_and_declares_and_a_colleague_verifies(world):
    pair = pair_in(world.edition)
    ada, slug = as_person(world.ada), world.edition.slug
    letter = {
        "name": "Emna",
        "email": "emna@ministry.example",
        "language": "fr",
        "answer_due_on": day_of(pair, days=60).isoformat(),
    }
    ada.post(to("desk-send", edition=slug, code=pair.addressee.code), letter)
    token = secret_of(FocalLink.objects.get())

    emna = Client()
    assert "button" in emna.get(to("portal", token=token)).content.decode()
    assert FocalLink.objects.get().opened_at is None
    emna.post(to("portal", token=token))
    assert FocalLink.objects.get().opened_at is not None

    item = {"token": token, "code": pair.code}
    today = day_of(pair).isoformat()
    refused = emna.post(to("answer", **item), {"response": "rejected", "on": today})
    assert refused.status_code == 422
    emna.post(to("answer", **item), {"response": "accepted", "on": today})
    plan = {"what": "Draft the order", "who": "Legal service", "due_on": today}
    emna.post(to("plan", **item), plan)
    begun = {"progress": "in_progress", "on": today, "note": "Draft sent."}
    emna.post(to("progress", **item), begun)
    proof = SimpleUploadedFile("order.pdf", PDF)
    done = {
        "progress": "declared_implemented",
        "on": today,
        "proof": proof,
        "is_proof_public": "on",
    }
    emna.post(to("progress", **item), done | {"proof": proof})
    assert Follow.objects.get().progress == Progress.DECLARED

    seen = {"progress": "verified", "on": today}
    ada.post(to("desk-progress", edition=slug, code=pair.code), seen)
    assert Follow.objects.get().progress == Progress.VERIFIED

    rec_id = pair.recommendation.rec_id
    page = Client().get(to("timeline", edition=slug, rec_id=rec_id)).content.decode()
    told = [
        "Sent to the addressee", "Accepted", "Planned", "In progress",
        "Implemented (declared)", "Implemented (verified)",
    ]  # fmt: skip
    assert sorted(told, key=page.rindex) == told
    file = Client().get(
        to("public-proof", edition=slug, code=Entry.objects.exclude(proof="").get().code)
    )
    assert file["Content-Disposition"].startswith("attachment")
    assert "sandbox" in file["Content-Security-Policy"]


def test_file_that_is_not_what_its_name_says_is_refused(world):
    pair, _link, token = sent(world.edition)
    actions.note_progress(
        pair, progress=Progress.IN_PROGRESS, note=Note(day_of(pair), "Begun."), by=WRITER
    )

    page = SimpleUploadedFile("proof.pdf", b"<script>alert(1)</script>")
    given = {"progress": "declared_implemented", "on": day_of(pair).isoformat(), "proof": page}
    answer = Client().post(to("progress", token=token, code=pair.code), given)

    assert answer.status_code == 422
    assert Follow.objects.get(pair=pair).progress == Progress.IN_PROGRESS


def test_link_sees_its_own_items_only_and_an_ended_one_says_so(world):
    pair, link, token = sent(world.edition)
    other = AddresseeFactory(edition=world.edition, unit=Text.of("en", en="Another office"))
    elsewhere = Pair.objects.create(recommendation=pair.recommendation, addressee=other)

    assert Client().get(to("item", token=token, code=elsewhere.code)).status_code == 404

    actions.end_link(link, by=WRITER)
    page = Client().get(to("portal", token=token))
    assert page.status_code == 404
    assert "no longer works" in page.content.decode()
    assert Client().get(to("items", token=token)).status_code == 404


def test_successor_takes_over_by_a_link_of_their_own(world):
    _pair, _link, token = sent(world.edition)

    person = {"name": "Sami", "email": "sami@ministry.example", "language": "ar"}
    Client().post(to("hand-over", token=token), person)

    new = FocalLink.objects.get(ended_at=None)
    assert new.name == "Sami"
    assert Client().get(to("items", token=token)).status_code == 404
    assert Client().get(to("items", token=secret_of(new))).status_code == 200


def test_letter_of_a_ministry_is_typed_in_with_its_scan(world):
    pair = pair_in(world.edition)
    answer = {
        "response": "partially_accepted",
        "reason": "The register, not the renewal test.",
        "on": day_of(pair).isoformat(),
        "scan": SimpleUploadedFile("letter.pdf", PDF),
    }
    as_person(world.ada).post(to("desk-answer", edition="tunis", code=pair.code), answer)

    entry = Entry.objects.get()
    assert (entry.state, entry.channel) == ("partially_accepted", "letter")
    assert not entry.is_proof_public
    assert Client().get(to("public-proof", edition="tunis", code=entry.code)).status_code == 404
    proof = to("desk-proof", edition="tunis", code=pair.code, entry=entry.code)
    assert as_person(world.ada).get(proof).content == PDF


def test_desk_counts_pairs_by_what_waits(world):
    pair, _link, _token = sent(world.edition)
    other = AddresseeFactory(edition=world.edition)
    Pair.objects.create(recommendation=pair.recommendation, addressee=other)

    Recommendation.objects.update(due_on=None)

    page = as_person(world.fay).get(to("desk", edition="tunis"))

    assert [(tab.value, tab.n) for tab in page.context["tabs"]] == [
        ("", 2), ("not_sent", 1), ("awaiting", 1),
    ]  # fmt: skip
    narrowed = as_person(world.fay).get(to("desk", edition="tunis") + "?state=not_sent")
    assert [one.pair.addressee for one in narrowed.context["page"]] == [other]


def test_file_of_a_scan_stays_with_the_team_and_the_matrix_has_a_row_for_each_pair(world):
    pair, _link, _token = sent(world.edition)
    other = AddresseeFactory(edition=world.edition, unit=Text.of("en", en="Another office"))
    Pair.objects.create(recommendation=pair.recommendation, addressee=other)

    file = as_person(world.ada).get(to("desk-matrix", edition="tunis", kind="csv"))

    lines = file.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert "awaiting a response" in lines[1]
    assert "not yet sent" in lines[2]


def two_editions():
    series = SeriesFactory()
    first = EditionFactory(series=series, slug="first")
    first.starts_on = first.ends_on = first.starts_on - timedelta(days=800)
    first.save()
    second = EditionFactory(series=series, slug="second")
    return first, second


def test_register_keeps_the_identity_of_what_a_later_edition_confirms():
    first, second = two_editions()
    old = published(first)
    new = drafted(second)
    relate(new, other=old, kind=RelationKind.CONFIRMS, by=WRITER)
    newest = published(second)
    Relation.objects.create(recommendation=newest, other=old, kind=RelationKind.AMENDS)
    today = second.ends_on

    found = with_pairs(register(public_editions(first.series), {}, today))
    (row,) = rows_for(found, today)

    assert (row.rec, row.earlier) == (newest, (old,))
    assert row.since == first.ends_on
    assert register(public_editions(first.series), {"age": "2"}, today).count() == 1
    assert register(public_editions(first.series), {"age": "3"}, today).count() == 0


def test_register_filters_match_any_pair_and_ask_all_of_the_same_one():
    first, _second = two_editions()
    pair, link, _token = sent(first)
    other = AddresseeFactory(edition=first, country="MA")
    Pair.objects.create(recommendation=pair.recommendation, addressee=other)
    actions.answer(pair, response=Response.ACCEPTED, note=Note(day_of(pair)), by=link)

    def fits(**asked):
        return register(public_editions(first.series), asked, day_of(pair)).exists()

    assert fits(answer="accepted")
    assert fits(answer="not_sent")
    assert fits(country="MA")
    assert fits(country="MA", answer="not_sent")
    assert not fits(country="MA", answer="accepted")
    assert not fits(answer="rejected")
    assert fits(theme="T1", challenge="C1", unit=f"{other.code} x")
    assert not fits(theme="T9")


def test_register_page_file_calendar_and_feed_tell_the_same():
    first, _second = two_editions()
    pair, link, _token = sent(first)
    actions.answer(pair, response=Response.ACCEPTED, note=Note(day_of(pair)), by=link)
    action = actions.plan_action(
        pair, what="Draft the order", who="Legal service", due_on=day_of(pair), by=link
    )
    series, rec_id = first.series.slug, pair.recommendation.rec_id

    page = Client().get(to("register", series=series) + "?answer=accepted").content.decode()
    file = Client().get(to("register-file", series=series, kind="csv") + "?answer=accepted")
    nothing = Client().get(to("register-file", series=series, kind="csv") + "?answer=rejected")
    calendar = Client().get(to("calendar", series=series)).content.decode()
    feed = Client().get(to("feed", series=series)).content.decode()

    assert rec_id in page
    assert len(file.content.decode("utf-8-sig").splitlines()) == 2
    assert len(nothing.content.decode("utf-8-sig").splitlines()) == 1
    assert calendar.count("BEGIN:VEVENT") == 2
    assert action.what in calendar
    assert "accepted" in feed


def test_earlier_page_opens_the_next_edition_with_what_became_of_the_last():
    first, second = two_editions()
    pair, link, _token = sent(first)
    actions.answer(pair, response=Response.ACCEPTED, note=Note(day_of(pair)), by=link)
    actions.note_progress(
        pair, progress=Progress.IN_PROGRESS, note=Note(day_of(pair), "Begun."), by=link
    )

    earlier = earlier_of(second)
    page = Client().get(to("earlier", edition="second")).content.decode()

    assert [row.rec for row in earlier.going] == [pair.recommendation]
    assert "Under way" in page
    assert earlier_of(first).n == 0


def test_metrics_count_pairs():
    pair, link, _token = sent()
    edition, today = pair.recommendation.edition, day_of(pair)
    for name in ("Second office", "Third office"):
        unit = AddresseeFactory(edition=edition, unit=Text.of("en", en=name))
        Pair.objects.create(recommendation=pair.recommendation, addressee=unit)
        actions.send(
            unit, name="E", email="e@x.example", language="en",
            answer_due_on=today + timedelta(days=60), by=WRITER,
        )  # fmt: skip
    second = edition.recommendations.get().pairs.all()[1]
    actions.answer(pair, response=Response.ACCEPTED, note=Note(today), by=link)
    partly = Note(today, "A part.")
    actions.answer(second, response=Response.PARTIALLY_ACCEPTED, note=partly, by=WRITER)
    for one, late in ((pair, 5), (second, -5)):
        actions.plan_action(
            one, what="Draft", who="Unit", due_on=today - timedelta(days=late), by=WRITER
        )
    begun = Note(today, "Begun.")
    actions.note_progress(pair, progress=Progress.IN_PROGRESS, note=begun, by=link)
    done = Note(today, "Done.", Proof(url="https://example.org"))
    actions.note_progress(pair, progress=Progress.DECLARED, note=done, by=link)
    actions.note_progress(pair, progress=Progress.VERIFIED, note=Note(today), by=WRITER)

    found = [(one.code, one.part, one.of, one.value) for one in metrics_of([edition], today)]

    assert found == [
        ("M07", 1, 1, None),
        ("M08", 0, 1, None),
        ("M09", 0, 1, 1.0),
        ("M11", 2, 3, None),
        ("M12", 1, 3, 0.0),
        ("M13", 2, 2, 1.0),
        ("M14", 1, 3, None),
        ("M14", 1, 3, None),
        ("M15", 1, 2, None),
        ("M16", 1, 1, None),
        ("M17", 1, 1, None),
        ("M20", 0, 1, None),
    ]


def test_organisation_endorses_once_by_its_link_under_a_name(world):
    rec = pair_in(world.edition).recommendation
    asked = {"organisation": "Association", "email": "a@x.example", "language": "en"}
    page = to("desk-endorsements", edition="tunis", rec_id=rec.rec_id)
    as_person(world.ada).post(page, asked)
    link = to("endorse", token=last_secret("endorse"))
    given = {"support": "reservation", "name": "Sami", "function": "Secretary"}

    assert Client().post(link, given).status_code == 422
    assert Client().post(link, given | {"reservation": "Review it."}).status_code == 303
    assert Client().post(link, given | {"support": "full"}).status_code == 409

    shown = Client().get(to("timeline", edition="tunis", rec_id=rec.rec_id)).content.decode()
    for said in ("Association", "with a reservation", "Review it.", "Sami", "Secretary"):
        assert said in shown


def test_example_of_the_method_comes_out_as_printed():
    """METHOD 1.9: a register of clusters; the answer is due 60 days after sending."""
    edition = EditionFactory()
    unit = AddresseeFactory(
        edition=edition,
        unit=Text.of("en", en="Unit in charge of industrial policy"),
        body=Text.of("en", en="Ministry of industry"),
    )
    rec = published(
        edition,
        text=Text.of(
            "en",
            en="Open a public register of clusters with a three-year validity and a renewal test.",
            fr="Ouvrir un registre public des clusters d’une validité de trois ans, avec examen.",
            ar="إنشاء سجل عمومي للعناقيد الصناعية صالح لثلاث سنوات مع تقييم عند التجديد.",
        ),
        addressees=[unit],
        instrument=Instrument.REGISTER,
    )
    ada = as_person(RoleFactory(edition=edition).person)
    form = ada.get(to("desk-send", edition=edition.slug, code=unit.code)).context["form"]
    sent_with = {"name": "Emna", "email": "e@x.example", "language": "en"}
    due = form.initial["answer_due_on"]
    ada.post(
        to("desk-send", edition=edition.slug, code=unit.code),
        sent_with | {"answer_due_on": due.isoformat()},
    )

    (one,) = standing_of(edition)
    assert one.response == Response.AWAITING
    assert (one.follow.answer_due_on - one.follow.sent_on).days == 60
    assert [test.passed for test in action_checks(rec)] == [True] * 10
    assert rec.adoptions.get().dissent == "Thresholds are too high for inland regions."
