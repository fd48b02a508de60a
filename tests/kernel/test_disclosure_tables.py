"""How finely counts may be shown: as fine as every cell is large enough, and no finer."""

from __future__ import annotations

import pytest

from majlis.kernel.disclosure import Counts, Way, broken_down, way_to_show

GROUP = Way("group", lambda cell: cell[0])
FAMILY = Way("family", lambda cell: cell[0][0])
WAYS = [GROUP, FAMILY]


@pytest.mark.parametrize(
    ("answers", "way"),
    [
        pytest.param({}, None, id="no answers"),
        pytest.param({("A1", "TN"): 4}, None, id="too few"),
        pytest.param({("A1", "TN"): 5}, "room", id="one cell is the whole"),
        pytest.param({("A1", "TN"): 5, ("B1", "TN"): 5}, "group", id="two groups"),
        pytest.param({("A1", "TN"): 5, ("A2", "TN"): 4, ("B1", "TN"): 5}, "family", id="roll-up"),
        pytest.param({("A1", "TN"): 5, ("B1", "MA"): 4}, "room", id="a small family"),
        pytest.param({("A1", "TN"): 4, ("A1", "MA"): 4, ("B1", "MA"): 5}, "group", id="two cells"),
        pytest.param({("A1", "TN"): 5, ("B1", "TN"): 5, ("B2", "TN"): 0}, "group", id="empty cell"),
    ],
)
def test_way_to_show(answers, way):
    assert way_to_show(answers, WAYS, smallest=5) == way


@pytest.mark.parametrize("within", ["group", "family", "room"])
def test_way_to_show_is_no_finer_than_what_others_see(within):
    answers = {("A1", "TN"): 5, ("B1", "TN"): 5}

    assert way_to_show(answers, WAYS, smallest=5, within=within) == within


def test_broken_down_shows_the_way_asked_for():
    table = {("A1", "TN"): Counts(3, 1, 1), ("A2", "TN"): Counts(1, 0, 4), ("A2", "MA"): Counts()}

    shown = broken_down(table, "family", WAYS)

    assert (shown.level, shown.cells) == ("family", {"A": Counts(4, 1, 5)})
    assert broken_down(table, "room", WAYS).total == Counts(4, 1, 5)
    assert broken_down(table, None, WAYS).total is None
