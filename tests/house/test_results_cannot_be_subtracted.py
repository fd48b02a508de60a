"""No suppressed cell can be derived from any output, alone or together.

A round is voted on, closed, shown and read in every output. Everything that was shown becomes a
row of a matrix with one column for each voice; `spans` asks whether some combination of rows rests
on too few voices. What a reader may know of others, constituency and country, is taken as known.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from majlis.briefs import actions as briefs
from majlis.dialogue import actions as dialogue
from majlis.dialogue.views.labels import cell_label
from majlis.opinion.actions import refresh_stale
from majlis.people.states import FAMILY_OF, Constituency
from majlis.people.territories import country_name
from tests.conftest import as_person, as_voice, examples
from tests.factories.dialogue import RoundFactory, StatementFactory, VoteEventFactory
from tests.factories.recommendations import WRITER, published
from tests.factories.registration import RoleFactory, VoiceFactory
from tests.factories.series import EditionFactory
from tests.house.files import WithOwnFiles
from tests.house.outputs import numbers, screens, tables
from tests.house.spans import rests_on_fewer

GROUPS = [Constituency.SME, Constituency.POLE, Constituency.BANK]
COUNTRIES = ["TN", "LY"]
CELLS = [(group, country) for group in GROUPS for country in COUNTRIES]
ROOM, PUBLIC = 5, 10
Counts = tuple[int, ...]

plans = st.fixed_dictionaries(
    {
        "breakdown": st.sampled_from(["constituency", "country"]),
        "sizes": st.tuples(*[st.sampled_from([0, 2, 5, 6, 11]) for _ in CELLS]),
        "stances": st.lists(st.sampled_from([1, 1, -1, 0]), min_size=7, max_size=7),
    }
)
LARGE_GROUPS = {"sizes": (11, 2, 0, 11, 11, 0), "stances": [1, -1] * 4}
BOTH_WAYS = LARGE_GROUPS | {"breakdown": "constituency"}
BY_COUNTRY = LARGE_GROUPS | {"breakdown": "country"}


@dataclass
class World:
    """A statement, and the cell and the answer of each voice."""

    edition: object
    round: object
    statement: object
    cells: list[tuple[str, str]] = field(default_factory=list)
    voices: list[object] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)


@pytest.mark.once
class Subtracting(WithOwnFiles):
    @settings(
        max_examples=examples(4),
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
    )
    @given(plans)
    @example(BOTH_WAYS)
    @example(BY_COUNTRY)
    def test_whatever_is_combined_rests_on_enough_voices(self, plan):
        world = held(plan)
        cells: dict[str, set[str]] = {"room": set(), "public": set()}
        for who, cell, counts in everything_shown(world):
            assert counts == truth(world, cell), (who, cell, counts)
            cells["room"].add(cell)
            if who == "public":
                cells["public"].add(cell)

        for audience, smallest in (("room", ROOM), ("public", PUBLIC)):
            if cells[audience]:
                rows = np.array([as_vector(world, cell) for cell in sorted(cells[audience])])
                alone = rests_on_fewer(rows, range(len(world.voices)), smallest)
                assert not alone, (audience, plan)
        if sum(plan["sizes"]) >= PUBLIC:
            assert cells["public"], plan  # the test looks at something


def held(plan) -> World:
    """A round on one statement whose results are shown."""
    edition = EditionFactory()
    round = RoundFactory(edition=edition, breakdown=plan["breakdown"])
    world = World(edition, round, StatementFactory(round=round, edition=edition))
    for cell, size in zip(CELLS, plan["sizes"], strict=True):
        for _ in range(size):
            add(world, cell, plan["stances"][len(world.voices) % 7])
    dialogue.show_results(dialogue.close_round(round, by=WRITER), by=WRITER)
    refresh_stale()
    return world


def add(world, cell, stance) -> None:
    group, country = cell
    voice = VoiceFactory(edition=world.edition, constituency=group, country=country)
    VoteEventFactory(statement=world.statement, voice=voice, stance=stance)
    world.voices.append(voice)
    world.cells.append(cell)
    world.answers.append(stance)


# --- what is shown


def everything_shown(world) -> Iterator[tuple[str, str, Counts]]:
    """Who sees it (`room` or `public`), the cell, and its counts, in every output."""
    round, edition = world.round, world.edition
    at = {"edition": edition.slug, "code": round.code}
    ben = as_voice(world.voices[0]) if world.voices else Client()
    ada = as_person(RoleFactory(edition=edition).person)
    if world.voices:
        yield from in_tables("room", ben.get(reverse("opinion:room-results", kwargs=at)))
        yield from in_tables("room", ben.get(reverse("dialogue:round-answers", kwargs=at)))
    yield from in_tables("room", ada.get(reverse("opinion:results", kwargs=at)))
    for screen in screens(edition, "en"):
        yield from in_words(screen.text)
    table = ada.get(reverse("opinion:file", kwargs=at | {"kind": "csv"})).content.decode()
    for row in csv.DictReader(io.StringIO(table.removeprefix("\ufeff"))):
        if row["answers"]:
            counts = tuple(int(row[name]) for name in ("agree", "disagree", "pass"))
            yield "public", named(row["table"], row["group"]), counts
    data = ada.get(reverse("opinion:file", kwargs=at | {"kind": "json"})).json()
    for one in data["statements"]:
        cells = {"": one["whole"]} if one["whole"] else {}
        for key, cell in (cells | one["cells"]).items():
            label = named(one["level"], key)
            yield "public", label, (cell["agree"], cell["disagree"], cell["pass"])
    rec = published(edition, citing=[world.statement])
    documents = briefs.issue(edition, base_url="http://seminar.test", by=WRITER).content
    for one in documents["documents"]["en"]["recommendations"]:
        for support in one["support"]:
            if support["total"]:
                yield "public", "whole", triple(support["total"])
            for cell in support["cells"]:
                yield "public", cell["label"], triple(cell)
    for name in ("public", "why"):
        path = reverse(
            f"recommendations:{name}", kwargs={"edition": edition.slug, "rec_id": rec.rec_id}
        )
        yield from in_tables("public", Client().get(path))
    sources = reverse(
        "recommendations:desk-sources", kwargs={"edition": edition.slug, "rec_id": rec.rec_id}
    )
    yield from in_tables("room", ada.get(sources))


def triple(counts) -> Counts:
    return counts["agree"], counts["disagree"], counts["passed"]


def in_tables(who, answer) -> Iterator[tuple[str, str, Counts]]:
    """Rows of agree, disagree and pass in the tables behind figures."""
    assert answer.status_code == 200, answer
    for table in tables(answer.content.decode()):
        if table[0][1:4] != ["Agree", "Disagree", "Pass"]:
            continue
        for row in table[1:]:
            label = row[0] if row[0] in labels() else "whole"
            yield who, label, tuple(numbers(row[1:4]))


def in_words(text) -> Iterator[tuple[str, str, Counts]]:
    """What a figure on the screen says to those who cannot see it, and the large numbers."""
    for said in re.findall(r"<desc[^>]*>(.*?)</desc>", text):
        for part in said.split("; "):
            found = re.fullmatch(r"(?:(.*): )?Agree (\d+), Disagree (\d+), Pass (\d+)", part)
            if found:
                counts = tuple(int(n) for n in found.groups()[1:])
                yield "room", found[1] if found[1] in labels() else "whole", counts


def labels() -> dict[str, Callable[[tuple[str, str]], bool]]:
    """From the label of a cell to whether a voice's cell belongs to it."""
    with translation.override("en"):
        found = {}
        for group in GROUPS:
            found[cell_label("constituency", group)] = lambda cell, g=group: cell[0] == g
            family = FAMILY_OF[group]
            found[cell_label("family", family)] = lambda cell, f=family: FAMILY_OF[cell[0]] == f
        for country in COUNTRIES:
            found[country_name(country)] = lambda cell, c=country: cell[1] == c
    return found | {"whole": lambda cell: True}


def named(kind, key) -> str:
    with translation.override("en"):
        return cell_label(kind, key) if key else "whole"


# --- what it tells


def truth(world, label) -> Counts:
    """How the voices of a cell have answered."""
    belongs = labels()[label]
    stances = [a for cell, a in zip(world.cells, world.answers, strict=True) if belongs(cell)]
    return stances.count(1), stances.count(-1), stances.count(0)


def as_vector(world, label):
    """1 for each voice whose answer is in what was shown under this label."""
    belongs = labels()[label]
    return [float(belongs(cell)) for cell in world.cells]
