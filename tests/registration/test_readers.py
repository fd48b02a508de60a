"""Answers are read by those whom their question names, and the welcome desk sees its own page."""

from __future__ import annotations

import pytest
from django.urls import reverse

from majlis.kernel.texts import Text
from majlis.registration.forms.asked import AskedForm
from majlis.registration.models import FormAnswer
from majlis.series.models import Question
from tests.conftest import as_person

pytestmark = [pytest.mark.django_db, pytest.mark.once]

SECRET, SHARED, DOOR = "only-for-organisers", "for-the-whole-team", "for-the-welcome-desk"


@pytest.fixture
def answered(world):
    place = world.ben.registration
    for code, readers, said in [
        ("Q1", "organisers", SECRET),
        ("Q2", "team", SHARED),
        ("Q3", "door", DOOR),
    ]:
        question = Question.objects.create(
            edition=world.edition, code=code, prompt=Text.of("en", en=code), readers=readers
        )
        FormAnswer.objects.create(
            registration=place, question=question, prompt=code, value=said, shown=said,
            language="en",
        )  # fmt: skip
    return world


def pages(world) -> list[str]:
    """Every address at which somebody may look for answers, files and searches among them."""
    here, one = f"/en/desk/{world.edition.slug}/", world.ben.registration.code
    return [
        f"{here}answers/",
        f"{here}answers/?words={SECRET}",
        f"{here}answers/?columns=asked_Q1&columns=asked_Q3",
        f"{here}answers/?file=csv",
        f"{here}registrations/",
        f"{here}registrations/?columns=asked_Q1&columns=asked_Q2&columns=asked_Q3",
        f"{here}registrations/?file=csv",
        f"{here}registrations/{one}/",
        f"{here}arrivals/",
        f"{here}arrivals/list/",
        f"{here}arrivals/{one}/",
        f"{here}search/?q=for",
        f"{here}participants/",
        here,
    ]


@pytest.mark.parametrize(
    ("who", "reads"),
    [
        ("ada", {SECRET, SHARED, DOOR}),
        ("fay", {SHARED}),
        ("mia", {SHARED}),
        ("chen", {SHARED}),
        ("nour", {DOOR}),
        ("dina", set()),
    ],
)
def test_each_role_reads_what_a_question_names_it_for_and_nothing_else(answered, who, reads):
    client = as_person(getattr(answered, who))
    seen = "".join(client.get(path, follow=True).content.decode() for path in pages(answered))
    # What somebody typed themselves stands in the field for words, and tells nothing.
    seen = seen.replace(f'value="{SECRET}"', "").replace(f"words={SECRET}", "")
    assert {said for said in (SECRET, SHARED, DOOR) if said in seen} == reads


def test_words_find_in_the_answers_for_the_team_and_in_no_others(answered):
    client = as_person(answered.mia)

    def found(words):
        page = client.get(f"/en/desk/tunis/answers/?words={words}")
        return [one.full_name for one in page.context["rows"]]

    assert found("whole-team") == found("Ben") == ["Ben"]
    assert found(SECRET) == found(DOOR) == []


def test_the_welcome_desk_lands_on_its_page_and_finds_nobody_by_address(answered):
    client = as_person(answered.nour)
    email = answered.ben.registration.person.email
    home = client.get("/en/desk/tunis/", follow=True)

    assert home.redirect_chain[-1][0] == reverse("welcome:arrivals", args=["tunis"])
    assert email not in client.get("/en/desk/tunis/arrivals/list/").content.decode()
    assert email in as_person(answered.ada).get("/en/desk/tunis/arrivals/list/").content.decode()
    page = home.content.decode()
    assert "/registrations/" not in page
    assert "/search/" not in page


def test_a_form_tells_who_reads_an_answer(answered):
    form = AskedForm(questions=answered.edition.questions.all())
    assert [str(field.help_text) for field in form.asked] == [
        "",
        "The whole team reads this, with your name.",
        "Organisers and the welcome desk read this.",
    ]
