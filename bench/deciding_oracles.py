#!/usr/bin/env python3
"""Record what other programs make of random ratings, for the tests of `deciding`.

Runs in an environment of its own, outside the lock:

    python3 -m venv /tmp/peers
    /tmp/peers/bin/pip install majorityjudgement==0.3.2 pref-voting==0.5.4 \
        scikit-criteria==0.10 numpy==2.4.6 numba
    /tmp/peers/bin/python bench/deciding_oracles.py > tests/goldens/deciding_oracles.json
"""

from __future__ import annotations

import importlib.util
import json
import random
import sys
from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

import numpy as np

PEERS = ("majorityjudgement", "pref-voting", "scikit-criteria", "numpy")
OPTIONS = 5
draw = random.Random(12)


def majority() -> Any:
    """Return the peer's order of tallies; its package has the imports of Python 2."""
    package = importlib.util.find_spec("majorityjudgement")
    assert package
    assert package.submodule_search_locations
    sys.path.append(package.submodule_search_locations[0])
    from grading import MajorityJudgement

    return MajorityJudgement


def tallies(n: int) -> list[list[int]]:
    """Draw the counts of six grades for some options, close to each other so that they tie."""
    centre = draw.randrange(6)
    found = []
    for _option in range(OPTIONS):
        counts = [0] * 6
        for _rater in range(n):
            counts[max(0, min(5, centre + draw.choice((-2, -1, -1, 0, 0, 0, 1, 1, 2))))] += 1
        found.append(counts)
    return found


def majority_cases() -> list[dict[str, Any]]:
    judged = majority()
    cases = []
    for _case in range(40):
        counts = tallies(draw.randint(3, 31))
        values = [judged(one) for one in counts]
        best = sorted(range(OPTIONS), key=lambda at: values[at], reverse=True)
        places = [1 + sum(other > one for other in values) for one in values]
        grades = [list(one.grades()) for one in values]
        cases.append({"counts": counts, "places": places, "values": grades, "first": best[0]})
    return cases


def gauge_cases() -> list[dict[str, Any]]:
    """Draw odd numbers of raters: the peer's median of an even number lies between two grades."""
    from pref_voting.grade_methods import majority_judgement
    from pref_voting.grade_profiles import GradeProfile

    cases = []
    for _case in range(30):
        counts = tallies(2 * draw.randint(2, 15) + 1)
        given = [[grade for grade, n in enumerate(one) for _ in range(n)] for one in counts]
        ballots = [
            {at: given[at][rater] for at in range(OPTIONS)} for rater in range(len(given[0]))
        ]
        winners = majority_judgement(GradeProfile(ballots, list(range(6))))
        cases.append({"counts": counts, "winners": [int(one) for one in winners]})
    return cases


def panel_cases() -> list[dict[str, Any]]:
    cases = []
    for _case in range(40):
        centre = draw.randint(1, 9)
        ratings = [
            max(1, min(9, centre + draw.choice((-7, -2, -1, 0, 0, 1, 2, 6))))
            for _rater in range(draw.randint(3, 25))
        ]
        lower, upper = (float(np.percentile(ratings, at)) for at in (30, 70))
        ipras = 2.35 + 1.5 * abs(5 - (lower + upper) / 2)
        cases.append(
            {
                "ratings": ratings,
                "median": float(np.median(ratings)),
                "ipr": upper - lower,
                "ipras": ipras,
            }
        )
    return cases


def ranking_cases() -> list[dict[str, Any]]:
    """Rank all options, with and without ties; the peer's symmetric Borda scores sum to zero."""
    from pref_voting.profiles_with_ties import ProfileWithTies
    from pref_voting.scoring_methods import symmetric_borda_scores

    cases = []
    for case in range(30):
        ballots = [_ranking(ties=case % 2 == 1) for _rater in range(draw.randint(1, 12))]
        profile = ProfileWithTies(
            [dict(enumerate(one)) for one in ballots], candidates=list(range(OPTIONS))
        )
        scores = symmetric_borda_scores(profile)
        cases.append({"ballots": ballots, "scores": [int(scores[at]) for at in range(OPTIONS)]})
    return cases


def criteria_cases() -> list[dict[str, Any]]:
    from skcriteria import mkdm
    from skcriteria.agg.simple import WeightedSumModel

    cases = []
    for _case in range(20):
        matrix = [[draw.randint(1, 100) for _ in range(4)] for _option in range(OPTIONS)]
        weights = [draw.randint(1, 9) for _ in range(4)]
        shares = [one / sum(weights) for one in weights]
        found = WeightedSumModel().evaluate(mkdm(matrix, [max] * 4, weights=shares))
        cases.append(
            {
                "matrix": matrix,
                "weights": weights,
                "scores": [float(one) for one in found.e_.score],
                "ranks": [int(one) for one in found.rank_],
            }
        )
    return cases


def _ranking(*, ties: bool) -> Sequence[int]:
    if ties:
        return [draw.randint(1, 3) for _option in range(OPTIONS)]
    return draw.sample(range(1, OPTIONS + 1), OPTIONS)


def main() -> None:
    """Print all cases as JSON, with the versions that made them."""
    made = {
        "made_with": {name: version(name) for name in PEERS},
        "majority_value": majority_cases(),
        "majority_gauge": gauge_cases(),
        "panels": panel_cases(),
        "rankings": ranking_cases(),
        "criteria": criteria_cases(),
    }
    print(json.dumps(made))


if __name__ == "__main__":
    main()
