"""The list of registrations is ordered, widened and taken along as it is filtered."""

from __future__ import annotations

import io
from datetime import timedelta

import openpyxl
import pytest
from django.urls import reverse

from majlis.kernel.clock import now
from majlis.registration.models import FormAnswer, Registration
from majlis.series.actions import set_usual_questions
from majlis.series.models import Edition
from tests.conftest import as_person
from tests.factories.people import OrganisationFactory
from tests.factories.registration import RegistrationFactory, RoleFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def ada():
    return RoleFactory(edition__slug="tunis", person__name="Ada").person


@pytest.fixture
def places(ada):
    edition = ada.roles.get().edition
    named = [("Élodie", "TN", "Zeta"), ("Adel", "MA", "=Alpha"), ("Zied", "TN", "")]
    made = []
    for minute, (name, country, organisation) in enumerate(named):
        body = OrganisationFactory(name=organisation) if organisation else None
        made.append(
            RegistrationFactory(
                edition=edition, name=name, country=country, organisation=body,
                asked_at=now() + timedelta(minutes=minute),
            )
        )  # fmt: skip
    return made


PATH = "/en/desk/tunis/registrations/"


def shown(ada, **query) -> list[str]:
    page = as_person(ada).get(reverse("registration:desk-registrations", args=["tunis"]), query)
    return [row.full_name for row in page.context["rows"]]


def sheet(ada, **query):
    answer = as_person(ada).get(PATH, query | {"file": "xlsx"})
    return [
        [cell.value for cell in row]
        for row in openpyxl.load_workbook(io.BytesIO(answer.content)).active
    ]


def test_the_list_stands_in_the_order_that_is_asked_for(ada, places):
    assert shown(ada) == ["Élodie", "Adel", "Zied"]
    assert shown(ada, sort="newest") == ["Zied", "Adel", "Élodie"]
    assert shown(ada, sort="name") == ["Adel", "Élodie", "Zied"]
    assert shown(ada, sort="organisation") == ["Adel", "Élodie", "Zied"]
    assert shown(ada, sort="country", country="TN") == ["Élodie", "Zied"]


def test_a_file_has_the_rows_that_are_filtered_in_their_order(ada, places):
    rows = sheet(ada, sort="name", country="TN")
    assert [row[0] for row in rows] == ["Name", "Élodie", "Zied"]
    head = rows[0]
    today = now().astimezone(Edition.objects.get().zone).date()
    assert rows[1][head.index("Registered on")].date() == today
    csv = as_person(ada).get(PATH, {"file": "csv"}).content.decode()
    assert "'=Alpha" in csv


def test_answers_are_columns_and_sensitive_ones_only_when_chosen(ada, places):
    edition = places[0].edition
    set_usual_questions(edition, {"function": "asked", "access": "asked"}, by=ada)
    for code, said in (("function", "Director"), ("access", "A ramp")):
        question = edition.questions.get(code=code)
        FormAnswer.objects.create(
            registration=places[0], question=question, prompt="?", value=said, shown=said,
            language="en",
        )  # fmt: skip

    assert "Director" in str(sheet(ada))
    assert "A ramp" not in str(sheet(ada))
    chosen = sheet(ada, columns=["asked_access", "email"])
    assert "A ramp" in str(chosen)
    assert "Director" not in str(chosen)
    page = as_person(ada).get(PATH, {"columns": ["asked_access"]}).content.decode()
    assert "A ramp" in page


def test_approving_in_the_list_answers_with_the_row_alone(ada, places):
    Registration.objects.update(state="waiting", confirmed_at=None)
    act = reverse("registration:desk-act", args=["tunis", places[0].code, "approve"])
    sent = {"back": "list", "list": "sort=name&columns=email"}

    answer = as_person(ada).post(act, sent, HTTP_HX_REQUEST="true").content.decode()

    assert answer.strip().startswith("<tr")
    assert answer.count("<tr") == 1
    assert places[0].person.email in answer
    assert "confirmed" in answer
    assert "columns=email" in answer  # checking in leads back to the list as it was
