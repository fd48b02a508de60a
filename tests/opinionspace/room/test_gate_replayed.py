"""Fixed rooms of `bench/room_nulls.py`: without groups, of style, and of groups, asked again."""

import sys
from pathlib import Path

import numpy as np
import pytest

from opinionspace import Votes
from opinionspace.room import Answer, find_groups, gate, nulls, traits
from opinionspace.room.placed import placed
from tests.opinionspace.room.rooms import halves, one_axis

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "bench"))

import room_gate
import room_nulls

ROOMS = range(3)


def room(kind, n, number):
    return Votes.from_matrix(kind(np.random.default_rng([n, 99, number]), n))


@pytest.mark.parametrize("name", room_nulls.NULLS)
def test_rooms_without_groups_show_none(name):
    opened = sum(
        find_groups(room(room_nulls.NULLS[name], n, number)).gate.opened
        for n in (20, 40)
        for number in ROOMS
    )

    assert opened <= 1  # at 5 % each, two of six would be one such test in thirty


@pytest.mark.parametrize("name", room_nulls.STYLES)
def test_rooms_of_style_and_of_copies_show_no_groups_and_say_what_they_hold(name):
    for n in (20, 40):
        found = find_groups(room(room_nulls.STYLES[name], n, 0))

        assert not found.gate.opened
        if "quarter" in name:
            assert found.manners.agreeing == n // 4
        else:
            size = 4 if "four" in name else round(0.15 * n)
            assert len(found.manners.blocks) == 2
            assert all(size <= block <= size + 1 for block in found.manners.blocks)


def test_seeds_do_not_decide():
    for number in ROOMS:
        votes = halves(n=40, m=50, gap=0.45, seed=number, share=0.8)[0]
        told = {find_groups(votes, seed).gate.answer for seed in range(4)}

        assert not {Answer.NONE, Answer.GROUPS} <= told


def test_an_answer_is_borderline_where_nothing_clearly_fails():
    told = {
        find_groups(halves(n=40, m=50, gap=gap, seed=seed, share=0.8)[0]).gate.answer
        for gap in (0.2, 0.45, 0.8)
        for seed in range(4)
    }

    assert told == set(Answer)


def test_checks_pass_come_near_or_fail():
    p = [gate.Check("silhouette", value, 0.08, 0.23) for value in (0.08, 0.2, 0.3, np.nan)]
    rand = [gate.Check("rand", value, 0.6, 0.45) for value in (0.6, 0.5, 0.4, np.nan)]

    for checks in (p, rand):
        assert [check.passed for check in checks] == [True, False, False, False]
        assert [check.is_near for check in checks] == [True, True, False, False]


def fitted_trait(votes):
    part = placed(votes)
    agree, disagree = (part.table == 1) * 1.0, (part.table == -1) * 1.0
    start = np.linalg.svd(part.table - part.table.mean(axis=0))[2][0] * 2
    return part, agree, disagree, traits.fit(agree, disagree, start)


@pytest.mark.parametrize("seed", range(3))
def test_a_trait_has_one_peak_and_keeps_every_share(seed):
    _, agree, disagree, found = fitted_trait(one_axis(n=60, m=30, seed=seed, share=1.0))

    peak = int(found.density.argmax())
    assert (np.diff(found.density[: peak + 1]) >= -1e-9).all()
    assert (np.diff(found.density[peak:]) <= 1e-9).all()
    assert found.density.sum() == pytest.approx(1.0)
    share = traits.shares(agree, disagree)
    for scale in (0.5, 1.0, 2.0):
        other = traits.rescaled(found, scale, share)
        chance = 1 / (1 + np.exp(other.cut[:, None] - np.outer(other.slope, traits.LINE)))
        assert chance @ found.density == pytest.approx(share, abs=1e-6)


def test_the_density_is_the_likeliest_of_those_with_one_peak():
    rng = np.random.default_rng(2)
    like = np.exp(-(((rng.exponential(size=80) - 1)[:, None] - traits.LINE) ** 2) / 0.5)
    best = np.log(like @ traits.single_peaked(like)).sum()

    for _ in range(200):
        peak = rng.integers(2, traits.POINTS - 2)
        other = np.sort(rng.exponential(size=traits.POINTS))
        shape = np.concatenate([other[:peak], np.sort(other[peak:])[::-1]])
        assert np.log(like @ (shape / shape.sum())).sum() <= best + 0.05


def test_slopes_of_a_trait_are_those_drawn():
    rng = np.random.default_rng(4)
    slope, place = rng.normal(0, 1.2, 40), rng.normal(size=(400, 1))
    table = np.where(rng.random((400, 40)) < 1 / (1 + np.exp(-slope * place)), 1.0, -1.0)
    _, _, _, found = fitted_trait(Votes.from_matrix(table))

    assert abs(np.corrcoef(found.slope, slope)[0, 1]) > 0.97


def test_drawn_rooms_keep_shares_and_who_voted():
    part, agree, disagree, found = fitted_trait(one_axis(n=80, m=20, share=0.7))
    trait = traits.rescaled(found, 1.0, traits.shares(agree, disagree))

    rooms = nulls.trait_rooms(part.table, part.seen, trait, 300, np.random.default_rng(0))

    assert (rooms[:, part.seen == 0] == 0).all()
    asked = np.maximum(part.seen.sum(axis=0), 1)
    drawn = (rooms == 1).sum(axis=(0, 1)) / 300 / asked
    assert drawn == pytest.approx(agree.sum(axis=0) / asked, abs=0.04)


def test_rooms_are_added_to_a_table_from_where_each_cell_stands():
    row = {"rooms": "8", "shown": "0.125", "borderline": "0.25", room_gate.KIND: "", "people": ""}
    table = [
        row | {room_gate.KIND: kind, "people": str(n)}
        for kind in room_gate.KINDS
        for n in room_gate.SIZES
    ]
    table[0]["rooms"] = "2"  # the fewest for its weight, none of them borderline

    first, *others = room_gate.more_alarms(table, seconds=0.001)

    drawn = room_gate.answers(room_nulls.independent, 20, 0, range(2, 6))
    assert first["rooms"] == 6
    assert first["borderline"] == drawn[Answer.BORDERLINE] / 6
    assert {(one["rooms"], one["shown"], one["borderline"]) for one in others} == {(8, 0.125, 0.25)}
