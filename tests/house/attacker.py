"""Somebody who holds the whole database of a sealed edition and tries to tell who said what.

`records` is everything there is. `linked` follows keys and codes from a person to what was
said; `best_match` lays persons and what was said side by side in every order, at every time and by
every number that either has, and counts how many it gets right.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.apps import apps
from scipy.stats import kendalltau

Row = dict[str, Any]
Node = tuple[str, Any]  # a table and a primary key

SHARED = {
    "series.series", "series.edition", "series.session", "series.theme", "series.challenge",
    "dialogue.round", "dialogue.statement", "dialogue.lineagestep", "dialogue.lineageedge",
    "people.organisation", "recommendations.recommendation",
}  # fmt: skip
"""Rows that many people have to do with: that two lead there tells nothing."""
PERSONS = {"people.person", "registration.registration", "registration.consent"}
LOOKS_LIKE_A_NAME = re.compile(r"[0-9a-z]{8,64}")
TIME = re.compile(r"\d{4}-\d\d-\d\dT")


def records() -> dict[str, list[Row]]:
    """Every row of every table, as a backup made now would hold it, and sign-ins besides."""
    return {
        model._meta.label_lower: [
            {f.attname: _plain(getattr(row, f.attname)) for f in model._meta.concrete_fields}
            for row in model._base_manager.order_by("pk")
        ]
        for model in apps.get_models(include_auto_created=True)
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _key(table: str) -> str:
    return apps.get_model(table)._meta.pk.name


# --- by keys


def linked(rows: Mapping[str, list[Row]], person: str, colleagues: Iterable[str]) -> set[Node]:
    """Every row that keys and codes lead to from the person with this code.

    Rows that everybody shares, and the team, are not gone through.
    """
    graph = _graph(rows)
    stop = {("people.person", r["id"]) for r in rows["people.person"] if r["code"] in colleagues}
    start = next(("people.person", r["id"]) for r in rows["people.person"] if r["code"] == person)
    seen, todo = {start}, [start]
    while todo:
        for other in graph[todo.pop()]:
            if other not in seen and other not in stop and other[0] not in SHARED:
                seen.add(other)
                todo.append(other)
    return seen


_graphs: dict[int, dict[Node, set[Node]]] = {}


def _graph(rows: Mapping[str, list[Row]]) -> dict[Node, set[Node]]:
    if id(rows) not in _graphs:
        _graphs.clear()
        _graphs[id(rows)] = _joined(rows)
    return _graphs[id(rows)]


def _joined(rows: Mapping[str, list[Row]]) -> dict[Node, set[Node]]:
    """Rows joined by foreign keys, by codes, and by every other rare word that two of them hold."""
    graph: dict[Node, set[Node]] = defaultdict(set)
    holders: dict[str, set[Node]] = defaultdict(set)
    codes = {row["code"] for held in rows.values() for row in held if "code" in row}
    for table, held in rows.items():
        targets = {
            f.attname: f.related_model._meta.label_lower
            for f in apps.get_model(table)._meta.concrete_fields
            if f.is_relation
        }
        for row in held:
            node = (table, row[_key(table)])
            for name, value in row.items():
                if name in targets and value is not None:
                    graph[node].add((targets[name], value))
                    graph[targets[name], value].add(node)
                else:
                    for word in _names_in(value, codes):
                        holders[word].add(node)
    for nodes in holders.values():
        among = {node for node in nodes if node[0] not in SHARED}
        if len(among) <= 40 and len(nodes) == len(among):  # the name of something shared joins not
            for node in among:
                graph[node] |= among - {node}
    return graph


def _names_in(value: Any, codes: Collection[str]) -> Iterator[str]:
    """Words that can be the name of something: codes, keys, digests, large numbers."""
    if isinstance(value, int) and abs(value) > 10**6:
        yield str(value)
    elif isinstance(value, str | dict | list):
        text = value if isinstance(value, str) else json.dumps(value)
        for word in () if TIME.match(text) else LOOKS_LIKE_A_NAME.findall(text):
            if word in codes or any(map(str.isdigit, word)):
                yield word


# --- by orders, times and numbers

FEWEST = 18  # things in an order, to say that it follows another one
Traits = dict[str, dict[Any, float]]  # by name: a number for each of some things


def traits_of_persons(rows: Mapping[str, list[Row]], codes: Iterable[str]) -> Traits:
    """Every order, time and count that the rows about persons give them."""
    wanted = set(codes)
    person = {r["id"]: r["code"] for r in rows["people.person"] if r["code"] in wanted}
    place = {
        r["id"]: person[r["person_id"]]
        for r in rows["registration.registration"]
        if r["person_id"] in person
    }
    place_code = {
        r["code"]: person[r["person_id"]]
        for r in rows["registration.registration"]
        if r["person_id"] in person
    }

    def owner(table: str, row: Row) -> str | None:
        if table == "people.person":
            return person.get(row["id"])
        if table == "kernel.act":
            named = row["doer"].removeprefix("person:")
            return place_code.get(row["object_code"]) or next(
                (c for c in (row["object_code"], named) if c in wanted), None
            )
        if table == "mail.message":
            emails = {r["email"]: r["code"] for r in rows["people.person"]}
            return emails.get(row["recipient"])
        if row.get("person_id") in person:
            return person[row["person_id"]]
        key = row["id"] if table == "registration.registration" else row.get("registration_id")
        return place.get(key)

    return _traits(rows, owner, wanted)


def traits_of_voices(rows: Mapping[str, list[Row]], keys: Iterable[Any]) -> Traits:
    """Every order, time and count that rows give voices."""
    voices = set(keys)
    code = {r["code"]: r["id"] for r in rows["registration.voice"] if r["id"] in voices}

    def owner(table: str, row: Row) -> Any:
        if table == "registration.voice":
            return row["id"] if row["id"] in voices else None
        if table == "kernel.act":
            return code.get(row["doer"].removeprefix("voice:"))
        return row["voice_id"] if row.get("voice_id") in voices else None

    return _traits(rows, owner, voices)


def traits_of_contributions(rows: Mapping[str, list[Row]], keys: Iterable[Any]) -> Traits:
    """The same of contributions, of the steps that took them, and of what these made."""
    wanted = set(keys)
    code = {r["code"]: r["id"] for r in rows["dialogue.contribution"] if r["id"] in wanted}
    edges = [r for r in rows["dialogue.lineageedge"] if r["contribution_id"] in wanted]
    step = {r["step_id"]: r["contribution_id"] for r in edges}
    made = {r["made_id"]: r["contribution_id"] for r in edges}

    def owner(table: str, row: Row) -> Any:
        if table == "dialogue.contribution":
            return row["id"] if row["id"] in wanted else None
        if table == "dialogue.lineageedge":
            return step.get(row["step_id"])
        if table == "dialogue.lineagestep":
            return step.get(row["id"])
        if table == "dialogue.statement":
            return made.get(row["id"])
        if table == "kernel.act":
            sources = row["facts"].get("sources", ())
            return next((code[c] for c in (row["object_code"], *sources) if c in code), None)
        return None

    return _traits(rows, owner, wanted)


def of_people(traits: Traits, whose: Mapping[Any, str]) -> Traits:
    """The traits of things as traits of those who said them."""
    return {name: {whose[one]: n for one, n in of.items()} for name, of in traits.items()}


def _traits(
    rows: Mapping[str, list[Row]], owner: Callable[[str, Row], Any], whole: set[Any]
) -> Traits:
    """For each table: how many rows something has, and the first and last of each number there."""
    found: Traits = {}
    for table, held in rows.items():
        mine: dict[Any, list[Row]] = defaultdict(list)
        for row in held:
            who = owner(table, row)
            if who is not None:
                mine[who].append(row)
        if not mine:
            continue
        found[f"{table} count"] = {who: float(len(mine.get(who, ()))) for who in whole}
        for name in held[0]:
            for pick in (min, max):
                numbers = {}
                for who, its in mine.items():
                    values = [_number(row[name]) for row in its if name in row]
                    values = [value for value in values if value is not None]
                    if values:
                        numbers[who] = pick(values)
                if numbers:
                    found[f"{table} {pick.__name__} {name}"] = numbers
    return found


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, str) and TIME.match(value):
        return datetime.fromisoformat(value).timestamp()
    if isinstance(value, str) and LOOKS_LIKE_A_NAME.fullmatch(value):
        return float(int.from_bytes(value[:8].encode()))  # the order of words
    return None


def best_match(persons: Traits, said: Traits, truth: Mapping[Any, str]) -> tuple[int, str]:
    """The most persons that any pair of traits matches rightly with what they said, and which.

    `truth` goes from what was said to who said it; whoever attacks does not know it, only who took
    part. Ties are broken by lot, so that a trait that tells nothing gets about one right.
    """
    best, how = 0, ""
    draw = random.Random(7)
    who = set(truth.values())
    for name, of_persons in _different(persons).items():
        for other, of_said in _different(said).items():
            left = {p: n for p, n in of_persons.items() if p in who}
            right = {s: n for s, n in of_said.items() if s in truth}
            for right_n, way in (
                (_by_order(left, right, truth), "order"),
                (_by_rank(left, right, truth, draw, 1), "rank"),
                (_by_rank(left, right, truth, draw, -1), "reversed rank"),
                (_by_nearest(left, right, truth, draw), "nearest"),
                (_by_rare_value(left, right, truth), "equal and rare"),
            ):
                if right_n > best:
                    best, how = right_n, f"{name} / {other} by {way}"
    return best, how


def _different(traits: Traits) -> Traits:
    """The traits without those that put the same things in the same order as another."""
    found: dict[tuple[tuple[str, int], ...], str] = {}
    for name, of in traits.items():
        places = {n: place for place, n in enumerate(sorted(set(of.values())))}
        found.setdefault(tuple(sorted((str(k), places[n]) for k, n in of.items())), name)
    return {name: traits[name] for name in found.values()}


def _sorted(numbers: Mapping[Any, float], draw: random.Random, sign: int) -> list[Any]:
    return sorted(numbers, key=lambda one: (sign * numbers[one], draw.random()))


def _by_rank(left, right, truth, draw, sign) -> int:
    pairs = zip(_sorted(left, draw, 1), _sorted(right, draw, sign), strict=False)
    return sum(truth[said] == person for person, said in pairs)


def _by_order(left, right, truth) -> int:
    """All of them, where the one order follows the other so closely that no lot would: somebody who
    knows a little more than is kept here, like who spoke early, goes on from there."""
    pairs = [(left[truth[said]], n) for said, n in right.items() if truth[said] in left]
    if len(pairs) < FEWEST or min(len(set(side)) for side in zip(*pairs, strict=True)) < FEWEST:
        return 0
    return len(pairs) if abs(kendalltau(*zip(*pairs, strict=True)).statistic) >= 0.8 else 0


def _by_nearest(left, right, truth, draw) -> int:
    """Each thing said goes to whoever was nearest before it and is not taken yet."""
    free, found = _sorted(left, draw, 1), 0
    for said in _sorted(right, draw, 1):
        before = [p for p in free if left[p] <= right[said]]
        if not before:
            continue
        near = max(before, key=lambda p: (left[p], draw.random()))
        free.remove(near)
        found += truth[said] == near
    return found


def _by_rare_value(left, right, truth) -> int:
    """What one person alone and one thing alone have the same number of."""
    n_left, n_right = Counter(left.values()), Counter(right.values())
    who = {n: p for p, n in left.items() if n_left[n] == 1}
    return sum(
        truth[said] == who.get(n) for said, n in right.items() if n_right[n] == 1 and n in who
    )
