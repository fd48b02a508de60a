"""The screen: what it shows, and what the desk may put on it."""

import pytest
from django.test import Client
from django.urls import reverse

from majlis.dialogue.states import RoundState, Stance
from majlis.kernel.clock import now
from majlis.kernel.disclosure import Counts
from majlis.kernel.errors import NotFound, RuleBroken
from majlis.kernel.words import Language
from majlis.opinion.actions import keep_reading
from majlis.registration.access import Place
from majlis.stage import access, actions, queries
from majlis.stage.models import Scene, Stage
from tests.conftest import as_person
from tests.factories.dialogue import RoundFactory, StatementFactory, VoteEventFactory, counted
from tests.factories.registration import VoiceFactory


@pytest.fixture
def ada(world):
    return Place(world.ada, world.edition, frozenset({"organiser"}))


def test_show_scene_of_an_open_rounds_results_is_refused_and_leaves_the_screen(world, ada):
    with pytest.raises(RuleBroken, match="have not been shown"):
        actions.show_scene(
            world.edition,
            scene=Scene.RESULTS,
            language=Language.FR,
            round=world.round,
            by=ada,
        )
    assert not Stage.objects.filter(scene=Scene.RESULTS).exists()


def test_show_scene_without_its_round_is_refused(world, ada):
    with pytest.raises(RuleBroken, match="Choose which vote to show"):
        actions.show_scene(world.edition, scene=Scene.TURNOUT, language=Language.FR, by=ada)


def test_screen_speaks_the_language_the_desk_chose(world, ada):
    stage = actions.show_scene(world.edition, scene=Scene.JOIN, language=Language.AR, by=ada)

    page = Client().get(reverse("stage_root:screen", kwargs={"key": access.stage_key(stage)}))

    assert '<html lang="ar" dir="rtl"' in page.content.decode()


def test_screen_tells_the_time_of_the_place_not_of_the_server(world, ada, settings, monkeypatch):
    settings.TIME_ZONE = "America/New_York"
    settings.USE_TZ = True
    edition = world.edition
    session = edition.sessions.get()
    monkeypatch.setattr("majlis.stage.views.now", lambda: session.starts_at)
    stage = actions.show_scene(edition, scene=Scene.NOW_NEXT, language=Language.FR, by=ada)

    for name in ("screen", "scene"):
        path = reverse(f"stage_root:{name}", kwargs={"key": access.stage_key(stage)})
        assert "11:35" in Client().get(path).content.decode()


def test_piece_of_the_screen_says_its_language_and_direction(world, ada):
    stage = actions.show_scene(world.edition, scene=Scene.JOIN, language=Language.AR, by=ada)

    piece = Client().get(reverse("stage_root:scene", kwargs={"key": access.stage_key(stage)}))

    assert '<div class="stage-piece" lang="ar" dir="rtl"' in piece.content.decode()


def test_address_of_a_screen_that_ended_says_so_and_looks_again(world):
    page = Client().get(reverse("stage_root:screen", kwargs={"key": "tunis-aaaabbbbccccdddd"}))

    assert page.status_code == 404
    assert "This screen’s address is not valid" in page.content.decode()
    assert '<meta http-equiv="refresh" content="30">' in page.content.decode()


def test_scene_piece_answers_304_until_the_desk_changes_it(world, ada):
    stage = actions.show_scene(world.edition, scene=Scene.JOIN, language=Language.FR, by=ada)
    path = reverse("stage_root:scene", kwargs={"key": access.stage_key(stage)})
    phone = Client()
    etag = phone.get(path, headers={"Accept-Encoding": "gzip"}).headers["ETag"]  # as browsers ask

    unchanged = phone.get(path, headers={"If-None-Match": etag})
    actions.show_scene(world.edition, scene=Scene.BLANK, language=Language.FR, by=ada)
    changed = phone.get(path, headers={"If-None-Match": etag})

    assert [unchanged.status_code, changed.status_code] == [304, 200]


def test_change_key_ends_the_old_address(world, ada):
    old = access.stage_key(access.stage_of(world.edition))

    actions.change_key(world.edition, by=ada)

    with pytest.raises(NotFound):
        access.stage_by_key(old)
    new = access.stage_key(access.stage_of(world.edition))
    assert access.stage_by_key(new).edition == world.edition


def test_results_of_fewer_than_five_answers_have_no_bar(world, ada):
    round = RoundFactory(edition=world.edition, state=RoundState.CLOSED, closed_at=now())
    few, enough = (StatementFactory(round=round, position=i) for i in (1, 2))
    for i in range(5):
        voice = VoiceFactory(edition=world.edition)
        VoteEventFactory(statement=enough, voice=voice, stance=Stance.AGREE)
        if i < 4:
            VoteEventFactory(statement=few, voice=voice, stance=Stance.AGREE)
    keep_reading(counted(round))

    counts = [
        queries.picture(
            actions.show_scene(
                world.edition,
                scene=Scene.RESULTS,
                language=Language.FR,
                round=round,
                page=page,
                by=ada,
            ),
            at=now(),
        ).row.counts
        for page in (3, 4)  # nobody disagrees, so no part says what divides
    ]

    assert counts == [None, Counts(agree=5)]


def test_results_begin_with_what_the_room_shares(world, ada):
    round = RoundFactory(edition=world.edition, state=RoundState.CLOSED, closed_at=now())
    statement = StatementFactory(round=round)
    for _ in range(8):
        voice = VoiceFactory(edition=world.edition)
        VoteEventFactory(statement=statement, voice=voice, stance=Stance.AGREE)
    keep_reading(counted(round))
    stage = actions.show_scene(
        world.edition, scene=Scene.RESULTS, language=Language.EN, round=round, by=ada
    )

    first = queries.picture(stage, at=now())

    assert first.heading.title == "Where participants agree"
    assert first.heading.lines[0][1] == statement
    page = Client().get(reverse("stage_root:screen", kwargs={"key": access.stage_key(stage)}))
    assert "Open a public register." in page.content.decode()


def test_a_statement_is_followed_by_its_families_where_they_may_be_told_apart(world, ada):
    round = RoundFactory(edition=world.edition, state=RoundState.CLOSED, closed_at=now())
    statement = StatementFactory(round=round)
    for i in range(12):
        voice = VoiceFactory(edition=world.edition, constituency=["sme", "bank"][i % 2])
        VoteEventFactory(statement=statement, voice=voice, stance=[1, -1][i % 2])
    keep_reading(counted(round))

    def shown(page):
        stage = actions.show_scene(
            world.edition, scene=Scene.RESULTS, language=Language.EN, round=round, page=page, by=ada
        )
        return queries.picture(stage, at=now())

    pages = [shown(page) for page in range(1, shown(1).pages + 1)]

    rows = [n for n, one in enumerate(pages) if one.row is not None]
    [families] = [n for n, one in enumerate(pages) if one.families is not None]
    assert rows == [families - 1]
    labels = [strip.label for strip in pages[families].families.strips]
    assert labels == ["All participants", "Clusters and firms", "Finance"]


def test_scene_show_refuses_an_unknown_scene_with_422(world):
    answer = as_person(world.ada).post(
        reverse("stage:show", kwargs={"edition": world.edition.slug}),
        {"scene": "fireworks", "language": "fr"},
    )
    assert answer.status_code == 422
    assert not Stage.objects.filter(edition=world.edition).exists()
