"""A rehearsal goes through the actions of the day, and leaves nothing behind."""

from pathlib import Path

import pytest
from django.apps import apps

from majlis.briefs import actions as briefs
from majlis.dialogue.rehearsal import ballots
from majlis.dialogue.states import RoundState
from majlis.front import packs
from majlis.front.rehearsal import make_rehearsal, remove_rehearsal
from majlis.kernel.clock import now
from majlis.kernel.errors import RuleBroken
from majlis.kernel.models import Act
from majlis.opinion.queries import map_of
from majlis.opinion.routing import refresh_routing
from majlis.recommendations.states import TextState
from majlis.registration import actions as registration
from majlis.registration.models import Quota
from majlis.registration.rehearsal import PEOPLE, invent
from majlis.series.models import Question, Speaker
from majlis.series.rehearsal import parts
from majlis.series.states import Moment
from majlis.stage.actions import show_scene
from majlis.stage.models import Scene
from tests.conftest import ROOT
from tests.factories.dialogue import PaperBallotFactory
from tests.factories.mail import MessageFactory
from tests.factories.people import PersonFactory
from tests.factories.series import EditionFactory

PACK: Path = ROOT / "editions" / "tunis-2026"
pytestmark = pytest.mark.django_db


def row_counts():
    return {
        m._meta.label: m.objects.count()
        for m in apps.get_models()
        if m.__module__.startswith("majlis.")
    }


def test_make_rehearsal_is_today_with_a_closed_and_an_open_round():
    edition = packs.load(PACK).edition
    made = make_rehearsal(edition, voices=30, seed=1, by=PersonFactory())

    assert made.is_rehearsal
    assert made.moment(now()) == Moment.DURING
    assert made.voices.count() == 30
    assert sorted(r.state for r in made.rounds.all()) == [RoundState.OPEN, RoundState.SHOWN]
    assert map_of(made.rounds.get(state=RoundState.SHOWN)) is not None
    assert sorted(r.state for r in made.recommendations.all()) == [
        TextState.FINAL_LIST,
        TextState.IN_REVIEW,
        TextState.PUBLISHED,
    ]
    assert edition.voices.count() == 0
    counts = row_counts()
    copied = {m for part in parts() for m in part.copied}
    none_in_its_pack = {Question, Quota, Speaker}
    assert {m for m in copied if not counts[m._meta.label]} == none_in_its_pack


def test_remove_rehearsal_leaves_every_table_as_it_was_but_for_one_line():
    edition = packs.load(PACK).edition
    ada = PersonFactory()
    before, lines = row_counts(), set(Act.objects.values_list("code", flat=True))
    made = make_rehearsal(edition, voices=12, seed=2, by=ada)
    MessageFactory(edition=made.slug)
    use(made, by=ada)

    remove_rehearsal(made, by=ada)

    before["kernel.Act"] += 1
    assert row_counts() == before
    new = Act.objects.exclude(code__in=lines).get()
    assert (new.verb, new.facts) == ("removed rehearsal", {"removed": made.slug})


def use(edition, *, by):
    """Leave rows of what a rehearsal begins without."""
    briefs.issue(edition, base_url="http://seminar.test", by=by)
    registration.invite(
        edition, email="emna@example.org", name="Emna", kinds=["rapporteur"], language="fr", by=by
    )
    registration.set_consents(edition.registrations.first(), kinds=["photos"], by=by)
    show_scene(edition, scene=Scene.BLANK, language="fr", by=by)
    PaperBallotFactory(round=edition.rounds.first(), voice=edition.voices.first())
    refresh_routing()


def test_remove_rehearsal_refuses_a_real_edition():
    edition = EditionFactory()
    with pytest.raises(RuleBroken, match="is not a rehearsal"):
        remove_rehearsal(edition, by=PersonFactory())
    edition.refresh_from_db()


@pytest.mark.parametrize("voices", [0, 4, 401])
def test_make_rehearsal_refuses_a_number_out_of_bounds(voices):
    with pytest.raises(RuleBroken, match="5 to 400"):
        make_rehearsal(EditionFactory(), voices=voices, by=PersonFactory())


def test_make_rehearsal_without_words_to_borrow_says_so_and_keeps_nothing():
    edition = packs.load(PACK).edition
    edition.statements.all().delete()
    before = row_counts()

    with pytest.raises(RuleBroken, match="has none"):
        make_rehearsal(edition, by=PersonFactory())

    before["people.Person"] += 1
    assert row_counts() == before


def test_make_rehearsal_of_an_edition_that_says_nothing_of_it_names_the_file():
    edition = packs.load(PACK).edition
    edition.rehearsal = {}
    edition.save()

    with pytest.raises(RuleBroken, match=r"add rehearsal/people\.yaml"):
        make_rehearsal(edition, by=PersonFactory())


SHARES = PEOPLE.parsed(
    {"constituencies": "sme 2, bank 1", "countries": "TN 1", "languages": "fr 1"}, []
)


def test_the_same_seed_invents_the_same_people_and_votes():
    people = invent(SHARES, 40, seed=3, camps=True)
    votes = [list(ballots(people, 10, seed=3, passes=0.1)) for _ in range(2)]

    assert people == invent(SHARES, 40, seed=3, camps=True)
    assert votes[0] == votes[1]
    assert people != invent(SHARES, 40, seed=4, camps=True)


def test_without_camps_nobody_leans_far():
    leans = [abs(p.lean) for p in invent(SHARES, 60, seed=1, camps=False)]
    assert max(leans) <= 0.15
    assert min(abs(p.lean) for p in invent(SHARES, 60, seed=1, camps=True)) >= 0.6
