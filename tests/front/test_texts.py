"""The desk of public texts."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from majlis.kernel.models import Act
from majlis.kernel.texts import Text, TextStatus
from majlis.series import queries
from majlis.series.actions import edit_text
from tests.conftest import as_person
from tests.factories.people import PersonFactory
from tests.factories.series import PublicTextFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def edit(text, lang, **changes):
    given = {
        "title": "Titre", "body": "Corps.", "status": TextStatus.REVIEWED, "is_confirmed": True,
    }  # fmt: skip
    return edit_text(text, lang=lang, by=PersonFactory(), **(given | changes))


def test_edit_text_sets_a_translation_with_its_status():
    text = edit(PublicTextFactory(), "fr")

    assert text.title["fr"].text == "Titre"
    assert (text.body["fr"].text, text.body["fr"].status) == ("Corps.", TextStatus.REVIEWED)
    assert text.body["en"].text == "A working day."


def test_edit_text_of_the_original_leaves_translations_behind():
    text = edit(PublicTextFactory(), "en", title="About", body="A long working day.")

    assert (text.body["en"].status, text.body["en"].source_revision) == (TextStatus.ORIGINAL, 2)
    assert (text.body.is_behind("fr"), text.title.is_behind("fr")) == (True, False)
    assert not edit(text, "fr").body.is_behind("fr")


def test_edit_text_leaves_a_ledger_line_without_words():
    text = edit(PublicTextFactory(), "fr")

    act = Act.objects.get()
    assert (act.verb, act.object_code) == ("edit_text", text.code)
    assert act.facts == {"lang": "fr", "status": "reviewed"}


def test_edit_text_writes_what_browsers_send_as_packs_keep_it():
    text = edit(PublicTextFactory(), "fr", body="Un.\r\n\r\nDeux. \r\n")

    assert text.body["fr"].text == "Un.\n\nDeux."


def test_texts_by_language_tell_how_each_language_stands():
    text = PublicTextFactory(body=Text.of("en", en="A day.", fr="Un jour."))
    edit(text, "en", title="About", body="Two days.")

    (one,) = queries.texts_by_language(text.edition)

    assert [(s.lang, s.status, s.is_behind) for s in one.languages] == [
        ("en", TextStatus.ORIGINAL, False),
        ("fr", TextStatus.DRAFT, True),
        ("ar", None, False),
    ]


def url(text, lang):
    kwargs = {"edition": text.edition.slug, "code": text.code, "lang": lang}
    return reverse("front:text-edit", kwargs=kwargs)


def test_text_edit_saves_and_shows_it_on_the_public_page(world):
    text = PublicTextFactory(edition=world.edition, is_confirmed=False)
    sent = {"title": "À propos", "body": "Une **longue** journée.", "status": "reviewed"}

    answer = as_person(world.ada).post(url(text, "fr"), sent | {"is_confirmed": "on"})

    assert answer.status_code == 303
    text.refresh_from_db()
    assert text.is_confirmed
    page = as_person(world.dina).get(f"/fr/e/{world.edition.slug}/").content.decode()
    assert "<p>Une <strong>longue</strong> journée.</p>" in page


def test_text_edit_without_words_says_what_is_missing(world):
    text = PublicTextFactory(edition=world.edition)

    answer = as_person(world.ada).post(url(text, "fr"), {"status": "draft"})

    assert answer.status_code == 422
    assert answer.context["form"].errors == {
        "title": ["Give the text a title."],
        "body": ["Write the text."],
    }
    assert PublicTextFactory._meta.model.objects.get(pk=text.pk).body == text.body


@pytest.mark.parametrize(("code", "lang"), [("nothing", "fr"), ("about", "de")])
def test_text_edit_of_nothing_is_not_found(world, code, lang):
    PublicTextFactory(edition=world.edition, code="about")
    kwargs = {"edition": world.edition.slug, "code": code, "lang": lang}

    answer = as_person(world.ada).get(reverse("front:text-edit", kwargs=kwargs))

    assert answer.status_code == 404


def test_text_edit_asks_no_status_of_the_original(world):
    text = PublicTextFactory(edition=world.edition)
    ada = as_person(world.ada)

    assert "status" not in ada.get(url(text, "en")).context["form"].fields
    assert "status" in ada.get(url(text, "ar")).context["form"].fields


def test_texts_page_asks_as_much_for_one_text_as_for_three(world):
    ada = as_person(world.ada)
    address = reverse("front:texts", kwargs={"edition": world.edition.slug})

    PublicTextFactory(edition=world.edition)
    with CaptureQueriesContext(connection) as for_one:
        ada.get(address)
    PublicTextFactory.create_batch(2, edition=world.edition)
    with CaptureQueriesContext(connection) as for_three:
        ada.get(address)

    assert len(for_three) == len(for_one)


def test_text_edit_shows_what_the_translation_was_made_from(world):
    text = edit(PublicTextFactory(edition=world.edition), "fr")
    edit(text, "en", title="About", body="A long working day.")
    ada = as_person(world.ada)

    html = ada.get(url(text, "fr")).content.decode()

    assert html.index("<p>A long working day.</p>") < html.index("<p>A working day.</p>")
    edit(text, "fr")
    assert "<p>A working day.</p>" not in ada.get(url(text, "fr")).content.decode()
