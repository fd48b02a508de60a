"""The programme: its page, what runs when, and its published versions."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from majlis.kernel.texts import Text
from majlis.series import programme
from majlis.series.states import Moment
from tests.factories.series import EditionFactory, GlossaryTermFactory, SessionFactory, ThemeFactory

pytestmark = pytest.mark.django_db


def words(en: str) -> Text:
    return Text.of("en", en=en, fr=f"{en} (fr)", ar=f"{en} (ar)")


def test_programme_puts_sessions_of_one_group_side_by_side():
    edition = EditionFactory()
    SessionFactory(edition=edition, code="A1", starts=time(9), ends=time(10), parallel_group="")
    SessionFactory(edition=edition, code="A2", starts=time(10), ends=time(11), parallel_group="P")
    SessionFactory(edition=edition, code="A3", starts=time(10), ends=time(11), parallel_group="P")

    (day,) = programme.by_day(programme.sessions_of(edition))

    assert [[s.code for s in block.sessions] for block in day.blocks] == [["A1"], ["A2", "A3"]]


def test_now_and_next_follows_the_clock_of_the_place():
    edition = EditionFactory(time_zone="Africa/Tunis")
    SessionFactory(edition=edition, code="A1", starts=time(9), ends=time(10))
    SessionFactory(edition=edition, code="A2", starts=time(10, 30), ends=time(11))

    at_nine = programme.now_and_next(edition, at=datetime(2026, 3, 25, 8, 0, tzinfo=UTC))
    at_ten = programme.now_and_next(edition, at=datetime(2026, 3, 25, 9, 0, tzinfo=UTC))

    assert ([s.code for s in at_nine.now], [s.code for s in at_nine.next]) == (["A1"], ["A2"])
    assert ([s.code for s in at_ten.now], [s.code for s in at_ten.next]) == ([], ["A2"])


def test_session_may_end_after_midnight(client):
    edition = EditionFactory(slug="tunis", time_zone="Africa/Tunis")  # UTC+1, its last day the 25th
    late = SessionFactory(edition=edition, code="A9", starts=time(22), ends=time(0, 30))

    said = [
        [
            s.code
            for s in programme.now_and_next(
                edition, at=datetime(2026, 3, day, h, m, tzinfo=UTC)
            ).now
        ]
        for day, h, m in [(25, 20, 59), (25, 21, 0), (25, 23, 29), (25, 23, 30)]
    ]
    page = client.get("/en/e/tunis/programme/").content.decode()

    assert late.ends_at == datetime(2026, 3, 25, 23, 30, tzinfo=UTC)
    assert said == [[], ["A9"], ["A9"], []]
    assert "22:00–00:30" in page
    assert edition.moment(datetime(2026, 3, 25, 23, 15, tzinfo=UTC)) == Moment.DURING
    assert edition.moment(datetime(2026, 3, 26, 5, 0, tzinfo=UTC)) == Moment.AFTER


@pytest.mark.parametrize(
    ("starts", "ends"), [((9, 0), (9, 0)), ((14, 0), (13, 0)), ((5, 0), (5, 0))]
)
def test_session_that_ends_before_it_begins_by_day_is_refused(starts, ends):
    with pytest.raises(IntegrityError):
        SessionFactory(starts=time(*starts), ends=time(*ends))


@pytest.mark.parametrize("lang", ["en", "fr", "ar"])
def test_programme_page_tells_how_a_session_works(client, lang):
    edition = EditionFactory(slug="tunis")
    SessionFactory(
        edition=edition,
        theme=ThemeFactory(edition=edition),
        title=words("Table"),
        method=words("In turns"),
        roles=words("Facilitator"),
        artefact_in=words("Cards"),
        artefact_out=words("Drafts"),
        source_note="As in 2019.",
        source_url="https://example.org/2019",
    )
    with translation.override(lang):
        address = reverse("series:programme", kwargs={"edition": "tunis"})

    page = " ".join(client.get(address).content.decode().split())

    ending = "" if lang == "en" else f" ({lang})"
    shown = [word + ending for word in ("In turns", "Facilitator", "Cards", "Drafts")]
    assert [w for w in shown if f">{w}</" not in page] == []
    assert '<a href="https://example.org/2019">As in 2019.</a>' in page


def test_programme_page_says_which_version_it_is(client):
    edition = EditionFactory(slug="tunis")
    SessionFactory(edition=edition)
    with translation.override("en"):
        address = reverse("series:programme", kwargs={"edition": "tunis"})

    assert "Programme, version 1, published on" in client.get(address).content.decode()


def test_programme_page_asks_as_much_for_one_session_as_for_three(client):
    edition = EditionFactory(slug="tunis")
    theme = ThemeFactory(edition=edition)
    SessionFactory(edition=edition, theme=theme)
    address = reverse("series:programme", kwargs={"edition": "tunis"})
    with CaptureQueriesContext(connection) as for_one:
        client.get(address)
    SessionFactory.create_batch(2, edition=edition, theme=theme)
    with CaptureQueriesContext(connection) as for_three:
        client.get(address)

    assert len(for_three) == len(for_one)


@pytest.mark.parametrize("lang", ["en", "fr", "ar"])
def test_glossary_shows_terms_and_no_notes_of_its_editors(client, lang):
    GlossaryTermFactory(edition__slug="tunis", variants="FR also session")
    with translation.override(lang):
        address = reverse("series:glossary", kwargs={"edition": "tunis"})

    page = client.get(address).content.decode()

    assert all(term in page for term in ("seminar", "séminaire", "ندوة"))
    assert "also" not in page


def test_programme_is_filtered_by_theme_and_language_in_its_address(client):
    edition = EditionFactory()
    theme = ThemeFactory(edition=edition, code="T1")
    SessionFactory(edition=edition, title=words("Of the theme"), theme=theme, spoken=["fr"])
    SessionFactory(edition=edition, title=words("Of another"), interpreted=["ar"])
    SessionFactory(edition=edition, title=words("Lunch"), kind="lunch")

    def shown(query):
        path = reverse("series:programme", kwargs={"edition": edition.slug})
        said = client.get(path + query).content.decode()
        return [t for t in ("Of the theme", "Of another", "Lunch") if f">{t}<" in said]

    assert shown("") == ["Of the theme", "Of another", "Lunch"]
    assert shown("?theme=T1") == ["Of the theme", "Lunch"]
    assert shown("?spoken=ar") == ["Of another", "Lunch"]
    assert shown("?theme=T1&spoken=ar") == ["Lunch"]
    assert shown("?theme=<b>") == ["Lunch"]


def test_what_is_over_is_folded_and_what_runs_stands_in_the_card(client, monkeypatch):
    edition = EditionFactory(time_zone="UTC")
    SessionFactory(edition=edition, code="A1", starts=time(9), ends=time(10))
    SessionFactory(edition=edition, code="A2", starts=time(10), ends=time(11))
    at = datetime(2026, 3, 25, 10, 30, tzinfo=UTC)
    monkeypatch.setattr("majlis.series.views.now", lambda: at)

    page = client.get(reverse("series:programme", kwargs={"edition": edition.slug}))
    said = page.content.decode()

    assert "Earlier: 1 session" in said
    assert 'id="A1"' in said.partition('class="earlier"')[2].partition('id="A2"')[0]
    assert 'class="now-card"' in said

    at = datetime(2026, 4, 25, tzinfo=UTC)  # all is over, and nothing of it folded away
    page = client.get(reverse("series:programme", kwargs={"edition": edition.slug}))
    assert "Earlier" not in page.content.decode()


def test_glance_leaves_out_breaks_and_long_programmes():
    sessions = [SessionFactory.build(code=f"A{n}", edition=None) for n in range(24)]
    lunch = SessionFactory.build(code="L", kind="lunch", edition=None)

    def shown(*some):
        return [
            one.code
            for day in programme.at_a_glance(some)
            for b in day.blocks
            for one in b.sessions
        ]

    assert shown(*sessions[:2]) == []
    assert shown(*sessions[:2], lunch, sessions[2]) == ["A0", "A1", "A2"]
    assert len(shown(*sessions, lunch)) == 24
    assert shown(*sessions, SessionFactory.build(code="A24", edition=None)) == []


def test_sessions_of_one_hour_stand_in_the_order_of_their_numbers():
    edition = EditionFactory()
    for code in ("S10", "S9"):
        SessionFactory(edition=edition, code=code, starts=time(9), ends=time(10))

    assert [one.code for one in programme.planned_sessions(edition)] == ["S9", "S10"]
