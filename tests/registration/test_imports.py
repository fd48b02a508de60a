"""Lists of people as organisers have them: previewed row by row, imported, and undone."""

from __future__ import annotations

import io
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from majlis.kernel.clock import now
from majlis.kernel.errors import RuleBroken
from majlis.registration import actions
from majlis.registration.imports import Defaults, guessed, is_heading, people_in
from majlis.registration.imports.cells import country_of, group_of, languages_of
from majlis.registration.models import FormAnswer, Guest, PeopleImport, Registration
from majlis.registration.queries.guests import plan
from majlis.registration.states import ImportState, RegistrationState
from majlis.series.actions import set_usual_questions
from majlis.ui.tables import read_paste
from tests.conftest import as_person
from tests.factories.mail import outbox
from tests.factories.registration import (
    DeviceFactory,
    GuestFactory,
    RegistrationFactory,
    RoleFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def ada():
    return RoleFactory(edition__slug="tunis", person__name="Ada").person


@pytest.fixture
def edition(ada):
    return ada.roles.get().edition


def uploaded(edition, ada, text, kind="guests", **defaults) -> PeopleImport:
    read = read_paste(text, knows=is_heading)
    of = actions.upload_list(
        edition, kind=kind, name="x.csv", headings=read.headings, rows=read.rows,
        language="fr", by=ada,
    )  # fmt: skip
    if defaults:
        actions.map_list(of, fields=of.fields, defaults=of.defaults | defaults, by=ada)
        of.refresh_from_db()
    return of


def finished(of) -> PeopleImport:
    for _pass in range(40):
        actions.run_imports()
    of.refresh_from_db()
    return of


def fates(of) -> list[tuple[str, str]]:
    return [(one.found.name, str(one.fate)) for one in plan(of)]


@pytest.mark.parametrize(
    ("headings", "fields"),
    [
        (["Country", "E-Mail", "Full name"], ["country", "email", "name"]),
        (["NOM", "Prénom", "Courriel"], ["last_name", "first_name", "email"]),
        (["Nom et prénom *", "Adresse électronique"], ["name", "email"]),
        (["الاسم واللقب", "البريد الإلكتروني", "المؤسسة"], ["name", "email", "organisation"]),
        (["N°", "Participant", "Pays"], ["", "name", "country"]),
        (["NOM, Prénom", "Pays"], ["name", "country"]),
        (["First name & last name", "E-mail / courriel"], ["name", "email"]),
        (["الاسم، اللقب", "البلد"], ["name", "country"]),
    ],
)
def test_headings_are_known_in_three_languages(headings, fields):
    assert guessed(headings, []) == fields


def test_columns_without_a_known_heading_are_guessed_by_what_stands_in_them():
    rows = [["1", "Ada L", "ada@example.org", "Tunisie"], ["2", "Ben S", "ben@x.org", "Maroc"]]
    assert guessed(["A", "B", "C", "D"], rows) == ["", "name", "email", "country"]


def test_countries_groups_and_languages_are_read_as_people_write_them():
    assert [country_of(c) for c in ("tunisie", "المغرب", "DZA", "The Netherlands", "UK")] == [
        "TN", "MA", "DZ", "NL", "GB",
    ]  # fmt: skip
    assert [group_of(g) for g in ("PME", "Ministère de l’Industrie", "جامعة", "?")] == [
        "sme", "ministry", "university", "",
    ]  # fmt: skip
    assert languages_of("Français / العربية") == ("fr", "ar")


@pytest.mark.parametrize(
    ("name", "email", "people"),
    [
        ("Ben Salah, Leila", "l@x.org", [("Leila Ben Salah", "l@x.org")]),
        ("Ada L; Ben S", "a@x.org / b@x.org", [("Ada L", "a@x.org"), ("Ben S", "b@x.org")]),
        ("Ada L, Ben S", "a@x.org, b@x.org", [("Ada L", "a@x.org"), ("Ben S", "b@x.org")]),
        ("Mme Ada L et Dr Ben S", "a@x.org", [("Ada L", "a@x.org"), ("Ben S", "")]),
        ("Ada L <A@X.org>", "", [("Ada L", "a@x.org")]),
        ("السيدة ليلى بن صالح", "l@x.org", [("ليلى بن صالح", "l@x.org")]),
    ],
)
def test_one_cell_becomes_the_people_in_it(name, email, people):
    found = people_in({2: [name, email]}, ["name", "email"], Defaults())
    assert [(one.name, one.email) for one in found] == people


def test_a_preview_tells_row_by_row_and_writes_nothing(ada, edition):
    GuestFactory(edition=edition, email="known@x.org", name="Known", organisation="Old")
    RegistrationFactory(edition=edition, person__email="ben@x.org")
    of = uploaded(
        edition, ada,
        "Nom;Courriel;Organisme\n"
        "Ada L;ada@x.org;Agence\n"
        "Known;KNOWN@x.org;New\n"
        "Ben;ben@x.org;\n"
        "Ada Again;ada@x.org;\n"
        "Ada L;ada+list@x.org;\n"
        "L Ada;other@x.org;agence\n"
        "Nobody;;\n"
        ";x@x.org;\n",
    )  # fmt: skip

    assert fates(of) == [
        ("Ada L", "made"), ("Known", "changed"), ("Ben", "refused"), ("Ada Again", "refused"),
        ("Ada L", "refused"), ("L Ada", "refused"), ("Nobody", "refused"), ("", "refused"),
    ]  # fmt: skip
    assert plan(of)[1].changes == (("organisation", "Old", "New"),)
    assert Guest.objects.count() == 1


def test_importing_twice_and_undoing_leaves_what_was_there(ada, edition):
    GuestFactory(edition=edition, email="known@x.org", name="Known", organisation="Old")
    of = uploaded(edition, ada, "Name,Email,Organisation\nAda,ada@x.org,A\nKnown,known@x.org,New")
    actions.start_import(of, by=ada)
    with pytest.raises(RuleBroken):
        actions.start_import(of, by=ada)
    assert dict(Guest.objects.values_list("name", "organisation")) == {"Ada": "A", "Known": "New"}
    again = uploaded(edition, ada, "Name,Email,Organisation\nAda,ada@x.org,A")
    assert fates(again) == [("Ada", "same")]

    of.refresh_from_db()
    actions.undo_import(of, by=ada)

    assert dict(Guest.objects.values_list("name", "organisation")) == {"Known": "Old"}


def test_a_guest_who_has_answered_since_stays_when_the_import_is_undone(ada, edition):
    of = uploaded(edition, ada, "Name,Email\nAda,ada@x.org\nBen,ben@x.org")
    of = actions.start_import(of, by=ada)
    Guest.objects.filter(name="Ada").update(answer="yes")

    of = actions.undo_import(of, by=ada)

    assert [guest.name for guest in Guest.objects.all()] == ["Ada"]
    assert [bool(one.get("stays")) for one in of.outcome] == [True, False]


def test_participants_are_imported_in_passes_and_undone_unless_used(ada, edition):
    rows = "\n".join(f"Person{chr(97 + n % 26)}{chr(97 + n // 26)};p{n}@x.org" for n in range(60))
    of = uploaded(edition, ada, f"Nom;Courriel\n{rows}", "places", constituency="sme", country="TN")
    of = actions.start_import(of, by=ada)
    assert (of.state, of.n_done, of.n_all) == (ImportState.RUNNING, 50, 60)
    of = finished(of)
    assert of.state == ImportState.DONE
    places = Registration.objects.filter(edition=edition, state=RegistrationState.CONFIRMED)
    assert places.count() == len(outbox()) == 60
    assert outbox()[0].language == "fr"
    DeviceFactory(voice=places.get(person__email="p7@x.org").voice)

    actions.undo_import(of, by=ada)
    of = finished(of)

    assert of.state == ImportState.UNDONE
    assert [place.person.email for place in places] == ["p7@x.org"]


def test_a_participant_needs_a_group_and_a_country(ada, edition):
    of = uploaded(edition, ada, "Nom;Courriel;Pays\nAda;a@x.org;Tunisie", "places")
    assert fates(of) == [("Ada", "refused")]
    of = uploaded(edition, ada, "Nom;Courriel;Pays\nAda;;Tunisie", "places", constituency="sme")
    assert fates(of) == [("Ada", "made")]


def test_an_import_is_undone_for_an_hour_and_forgotten_then(ada, edition, monkeypatch):
    of = actions.start_import(uploaded(edition, ada, "Name,Email\nAda,ada@x.org"), by=ada)
    draft = uploaded(edition, ada, "Name,Email\nBen,ben@x.org")
    PeopleImport.objects.filter(pk=of.pk).update(ended_at=now() - timedelta(minutes=61))
    PeopleImport.objects.filter(pk=draft.pk).update(made_at=now() - timedelta(hours=25))

    with pytest.raises(RuleBroken):
        actions.undo_import(of, by=ada)
    actions.forget_lists()

    left = PeopleImport.objects.get()
    assert (left.pk, left.table, left.outcome) == (of.pk, {}, [])


def test_the_pages_lead_from_a_workbook_to_guests_and_back(ada, edition):
    book = openpyxl.Workbook()
    book.active.append(["Guest list"])
    book.active.append(["Etablissement", "Nom et prénom", "E-mail"])
    book.active.append(["Agence", "Ada L", "ada@x.org"])
    book.active.append(["Agence", "Ben S", "no address"])
    out = io.BytesIO()
    book.save(out)
    client, file = as_person(ada), SimpleUploadedFile("guests.xlsx", out.getvalue())
    new = reverse("registration:desk-upload", args=["tunis"])
    preview = client.post(new, {"kind": "guests", "file": file, "language": "ar"})
    page = client.get(preview.url)
    assert page.status_code == 200
    assert "Ada L" in page.content.decode()
    refused = client.get(preview.url, {"fate": "refused"}).content.decode().split("<tbody>")[1]
    assert ("Ben S" in refused, "Ada L" in refused) == (True, False)

    client.post(f"{preview.url}start/")

    assert Guest.objects.get().language == "ar"
    assert (
        "ada@x.org"
        in client.get(reverse("registration:desk-guests", args=["tunis"])).content.decode()
    )
    client.post(f"{preview.url}undo/")
    assert not Guest.objects.exists()


def test_a_file_that_is_no_table_is_told_beside_the_field(ada, edition):
    new = reverse("registration:desk-upload", args=["tunis"])
    file = SimpleUploadedFile("x.xlsx", b"PK\x03\x04nothing")
    answer = as_person(ada).post(new, {"kind": "guests", "file": file, "language": "en"})
    assert answer.status_code == 422
    assert "cannot be opened" in answer.content.decode()
    assert not PeopleImport.objects.exists()


@pytest.mark.parametrize("n_rows", [50, 1500])
def test_preview_asks_as_often_for_a_long_list_as_for_a_short_one(ada, edition, n_rows):
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["Nom et prénom", "Courriel", "Organisme", "Pays", "Catégorie", "Langue"])
    for n in range(n_rows):
        letters = "".join(chr(97 + int(digit)) for digit in str(n))
        sheet.append(
            [f"Prénom {letters} Ben Salah", f"p{n}@exemple.tn", f"Org {n % 400}", "Tunisie",
             "PME", "français"]
        )  # fmt: skip
    out = io.BytesIO()
    book.save(out)
    client, file = as_person(ada), SimpleUploadedFile("all.xlsx", out.getvalue())
    new = reverse("registration:desk-upload", args=["tunis"])
    client.get(new)
    with CaptureQueriesContext(connection) as asked:
        preview = client.post(new, {"kind": "guests", "file": file, "language": "fr"})
        page = client.get(preview.url)

    assert f"{n_rows:,}" in page.content.decode()
    assert len(asked) == 22


def test_columns_answer_the_questions_of_the_form_and_undo_takes_the_answers_back(ada, edition):
    set_usual_questions(edition, {"diet": "asked", "visa": "asked", "arrival": "asked"}, by=ada)
    known = RegistrationFactory(
        edition=edition, person__email="ben@seminar.example", name="Ben", country="TN",
        constituency="sme",
    )  # fmt: skip
    visa = edition.questions.get(code="visa")
    FormAnswer.objects.create(
        registration=known, question=visa, prompt="Visa", value="no", shown="no", language="en"
    )
    text = """Nom;Email;Pays;Catégorie;Repas;Visa;Jour d’arrivée
Leila;leila@seminar.example;Tunisie;PME;Halal, végétarien;oui;03.04.2026
Ben;ben@seminar.example;Tunisie;PME;pizza;oui;
"""
    of = uploaded(edition, ada, text, kind="places")
    assert of.fields[4:] == ["asked_diet", "", "asked_arrival"]
    fields = [*of.fields[:5], "asked_visa", of.fields[6]]
    actions.map_list(of, fields=fields, defaults=of.defaults, by=ada)
    of.refresh_from_db()
    leila, ben = plan(of)
    assert leila.more == {
        "diet": ["Vegetarian", "Halal"], "visa": "yes", "arrival": "2026-04-03",
    }  # fmt: skip
    assert [change[1:] for change in ben.changes] == [("no", "yes")]
    assert "pizza" in ben.notes[0]

    actions.start_import(of, by=ada)
    of = finished(of)

    def said():
        found = FormAnswer.objects.values_list("registration__name", "question__code", "value")
        return sorted((name, code, value) for name, code, value in found)

    assert said() == [
        ("Ben", "visa", "yes"),
        ("Leila", "arrival", "2026-04-03"),
        ("Leila", "diet", ["Vegetarian", "Halal"]),
        ("Leila", "visa", "yes"),
    ]
    actions.undo_import(of, by=ada)
    finished(of)
    assert said() == [("Ben", "visa", "no")]


def test_guests_answer_questions_themselves(ada, edition):
    set_usual_questions(edition, {"diet": "asked"}, by=ada)
    of = uploaded(edition, ada, "Name;Email;Meals\nLeila;leila@seminar.example;Halal\n")
    assert "asked_diet" not in of.fields
    page = as_person(ada).get(reverse("registration:desk-import", args=["tunis", of.code]))
    assert "asked_diet" not in page.content.decode()
