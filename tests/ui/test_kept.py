"""Pieces of pages that many people see: the same with and without a shelf, and nobody's own."""

from __future__ import annotations

import re

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.urls import reverse

from majlis.dialogue import actions
from majlis.kernel.shelf import Shelf
from majlis.ui.kept import SHELF
from tests.conftest import as_voice
from tests.factories.dialogue import StatementFactory, VoteEventFactory
from tests.factories.registration import VoiceFactory
from tests.factories.series import EditionFactory

OF_THE_MOMENT = re.compile(r'(data-token|value)="[\w-]{16,}"')  # tokens and keys of forms


class Changing:
    """Changes that a test tells of."""

    number = 1

    def of(self, _edition):
        return self.number

    def close(self):
        pass


@pytest.fixture
def changing():
    return Changing()


@pytest.fixture
def shelf(changing):
    return Shelf(lambda: changing)


def read(client, path, **brought):
    answer = client.get(path, **brought)
    assert answer.status_code == 200
    return OF_THE_MOMENT.sub(r"\1", answer.content.decode())


@pytest.fixture
def paths(world):
    of_round = {"edition": world.edition.slug, "code": world.round.code}
    of_edition = {"edition": world.edition.slug}
    return [
        "/fr" + path.removeprefix("/en") if french else path
        for path in (
            reverse("dialogue:round", kwargs=of_round),
            reverse("dialogue:round-answers", kwargs=of_round),
            reverse("dialogue:rounds", kwargs=of_edition),
            reverse("front:room", kwargs=of_edition),
            reverse("front:room-now", kwargs=of_edition),
        )
        for french in (False, True)
    ]


def test_pages_are_the_same_with_what_is_kept_of_others(world, shelf, paths):
    """Nothing of one phone is on the page of another, whoever looked first."""
    statement = StatementFactory(round=world.round, edition=world.edition)
    VoteEventFactory(statement=statement, voice=world.ben, stance=-1)
    ben, eve = as_voice(world.ben), as_voice(VoiceFactory(edition=world.edition))

    for one, other in ((ben, eve), (eve, ben)):
        for path in paths:
            read(one, path, **{SHELF: shelf})
            assert read(other, path, **{SHELF: shelf}) == read(other, path), path
    assert shelf.kept


def test_what_is_kept_follows_the_change_of_a_round(world, shelf, changing):
    path = reverse("dialogue:round", args=[world.edition.slug, world.round.code])
    phone = as_voice(world.ben)
    assert "vote-buttons" in read(phone, path, **{SHELF: shelf})

    actions.close_round(world.round, by=world.ada)
    changing.number += 1

    assert "Voting is closed." in read(phone, path, **{SHELF: shelf})


@pytest.mark.django_db
def test_piece_sees_only_what_it_names(shelf):
    request = RequestFactory().get("/", **{SHELF: shelf})
    text = (
        '{% load kept %}{% kept "x" edition %}'
        "{{ edition.slug }}|{{ user }}|{{ request }}|{{ csrf_token }}{% endkept %}"
    )
    facts = {"edition": EditionFactory(slug="tunis"), "user": "Ben", "csrf_token": "t"}

    first = Template(text).render(Context({**facts, "request": request}))
    second = Template(text).render(Context({**facts, "user": "Omar", "request": request}))

    assert first == second == "tunis|||"


@pytest.mark.django_db
def test_piece_of_a_row_is_not_given_for_another(shelf):
    request = RequestFactory().get("/", **{SHELF: shelf})
    piece = Template('{% load kept %}{% kept "x" edition n %}{{ n }}{% endkept %}')
    edition = EditionFactory()

    said = [piece.render(Context({"edition": edition, "request": request, "n": n})) for n in (1, 2)]

    assert said == ["1", "2"]
    with pytest.raises(TypeError, match="list"):
        piece.render(Context({"edition": edition, "request": request, "n": [1]}))


def test_piece_without_an_edition_is_refused():
    with pytest.raises(TemplateSyntaxError, match="edition"):
        Template('{% load kept %}{% kept "x" round %}{% endkept %}')


@pytest.mark.parametrize(
    ("name", "more", "n_queries"), [("dialogue:round", ["code"], 3), ("front:room-now", [], 6)]
)
def test_what_a_whole_room_asks_costs_few_queries_for_any_length(
    world, shelf, changing, name, more, n_queries, django_assert_num_queries
):
    """Who asks, what was answered, the order of what is left; or statements and sessions."""
    facts = {"edition": world.edition.slug, "code": world.round.code}
    path = reverse(name, kwargs={fact: facts[fact] for fact in ["edition", *more]})
    first, second = as_voice(world.ben), as_voice(VoiceFactory(edition=world.edition))
    for n in (1, 12):
        for _ in range(n):
            StatementFactory(round=world.round, edition=world.edition)
        changing.number += 1
        read(first, path, **{SHELF: shelf})
        with django_assert_num_queries(n_queries):
            read(second, path, **{SHELF: shelf})
