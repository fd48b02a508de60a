"""The check list ticks itself where the product can tell, and by hand elsewhere."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from majlis.front.queries import counts_of
from majlis.front.queries.checks import checks_of, due_checks
from majlis.kernel.models import Act
from majlis.registration.states import RoleKind
from majlis.series.actions import publish_programme
from majlis.series.queries import open_questions
from majlis.series.states import Check, EditionState, Question
from tests.conftest import as_person
from tests.factories.people import PersonFactory
from tests.factories.registration import RegistrationFactory, RoleFactory
from tests.factories.series import EditionFactory, SessionFactory, fund

pytestmark = pytest.mark.django_db
AT = datetime(2026, 2, 1, 12, tzinfo=UTC)  # 52 days before


def lines(edition):
    return {line.check: line for line in checks_of(edition, counts_of(edition), at=AT)}


def test_dates_follow_from_the_days_of_the_edition():
    found = lines(EditionFactory(starts_on=date(2026, 3, 25), ends_on=date(2026, 3, 26)))

    assert found[Check.QUESTIONS].due == date(2025, 12, 31)
    assert found[Check.BRIEF].due == date(2026, 4, 9)


def test_what_was_due_comes_before_what_is_due_within_a_week():
    edition = EditionFactory()
    due = due_checks(checks_of(edition, counts_of(edition), at=AT), today=AT.date())

    assert [line.check for line in due][:2] == [Check.QUESTIONS, Check.MAP]
    assert (due[0].is_late, Check.PAPER in [line.check for line in due]) == (True, False)


@pytest.mark.parametrize(
    ("check", "do"),
    [
        (Check.FUNDING, fund),
        (Check.PROGRAMME, lambda e: SessionFactory(edition=e)),
        (Check.TEXTS, fund),
        (Check.INVITED, lambda e: RegistrationFactory(edition=e, state="confirmed")),
        (Check.TEAM, lambda e: [RoleFactory(edition=e, kind=kind) for kind in RoleKind]),
    ],
)
def test_step_ticks_itself(check, do):
    edition = EditionFactory()
    before = lines(edition)[check].is_done
    do(edition)

    assert [before, lines(edition)[check].is_done] == [False, True]


def test_a_change_of_the_programme_takes_its_tick_away_until_it_is_published():
    edition = SessionFactory().edition
    edition.sessions.update(room="B")
    before = lines(edition)[Check.PROGRAMME].is_done
    publish_programme(edition, by=PersonFactory())

    assert [before, lines(edition)[Check.PROGRAMME].is_done] == [False, True]


def test_a_step_ticked_by_hand_says_who_and_can_be_taken_back():
    role = RoleFactory(person__name="Ada")
    client = as_person(role.person)
    kwargs = {"edition": role.edition.slug, "code": "map"}
    client.post(reverse("front:tick", kwargs=kwargs), {"to": "done"})
    ticked = lines(role.edition)[Check.MAP]
    client.post(reverse("front:tick", kwargs=kwargs), {"to": "open"})

    assert (ticked.is_done, ticked.who) == (True, "Ada")
    assert not lines(role.edition)[Check.MAP].is_done
    assert list(Act.objects.order_by("pk").values_list("verb", flat=True))[-2:] == [
        "tick_check", "untick_check",
    ]  # fmt: skip


def test_questions_are_open_until_each_has_an_answer():
    role = RoleFactory(edition__state=EditionState.DRAFT)
    address = reverse("front:questions", kwargs={"edition": role.edition.slug})
    answers = dict.fromkeys(Question.values, "Yes, because.")
    as_person(role.person).post(address, answers | {"fair": ""})
    almost = open_questions(role.edition)
    as_person(role.person).post(address, answers)

    assert (almost, open_questions(role.edition)) == ([Question.FAIR], [])
