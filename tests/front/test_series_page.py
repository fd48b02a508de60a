"""The page of a series leads to the edition that matters now; a participant's to own words."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from majlis.kernel.clock import now
from tests.conftest import as_voice
from tests.factories.dialogue import ContributionFactory
from tests.factories.series import EditionFactory, SeriesFactory, SessionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_series_opens_with_the_edition_that_comes_next_else_the_latest():
    series, today = SeriesFactory(), now().date()
    days = {"old": -400, "last": -200, "next": 20, "later": 200}
    for slug, away in days.items():
        day = today + timedelta(days=away)
        EditionFactory(series=series, slug=slug, starts_on=day, ends_on=day)

    def opens_with() -> str:
        answer = Client().get(reverse("front:series", args=[series.slug]))
        return str(answer.context["edition"].slug)

    assert opens_with() == "next"
    series.editions.filter(slug__in=["next", "later"]).delete()
    assert opens_with() == "last"


def test_edition_shows_its_sessions_at_a_glance_without_its_breaks():
    edition = EditionFactory(slug="tunis")
    for kind in ("opening", "theme_table", "lunch", "closing"):
        SessionFactory(edition=edition, kind=kind)

    page = Client().get("/en/e/tunis/").content.decode()

    assert page.partition('class="glance-day"')[2].partition("</ol>")[0].count("<li>") == 3


def test_own_page_tells_what_became_of_the_newest_own_words(world):
    for n in range(4):
        ContributionFactory(voice=world.ben, words=f"Words no. {n}")
    ContributionFactory(voice=world.omar, edition=world.omar.edition, words="Of somebody else")

    page = as_voice(world.ben).get(reverse("front:room", args=[world.edition.slug]))
    text = page.content.decode()

    assert [f"Words no. {n}" in text for n in range(4)] == [False, True, True, True]
    assert "Of somebody else" not in text
