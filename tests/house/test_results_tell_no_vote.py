"""No vote can be worked out from any output, alone or together with a reader's own.

A round is voted on, closed, shown and read in every output. Everything shown of groups becomes a
constraint; every table of counts that fits them is written down, and the law of ranges is asked of
these: two counts are possible wherever the exact counts of all leave two. What a reader may know of
others, constituency, country and that they answered, is taken as known.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import product

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
from tests.conftest import as_person, as_voice
from tests.factories.dialogue import RoundFactory, StatementFactory, VoteEventFactory
from tests.factories.recommendations import WRITER, published
from tests.factories.registration import RoleFactory, VoiceFactory
from tests.factories.series import EditionFactory
from tests.house.files import WithOwnFiles
from tests.house.outputs import numbers, screens, tables

GROUPS = [Constituency.SME, Constituency.POLE, Constituency.BANK]
COUNTRIES = ["TN", "LY"]
CELLS = [(group, country) for group in GROUPS for country in COUNTRIES]
PARTICIPANTS, PUBLIC = 5, 10
STANCES = (1, -1, 0)
RANGE = r"(\d+)(?:–(\d+))?(?: \([^)]*\))?"
SAID = re.compile(rf"(?:(.*): )?Agree {RANGE}, Disagree {RANGE}, (Answers|Pass) (\d+)")

plans = st.fixed_dictionaries(
    {
        "breakdown": st.sampled_from(["constituency", "country"]),
        "sizes": st.tuples(*[st.sampled_from([0, 2, 5, 6]) for _ in CELLS]),
        "stances": st.lists(st.sampled_from([1, 1, -1, 0]), min_size=7, max_size=7),
    }
)
LARGE = {"breakdown": "constituency", "sizes": (11, 2, 0, 11, 11, 0), "stances": [1, -1] * 4}
BY_COUNTRY = LARGE | {"breakdown": "country", "stances": [1, -1, 1, 0, 1, -1, 1]}
EACH_ITS_OWN = LARGE | {"sizes": (6, 6, 0, 0, 6, 6), "stances": None}  # a group, an answer
HALVES = LARGE | {"sizes": (5, 5, 0, 0, 5, 5), "stances": [1, -1]}  # ranges that would tell


@dataclass(frozen=True, slots=True)
class Shown:
    """What one output says of one group, or of all: answers, and bounds of agree and disagree."""

    label: str
    answers: int
    agree: tuple[int, int]
    disagree: tuple[int, int]

    def allows(self, counts) -> bool:
        return (
            sum(counts) == self.answers
            and self.agree[0] <= counts[0] <= self.agree[1]
            and self.disagree[0] <= counts[1] <= self.disagree[1]
        )


@dataclass
class World:
    """A statement, and the cell and the answer of each voice."""

    edition: object
    round: object
    statement: object
    cells: list[tuple[str, str]] = field(default_factory=list)
    voices: list[object] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)

    def counts(self, belongs) -> tuple[int, ...]:
        held = [a for cell, a in zip(self.cells, self.answers, strict=True) if belongs(cell)]
        return tuple(held.count(stance) for stance in STANCES)


class TellingNoVote(WithOwnFiles):
    @settings(
        max_examples=4,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
    )
    @given(plans)
    @example(LARGE)
    @example(BY_COUNTRY)
    @example(EACH_ITS_OWN)
    @example(HALVES)
    def test_whatever_is_put_together_leaves_two_counts_possible(self, plan):
        world = held(plan)
        shown: dict[str, set[Shown]] = {"room": set(), "public": set()}
        for who, one in everything_shown(world):
            assert one.allows(world.counts(labels()[one.label])), (who, one)  # and it is true
            shown["room"].add(one)
            if who == "public":
                shown["public"].add(one)

        for audience, smallest in (("room", PARTICIPANTS), ("public", PUBLIC)):
            assert all(one.answers >= smallest for one in shown[audience]), (audience, plan)
            obeys_the_law(world, shown[audience], plan)
        if sum(plan["sizes"]) >= PUBLIC:
            assert shown["public"], plan  # the test looks at something
        if plan in (LARGE, BY_COUNTRY):
            assert len({one.label for one in shown["room"]}) > 2, plan  # groups among it


def held(plan) -> World:
    """A round on one statement whose results are shown."""
    edition = EditionFactory()
    round = RoundFactory(edition=edition, breakdown=plan["breakdown"])
    world = World(edition, round, StatementFactory(round=round, edition=edition))
    for cell, size in zip(CELLS, plan["sizes"], strict=True):
        for _ in range(size):
            stances = plan["stances"] or [1 if cell[0] == Constituency.BANK else -1]
            add(world, cell, stances[len(world.voices) % len(stances)])
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


def everything_shown(world) -> Iterator[tuple[str, Shown]]:
    """Who sees it (`room` or `public`), and what, in every output."""
    at = {"edition": world.edition.slug, "code": world.round.code}
    ada = as_person(RoleFactory(edition=world.edition).person)
    if world.voices:
        ben = as_voice(world.voices[0])
        yield from in_tables("room", ben.get(reverse("opinion:room-results", kwargs=at)))
        yield from in_tables("room", ben.get(reverse("dialogue:round-answers", kwargs=at)))
    yield from in_tables("room", ada.get(reverse("opinion:results", kwargs=at)))
    for screen in screens(world.edition, "en"):
        for said in re.findall(r"<desc[^>]*>(.*?)</desc>", screen.text):
            yield from in_words("room", said)
    yield from in_files(ada, at)
    yield from in_recommendation(world, ada)


def in_files(ada, at) -> Iterator[tuple[str, Shown]]:
    table = ada.get(reverse("opinion:file", kwargs=at | {"kind": "csv"})).content.decode()
    for row in csv.DictReader(io.StringIO(table.removeprefix("\ufeff"))):
        if row["answers"]:
            yield "public", in_file(named(row["table"], row["group"]), row)
    for one in ada.get(reverse("opinion:file", kwargs=at | {"kind": "json"})).json()["statements"]:
        for key, group in one["groups"].items():
            yield "public", in_file(named(one["level"], key), group)
        if one["whole"]:
            yield "public", in_file("whole", one["whole"])


def in_recommendation(world, ada) -> Iterator[tuple[str, Shown]]:
    """What cites the statement: brief, public pages, the page of sources."""
    rec = published(world.edition, citing=[world.statement])
    issued = briefs.issue(world.edition, base_url="http://seminar.test", by=WRITER).content
    for one in issued["documents"]["en"]["recommendations"]:
        for support in one["support"]:
            if support["total"]:
                yield "public", in_file("whole", support["total"])
            for cell in support["cells"]:
                said = f"Agree {cell['agree']}, Disagree {cell['disagree']}"
                yield from in_words("public", f"{cell['label']}: {said}, Answers {cell['answers']}")
    at = {"edition": world.edition.slug, "rec_id": rec.rec_id}
    for name in ("public", "why"):
        path = reverse(f"recommendations:{name}", kwargs=at)
        yield from in_tables("public", Client().get(path))
    yield from in_tables("room", ada.get(reverse("recommendations:desk-sources", kwargs=at)))


def in_file(label, row) -> Shown:
    agree, disagree = (
        (int(row[f"{side}_from"]), int(row[f"{side}_to"]))
        if row.get(f"{side}_from") not in (None, "")
        else (int(row[side]),) * 2
        for side in ("agree", "disagree")
    )
    return Shown(label, int(row["answers"]), agree, disagree)


def in_tables(who, answer) -> Iterator[tuple[str, Shown]]:
    """Rows of the tables behind figures."""
    assert answer.status_code == 200, answer
    for table in tables(answer.content.decode()):
        if table[0][1:3] != ["Agree", "Disagree"]:
            continue
        for label, agree, disagree, *more in table[1:]:
            answers = numbers([agree, disagree, more[0]]) if len(more) > 1 else numbers(more)
            yield from in_words(
                who, f"{label}: Agree {agree}, Disagree {disagree}, Answers {sum(answers)}"
            )


def in_words(who, said) -> Iterator[tuple[str, Shown]]:
    """What a figure says to those who cannot see it."""
    for part in said.split("; "):
        if found := SAID.fullmatch(part):
            label, low, high, least, most, last, n = found.groups()
            agree, disagree = (int(low), int(high or low)), (int(least), int(most or least))
            answers = int(n) if last == "Answers" else agree[0] + disagree[0] + int(n)
            yield who, Shown(label if label in labels() else "whole", answers, agree, disagree)


def labels() -> dict[str, Callable[[tuple[str, str]], bool]]:
    """From the label of a group to whether a voice's cell belongs to it."""
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


def obeys_the_law(world, shown: set[Shown], plan) -> None:
    """Write down every table of the finest groups shown that fits, and look for what is told."""
    belongs = {label: labels()[label] for label in {one.label for one in shown}}
    parts = defaultdict(list)  # the finest groups: cells that no label tells apart
    for cell in sorted(set(world.cells)):
        parts[tuple(sorted(label for label, has in belongs.items() if has(cell)))].append(cell)
    groups = [lambda cell, p=tuple(part): cell in p for part in parts.values()]
    truth = [world.counts(group) for group in groups]
    rules = [
        ([n for n, names in enumerate(parts) if one.label in names], one)
        for one in sorted(shown, key=str)
        if one.label != "whole"
    ]
    by_sums = fitting(truth, [])
    found = fitting(truth, rules)
    assert truth in [list(table) for table in found]
    for own in [None, *product(range(len(truth)), range(3))]:
        seen = [t for t in found if own is None or t[own[0]][own[1]]]
        before = [t for t in by_sums if own is None or t[own[0]][own[1]]]
        for group, stance in product(range(len(truth)), range(3)) if seen else ():
            possible = {t[group][stance] for t in seen}
            alone = {t[group][stance] for t in before}
            assert len(possible) > 1 or len(alone) < 2, (own, list(parts)[group], stance, plan)


def fitting(truth, rules) -> list[tuple]:
    """Every table with the same answers of each group and the same sums that the rules allow."""
    columns = [
        [
            split
            for split in splits(sum(counts))
            if all(one.allows(split) for among, one in rules if among == [n])
        ]
        for n, counts in enumerate(truth)
    ]
    sums = [sum(counts[stance] for counts in truth) for stance in range(3)]
    last = set(columns[-1]) if columns else set()
    found = []
    for head in product(*columns[:-1]):
        rest = tuple(sums[s] - sum(counts[s] for counts in head) for s in range(3))
        table = (*head, rest)
        if rest in last and all(
            one.allows(tuple(sum(table[n][s] for n in among) for s in range(3)))
            for among, one in rules
            if len(among) > 1
        ):
            found.append(table)
    return found if columns else [()]


def splits(answers) -> list[tuple[int, int, int]]:
    return [
        (agree, disagree, answers - agree - disagree)
        for agree in range(answers + 1)
        for disagree in range(answers + 1 - agree)
    ]
