"""What an analysis found, as tables, figures, sentences and pages, in anybody's words."""

from __future__ import annotations

import re
import sys
from html.parser import HTMLParser
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from opinionspace import BadVotes, OpinionError, TooLittle, Votes, polis, room
from opinionspace.columns import Columns
from opinionspace.figures import Mark, beeswarm, line, plane
from opinionspace.votes import About
from opinionspace.words import ENGLISH, Words

TEXTS = {j: f"Ports & roads <{j}> \u0646\u0639\u0645\x1b[2J" for j in range(20)}
MODES = ("room", "polis")


def drawn(gap: float = 0.8, n: int = 60, m: int = 20) -> Votes:
    """Two halves who agree with different halves of the statements."""
    rng = np.random.default_rng(5)
    side = np.arange(n) % 2
    for_it = np.where((np.arange(m) % 2)[None] == side[:, None], 0.5 + gap / 2, 0.5 - gap / 2)
    table = np.where(rng.random((n, m)) < for_it, 1.0, -1.0)
    table[rng.random((n, m)) < 0.1] = 0
    table[rng.random((n, m)) < 0.1] = np.nan
    votes = Votes.from_matrix(table, mod=[0] * (m - 1) + [-1])
    return votes.with_about(About("Ports \u202e& <roads>", TEXTS, {0: 1, 1: 0}))


def along_a_line(n: int = 60, m: int = 30) -> Votes:
    """People who differ by degrees only."""
    rng = np.random.default_rng(2)
    place = rng.normal(size=(n, 1)) * np.where(np.arange(m) % 2, 2.0, -2.0)
    return Votes.from_matrix(np.where(rng.random((n, m)) < 1 / (1 + np.exp(-place)), 1.0, -1.0))


VOTES = drawn()
SIDES = {"side": {int(i): ("port", "rail", "road")[i % 3] for i in VOTES.voice_ids}}


@pytest.fixture(scope="module")
def findings():
    return {"room": VOTES.analyse(attributes=SIDES), "polis": VOTES.analyse("polis")}


@pytest.mark.parametrize("mode", MODES)
def test_numbers_are_those_of_the_mode(findings, mode):
    found = findings[mode]

    digest = {
        "room": lambda: room.analyse(VOTES, SIDES).digest(),
        "polis": lambda: polis.analyse(VOTES).digest(),
    }[mode]()
    assert found.result.digest() == digest
    table = found.statements
    assert table["id"].tolist() == list(range(19 if mode == "room" else 20))
    assert (table["agree"] + table["disagree"] + table["pass"]).tolist() == table["seen"].tolist()
    assert table["text"][3] == "Ports & roads <3> \u0646\u0639\u0645\N{REPLACEMENT CHARACTER}[2J"


@pytest.mark.parametrize(
    ("mode", "name"),
    [
        *((mode, name) for mode in MODES for name in ("statements", "people")),
        ("room", "parts"),
        ("polis", "representative"),
    ],
)
def test_tables_are_taken_by_data_frame_libraries(findings, mode, name):
    table = getattr(findings[mode], name)

    frames = [table.to_pandas(), table.to_polars().to_pandas(), table.to_arrow().to_pandas()]
    frames += [pd.DataFrame(table), pl.DataFrame(table).to_pandas(), pa.table(table).to_pandas()]
    frames += [pa.table(_Stream(table)).to_pandas()]

    for frame in frames:
        assert list(frame.columns) == list(table)
        assert len(frame) == table.n_rows > 0
        for column, values in table.items():
            assert frame[column].tolist() == pytest.approx(list(values), nan_ok=True)
    assert len(table.rows()) == table.n_rows


class _Stream:
    """A table by its Arrow interface alone."""

    def __init__(self, table):
        self._table = table

    def __arrow_c_stream__(self, requested_schema=None):
        return self._table.__arrow_c_stream__(requested_schema)


def test_groups_of_people_are_those_of_the_result(findings):
    found = findings["polis"]
    assert [ord(one) - 65 for one in found.people["group"]] == found.result.group_of_voice.tolist()
    assert found.people["published"][:3] == ["1", "0", ""]
    assert found.representative.n_rows == sum(map(len, found.result.representative))

    found = findings["room"]
    grouping = found.result.grouping
    assert set(found.people["group"]) <= {*grouping.groups.table.labels, ""}
    assert found.people["x"].tolist() == grouping.plane.position[:, 0].tolist()


def test_parts_hold_every_attribute_and_the_groups(findings):
    parts = findings["room"].parts.to_pandas()

    assert set(parts["attribute"]) == {"side", "group"}
    one = parts[(parts["part"] == "rail") & (parts["id"] == 4)].iloc[0]
    mask = VOTES.voice_ids % 3 == 1
    counts = VOTES.select(voices=mask).counts_of(4)
    assert (one["agree"], one["disagree"], one["seen"]) == counts


def test_weighted_shares_are_there_on_request_only():
    log = [1, 2, 1, 2], [7, 7, 8, 8], [1, -1, 1, 1]
    votes = Votes.from_events(*log).with_importance([1, 0, 0.5, 0])

    assert "weighted_agree" not in votes.analyse().statements
    for mode in MODES:
        table = votes.analyse(mode, weigh=2).statements
        assert table["weighted_agree"].tolist() == [0.75, 1]
        assert table["weighted_disagree"].tolist() == [0.25, 0]
    assert Words()("page.weighted") in votes.analyse(weigh=1).html()


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        ({"mode": "Polis"}, ValueError, "the mode is room or polis, not 'Polis'"),
        (
            {"mode": "room", "k": 3},
            ValueError,
            "k is no option of room, which has attributes",
        ),
        ({"mode": "polis", "seed": 1}, ValueError, "seed is no option of polis"),
        ({"mode": "polis", "k": 1}, ValueError, "k is a number of groups from 2, not 1"),
        ({"mode": "polis", "k": True}, ValueError, "k is a number of groups from 2"),
        ({"mode": "polis", "k": 1000}, TooLittle, "positions cannot be put into 1000 groups"),
        ({"mode": "polis", "threshold": 0}, ValueError, "a number of votes from 1, not 0"),
        ({"mode": "polis", "threshold": None}, ValueError, "a number of votes from 1"),
        ({"mode": "polis", "keep": [99]}, BadVotes, "keep names voice 99, which has no votes here"),
        ({"mode": "polis", "keep": ["1"]}, BadVotes, "keep names voice 1, which has no votes here"),
        ({"weigh": -1}, ValueError, "weigh is a number from 0 to 1e.99, not -1"),
        ({"weigh": np.inf}, ValueError, "weigh is a number from 0 to 1e.99, not inf"),
        ({"weigh": "1"}, ValueError, "weigh is a number from 0 to 1e.99, not '1'"),
        ({"weigh": True}, ValueError, "weigh is a number from 0 to 1e.99, not True"),
        ({"words": {"page.peple": "x"}}, OpinionError, "no text has the key 'page.peple'"),
    ],
)
def test_options_that_are_none_are_refused(given, error, message):
    with pytest.raises(error, match=message):
        VOTES.analyse(**given)


@pytest.mark.parametrize("k", [2, 3, 4])
def test_k_makes_so_many_groups(k):
    assert VOTES.analyse("polis", k=k).result.k == k


def test_threshold_and_kept_ids_decide_who_is_grouped():
    rng = np.random.default_rng(1)
    table = rng.choice([-1.0, 1.0], (40, 12))
    table[30:, 5:] = np.nan
    votes = Votes.from_matrix(table)

    def inside(**options):
        return np.flatnonzero(votes.analyse("polis", **options).result.included).tolist()

    assert inside() == list(range(30))
    assert inside(threshold=5) == list(range(40))
    assert inside(keep=[33, 39]) == inside(keep={39, 33}) == [*range(30), 33, 39]
    assert inside(keep=pd.Series([39, 33])) == [*range(30), 33, 39]


class Page(HTMLParser):
    """What a page is made of; raises where tags do not close."""

    VOID = {"meta", "circle", "rect", "path", "br"}

    def __init__(self, text):
        super().__init__()
        self.open, self.seen, self.classes = [], [], []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in self.VOID:
            assert self.open.pop() == tag

    def of(self, tag):
        return [attrs for name, attrs in self.seen if name == tag]


@pytest.mark.parametrize("mode", MODES)
def test_a_page_needs_nothing_else_and_says_what_it_draws(findings, mode, tmp_path):
    found = findings[mode]
    found.save(tmp_path / "page.html")
    text = (tmp_path / "page.html").read_text(encoding="utf-8")
    page = Page(text)

    assert text == found.html()
    assert len(page.of("h1")) == 1
    assert len(page.of("h2")) >= 6
    assert not re.findall(r"(?:src|href)=|<script|@import|url\((?!#)", text)
    assert set(re.findall(r"https?://[^\"]*", text)) == {"http://www.w3.org/2000/svg"}
    assert all("aria-hidden" in one or one.get("aria-label") for one in page.of("svg"))
    assert all(one["scope"] == "col" for one in page.of("th"))
    assert "Ports &amp; roads &lt;3&gt; \u0646\u0639\u0645" in text
    assert not set(text) & set("\x1b\u202e")
    assert "&lt;roads&gt;</h1>" in text
    assert found.result.digest() in text
    assert (page.of("html")[0]["lang"], page.of("html")[0]["dir"]) == ("en", "ltr")


def test_a_page_of_a_room_says_every_sentence_and_the_gate(findings):
    found = findings["room"]

    text = found.html()

    assert len(found.sentences) > 3
    assert all(one in text for one in found.sentences)
    assert all(ENGLISH[f"check.{one.name}"] in text for one in found.result.grouping.gate.checks)
    assert "By side" in text
    assert "road (20 people)" in text
    assert "Group 1 \u00b7 30 people" in text


@pytest.mark.parametrize("votes", [drawn(0), drawn(n=8, m=5), Votes.from_events([1], [1], [1])])
def test_a_page_of_a_room_is_never_blank(votes):
    found = votes.analyse()

    Page(found.html())
    assert found.sentences[0] in found.html()
    assert found.sentences[0] in found._repr_html_()
    if found.result.grouping.plane is None:
        with pytest.raises(TooLittle, match="No picture of persons"):
            found.map()


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", ["map", "bars", "beeswarm"])
@pytest.mark.parametrize("way", ["ltr", "rtl"])
def test_figures_are_pictures_with_words(mode, name, way, tmp_path):
    found = VOTES.analyse(mode, words={"page.dir": way})
    figure = getattr(found, name)()

    figure.save(tmp_path / "figure.svg")
    root = ElementTree.parse(tmp_path / "figure.svg").getroot()
    assert root.get("role") == "img"
    assert root.get("aria-label") == figure.says
    assert root.find("{http://www.w3.org/2000/svg}title").text == figure.says
    width = float(root.get("width"))
    for mark in root.iter("{http://www.w3.org/2000/svg}circle"):
        assert 0 <= float(mark.get("cx")) <= width
    assert figure._repr_svg_() == figure.svg
    assert 20 < len(repr(figure)) <= 90
    assert repr(figure).startswith(f"<Figure: {figure.says[:20]}")


def test_figures_that_run_from_the_right_are_mirrored():
    one, other = (
        VOTES.analyse("polis", words={"page.dir": way}).map().svg for way in ("ltr", "rtl")
    )

    at = [
        sorted(float(x) for x in re.findall(r'<circle cx="([0-9.]+)"', svg)) for svg in (one, other)
    ]
    assert at[0] == pytest.approx(sorted(640 - x for x in at[1]), abs=0.11)


@pytest.mark.parametrize("by", ["agree", "disagree", "divides"])
def test_bars_show_the_first_statements(findings, by):
    found = findings["room"]

    says = found.bars(3, by=by).says

    for j in found.order(by)[:3]:
        agree, disagree, seen = (int(one[j]) for one in found.result.counts.whole)
        assert f"agree {agree}, pass {seen - agree - disagree}, disagree {disagree}" in says
    with pytest.raises(ValueError, match="ordered by agree, disagree or divides, not 'x'"):
        found.bars(by="x")


def test_nobody_and_nothing_cannot_be_drawn():
    for draw in (lambda: plane([], []), lambda: line(np.array([np.nan]))):
        with pytest.raises(ValueError, match="there is nobody"):
            draw()
    with pytest.raises(ValueError, match="no statement can be placed"):
        beeswarm([1], [""], np.array([np.nan]), np.array([1.0]))
    assert "Map of 1 person" in plane([Mark(0, 0, 0)], ["A"]).says


def test_words_are_the_callers(findings):
    given = {
        "page.people": "personnes",
        "sentence.divides": "Ce qui divise : {statement}",
        "page.size": lambda numbers: "une personne" if numbers["n"] == 1 else f"{numbers['n']} p.",
        "page.lang": "fr",
    }
    found = VOTES.analyse(attributes=SIDES, words=given)
    text = found.html()

    assert "</b>personnes</li>" in text
    assert "road (20 p.)" in text
    assert '<html lang="fr"' in text
    assert sum(one.startswith("Ce qui divise : ") for one in found.sentences) == 1
    assert found.result.digest() == findings["room"].result.digest()

    turned = VOTES.analyse("polis", words=lambda key, english: f"[{key}] {english}")
    assert "[caution] The recipe of Polis" in turned.html()
    assert "[figure.map_bundles] Map of" in turned.map().says


@pytest.mark.parametrize("text", ["{voices}", "{0}", "{people:%}", "{people.x}", "{"])
def test_words_that_cannot_be_filled_in_are_named(text):
    say = Words({"figure.line": text})

    with pytest.raises(
        OpinionError, match=r"the text of figure.line cannot be filled in: .*people"
    ):
        say("figure.line", people="3")


def test_every_word_is_used(findings):
    asked = set()

    def hear(key, english):
        asked.add(key)
        return english

    for votes in (VOTES, drawn(0), drawn(n=8, m=5), drawn(n=15), Votes.from_events([1], [1], [1])):
        found = votes.analyse(attributes=SIDES if votes is VOTES else None, weigh=1, words=hear)
        found.html(), found.sentences
        found.bars() if found.order("agree") else None
    along_a_line().analyse(words=hear).html()
    few = {"side": {i: "a" if i < 4 else "b" for i in range(8)}}
    drawn(n=8, m=5).analyse(attributes=few, words=hear).html()
    VOTES.analyse("polis", weigh=1, words=hear).html()
    Votes.from_matrix([[1, -1]] * 8).with_about(About()).analyse(words=hear).html()

    unheard = set(ENGLISH) - asked
    assert {key for key in unheard if not key.startswith("sentence.")} == set()


def test_every_code_of_a_room_has_words():
    told = room.sentences.__doc__.split("\n==", 2)[2].rsplit("\n==", 1)[0]
    codes = {row.split()[0] for row in told.splitlines()[1:] if row[:1].strip()}
    known = {key.removeprefix("sentence.") for key in ENGLISH if key.startswith("sentence.")}

    assert {one for one in known if not one.endswith("_alone")} == codes
    assert {one.removesuffix("_alone") for one in known - codes} <= codes
    say = VOTES.analyse().say
    assert say(room.Sentence("no_groups", {"gap": 0.0})) == "No distinct groups can be shown."


def test_one_is_said_as_one():
    alone = Votes.from_matrix([[1, 1, 1]] * 8 + [[-1, 1, -1]] * 8)

    assert alone.analyse().sentences[0].startswith("A majority surely agrees on 1 statement and")
    say = Words()
    assert say("figure.map", people=21, groups=1) == "Map of 21 people in 1 group"
    assert say("sentence.unplaced", people=1) == "1 person cast too few votes to be placed."
    assert Words({"page.size": "{n} people"})("page.size", n=1) == "1 people"  # not ours to say


def test_a_crowd_is_told_of_with_its_statements():
    table = np.where(np.random.default_rng(3).random((501, 9)) < 0.5, 1, -1)

    told = Votes.from_matrix(table).analyse().sentences[-1]

    assert told.startswith("501 people and 9 statements: groups are looked for among up to 500")


def test_columns_show_the_first_rows_as_a_table():
    table = Columns(id=np.arange(40), text=["<b>"] * 40, share=np.array([1 / 3] * 39 + [np.nan]))

    page = Page(table._repr_html_())

    assert len(page.of("tr")) == 31
    assert "&lt;b&gt;" in table._repr_html_()
    assert "<td class=n>0.333</td>" in table._repr_html_()
    assert "10 more rows" in table._repr_html_()
    assert repr(table) == "<Columns: 40 rows \u00d7 id, text, share>"


def test_columns_are_printed_under_one_another():
    texts = ["Trams.", "Roads\nand bridges."]
    table = Columns(id=[7, 10], text=texts, share=np.array([1 / 3, np.nan]))

    assert str(table).splitlines() == [
        "id  share  text",
        " 7  0.333  Trams.",
        "10      –  Roads and bridges.",
    ]
    assert str(Columns(id=np.arange(40), x=np.ones(40))).splitlines()[-2:] == [
        "29  1.000",
        "… 10 more rows",
    ]


@pytest.mark.parametrize(
    ("way", "library"), [("to_pandas", "pandas"), ("to_polars", "polars"), ("to_arrow", "pyarrow")]
)
def test_a_library_that_is_not_there_is_named(monkeypatch, way, library):
    monkeypatch.setitem(sys.modules, library, None)

    with pytest.raises(ModuleNotFoundError, match=f"{library} is not installed.*pip install"):
        getattr(Columns(id=[1]), way)()


@pytest.mark.parametrize(
    ("votes", "given", "message"),
    [
        (Votes.from_matrix([[1]]), [1], "these votes have none, only a table"),
        (Votes.from_events([1], [1], [1]), [1, 2], "one number for each of 1 votes of the log"),
        (Votes.from_events([1], [1], [1]), [np.nan], "a number from 0"),
        (Votes.from_events([1], [1], [1]), [1e200], "a number from 0"),
        (Votes.from_events([1], [1], [1]), ["1_0"], "importance is a number, not '1_0'"),
    ],
)
def test_importance_that_is_none_is_refused(votes, given, message):
    with pytest.raises(BadVotes, match=message):
        votes.with_importance(given)


def test_a_repr_is_one_short_line(findings):
    held = [VOTES.about, *(one.bars(9) for one in findings.values())]
    assert all(len(repr(one)) < 120 for one in held), held
    held = [VOTES, *findings.values(), *(one.result for one in findings.values())]
    held += [findings["room"].result.grouping, findings["polis"].result.axes]
    held += [findings["room"].result.counts.agreement, findings["room"].result.routing]
    held += [findings["room"].result.counts.declared["side"].cells, VOTES.analyse().statements]

    for one in held:
        assert len(repr(one)) < 700
        assert "\n" not in repr(one)
    assert repr(VOTES) == f"<Votes: 60 voices \u00d7 20 statements, {VOTES.n_votes:,} votes>"
