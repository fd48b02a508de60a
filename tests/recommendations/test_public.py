"""What everybody may read, and when."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from django.urls import reverse

from majlis.kernel.texts import Text
from majlis.recommendations import actions
from majlis.recommendations.queries import MATRIX_COLUMNS, matrix_csv
from majlis.recommendations.states import Confidentiality, TextState
from majlis.ui.tables import safe_cell
from tests.conftest import as_person
from tests.factories.recommendations import (
    DECISION,
    WRITER,
    adopted,
    drafted,
    in_review,
    on_final_list,
    published,
)
from tests.factories.series import EditionFactory
from tests.recommendations.test_brief_content import voted

pytestmark = pytest.mark.django_db


def page(client, name, rec):
    return client.get(
        reverse(
            f"recommendations:{name}", kwargs={"edition": rec.edition.slug, "rec_id": rec.rec_id}
        )
    )


@pytest.mark.parametrize("make", [drafted, in_review, on_final_list, adopted])
@pytest.mark.parametrize("name", ["public", "why"])
def test_page_before_publication_is_not_there_even_for_the_organiser(world, make, name):
    rec = make(world.edition)
    assert page(as_person(world.ada), name, rec).status_code == 404


def test_public_list_shows_published_adopted_and_postponed_ones_each_as_far_as_it_may(client):
    edition = EditionFactory()

    def titled(words):
        return Text.of("en", en=words, fr=words, ar=words)

    drafted(edition, title=titled("A draft"))
    published(edition, title=titled("A published one"))
    open_to_all = {"confidentiality": Confidentiality.PUBLIC}
    adopted(edition, title=titled("An adopted one"), text=titled("Adopt words."), **open_to_all)
    adopted(edition, title=titled("A secret one"), confidentiality=Confidentiality.ORGANISERS)
    late = on_final_list(
        edition, title=titled("A postponed one"), text=titled("Wait words."), **open_to_all
    )
    actions.decide(
        late,
        outcome=TextState.POSTPONED,
        facts=DECISION | {"reason": "Cost", "next_on": date(2026, 9, 1)},
        by=WRITER,
    )

    shown = client.get(
        reverse("recommendations:public-list", kwargs={"edition": edition.slug})
    ).content.decode()

    assert [
        words in shown
        for words in (
            "A draft",
            "A published one",
            "An adopted one",
            "Adopt words.",
            "A secret one",
            "A postponed one",
            "Wait words.",
        )
    ] == [False, True, True, False, False, True, False]


def test_public_page_shows_counts_and_never_says_that_participants_agreed(client):
    edition = EditionFactory()
    rec = published(edition, citing=[voted(edition, sme=(12, 3, 1))])

    shown = page(client, "public", rec).content.decode()

    assert "Most agree: 75% agree, 19% disagree" in shown
    assert "These are the answers received. They do not mean that everyone agreed." in shown
    assert "participants agreed" not in shown.lower()


def test_public_page_of_a_small_room_shows_no_counts(client):
    edition = EditionFactory()
    rec = published(edition, citing=[voted(edition, sme=(6, 2, 1))])

    shown = page(client, "public", rec).content.decode()

    assert "Too few people answered to show the results." in shown
    assert "<figure" not in shown


@pytest.mark.parametrize("name", ["public", "why"])
def test_page_of_a_withdrawn_one_says_so_and_shows_nothing_else(client, name):
    rec = published()
    actions.withdraw(rec, reason="The law changed.", by=WRITER)

    shown = page(client, name, rec).content.decode()

    assert "The law changed." in shown
    assert "Open a public register of clusters." not in shown


def test_page_of_a_superseded_one_leads_to_the_newer_one(client):
    old = published()
    new = published(old.edition)
    actions.supersede(old, successor=new, by=WRITER)

    assert new.rec_id in page(client, "public", old).content.decode()


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+216 71", "'+216 71"),
        ("-5 %", "'-5 %"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("  =cmd", "'  =cmd"),
        ("＝1", "'＝1"),
        ("a=b", "a=b"),
        (-5, -5),
        (None, ""),
        (True, "yes"),
    ],
)
def test_safe_cell_lets_no_formula_through(cell, safe):
    assert safe_cell(cell) == safe


def test_matrix_csv_has_all_columns_and_a_bom_only_when_asked():
    plain, marked = matrix_csv([]), matrix_csv([], bom=True)
    assert plain == ",".join(MATRIX_COLUMNS) + "\r\n"
    assert marked == "\ufeff" + plain


def test_public_matrix_holds_published_ones_only_and_public_counts(client):
    edition = EditionFactory()
    shown = published(edition, citing=[voted(edition, sme=(4, 3, 0))])
    adopted(edition)

    answer = client.get(reverse("recommendations:public-matrix", kwargs={"edition": edition.slug}))

    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert [row["rec_id"] for row in rows] == [shown.rec_id]
    assert rows[0]["support"].endswith("too few answers to show")
    assert (rows[0]["n_for"], rows[0]["text_fr"]) == (
        "22",
        "Ouvrir un registre public des clusters.",
    )


def test_desk_matrix_holds_all_of_them_with_counts_of_the_room(world):
    rec = drafted(world.edition, citing=[voted(world.edition, sme=(4, 3, 0))])

    answer = as_person(world.chen).get(
        reverse("recommendations:desk-matrix", kwargs={"edition": world.edition.slug}) + "?bom=1"
    )

    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["rec_id"] for row in rows] == [rec.rec_id]
    assert rows[0]["support"].endswith("agree 4, disagree 3, pass 0")
