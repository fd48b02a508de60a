"""What is said of voices and statements goes to those it is said of, whatever it comes in.

Voices are 10, 20, 30 and statements 5, 7. What stands in a list follows the ids, what has names
follows its names, and a column without its ids is refused.
"""

from __future__ import annotations

from collections import OrderedDict

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from opinionspace import BadVotes, Counts, Votes, room
from opinionspace.export import export_of
from tests.opinionspace.test_containers import LOG, VOICES, VOTES, only

LABELS = {10: "port", 20: None, 30: "rail"}
ARE = ["port", None, "rail"]
BY_NAME = {
    "mapping": LABELS,
    "ordered mapping": OrderedDict((one, LABELS[one]) for one in VOICES),
    "mapping with floats for ids": {10.0: "port", 30.0: "rail"},
    "mapping that leaves one out": {30: "rail", 10: "port"},
    "Series in another order": pd.Series([LABELS[one] for one in VOICES], index=VOICES),
    "Series of categories": pd.Series(["rail", "port"], index=[30, 10], dtype="category"),
    "Series that leaves one out": pd.Series({30: "rail", 10: "port"}),
    "Series with nan": pd.Series({30: "rail", 20: np.nan, 10: "port"}),
}
BY_PLACE = {
    "list": ARE,
    "tuple": tuple(ARE),
    "array": np.array(["port", "", "rail"]),
    "object array": np.array(ARE, dtype=object),
    "masked": np.ma.array(["port", "x", "rail"], mask=[False, True, False]),
    "index": pd.Index(ARE),
    "generator": iter(ARE),
}


def labels_of(given):
    read = room.analyse(VOTES, {"side": given}).counts.declared["side"].cells
    return read.labels, read.agree.tolist(), read.disagree.tolist()


@pytest.mark.parametrize("kind", BY_NAME | BY_PLACE)
def test_attributes_go_to_the_voices_they_are_of(kind):
    given = (BY_NAME | BY_PLACE)[kind]

    assert labels_of(given) == (("port", "rail"), [[1, 0], [0, 1]], [[0, 0], [1, 0]])


@pytest.mark.parametrize(
    "table",
    [
        pytest.param(pd.DataFrame({"side": ["rail", "port"]}, index=[30, 10]), id="by index"),
        pytest.param(pd.DataFrame({"voice": [30, 10], "side": ["rail", "port"]}), id="by column"),
        pytest.param(pl.DataFrame({"voice": [30, 10], "side": ["rail", "port"]}), id="Polars"),
        pytest.param(pa.table({"Voter_ID": [30, 10], "side": ["rail", "port"]}), id="Arrow"),
        pytest.param(only(pa.table({"voice": [30, 10], "side": ["rail", "port"]})), id="interface"),
    ],
)
def test_a_table_of_attributes_is_matched_by_its_voices(table):
    declared = room.analyse(VOTES, table).counts.declared

    assert list(declared) == ["side"]
    assert declared["side"].cells.labels == ("port", "rail")
    assert declared["side"].cells.agree.tolist() == [[1, 0], [0, 1]]


@pytest.mark.parametrize(
    ("given", "labels"),
    [
        pytest.param({10: 2, 30: 10}, ("2", "10"), id="integers"),
        pytest.param(pd.Series([10, 2], [30, 10], dtype="Int64"), ("2", "10"), id="nullable"),
        pytest.param(pd.Series({30: 10.0, 20: np.nan, 10: 2.0}), ("2", "10"), id="with nan"),
        pytest.param({10: False, 30: True}, ("False", "True"), id="bool"),
        pytest.param(np.array([2, 10, 10]), ("2", "10"), id="array"),
    ],
)
def test_labels_may_be_numbers(given, labels):
    assert labels_of(given)[0] == labels


@pytest.mark.parametrize(
    ("given", "message"),
    [
        pytest.param(pd.Series(ARE), "side names voice 0, which is not there", id="other index"),
        pytest.param(pd.Series(ARE, [10, 10, 30]), "side names voice 10 twice", id="twice"),
        pytest.param(
            pd.Series(ARE, ["10", "20", "30"]),
            r"voice '10' \(text\), which is not there",
            id="text",
        ),
        pytest.param({"10": "port"}, r"voice '10' \(text\), which is not there", id="text keys"),
        pytest.param({True: "port"}, "names voice True, which is not there", id="bool key"),
        pytest.param(pl.Series(ARE), "a column without the voice ids beside it", id="Polars"),
        pytest.param(pa.array(ARE), "a column without the voice ids beside it", id="Arrow"),
        pytest.param(only(pa.array(ARE)), "a column without the voice ids", id="interface"),
        pytest.param("abc", "one list, not a piece of text", id="text of three letters"),
        pytest.param({"a", "b", "c"}, "a set, which has no order", id="set"),
        pytest.param(pd.DataFrame({"a": ARE}), "not a whole table", id="data frame"),
        pytest.param({10: 1, 30: "1"}, "labels of side are of several kinds", id="1 and '1'"),
        pytest.param({10: 1.5}, "text or a whole number, not 1.5", id="half"),
        pytest.param({10: ["a"]}, "text or a whole number", id="list"),
        pytest.param({10: b"a"}, "text or a whole number", id="bytes"),
        pytest.param(np.array([["a"], ["b"], ["c"]]), "not 2 dimensions", id="two dimensions"),
        pytest.param(["a"], "one value for each of the 3 voices", id="short"),
        pytest.param(3, "one list, not int", id="number"),
    ],
)
def test_attributes_that_could_be_mistaken_are_refused(given, message):
    with pytest.raises(BadVotes, match=message):
        labels_of(given)


@pytest.mark.parametrize(
    ("attributes", "message"),
    [
        pytest.param({1: LABELS}, "the name of an attribute is text, not 1", id="number"),
        pytest.param(["side"], "a mapping from name to labels", id="list"),
        pytest.param(pl.DataFrame({"side": ARE}), "needs a column of voice ids", id="no voices"),
        pytest.param(
            pd.DataFrame([["a", "b"]] * 3, [10, 20, 30], ["s", "s"]),
            "column s is there twice",
            id="twice",
        ),
    ],
)
def test_attributes_that_are_none_are_refused(attributes, message):
    with pytest.raises(BadVotes, match=message):
        room.analyse(VOTES, attributes)


SIXES = Votes.from_events(*LOG, statements=[7, 5, 6])
MARKS = {
    "mapping": {5: 1, 7: -1},
    "Series": pd.Series({7: -1, 5: 1}),
    "nullable Series": pd.Series([-1, 1, 0], index=[7, 5, 6], dtype="Int64"),
    "list": [1, 0, -1],
    "array": np.array([1, 0, -1]),
}


@pytest.mark.parametrize("kind", MARKS)
def test_marks_go_to_the_statements_they_are_of(kind):
    assert SIXES.with_marks(mod=MARKS[kind]).mod.tolist() == [1, 0, -1]
    if not isinstance(MARKS[kind], list | np.ndarray):
        given = Votes.from_events(*LOG, statements=[7, 5, 6], mod=MARKS[kind])
        assert given.mod.tolist() == [1, 0, -1]


@pytest.mark.parametrize("library", ["pandas", "pandas, other lines", "Polars", "Arrow", "list"])
def test_marks_of_a_table_of_statements_go_line_by_line(library):
    listed = {"id": [7, 5, 6], "mod": [-1, 1, 0]}
    table = {
        "pandas": pd.DataFrame(listed),
        "pandas, other lines": pd.DataFrame(listed, index=[5, 6, 7]),
        "Polars": pl.DataFrame(listed),
        "Arrow": pa.table(listed),
        "list": listed,
    }[library]

    votes = Votes.from_events(*LOG, statements=table["id"], mod=table["mod"])

    assert votes.mod.tolist() == [1, 0, -1]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        pytest.param(pl.Series([1, 0, -1]), "without the statement ids beside it", id="Polars"),
        pytest.param(pa.array([1, 0, -1]), "without the statement ids beside it", id="Arrow"),
        pytest.param(pd.Series([1, 0, -1]), "names statement 0, which is not there", id="index"),
        pytest.param({"5": 1}, r"statement '5' \(text\), which is not there", id="text"),
        pytest.param(
            np.ma.array([1, 0, 1], mask=[False, False, True]), "of statement 7 is", id="masked"
        ),
        pytest.param(pd.Series({5: pd.NA}), "mod of statement 5 is", id="NA"),
        pytest.param([1, 0], "one value for each of the 3 statements", id="short"),
        pytest.param("abc", "one list, not a piece of text", id="text"),
    ],
)
def test_marks_that_could_be_mistaken_are_refused(given, message):
    with pytest.raises(BadVotes, match=message):
        SIXES.with_marks(mod=given)


@pytest.mark.parametrize(
    "keep",
    [
        pytest.param([False, True, True], id="list"),
        pytest.param(np.array([False, True, True]), id="array"),
        pytest.param(pd.Series([True, False, True], index=VOICES), id="Series in another order"),
        pytest.param(pd.Series([True, False, True], VOICES, dtype="boolean"), id="nullable"),
        pytest.param({30: True, 20: True, 10: False}, id="mapping"),
    ],
)
def test_a_mask_keeps_the_voices_it_names(keep):
    assert VOTES.select(voices=keep).voice_ids.tolist() == [20, 30]


@pytest.mark.parametrize(
    ("keep", "message"),
    [
        pytest.param([20, 30, 10], "True or False, not 20", id="ids"),
        pytest.param([0, 1, 1], "True or False, not 0", id="numbers"),
        pytest.param(["False"] * 3, "True or False, not 'False'", id="text"),
        pytest.param({20: True}, "says nothing of voice 10", id="left out"),
        pytest.param(pd.Series([True] * 3), "names voice 0, which is not there", id="other index"),
        pytest.param(pl.Series([True] * 3), "without the voice ids beside it", id="Polars"),
        pytest.param(
            np.ma.array([True] * 3, mask=[False, False, True]), "True or False", id="masked"
        ),
        pytest.param([True], "one value for each of the 3 voices", id="short"),
    ],
)
def test_a_mask_that_could_be_mistaken_is_refused(keep, message):
    with pytest.raises(BadVotes, match=message):
        VOTES.select(voices=keep)


@pytest.mark.parametrize(
    "groups",
    [
        pytest.param([1, -1, 0], id="list"),
        pytest.param({30: 0, 10: 1}, id="mapping"),
        pytest.param(pd.Series([0, 1, -1], index=VOICES), id="Series in another order"),
        pytest.param(pd.Series({30: 0.0, 20: np.nan, 10: 1.0}), id="Series with nan"),
    ],
)
def test_groups_are_counted_for_the_voices_they_are_of(groups):
    assert VOTES.counts_by(groups, 2).agree.tolist() == [[0, 1], [1, 0], [0, 0]]


@pytest.mark.parametrize("groups", [[0, 1, 2], [-2, 0, 0], ["a", "b", "c"], [0.5, 0, 0], [0]])
def test_groups_that_are_none_are_refused(groups):
    with pytest.raises(BadVotes):
        VOTES.counts_by(groups, 2)


@pytest.mark.parametrize(
    "groups",
    [
        pytest.param([1, -1, 0], id="list"),
        pytest.param({30: 0, 10: 1}, id="mapping"),
        pytest.param(pd.Series([0, 1, -1], index=VOICES), id="Series in another order"),
    ],
)
def test_published_groups_go_to_the_voices_they_are_of(groups):
    export = export_of(VOTES, groups=groups)

    assert export.groups(VOTES).tolist() == [1, -1, 0]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"groups": pl.Series([1, 0, 0])}, "without the voice ids beside it"),
        ({"groups": [0.5, 0, 0]}, "a group is a whole number, not 0.5"),
        ({"timestamps": [1, 2]}, "there for each of the 5 votes"),
        ({"timestamps": np.ma.array([1, 2, 3, 4, 5], mask=[True] * 5)}, "is a whole number"),
        ({"timestamps": ["1"] * 5}, "a timestamp is a number, not '1'"),
        ({"timestamps": [0.5] * 5}, "is a whole number"),
    ],
)
def test_an_export_of_what_could_be_mistaken_is_refused(given, message):
    with pytest.raises(BadVotes, match=message):
        export_of(VOTES, **given)


def test_timestamps_may_be_any_list():
    for given in ([3, 1, 2, 5, 4], pd.Series([3, 1, 2, 5, 4]), pa.array([3, 1, 2, 5, 4])):
        assert sorted(export_of(VOTES, timestamps=given).log.timestamp) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(np.ma.array([1.0] * 5, mask=[True, *[False] * 4]), id="masked"),
        pytest.param(["1"] * 5, id="text"),
        pytest.param(pd.Series([1, None, 1, 1, 1], dtype="Int64"), id="NA"),
        pytest.param({10: 1}, id="mapping"),
    ],
)
def test_importance_that_could_be_mistaken_is_refused(given):
    with pytest.raises(BadVotes, match="importance"):
        VOTES.with_importance(given)


@pytest.mark.parametrize("one", [True, "10", 10.5, None])
def test_an_id_of_another_kind_names_nobody(one):
    votes = Votes.from_events([1, 10], [7, 7], [1, -1])

    with pytest.raises(BadVotes, match=f"there is no voice {one}"):
        votes.with_vote(one, 7, 1)


@pytest.mark.parametrize("ids", [[1, "1"], ["a", None], [1, True]])
def test_counts_of_statements_that_could_be_mistaken_are_refused(ids):
    with pytest.raises(BadVotes, match="statement id"):
        room.read_counts(ids, Counts.of([1, 1], [0, 0], [1, 1]), {})
