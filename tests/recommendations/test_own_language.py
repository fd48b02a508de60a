"""What stands in one language only keeps it, and is marked in the others, also in briefs."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import translation

from majlis.briefs.pieces import _decision as in_brief
from majlis.dialogue import actions as dialogue
from majlis.mail.models import Message
from majlis.recommendations import actions
from majlis.recommendations.models import Adoption
from majlis.recommendations.queries import matrix_csv, matrix_rows
from majlis.recommendations.queries.brief import _decision
from majlis.registration.actions import decline
from tests.conftest import as_person, as_voice
from tests.factories.recommendations import (
    WRITER,
    CitedLinkFactory,
    drafted,
    in_review,
    on_final_list,
    published,
)
from tests.factories.registration import RegistrationFactory

pytestmark = pytest.mark.django_db


def page(client, name, lang, *args) -> str:
    with translation.override(lang):
        address = reverse(name, args=args)
    return " ".join(client.get(address).content.decode().split())


def marked(html: str, words: str, lang: str) -> bool:
    """Whether words in French stand there with their language and a mark that can be seen."""
    if lang == "fr":
        return f"{words} <" in html or f"{words}<" in html
    found = re.search(
        rf'lang="fr" dir="ltr">(<p>)?{words}(</p>)?</(span|div)> <span class="tag tag--language">',
        html,
    )
    return found is not None


@pytest.mark.parametrize("lang", ["en", "fr", "ar"])
def test_decision_is_marked_in_the_languages_it_is_not_in(world, lang):
    rec = published(world.edition)
    said = {
        "body": "Plénière de clôture",
        "rule": "Majorité simple",
        "dissent": "Trop cher",
        "reservation": "Sous réserve du budget",
    }
    Adoption.objects.filter(recommendation=rec).update(
        **said, language="fr", no_dissent_recorded=False, outcome="adopted_with_reservation"
    )

    html = page(as_person(world.ada), "recommendations:public", lang, "tunis", rec.rec_id)

    assert [words for words in said.values() if not marked(html, words, lang)] == []


@pytest.mark.parametrize(("lang", "mark"), [("en", "original (French)"), ("fr", "")])
def test_brief_marks_a_decision_that_is_in_another_language(world, lang, mark):
    rec = published(world.edition)
    Adoption.objects.filter(recommendation=rec).update(rule="Majorité simple", language="fr")

    with translation.override(lang):
        rows = {label: value for _, label, value in in_brief(_decision(rec), lang)}
        rule = next(value for value in rows.values() if value["text"] == "Majorité simple")

    assert (rule["lang"], rule["mark"]) == ("fr", mark)
    assert next(iter(rows.values()))["mark"] == mark


def test_decision_recorded_at_the_desk_keeps_the_language_that_was_chosen(world):
    rec = on_final_list(world.edition)
    with translation.override("en"):
        address = reverse("recommendations:desk-decision", args=["tunis", rec.rec_id])
    sent = {
        "outcome": "adopted",
        "language": "fr",
        "rule": "Majorité simple",
        "body": "Plénière",
        "decided_on": "2026-03-25",
        "count_note": "Levée de mains",
        "no_dissent_recorded": "on",
    }

    as_person(world.ada).post(address, sent)

    assert rec.adoptions.get().language == "fr"


def test_reason_of_a_moderator_is_marked_for_its_author(world):
    with translation.override("fr"):
        dialogue.decline([world.contribution], reason="Hors sujet", by=WRITER)

    for lang in ("en", "fr", "ar"):
        html = page(as_voice(world.ben), "dialogue:my-contributions", lang, "tunis")
        assert marked(html, "Hors sujet", lang), lang


def test_reason_of_a_withdrawal_is_marked(world):
    rec = drafted(world.edition)
    with translation.override("fr"):
        actions.withdraw(rec, reason="Doublon", by=WRITER)

    html = page(as_person(world.chen), "recommendations:desk-one", "en", "tunis", rec.rec_id)

    assert marked(html, "Doublon", "en")


def test_words_whose_language_nobody_noted_stand_without_a_mark(world):
    rec = published(world.edition)
    Adoption.objects.filter(recommendation=rec).update(rule="Majorité simple", language="")

    html = page(as_person(world.ada), "recommendations:public", "en", "tunis", rec.rec_id)

    assert '<dd dir="auto">Majorité simple</dd>' in html.replace("> Majorité", ">Majorité").replace(
        "simple <", "simple<"
    )


def test_history_marks_a_reason(world):
    rec = drafted(world.edition)
    with translation.override("fr"):
        actions.withdraw(rec, reason="Doublon", by=WRITER)

    for lang in ("en", "fr", "ar"):
        html = page(
            as_person(world.chen), "recommendations:desk-history", lang, "tunis", rec.rec_id
        )
        assert marked(html, "Doublon", lang), lang


def test_note_of_a_reader_is_marked(world):
    rec = in_review(world.edition)
    with translation.override("fr"):
        actions.review(rec, is_ready=False, note="À préciser", by=WRITER)

    html = page(as_person(world.chen), "recommendations:desk-one", "ar", "tunis", rec.rec_id)

    assert marked(html, "À préciser", "ar")


def test_matrix_says_in_which_language_a_decision_is(world):
    rec = published(world.edition)
    Adoption.objects.filter(recommendation=rec).update(rule="Majorité simple", language="fr")

    (row,) = matrix_rows(world.edition, published_only=True)

    assert (row["decision_language"], row["adoption_rule"]) == ("fr", "Majorité simple")
    assert "decision_language" in matrix_csv([row]).partition("\r\n")[0].split(",")


def test_what_a_document_shows_is_marked_wherever_it_is_cited(world):
    rec = drafted(world.edition)
    link = CitedLinkFactory(edition=world.edition, shows="Les coûts baissent", language="fr")
    actions.cite(rec, source=link, by=WRITER)

    html = page(as_person(world.chen), "recommendations:desk-one", "ar", "tunis", rec.rec_id)

    assert marked(html, "Les coûts baissent", "ar")


def test_reason_of_an_organiser_is_marked_at_the_desk_and_in_the_letter(world):
    registration = RegistrationFactory(
        edition=world.edition, state="waiting", person__language="ar"
    )
    with translation.override("fr"):
        declined = decline(registration, reason="Salle pleine", by=WRITER)

    html = page(
        as_person(world.ada), "registration:desk-registration", "en", "tunis", declined.code
    )

    assert marked(html, "Salle pleine", "en")
    text = Message.objects.get(recipient=declined.person.email).text
    assert "\u2068Salle pleine\u2069 (بالفرنسية)" in text
