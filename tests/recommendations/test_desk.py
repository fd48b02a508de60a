"""The desk: drafting, reading, refusing in words, by hand and without JavaScript."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse

from majlis.dialogue.actions import close_round, show_results
from majlis.dialogue.queries import matching_contributions
from majlis.dialogue.states import RoundState
from majlis.kernel.clock import now
from majlis.kernel.disclosure import AttributionRule
from majlis.recommendations import actions, queries
from majlis.recommendations.models import Addressee, Recommendation
from majlis.recommendations.states import TextState
from tests.conftest import as_person
from tests.factories.dialogue import (
    ContributionFactory,
    RoundFactory,
    StatementFactory,
    VoteEventFactory,
    counted,
)
from tests.factories.recommendations import (
    DECISION,
    CitedLinkFactory,
    adopted,
    drafted,
    in_review,
    on_final_list,
    published,
)
from tests.factories.registration import VoiceFactory
from tests.factories.series import EditionFactory, PublicTextFactory, SessionFactory

pytestmark = pytest.mark.django_db


def to(name: str, rec: Any = None, **more: Any) -> str:
    where = {"edition": rec.edition.slug, "rec_id": rec.rec_id} | more if rec else more
    return reverse(f"recommendations:{name}", kwargs=where)


@pytest.fixture
def chen(world):
    return as_person(world.chen)


@pytest.fixture
def ada(world):
    return as_person(world.ada)


def sheet(world, **more):
    """What a browser sends from the sheet of a first draft."""
    return {
        "s": world.statement.code,
        "original": "fr",
        "title_fr": "Un registre public",
        "text_fr": "Ouvrir un registre public des clusters.",
        "title_ar": "سجل عمومي",
        "text_ar": "إنشاء سجل عمومي.",
        "status_ar": "edited",
        "theme": world.theme.pk,
        "challenges": [world.challenge.pk],
        "instrument": "register",
        "new_unit": "Direction de l'infrastructure industrielle",
        "new_body": "Ministère de l'industrie",
        "new_country": "TN",
        "confidentiality": "participants",
    } | more


def test_new_page_drafts_with_a_new_addressee_and_languages_with_their_status(world, chen):
    answer = chen.post(to("desk-new", edition=world.edition.slug), sheet(world))

    rec = Recommendation.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, to("desk-one", rec))
    assert {lang: str(w.status) for lang, w in rec.text.items()} == {
        "fr": "original",
        "ar": "edited",
    }
    assert str(Addressee.objects.get().unit["fr"].text).startswith("Direction de l'infra")
    assert [c.statement for c in rec.citations.all()] == [world.statement]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"title_fr": ""}, "Write a title in the language of the original."),
        ({"title_fr": "x" * 91}, "90"),
        ({"new_unit": ""}, "Choose an addressee, or name a new department or unit below."),
        (
            {"new_unit": "Le gouvernement"},
            "Name a department or a unit: a directorate, an agency, an office. This is too broad.",
        ),
        ({"s": ""}, "Choose at least one statement"),
        ({"challenges": []}, "This field is required."),
    ],
)
def test_new_page_with_something_missing_says_it_and_writes_nothing(world, chen, change, said):
    answer = chen.post(to("desk-new", edition=world.edition.slug), sheet(world, **change))

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert (Recommendation.objects.count(), Addressee.objects.count()) == (0, 0)


def test_new_page_refuses_statements_of_another_edition(world, chen):
    foreign = StatementFactory(round__edition=world.other, edition=world.other)
    answer = chen.post(to("desk-new", edition=world.edition.slug), sheet(world, s=foreign.code))
    assert answer.status_code == 422


def test_statements_page_finds_words_without_accents_and_in_arabic(world, chen):
    from majlis.kernel.texts import Text

    StatementFactory(
        round=world.round,
        edition=world.edition,
        number=77,
        wording=Text.of("fr", fr="Créer un marché", ar="إحداث سوق"),
    )
    address = to("desk-statements", edition=world.edition.slug)

    for words in ("creer MARCHE", "سوق", "77"):
        shown = chen.get(address, {"q": words}).content.decode()
        assert ("Statement 77" in shown, f"Statement {world.statement.number}<" in shown) == (
            True,
            False,
        )


def test_statements_page_keeps_what_was_picked_and_shows_counts_of_closed_rounds(world, chen):
    round = RoundFactory(edition=world.edition, state=RoundState.CLOSED, closed_at=now())
    voted = StatementFactory(round=round, edition=world.edition, number=50)
    for _ in range(5):
        VoteEventFactory(statement=voted)
    counted(round)

    page = chen.get(
        to("desk-statements", edition=world.edition.slug), {"q": "nothing", "s": voted.code}
    ).content.decode()

    assert "agree 5, disagree 0, pass 0" in page
    assert re.search(rf'value="{voted.code}" id="s-{voted.code}"\s+checked', page)


def test_edit_page_shows_what_there_is_and_changes_it(world, chen):
    rec = drafted(world.edition)
    form = chen.get(to("desk-edit", rec)).context["form"]
    sent = {
        name: value for name, value in form.initial.items() if value not in (None, False, "")
    } | {
        "theme": rec.theme_id,
        "addressees": [one.pk for one in rec.addressees.all()],
        "text_en": "Keep a public register of clusters.",
        "problem": "Nobody can tell.",
    }

    answer = chen.post(to("desk-edit", rec), sent)

    rec.refresh_from_db()
    assert answer.status_code == 303
    assert rec.text["en"].text == "Keep a public register of clusters."
    assert rec.text["fr"].text == "Ouvrir un registre public des clusters."
    assert rec.problem["en"].text == "Nobody can tell."


def test_edit_page_of_a_closed_wording_is_refused_in_words(world, chen):
    rec = on_final_list(world.edition)
    answer = chen.get(to("desk-edit", rec))
    assert answer.status_code == 409
    assert "is locked" in answer.content.decode()


def test_submit_refused_lists_every_field_with_a_link_to_it(world, chen):
    rec = drafted(world.edition)

    answer = chen.post(to("desk-submit", rec))

    shown = answer.content.decode()
    assert answer.status_code == 409
    assert shown.count(f'href="{to("desk-edit", rec)}#id_problem"') >= 1
    assert "say what is missing, and for whom" in shown
    rec.refresh_from_db()
    assert rec.state == TextState.DRAFTED


def test_page_of_one_shows_each_test_and_the_warning(world, chen):
    shown = chen.get(to("desk-one", drafted(world.edition))).content.decode()

    assert "Wording tests passed: 3 of 5" in shown
    assert "Action tests passed: 2 of 10" in shown
    assert "These checks help you write" in shown


def test_sources_page_says_what_has_changed_since(world, chen):
    rec = drafted(world.edition, citing=[world.statement])
    for _ in range(5):
        VoteEventFactory(statement=world.statement)
    show_results(close_round(world.round, by=world.ada), by=world.ada)

    before = chen.get(to("desk-sources", rec)).content.decode()
    chen.post(to("desk-cite-again", rec, code=rec.citations.get().code))
    after = chen.get(to("desk-sources", rec)).content.decode()

    assert "Its counts have changed since then." in before
    assert "Its wording has changed since then." not in after


def test_cite_take_away_and_order_by_hand(world, chen):
    rec = drafted(world.edition)
    link = CitedLinkFactory(edition=world.edition)
    chen.post(to("desk-cite", rec), {"kind": "link", "code": link.code})
    chen.post(to("desk-cite", rec), {"kind": "statement", "code": world.statement.code})
    first, second, third = rec.citations.order_by("position")

    chen.post(to("desk-earlier", rec, code=second.code))
    chen.post(to("desk-take-away", rec, code=third.code))

    assert [c.pk for c in rec.citations.order_by("position")] == [second.pk, first.pk]


def test_link_page_adds_and_cites_evidence(world, chen):
    rec = drafted(world.edition)

    bad = chen.post(to("desk-link", rec), {"title": "X", "is_document": "no"})
    good = chen.post(
        to("desk-link", rec),
        {
            "title": "Loi 2001-50",
            "is_document": "yes",
            "evidence_kind": "law_text",
            "shows": "Groupings may run technopoles.",
        },
    )

    assert (bad.status_code, good.status_code) == (422, 303)
    assert [str(c.label) for c in rec.citations.all()] == ["statement", "document"]


def test_translation_page_sets_words_and_status(world, chen):
    rec = drafted(world.edition)

    answer = chen.post(
        to("desk-translation", rec, lang="fr"),
        {"title": "Un registre", "text": "Tenir un registre.", "status": "reviewed"},
    )

    rec.refresh_from_db()
    assert answer.status_code == 303
    assert (rec.text["fr"].text, str(rec.text["fr"].status)) == ("Tenir un registre.", "reviewed")


def test_translation_page_tells_what_the_original_said_before_it_was_changed(world, chen):
    rec = drafted(world.edition)
    before = rec.text.words("en")
    rec.text = rec.text.with_translation("fr", "Ouvrir.", "edited").with_original("Keep a list.")
    rec.save()

    page = chen.get(to("desk-translation", rec, lang="fr")).content.decode()

    assert f"Keep a list. – before it was changed: {before}" in page


@pytest.mark.parametrize("lang", ["en", "de"])
def test_translation_page_of_the_original_or_of_no_language_is_not_there(world, chen, lang):
    rec = drafted(world.edition)
    assert chen.get(to("desk-translation", rec, lang=lang)).status_code == 404


def test_review_of_ones_own_draft_is_marked(world, chen):
    rec = in_review(world.edition)
    rec.made_by = world.chen.doer
    rec.save()

    page = chen.get(to("desk-review", rec)).content.decode()
    chen.post(to("desk-review", rec), {"is_ready": "yes", "note": ""})

    assert "You wrote the first draft. Your review is saved and marked as the writer’s." in page
    assert "the writer’s own" in chen.get(to("desk-one", rec)).content.decode()


def test_review_not_ready_without_a_note_is_sent_back(world, chen):
    rec = in_review(world.edition)
    answer = chen.post(to("desk-review", rec), {"is_ready": "no", "note": " "})
    assert (answer.status_code, rec.reviews.count()) == (422, 0)


def test_decision_page_puts_what_is_missing_beside_its_field(world, ada):
    rec = on_final_list(world.edition)
    sent = DECISION | {"outcome": "adopted_with_reservation", "decided_on": "2026-03-25"}

    answer = ada.post(to("desk-decision", rec), sent)

    assert answer.status_code == 422
    assert answer.context["form"].errors == {"reservation": ["write the reservation"]}


def test_decision_page_records_it(world, ada):
    rec = on_final_list(world.edition)
    sent = DECISION | {"outcome": "adopted", "decided_on": "2026-03-25"}

    answer = ada.post(to("desk-decision", rec), sent)

    rec.refresh_from_db()
    assert (answer.status_code, rec.state) == (303, TextState.ADOPTED)
    assert (
        "For: 22. Against: 1. Abstaining: 3. Total: 26."
        in ada.get(to("desk-one", rec)).content.decode()
    )


def test_publish_page_asks_for_the_look_and_then_opens_the_page(world, ada, client):
    rec = adopted(world.edition)
    for kind in ("funding", "disclaimer"):
        PublicTextFactory(edition=world.edition, kind=kind, code=kind)

    without = ada.post(to("desk-publish", rec))
    ada.post(to("desk-publish", rec), {"attribution_checked": "on"})

    assert without.status_code == 422
    assert client.get(to("public", rec)).status_code == 200


def test_publish_page_says_which_sources_have_changed_or_no_longer_stand(world, ada):
    rec = adopted(world.edition, citing=[world.statement])
    before = ada.get(to("desk-publish", rec)).content.decode()
    world.statement.state = "withdrawn"
    world.statement.save()

    after = ada.get(to("desk-publish", rec)).content.decode()

    assert "has changed since it was cited" not in before
    assert "One source has changed since it was cited." in after
    assert (
        "It is no longer current: it was withdrawn or replaced by another wording."
        in ada.get(to("desk-sources", rec)).content.decode()
    )


def test_withdraw_of_a_published_one_is_the_organisers(world, chen, ada):
    rec = published(world.edition)

    assert chen.get(to("desk-withdraw", rec)).status_code == 404
    ada.post(to("desk-withdraw", rec), {"reason": "The law changed."})

    rec.refresh_from_db()
    assert rec.state == TextState.WITHDRAWN


def test_history_page_tells_who_what_from_to_and_why(world, chen):
    rec = in_review(world.edition)
    actions.send_back(rec, reason="The law must be checked.", by=world.chen)

    shown = " ".join(chen.get(to("desk-history", rec)).content.decode().split())

    assert "<strong>Chen</strong> changed its state: under review" in shown
    assert "The law must be checked." in shown
    assert "Clusters registered" in shown


def test_relate_and_take_back_by_hand(world, chen):
    rec, other = drafted(world.edition), drafted(world.edition)

    offered = chen.get(to("desk-one", rec)).content.decode()
    bad = chen.post(to("desk-relate", rec), {"kind": "continues", "other": rec.pk})
    chen.post(to("desk-relate", rec), {"kind": "continues", "other": other.pk})
    there = rec.relations.count()
    chen.post(to("desk-unrelate", rec), {"other": other.rec_id})

    assert f">{other.rec_id} " in offered
    assert (bad.status_code, there, rec.relations.count()) == (422, 1, 0)


def test_addressee_page_names_a_unit_in_three_languages(world, chen):
    unit = drafted(world.edition).addressees.get()

    chen.post(
        to("desk-addressee", edition=world.edition.slug, code=unit.code),
        {"unit_en": "Directorate", "unit_fr": "Direction générale", "country": "TN"},
    )

    unit.refresh_from_db()
    assert (unit.unit["fr"].text, "ar" in unit.unit) == ("Direction générale", False)


def test_list_page_asks_as_much_for_three_as_for_one(world, chen, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    address = to("desk-list", edition=world.edition.slug)
    drafted(world.edition)
    chen.get(address)
    with CaptureQueriesContext(connection) as one:
        chen.get(address)
    drafted(world.edition)
    drafted(world.edition)

    with django_assert_num_queries(len(one)):
        shown = chen.get(address).content.decode()
    assert shown.count('class="rec-id" href=') == 3


def test_matrix_of_another_edition_is_not_there(world, chen):
    assert chen.get(to("desk-matrix", edition=world.other.slug)).status_code == 404


@pytest.mark.parametrize(
    ("rule", "only_statement"),
    [
        pytest.param(AttributionRule.CLOSED, False, id="closed session"),
        pytest.param(AttributionRule.PUBLIC, True, id="only the statement asked"),
    ],
)
def test_guarded_words_are_not_shown_to_rapporteurs(rule, only_statement):
    edition = EditionFactory()
    said = ContributionFactory(
        voice=VoiceFactory(edition=edition),
        session=SessionFactory(edition=edition, attribution_rule=rule),
        words="Paroles gardées.",
        only_statement=only_statement,
    )
    rec = drafted(edition, citing=[StatementFactory(edition=edition, round__edition=edition), said])

    assert list(matching_contributions(edition)) == []
    assert "gardées" not in repr(queries.sources_of(rec))
