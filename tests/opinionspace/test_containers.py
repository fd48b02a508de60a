"""Every argument in every container: matched by its names, or refused, and never by chance.

Voices are 30, 10, 20 and statements 7, 5, given in this order, which is not that of the ids. What
stands in a list follows the ids (10, 20, 30), what has names follows its names.
"""

from __future__ import annotations

import uuid
from collections import deque
from enum import IntEnum

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from numpy.testing import assert_array_equal
from scipy import sparse

from opinionspace import BadVotes, Votes, room

VOICES, STATEMENTS = [30, 10, 20], [7, 5]
LOG = [30, 30, 10, 10, 20], [7, 5, 7, 5, 7], [1, -1, 0, 1, -1]
TABLE: list[list[float]] = [
    [1, 0],
    [np.nan, -1],
    [-1, 1],
]  # of voices 10, 20, 30 on statements 5, 7
VOTES = Votes.from_events(*LOG)


class Only:
    """An Arrow array or table by its protocol alone, as other libraries hand them over."""

    def __init__(self, made):
        for name in ("__arrow_c_array__", "__arrow_c_stream__"):
            if hasattr(made, name):
                setattr(
                    type(self), name, lambda self, asked=None, of=name: getattr(made, of)(asked)
                )


def only(made):
    return type("Only", (Only,), {})(made)


class Numbered(IntEnum):
    A = 1
    B = 2


ORDERED = {
    "list": list,
    "tuple": tuple,
    "deque": deque,
    "array": np.array,
    "object array": lambda values: np.array(values, dtype=object),
    "masked array with nothing masked": np.ma.array,
    "index": pd.Index,
    "generator": iter,
    "range or array": lambda values: np.array(values)[:],
}
COLUMNS = {
    "Series": pd.Series,
    "Series of nullable integers": lambda values: pd.Series(values, dtype="Int64"),
    "Series of Arrow integers": lambda values: pd.Series(values, dtype=pd.ArrowDtype(pa.int64())),
    "Series of objects": lambda values: pd.Series(values, dtype=object),
    "Series of floats": lambda values: pd.Series(values, dtype=float),
    "Polars": pl.Series,
    "Arrow array": pa.array,
    "Arrow chunks": lambda values: pa.chunked_array([values[:1], values[1:]]),
    "Arrow interface": lambda values: only(pa.array(values)),
    "numbers of 32 bits": lambda values: np.array(values, np.int32),
}


@pytest.mark.parametrize("kind", ORDERED | COLUMNS)
def test_a_log_is_taken_from_every_container(kind):
    make = (ORDERED | COLUMNS)[kind]

    votes = Votes.from_events(*map(make, LOG), voices=make(VOICES), statements=make(STATEMENTS))

    assert votes == VOTES
    assert_array_equal(votes.dense(), [[1, 0], [np.nan, -1], [-1, 1]])


@pytest.mark.parametrize("kind", ["set", "frozenset", "keys"])
def test_everybody_there_is_may_be_a_set(kind):
    make = {"set": set, "frozenset": frozenset, "keys": lambda ids: dict.fromkeys(ids).keys()}[kind]

    assert Votes.from_events(*LOG, voices=make(VOICES), statements=make(STATEMENTS)) == VOTES


def test_columns_of_one_table_are_put_line_by_line():
    table = pd.DataFrame(dict(zip(["voice", "statement", "stance"], LOG, strict=True)))
    voice, statement, stance = (table[name] for name in table)

    assert Votes.from_events(voice, statement.sample(frac=1, random_state=1), stance[::-1]) == VOTES


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(lambda stance: stance.reset_index(drop=True), id="numbered anew"),
        pytest.param(lambda stance: stance.set_axis([8, 8, 6, 5, 4]), id="a line twice"),
    ],
)
def test_columns_of_different_tables_are_refused(other):
    voice, statement, stance = (pd.Series(one, index=[9, 8, 7, 6, 5]) for one in LOG)

    with pytest.raises(BadVotes, match="are not of the same lines: their indexes differ"):
        Votes.from_events(voice, statement, other(stance))


IDS = {
    "UUID": [uuid.UUID(int=9), uuid.UUID(int=8)],
    "text": ["b", "a"],
    "Series of text": pd.Series(["b", "a"]),
    "categories": pd.Series(["b", "a"], dtype="category"),
    "Polars text": pl.Series(["b", "a"]),
    "Polars categories": pl.Series(["b", "a"], dtype=pl.Categorical),
    "Arrow dictionary": pa.array(["b", "a"]).dictionary_encode(),
    "NumPy text": np.array(["b", "a"]),
    "NumPy text of any length": np.array(["b", "a"], dtype=np.dtypes.StringDType()),
    "enumerated": [Numbered.B, Numbered.A],
    "whole floats": [2.0, 1.0],
    "whole floats and integers": [2.0, 1],
}


@pytest.mark.parametrize("kind", IDS)
def test_ids_of_every_kind_are_taken_and_ordered(kind):
    given = IDS[kind]

    votes = Votes.from_events(given, [1, 1], [1, -1], voices=given)

    assert votes.voice_ids.dtype.kind in "Ui"
    assert votes.voice_ids.tolist() == sorted(votes.voice_ids.tolist())
    assert votes.stance.tolist() == [-1, 1]
    table = Votes.from_matrix([[1], [-1]], voice_ids=given, statement_ids=[1])
    assert table == votes.without_order()


@pytest.mark.parametrize(
    ("ids", "message"),
    [
        pytest.param([1, "1"], "all be whole numbers or all be text", id="number and text"),
        pytest.param(["1", 1.0], "all be whole numbers or all be text", id="text and float"),
        pytest.param(["a", None], "voice id 2 of 2 is missing", id="text and nothing"),
        pytest.param(["a", np.nan], "voice id 2 of 2 is nan", id="text and nan"),
        pytest.param([uuid.UUID(int=1), str(uuid.UUID(int=1))], "all be text", id="UUID and text"),
        pytest.param([1, True], "whole numbers or text, not bool", id="number and bool"),
        pytest.param(["a", "a\0"], "ends in a NUL character", id="NUL at the end"),
        pytest.param(["a", " "], "voice id 2 of 2 is blank", id="blank"),
        pytest.param(np.array(["", "a"]), "voice id 1 of 2 is blank", id="blank in an array"),
        pytest.param([b"a", b"b"], "whole numbers or text, not bytes", id="bytes"),
        pytest.param([1, 1.5], "whole numbers or text", id="half"),
        pytest.param(np.array([2**24, 2**24 + 2], np.float32), "whole numbers", id="float32"),
        pytest.param(pd.Series([1, None], dtype="Int64"), "voice id 2 of 2 is missing", id="NA"),
        pytest.param(pl.Series([1, None]), "voice id 2 of 2 is missing", id="Polars null"),
        pytest.param(pa.array([1, None]), "voice id 2 of 2 is missing", id="Arrow null"),
        pytest.param(np.ma.array([1, 2], mask=[False, True]), "id 2 of 2 is missing", id="masked"),
        pytest.param(np.array(["2026", "2027"], "M8[Y]"), "not datetime64", id="dates"),
        pytest.param(pd.Series(pd.to_datetime(["2026", None])), "not datetime64", id="times"),
        pytest.param({1: "a", 2: "b"}, "one list, not a mapping", id="mapping"),
        pytest.param({1, 2}, "a set, which has no order", id="set"),
        pytest.param("ab", "one list, not a piece of text", id="text alone"),
        pytest.param(pd.DataFrame({"a": [1, 2]}), "not a whole table", id="data frame"),
        pytest.param(np.array([[1], [2]]), "not 2 dimensions", id="two dimensions"),
        pytest.param(7, "one list, not int", id="one number"),
    ],
)
def test_ids_that_could_be_mistaken_are_refused(ids, message):
    with pytest.raises(BadVotes, match=message):
        Votes.from_events(ids, [1, 1], [1, -1])


@pytest.mark.parametrize(
    "stances",
    [
        pytest.param(np.ma.array([1, -1], mask=[False, True]), id="masked"),
        pytest.param(pd.Series([1, None], dtype="Int64"), id="NA"),
        pytest.param(pl.Series([1, None]), id="Polars null"),
        pytest.param([1, None], id="nothing"),
        pytest.param([True, False], id="bool"),
        pytest.param(["1", "-1"], id="text"),
        pytest.param([1, "-1"], id="number and text"),
        pytest.param([1, 10**400], id="huge"),
        pytest.param([[1], [1]], id="nested"),
        pytest.param({5: 1, 7: -1}, id="mapping"),
    ],
)
def test_stances_that_are_none_are_refused(stances):
    with pytest.raises(BadVotes, match="stance"):
        Votes.from_events([1, 2], [1, 1], stances)


FRAME = pd.DataFrame(TABLE, index=[10, 20, 30], columns=[5, 7])
TABLES = {
    "list": (TABLE, True),
    "list with None": ([[1, 0], [None, -1], [-1, 1]], True),
    "array": (np.array(TABLE), True),
    "masked": (np.ma.array(np.nan_to_num(TABLE, nan=5).astype(int), mask=np.isnan(TABLE)), True),
    "data frame": (FRAME, False),
    "data frame in another order": (FRAME.loc[VOICES, STATEMENTS], False),
    "data frame of nullable integers": (FRAME.astype("Int64").loc[VOICES], False),
    "data frame of objects": (FRAME.astype(object).where(FRAME.notna(), None), False),
    "data frame with ids beside it": (
        FRAME.reset_index(drop=True).T.reset_index(drop=True).T,
        True,
    ),
    "sparse": (sparse.csr_array(([1, 0, -1, -1, 1], ([0, 0, 1, 2, 2], [0, 1, 1, 0, 1]))), True),
    "sparse by column": (
        sparse.csc_matrix(([1, 0, -1, -1, 1], ([0, 0, 1, 2, 2], [0, 1, 1, 0, 1]))),
        True,
    ),
}


@pytest.mark.parametrize("kind", TABLES)
def test_a_table_of_votes_is_taken_from_every_container(kind):
    given, needs_ids = TABLES[kind]

    ids = {"voice_ids": [10, 20, 30], "statement_ids": [5, 7]} if needs_ids else {}

    assert Votes.from_matrix(given, **ids) == VOTES.without_order()


@pytest.mark.parametrize("library", ["pandas", "Polars", "Arrow", "interface"])
def test_a_table_without_an_index_names_its_voices_in_a_column(library):
    columns = {"voice": VOICES, "7": [1, 0, -1], "5": [-1, 1, None]}
    table = {
        "pandas": lambda: pd.DataFrame(columns).query("voice > 0"),
        "Polars": lambda: pl.DataFrame(columns),
        "Arrow": lambda: pa.table(columns),
        "interface": lambda: only(pa.table(columns)),
    }[library]()

    votes = Votes.from_matrix(table)

    assert (votes.voice_ids.tolist(), votes.statement_ids.tolist()) == ([10, 20, 30], ["5", "7"])
    assert_array_equal(votes.dense(), TABLE)


@pytest.mark.parametrize(
    ("table", "ids", "message"),
    [
        pytest.param(FRAME, {"voice_ids": VOICES}, "given twice, and differ", id="other order"),
        pytest.param(FRAME > 0, {}, "True and False do not tell", id="bool"),
        pytest.param([[True, False]], {}, "True and False do not tell", id="bools"),
        pytest.param([["1", "-1"]], {}, "1, 0, -1 and nan only", id="text"),
        pytest.param([["1", None]], {}, "1, 0, -1 and nan only, not '1'", id="text and nothing"),
        pytest.param(FRAME.astype(str), {}, "1, 0, -1 and nan only, not '1.0'", id="text frame"),
        pytest.param(FRAME.set_axis([5, "5"], axis=1), {}, "all be text", id="5 and '5'"),
        pytest.param(FRAME.set_axis([5, 5], axis=1), {}, "statement 5 is given twice", id="twice"),
        pytest.param(pl.DataFrame({"5": [1]}), {}, "needs one column of voice ids", id="no voices"),
        pytest.param(
            pd.DataFrame({"voice": [1, 0], "5": [1, -1]}),
            {"voice_ids": [8, 9]},
            "given twice: in column voice, and beside the table",
            id="voices twice",
        ),
        pytest.param(
            pl.DataFrame({"voice": [1], "5": [1]}).lazy(), {}, r"give `\.collect\(\)`", id="lazy"
        ),
        pytest.param({"5": [1, -1]}, {}, "or a sparse matrix, not dict", id="mapping"),
        pytest.param(
            sparse.coo_array(([1, -1], ([0, 0], [0, 0]))), {}, "several entries", id="sparse twice"
        ),
        pytest.param(sparse.csr_array([[True]]), {}, "1, 0, -1 and nan only", id="sparse bool"),
        pytest.param(
            sparse.csr_array([[2]]), {}, "voice 0 on statement 0: .* not 2", id="sparse 2"
        ),
    ],
)
def test_a_table_that_could_be_mistaken_is_refused(table, ids, message):
    with pytest.raises(BadVotes, match=message):
        Votes.from_matrix(table, **ids)


def test_moderation_is_no_yes_or_no():
    with pytest.raises(BadVotes, match=r"mod of statement 5 is True, not one of \(-1, 0, 1\)"):
        VOTES.with_marks(mod={5: True})  # moderated out, or let in?
    assert VOTES.with_marks(is_meta={5: True}).is_meta.tolist() == [True, False]


def test_spaces_around_a_label_make_no_other_part():
    found = VOTES.analyse(attributes={"side": ["left ", "left", "  "]})

    assert set(found.parts["part"]) == {"left"}


def test_equal_votes_are_equal_and_others_are_not():
    again = Votes.from_events(np.array(LOG[0], np.int32), pd.Series(LOG[1]), LOG[2])

    assert (again, hash(again)) == (VOTES, hash(VOTES))
    assert len({again, VOTES}) == 1
    assert VOTES.with_vote(30, 7, -1).with_vote(30, 7, 1) != VOTES  # the log is another
    for other in (
        VOTES.with_vote(30, 7, -1),
        VOTES.without_order(),
        VOTES.with_marks(mod={5: -1}),
        VOTES.with_marks(is_meta={5: True}),
        VOTES.select(voices=[True, True, False]),
        Votes.from_events([str(one) for one in LOG[0]], *LOG[1:]),
        "votes",
    ):
        assert other != VOTES


@pytest.mark.parametrize("seed", [None, "1", 1.0, True, np.float64(2)])
def test_what_is_no_seed_is_refused_in_words(seed):
    for ask in (room.analyse, room.find_groups):
        with pytest.raises(ValueError, match=r"a seed is a whole number, not .* same votes give"):
            ask(VOTES, seed=seed)
    assert room.analyse(VOTES, seed=np.int64(3)).seed == 3


@pytest.mark.parametrize("smallest", [None, 2.5, "5", True])
def test_what_is_no_smallest_cell_is_refused_in_words(smallest):
    with pytest.raises(ValueError, match="the smallest cell is a whole number of answers"):
        room.analyse(VOTES, smallest=smallest)
