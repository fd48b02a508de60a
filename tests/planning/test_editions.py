"""Making series and editions in the browser, and who sees them."""

from __future__ import annotations

from datetime import date, time

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from majlis.kernel.ledger import CLOCK
from majlis.kernel.models import Act
from majlis.kernel.texts import Text, TextStatus
from majlis.mail.actions import word_letter
from majlis.mail.queries import wordings_of
from majlis.registration.actions import set_quotas
from majlis.registration.models import Role
from majlis.registration.queries.places import places_of
from majlis.registration.states import RoleKind
from majlis.series.models import Edition, Series
from majlis.series.states import EditionState
from tests.conftest import as_person
from tests.factories.packs import PNG
from tests.factories.people import PersonFactory
from tests.factories.registration import RoleFactory
from tests.factories.series import (
    EditionFactory,
    EditionLinkFactory,
    PartnerFactory,
    PublicTextFactory,
    SeriesFactory,
    SessionFactory,
    ThemeFactory,
    fund,
)

pytestmark = pytest.mark.django_db

NEW = {
    "title": "Mashreq Edition", "slug": "beirut-2027", "languages": ["en", "fr", "ar"],
    "language": "en", "place": "Beirut, Lebanon", "country": "LB", "starts_on": "2027-04-14",
    "ends_on": "2027-04-15", "time_zone": "Asia/Beirut",
}  # fmt: skip


@pytest.fixture
def held(db):
    """An edition with something of everything, and its organiser."""
    role = RoleFactory()
    edition = role.edition
    theme = ThemeFactory(edition=edition, code="T1")
    ThemeFactory(edition=edition, code="T2", is_retired=True)
    SessionFactory(edition=edition, code="S1", theme=theme)
    PublicTextFactory(edition=edition)
    PartnerFactory(edition=edition, code="femise", emblem=ContentFile(PNG, name="femise.png"))
    RoleFactory(edition=edition, kind=RoleKind.RAPPORTEUR)
    return edition, role.person


def make(person, **changes):
    return as_person(person).post(reverse("planning:new-edition"), NEW | changes)


def test_first_organiser_makes_series_and_edition_from_nothing():
    ada = PersonFactory()
    browser = as_person(ada)

    no_series_yet = browser.get(reverse("planning:new-edition"))
    made = browser.post(
        reverse("planning:new-series"),
        {"language": "fr", "title": "Séminaire", "slug": "seminaire", "about": ""},
    )
    answer = make(ada, series="seminaire")

    assert no_series_yet.url == made.url.replace("new-edition", "new-series")
    edition = Edition.objects.get()
    assert answer.url == reverse("planning:plan", kwargs={"edition": "beirut-2027"})
    assert Series.objects.get().title == Text.of("fr", fr="Séminaire")
    assert (edition.state, edition.title.words("en")) == (EditionState.DRAFT, "Mashreq Edition")
    assert Role.objects.get().person == ada
    assert list(Act.objects.values_list("verb", flat=True)) == [
        "make_series", "make_edition", "gave role",
    ]  # fmt: skip


def test_nobody_else_makes_editions():
    edition = RoleFactory().edition
    rapporteur = RoleFactory(edition=edition, kind=RoleKind.RAPPORTEUR).person
    of_a_rehearsal = RoleFactory(edition=EditionFactory(is_rehearsal=True)).person

    for person in (rapporteur, of_a_rehearsal, PersonFactory()):
        assert make(person, series=edition.series.slug).status_code == 404


def test_edition_belongs_to_a_series_that_one_organises(held):
    edition, ada = held
    others = EditionFactory().series

    assert make(ada, series=others.slug).status_code == 422
    assert make(ada, series=edition.series.slug).status_code == 303
    assert make(ada, series=SeriesFactory().slug, slug="another").status_code == 303


@pytest.mark.parametrize(
    ("field", "sent", "said"),
    [
        ("slug", "edition/1", "Small letters"),
        ("ends_on", "2027-04-13", "The last day is before the first day."),
        ("ends_on", "2028-04-13", "60 days at most"),
        ("language", "ar", "Choose one of the languages above: English."),
        ("title", "", "required"),
        ("time_zone", "Mars/Olympus", "not one of the available choices"),
    ],
)
def test_new_edition_says_what_is_wrong(held, field, sent, said):
    edition, ada = held
    languages = ["en"] if field == "language" else NEW["languages"]

    answer = make(ada, series=edition.series.slug, **{"languages": languages, field: sent})

    assert answer.status_code == 422
    assert said in str(answer.context["form"].errors[field])
    assert Edition.objects.count() == 1


def test_taken_short_name_is_told_at_its_field(held):
    edition, ada = held

    answer = make(ada, series=edition.series.slug, slug=edition.slug)

    assert answer.context["form"].errors["slug"] == [
        f"“{edition.slug}” is already taken. Choose another short name."
    ]


def test_edition_from_an_earlier_one_brings_what_was_chosen(held):
    edition, ada = held
    chosen = {"series": edition.series.slug, "source": edition.slug}

    make(ada, **chosen, copied=["themes", "programme", "partners", "team"])

    made = Edition.objects.get(slug="beirut-2027")
    assert [t.code for t in made.themes.all()] == ["T1"]  # the retired one stays behind
    session = made.sessions.get()
    assert (session.on_date, session.starts) == (date(2027, 4, 14), time(11, 35))
    assert session.theme == made.themes.get()
    assert made.texts.count() == 0
    partner = made.partners.get()
    with partner.emblem.open() as file:
        assert file.read() == PNG
    assert partner.emblem.name != edition.partners.get().emblem.name
    assert {r.kind for r in made.roles.all()} == {"organiser", "rapporteur"}


def test_words_about_a_demonstration_stay_with_it(held):
    edition, ada = held
    PublicTextFactory(edition=edition, kind="demo")

    make(ada, series=edition.series.slug, source=edition.slug, copied=["texts"])

    made = Edition.objects.get(slug="beirut-2027")
    assert [text.kind for text in made.texts.all()] == ["about"]


def test_sessions_after_the_last_day_do_not_come_along(held):
    edition, ada = held
    SessionFactory(edition=edition, code="S2", on_date=date(2026, 3, 28))

    make(ada, series=edition.series.slug, source=edition.slug, copied=["programme"])

    assert [s.code for s in Edition.objects.get(slug="beirut-2027").sessions.all()] == ["S1"]


def test_nothing_comes_along_from_an_edition_of_others(held):
    edition, ada = held

    answer = make(ada, series=edition.series.slug, source=EditionFactory().slug)

    assert answer.status_code == 422


PUBLIC = ["front:edition", "series:programme", "registration:register"]


@pytest.mark.parametrize("name", PUBLIC)
def test_draft_is_seen_by_its_organiser_alone(client, name):
    role = RoleFactory(edition__state=EditionState.DRAFT)
    fund(role.edition)
    kwargs = {"edition": role.edition.slug}

    assert client.get(reverse(name, kwargs=kwargs)).status_code == 404
    assert as_person(role.person).get(reverse(name, kwargs=kwargs)).status_code == 404
    preview = as_person(role.person).get(reverse("planning:preview", kwargs=kwargs))
    assert preview.status_code == 200
    as_person(role.person).post(reverse("planning:state", kwargs=kwargs | {"state": "announced"}))
    assert client.get(reverse(name, kwargs=kwargs)).status_code == 200


def test_draft_stands_in_no_list(client):
    edition = EditionFactory(state=EditionState.DRAFT)
    series = reverse("front:series", kwargs={"series": edition.series.slug})

    assert edition.slug not in client.get(series).content.decode()
    assert edition.slug not in client.get(reverse("front:home")).content.decode()


def test_shell_of_a_draft_offers_no_page_that_is_not_there(world):
    world.edition.state = EditionState.DRAFT
    world.edition.save()

    page = as_person(world.ada).get(reverse("planning:plan", kwargs={"edition": "tunis"}))

    assert "/e/tunis/" not in page.content.decode()


def settings_of(edition, **changes):
    sent = {
        "original": "en", "title_en": "Maghreb Edition", "place_en": "Tunis", "country": "TN",
        "starts_on": "2026-03-25", "ends_on": "2026-03-26", "time_zone": "Africa/Tunis",
        "languages": ["en", "fr", "ar"], "authoritative_language": "en",
        "registration_open": "on", "smallest_cell_room": "5", "smallest_cell_public": "10",
    }  # fmt: skip
    return sent | changes


def test_settings_change_what_the_edition_is(world):
    address = reverse("planning:settings", kwargs={"edition": "tunis"})
    ada = as_person(world.ada)

    answer = ada.post(
        address,
        settings_of(
            world.edition, title_fr="Édition Maghreb", status_fr="reviewed", agreement="not_sought",
            policy_moment="decision", feeds_decision_en="The cluster law",
        ),
    )  # fmt: skip

    assert answer.status_code == 303
    world.edition.refresh_from_db()
    assert world.edition.title["fr"].status == TextStatus.REVIEWED
    assert (world.edition.agreement, world.edition.policy_moment) == ("not_sought", "decision")
    assert world.edition.feeds_decision.words("en") == "The cluster law"
    assert world.edition.ends_on == date(2026, 3, 26)


def test_smallest_cell_is_never_lowered_once_people_voted(world):
    world.edition.smallest_cell_room = 8
    world.edition.save()
    assert world.edition.rounds.exists()

    answer = as_person(world.ada).post(
        reverse("planning:settings", kwargs={"edition": "tunis"}), settings_of(world.edition)
    )

    assert "can only be raised" in str(answer.context["form"].errors)


def test_address_of_an_announced_edition_stays(world):
    page = as_person(world.ada).get(reverse("planning:settings", kwargs={"edition": "tunis"}))

    assert "slug" not in page.context["form"].fields


def test_settings_that_somebody_else_changed_are_not_overwritten_in_silence(world):
    address = reverse("planning:settings", kwargs={"edition": "tunis"})
    ada = as_person(world.ada)
    was = ada.get(address).context["form"]["was"].value()
    ada.post(address, settings_of(world.edition, place_en="Sfax"))

    answer = ada.post(address, settings_of(world.edition, place_en="Sousse", was=was))

    assert answer.status_code == 422
    world.edition.refresh_from_db()
    assert world.edition.place.words("en") == "Sfax"


def test_settings_tell_a_taken_short_name_at_its_field(held):
    edition, ada = held
    draft = EditionFactory(state=EditionState.DRAFT)
    RoleFactory(edition=draft, person=ada)
    address = reverse("planning:settings", kwargs={"edition": draft.slug})

    answer = as_person(ada).post(address, settings_of(draft, slug=edition.slug))

    assert answer.status_code == 422
    assert "already taken" in str(answer.context["form"].errors["slug"])


def test_settings_replace_what_somebody_else_wrote_on_the_second_press(world):
    address = reverse("planning:settings", kwargs={"edition": "tunis"})
    ada = as_person(world.ada)
    was = ada.get(address).context["form"]["was"].value()
    ada.post(address, settings_of(world.edition, place_en="Sfax"))
    told = ada.post(address, settings_of(world.edition, place_en="Sousse", was=was))

    again = told.context["form"]["was"].value()
    ada.post(address, settings_of(world.edition, place_en="Sousse", was=again))

    world.edition.refresh_from_db()
    assert world.edition.place.words("en") == "Sousse"


def test_series_is_changed_by_organisers_of_its_editions(held):
    edition, ada = held
    address = reverse("planning:series", kwargs={"series": edition.series.slug})

    sent = {"original": "en", "title_en": "Dialogues", "about_en": "A line of dialogues."}
    answer = as_person(ada).post(address, sent)

    assert answer.status_code == 303
    edition.series.refresh_from_db()
    assert edition.series.title.words("en") == "Dialogues"
    assert as_person(RoleFactory().person).get(address).status_code == 404


def test_zones_of_the_country_come_first_and_none_twice(held):
    _edition, ada = held
    sent = {"country": "ES", "time_zone": "Mars/Olympus"}

    form = make(ada, **sent).context["form"]

    (name, first), (_others, rest) = form.fields["time_zone"].choices
    assert name == "Spain"
    assert [zone for zone, _name in first] == ["Europe/Madrid", "Africa/Ceuta", "Atlantic/Canary"]
    assert ("Africa/Tunis", "Tunis") in rest
    zones = [zone for zone, _name in [*first, *rest]]
    assert len(zones) == len(set(zones))
    assert "Asia/Calcutta" not in zones


def test_quotas_and_rewordings_come_along_each_by_its_own_tick(held):
    edition, ada = held
    set_quotas(edition, {("all", ""): 80, ("country", "TN"): 40}, by=CLOCK)
    word_letter(edition, "x.txt", "fr", heading="Bonjour", words="Venez.", by=CLOCK)
    chosen = {"series": edition.series.slug, "source": edition.slug}

    make(ada, **chosen, copied=["quotas"])
    make(ada, **chosen, slug="oran-2028", copied=["wordings", "programme"])

    first, second = (Edition.objects.get(slug=slug) for slug in ("beirut-2027", "oran-2028"))
    assert places_of(first) == {("all", ""): 80, ("country", "TN"): 40}
    assert not wordings_of(first.slug)
    assert [one.words for one in wordings_of(second.slug)] == ["Venez."]
    assert not second.themes.exists()
    assert second.sessions.get().theme is None
    assert places_of(second) == {}


def test_link_to_a_draft_leads_nowhere_until_it_is_announced(client):
    draft = EditionFactory(state=EditionState.DRAFT)
    page = {"edition": EditionLinkFactory(other=draft).edition.slug}
    announced = {"edition": EditionLinkFactory(other=EditionFactory(slug="oran")).edition.slug}

    assert f"/e/{draft.slug}/" not in client.get(reverse("front:edition", kwargs=page)).text
    assert "/e/oran/" in client.get(reverse("front:edition", kwargs=announced)).text
