"""The compiled loops give the same bytes as NumPy and SciPy, and refuse what does not fit."""

import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import numpy as np
import pytest

import opinionspace
from opinionspace import Votes, _fast, polis
from opinionspace._tally import tally
from opinionspace.polis import clusters
from opinionspace.polis._kmeans import STILL

SOURCE = Path(__file__).parents[3] / "packages/opinionspace/fast/src/opinionspace_fast.c"
#: Voices, statements, votes: the dense way, Lanczos steps either way, two statements.
SHAPES = ((40, 12, 300), (900, 350, 60_000), (330, 700, 50_000), (3_000, 2, 4_000))


@pytest.fixture(scope="session")
def loops(tmp_path_factory):
    compiler = shutil.which("cc")
    headers = Path(sysconfig.get_path("include"))
    if compiler is None or not (headers / "Python.h").exists():
        pytest.skip("needs a C compiler and Python's headers")
    built = tmp_path_factory.mktemp("fast") / "opinionspace_fast.abi3.so"
    command = [compiler, "-O3", "-ffp-contract=off", "-shared", "-fPIC", f"-I{headers}"]
    if sys.platform == "darwin":
        command += ["-undefined", "dynamic_lookup"]
    subprocess.run([*command, "-Wall", "-Werror", SOURCE, "-o", built], check=True)
    spec = importlib.util.spec_from_file_location("opinionspace_fast", built)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def drawn(shape, seed=5):
    """Return a log with revotes, people who come late, and two camps."""
    n, m, votes = shape
    draws = np.random.default_rng(seed)
    voice = (n * draws.random(votes) ** 2).astype(np.int64)
    statement = draws.integers(0, m, votes)
    lean = np.where(voice % 2 == statement % 2, 1, -1)
    stance = np.where(draws.random(votes) < 0.3, draws.integers(-1, 2, votes), lean)
    return voice, statement, stance.astype(np.int8)


def both(monkeypatch, loops, work):
    monkeypatch.setattr(_fast, "loops", None)
    plain = work()
    monkeypatch.setattr(_fast, "loops", loops)
    return plain, work()


@pytest.mark.parametrize("shape", SHAPES)
def test_an_analysis_is_the_same_to_the_last_byte(shape, loops, monkeypatch):
    log = drawn(shape)
    mod = {int(log[1][0]): -1}

    def work():
        votes = Votes.from_events(*log, mod=mod)
        return votes, polis.analyse(votes)

    (votes, plain), (fast_votes, fast) = both(monkeypatch, loops, work)
    assert fast_votes == votes
    assert fast_votes.statement_index.dtype == votes.statement_index.dtype
    assert fast.digest() == plain.digest()
    assert fast.axes.projections.tobytes() == plain.axes.projections.tobytes()
    assert fast.bases.centers.tobytes() == plain.bases.centers.tobytes()
    assert fast.group_of_voice.tolist() == plain.group_of_voice.tolist()


def test_many_centres_and_many_points(loops, monkeypatch):
    draws = np.random.default_rng(2)
    points = draws.normal(size=(6_000, 2))
    inside = np.ones(len(points), dtype=bool)
    plain, fast = both(monkeypatch, loops, lambda: clusters.bases(points, inside))
    assert fast.of_voice.tolist() == plain.of_voice.tolist()
    assert fast.centers.tobytes() == plain.centers.tobytes()


def test_a_centre_without_points_is_dropped(loops, monkeypatch):
    points = np.array([[0.0, 0.0], [0.1, 0.0], [5.0, 0.0], [5.2, 0.0]])
    monkeypatch.setattr(_fast, "loops", loops)
    starts = np.array([[0.0, 0.0], [90.0, 90.0], [5.0, 0.0]])
    label, centers = _fast.k_means(points, None, starts, 20, STILL)
    assert label.tolist() == [0, 0, 2, 2]
    assert centers.tolist() == [[0.05, 0.0], [np.inf, np.inf], [5.1, 0.0]]


def test_the_log_of_a_table_with_over_two_to_the_thirty_cells(loops, monkeypatch):
    voices, statements = range(70_000), range(16_000)
    plain, fast = both(
        monkeypatch,
        loops,
        lambda: Votes.from_events(
            [69_999, 3, 69_999],
            [15_999, 0, 15_999],
            [1, 0, -1],
            voices=voices,
            statements=statements,
        ),
    )
    assert fast == plain
    assert fast.log.dtype == np.int64


def test_what_does_not_fit_is_refused(loops):
    start, column = np.array([0, 2]), np.array([0, 1], np.uint16)
    stance, group = np.array([1, -1], np.int8), np.array([0])
    out = np.zeros(12, np.int64)
    loops.counts(start, column, stance, group, out, 2)
    assert out.tolist() == [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0]
    for wrong in (
        (np.array([0, 3]), column, stance, group, out, 2),
        (start, np.array([0, 2], np.uint16), stance, group, out, 2),
        (start, column, np.array([1, 2], np.int8), group, out, 2),
        (start, column, stance, np.array([1]), out, 2),
        (start, column, stance[:1], group, out, 2),
    ):
        with pytest.raises(ValueError, match="counts"):
            loops.counts(*wrong)
    with pytest.raises(TypeError, match="column: items of 2 bytes"):
        loops.counts(start, column.astype(np.int32), stance, group, out, 2)
    order = np.zeros(1, np.int32)
    with pytest.raises(ValueError, match="order"):
        loops.order(start, np.array([0, 8], np.uint16), order, 2)
    points, label = np.zeros((2, 2)), np.zeros(3, np.int64)
    with pytest.raises(ValueError, match="k_means"):
        loops.k_means(points, np.empty(0), np.zeros((1, 2)), label, 5, 0.01)
    voice, kept = np.array([0, 1]), np.zeros(2, np.int8)
    with pytest.raises(ValueError, match="no such voice"):
        loops.fold(
            voice, voice, stance, np.zeros(2, np.int64), column.copy(), kept,
            np.zeros(2, np.uint32), 2, 4,
        )  # fmt: skip


def test_counts_agree(loops, monkeypatch):
    votes = Votes.from_events(*drawn((60, 9, 400)))
    group = np.arange(votes.n_voices) % 4 - 1
    cells = votes.indptr, votes.statement_index, votes.stance, votes.n_statements, group, 3
    plain, fast = both(monkeypatch, loops, lambda: tally(*cells))
    assert all(np.array_equal(one, other) for one, other in zip(plain, fast, strict=True))


def test_the_environment_can_leave_them_alone():
    asked = "from opinionspace import _fast; print(_fast.loops)"
    path = str(Path(opinionspace.__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-c", asked],
        env=os.environ | {"OPINIONSPACE_FAST": "0", "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "None"
