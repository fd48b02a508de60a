from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from majlis.ui import figures
from tests.ui.gallery import drawings

SVG = "{http://www.w3.org/2000/svg}"
LANGS = ("en", "fr", "ar")


def rects(svg: str, css: str) -> list[tuple[float, float]]:
    """Start and extent of every rectangle whose classes begin with `css`."""
    return [
        (float(r.attrib["x"]), float(r.attrib["width"]))
        for r in ElementTree.fromstring(svg).iter(f"{SVG}rect")
        if r.attrib["class"].startswith(css) and float(r.attrib["height"]) > 15
    ]


@pytest.mark.parametrize("lang", LANGS)
def test_every_figure_is_well_formed_named_and_described(lang: str):
    for drawing in drawings(lang):
        root = ElementTree.fromstring(drawing.svg)
        title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
        assert title is not None
        assert desc is not None
        assert (title.text, bool(desc.text)) == (drawing.title, True)
        assert root.attrib["aria-labelledby"] == f"{title.attrib['id']} {desc.attrib['id']}"
        assert root.attrib["lang"] == lang


@pytest.mark.parametrize("lang", LANGS)
def test_no_figure_carries_a_style_or_a_colour(lang: str):
    for drawing in drawings(lang):
        assert re.findall(r'style=|fill="(?!none)|stroke="#', drawing.svg) == []


def test_figures_on_one_page_have_different_ids():
    ids = [i for d in drawings("en") for i in re.findall(r'id="([^"]+)"', d.svg)]
    assert len(ids) == len(set(ids))


def test_arabic_labels_are_isolated():
    for drawing in drawings("ar"):
        for text in ElementTree.fromstring(drawing.svg).iter(f"{SVG}text"):
            assert (text.text or "")[0] == "\u2067"
            assert (text.text or "")[-1] == "\u2069"


def test_vote_bar_is_mirrored_in_arabic():
    counts = figures.StanceCounts("", 3, 1, 0)
    english = figures.vote_bar(counts, title="t", lang="en").svg
    arabic = figures.vote_bar(counts, title="t", lang="ar").svg
    assert rects(english, "fig-agree") == [(0, 270)]
    assert rects(arabic, "fig-agree") == [(90, 270)]


def test_opinion_map_is_not_mirrored():
    areas = [figures.Area("A", 12, 0, 0, 1, 2, 30), figures.Area("B", 9, 3, 1, 1, 1, 0)]

    def marks(lang: str) -> list[str]:
        svg = figures.area_map(areas, title="t", lang=lang).svg
        return re.findall(r"<ellipse[^>]*>", svg)

    assert len(marks("en")) == 2
    assert marks("en") == marks("ar")


@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 500))
def test_vote_strip_fills_its_width_in_proportion(agree: int, disagree: int, passed: int):
    svg = figures.vote_strip(figures.StanceCounts("", agree, disagree, passed), lang="en")
    parts = [w for css in ("fig-agree", "fig-disagree", "fig-pass") for _x, w in rects(svg, css)]
    total = agree + disagree + passed
    assert len(parts) == sum(n > 0 for n in (agree, disagree, passed))
    if total:
        assert sum(parts) == pytest.approx(360, abs=0.2)


def test_vote_bars_table_gives_counts_shares_and_all_answers():
    drawing = figures.vote_bars([figures.StanceCounts("S1", 41, 12, 9)], title="t", lang="en")
    assert drawing.table.head == ("Statement", "Agree", "Disagree", "Pass", "Answers")
    assert drawing.table.rows == (("S1", "41 (66%)", "12 (19%)", "9 (15%)", "62"),)


def test_vote_bars_without_answers_say_so_instead_of_a_share():
    drawing = figures.vote_bar(figures.StanceCounts("S1", 0, 0, 0), title="t", lang="en")
    assert drawing.table.rows == (("S1", "0", "0", "0", "0"),)
    assert [t.text for t in ElementTree.fromstring(drawing.svg).iter(f"{SVG}text")] == [
        "S1",
        "No answers yet",
    ]


WHOLE = figures.RangeRow("Everyone", 50, figures.Span(31, 31), figures.Span(9, 9))
FINANCE = figures.RangeRow(
    "Finance",
    17,
    figures.Span(11, 17, "most", (0.42, 0.98)),
    figures.Span(0, 6, "few", (0.01, 0.53)),
    tone=3,
)


def test_group_ranges_tell_the_range_of_a_group_and_the_count_of_all():
    drawing = figures.group_ranges([FINANCE], title="t", lang="en", whole=WHOLE)
    assert drawing.table.head == ("Group", "Agree", "Disagree", "Answers")
    assert drawing.table.rows == (
        ("Everyone", "31 (62%)", "9 (18%)", "50"),
        ("Finance", "11–17 (most)", "0–6 (few)", "17"),
    )


def test_group_ranges_mark_the_middle_of_a_group_and_its_likely_interval():
    drawing = figures.group_ranges([FINANCE], title="t", lang="en", whole=WHOLE)
    assert drawing.svg.count("fig-middle") == drawing.svg.count("fig-interval") == 2


def test_group_ranges_are_mirrored_in_arabic():
    def bars(lang: str) -> list[tuple[float, float]]:
        svg = figures.group_ranges([FINANCE], title="t", lang=lang, whole=WHOLE).svg
        found = re.findall(r'<rect x="([^"]+)" y="[^"]+" width="([^"]+)"', svg)
        return [(float(x), float(width)) for x, width in found]

    assert len(bars("en")) == 2
    assert bars("en") == [(pytest.approx(360 - x - width), width) for x, width in bars("ar")]


def test_axis_and_map_mark_the_reader_only_when_asked():
    places, ends = [-2.0, -1.0, 0.0, 1.0, 2.0], ("against", "for")
    alone = figures.axis_bands(places, 30, title="t", lang="en", ends=ends)
    own = figures.axis_bands(
        places, 30, title="t", lang="en", ends=ends, own=figures.AxisPlace(1.0, 0.5, 1.5)
    )
    assert ("You" in alone.svg, "You" in own.svg) == (False, True)
    areas = [figures.Area("A", 12, 0, 0, 1, 1, 0), figures.Area("B", 9, 3, 1, 1, 1, 0)]
    plain = figures.area_map(areas, title="t", lang="en")
    ringed = figures.area_map(areas, title="t", lang="en", own=(1.0, 1.0))
    assert ("fig-own" in plain.svg, ringed.svg.count("fig-own")) == (False, 1)
    assert plain.table.rows == (("A", "12"), ("B", "9"))


def test_labels_with_markup_stay_words():
    drawing = figures.vote_bar(figures.StanceCounts("<b> & co", 3, 0, 0), title="a < b", lang="en")
    root = ElementTree.fromstring(drawing.svg)
    assert next(root.iter(f"{SVG}text")).text == "<b> & co"


def test_empty_lists_draw_something_valid():
    for drawing in (
        figures.area_map([], title="t", lang="ar"),
        figures.vote_bars([], title="t", lang="fr"),
    ):
        assert drawing.table.rows == ()
        ElementTree.fromstring(drawing.svg)


def test_standalone_names_every_colour():
    alone = figures.standalone(drawings("en")[0].svg)
    sheet = ElementTree.fromstring(alone).find(f"{SVG}style")
    assert sheet is not None
    colours = re.findall(r"(?:fill|stroke):([^;}]+)", sheet.text or "")
    assert [c for c in colours if not re.fullmatch(r"#[0-9a-f]{6}|none", c)] == []


def test_standalone_anchors_arabic_text_by_its_side_of_the_sheet():
    counts = figures.StanceCounts("", 3, 1, 0)
    page = figures.vote_bar(counts, title="t", lang="ar").svg
    alone = figures.standalone(page)
    assert ('direction="rtl"' in page, "direction=" in alone) == (True, False)
    assert page.count('text-anchor="start"') == alone.count('text-anchor="end"') > 0
