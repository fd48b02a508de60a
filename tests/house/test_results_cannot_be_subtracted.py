"""No suppressed cell can be derived from any output, alone or together, at one moment or two.

A round is voted on, closed, read in every output, reopened for some late votes, closed and read
again. Everything that was shown becomes a row of a matrix with one column for each answer that a
voice ever gave; `spans` asks whether some combination of rows rests on too few voices. What a
reader may know of others, constituency and country, is taken as known.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
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
from majlis.dialogue.models import Showing
from majlis.dialogue.views.results import cell_label
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
Counts = tuple[int, int, int]

plans = st.fixed_dictionaries(
    {
        "sizes": st.tuples(*[st.sampled_from([0, 2, 5, 6, 11]) for _ in CELLS]),
        "late": st.tuples(*[st.integers(0, 3) for _ in CELLS]),
        "turned": st.tuples(*[st.sampled_from([0, 0, 1, 3, 6]) for _ in CELLS]),
        "stances": st.lists(st.sampled_from([1, 1, -1, 0]), min_size=7, max_size=7),
    }
)
BOTH_WAYS = {  # groups and countries alone are large; what lies between them is not
    "sizes": (11, 2, 0, 11, 11, 0), "late": (0,) * 6, "turned": (0,) * 6, "stances": [1, -1] * 4,
}  # fmt: skip
ONE_LATE = {"sizes": (11, 0, 0, 11, 11, 0), "late": (1, 0, 0, 0, 0, 0), "turned": (0,) * 6,
            "stances": [1, -1, 0, 1, 1, -1, 1]}  # fmt: skip
FEW_IN_EACH = {"sizes": (11, 0, 11, 0, 11, 0), "late": (0,) * 6, "turned": (3, 0, 3, 0, 0, 0),
               "stances": [1, -1, 0, 1, 1, -1, 1]}  # fmt: skip


COARSER_LATER = {"sizes": (2, 11, 0, 11, 6, 6), "late": (1, 1, 1, 0, 2, 2),
                 "turned": (6, 0, 6, 3, 6, 0), "stances": [0, 0, 1, 1, 0, -1, 0]}  # fmt: skip


@dataclass
class World:
    """A statement, the answers of each voice at two moments, and everything that was shown."""

    edition: object
    round: object
    statement: object
    cells: list[tuple[str, str]] = field(default_factory=list)
    voices: list[object] = field(default_factory=list)
    answers: list[list[int | None]] = field(default_factory=list)  # by moment, then voice
    shown: list[tuple[str, str, Counts]] = field(default_factory=list)  # who, what cell, counts


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
    @example(ONE_LATE)
    @example(FEW_IN_EACH)
    @example(COARSER_LATER)
    def test_whatever_is_combined_rests_on_enough_voices(self, plan):
        world = held(plan)
        rows: dict[str, list] = {"room": [], "public": []}
        for moment in (0, 1):
            if moment == 1:
                reopened(world, plan)
            for who, cell, counts in everything_shown(world):
                row = cell, moment_seen_by(who, world)
                assert counts == truth(world, *row), (who, row, counts, moment)
                rows["room"].append(row)
                if who == "public":
                    rows["public"].append(row)

        columns = columns_of(world)
        for audience, smallest in (("room", ROOM), ("public", PUBLIC)):
            kept = [as_vector(world, row, columns) for row in sorted(set(rows[audience]))]
            if kept:
                voices = [voice for voice, _moment in columns]
                assert not rests_on_fewer(np.array(kept), voices, smallest), (audience, plan)
        if sum(plan["sizes"]) >= PUBLIC:
            assert rows["public"], plan  # the test looks at something


def held(plan) -> World:
    """A closed round on one statement."""
    edition = EditionFactory()
    round = RoundFactory(edition=edition)
    world = World(edition, round, StatementFactory(round=round, edition=edition))
    world.answers.append([])
    for cell, size in zip(CELLS, plan["sizes"], strict=True):
        for _ in range(size):
            add(world, cell, plan["stances"][len(world.voices) % 7])
    world.answers.append(list(world.answers[0]))
    dialogue.close_round(round, by=WRITER)
    refresh_stale()
    return world


def add(world, cell, stance) -> None:
    group, country = cell
    voice = VoiceFactory(edition=world.edition, constituency=group, country=country)
    VoteEventFactory(statement=world.statement, voice=voice, stance=stance)
    world.voices.append(voice)
    world.cells.append(cell)
    world.answers[-1].append(stance)


def reopened(world, plan) -> None:
    """The round again, with late votes and changed minds."""
    world.round.refresh_from_db()
    dialogue.open_round(world.round, by=WRITER)
    for cell, late, turned in zip(CELLS, plan["late"], plan["turned"], strict=True):
        members = [n for n, one in enumerate(world.cells) if one == cell]
        for n in members[:turned]:
            stance = -(world.answers[1][n] or 1)
            VoteEventFactory(statement=world.statement, voice=world.voices[n], stance=stance, seq=2)
            world.answers[1][n] = stance
        for _ in range(late):
            world.answers[0].append(None)
            add(world, cell, -1)
    dialogue.close_round(world.round, by=WRITER)
    refresh_stale()


# --- what is shown


def everything_shown(world) -> Iterator[tuple[str, str, Counts]]:  # noqa: C901, one output after another
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
        parts = [("room", {"": one["whole"]} if one["whole"] else {})]
        parts += [(one["level"], one["cells"]), ("country", one["countries"])]
        for kind, cells in parts:
            for key, cell in cells.items():
                yield "public", named(kind, key), (cell["agree"], cell["disagree"], cell["pass"])
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


def labels() -> dict[str, object]:
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
        if kind == "country":
            return country_name(key)
        return cell_label(kind, key) if key else "whole"


# --- what it tells


def moment_seen_by(who, world) -> int:
    """The moment whose counts are in sight now: what comes later may be kept back."""
    seen = [s for s in Showing.objects.order_by("pk") if s.ways[who] is not None]
    first_close = sum(answer is not None for answer in world.answers[0])
    return int(seen[-1].revision > first_close)


def truth(world, label, moment) -> Counts:
    """How the voices of a cell had answered at a moment."""
    belongs = labels()[label]
    stances = [
        stance
        for cell, stance in zip(world.cells, world.answers[moment], strict=True)
        if belongs(cell)
    ]
    return stances.count(1), stances.count(-1), stances.count(0)


def columns_of(world) -> list[tuple[int, int]]:
    """Each voice once for every answer that differs: (voice, first moment of it)."""
    columns = []
    for n in range(len(world.voices)):
        then, now_ = world.answers[0][n], world.answers[1][n]
        columns += [(n, 0)] if then is not None else []
        columns += [(n, 1)] if now_ != then else []
    return columns


def as_vector(world, row, columns):
    label, moment = row
    belongs = labels()[label]
    return [
        float(
            belongs(world.cells[n])
            and (since == moment if world.answers[0][n] != world.answers[1][n] else since == 0)
        )
        for n, since in columns
    ]
