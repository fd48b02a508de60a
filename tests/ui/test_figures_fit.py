"""Words of a figure stand beside its marks: none runs over its neighbour or off the sheet."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from majlis.kernel.disclosure.ranges import Amount
from majlis.kernel.words import Language
from majlis.ui.figures.bars import StanceCounts, vote_bars
from majlis.ui.figures.ranges import RangeRow, Span, group_ranges
from tests.conftest import ROOT

CSS = ROOT / "src/majlis/ui/static/ui/css"
MET = """() => {
  const over = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3;
  const found = [];
  for (const svg of document.querySelectorAll("svg")) {
    const sheet = svg.getBoundingClientRect();
    const texts = [...svg.querySelectorAll("text")];
    const marks = [...svg.querySelectorAll("rect")].filter((r) => r.getBBox().width < 12);
    texts.forEach((text, n) => {
      const box = text.getBoundingClientRect();
      if (box.left < sheet.left - 1 || box.right > sheet.right + 1)
        found.push(`off the sheet: ${text.textContent}`);
      for (const other of [...texts.slice(n + 1), ...marks])
        if (over(box, other.getBoundingClientRect()))
          found.push(`${text.textContent} over ${other.textContent || "a mark"}`);
    });
  }
  return found;
}"""


def drawn(lang: str) -> list[str]:
    """Figures with the longest words and the largest numbers that they may have."""
    votes = [StanceCounts("", 12345, 10234, 9876), StanceCounts("Statement", 1, 0, 0)]
    with translation.override(lang):
        word = max((str(w.label) for w in Amount), key=len)
    span = Span(33, 67, word, (0.3, 0.7))
    whole = RangeRow("All", 100, span, span)
    return [
        vote_bars(votes, title="Votes", lang=lang).svg,
        group_ranges(
            [RangeRow("Savoir et société " * 3, 100, span, span, 1)],
            title="G",
            lang=lang,
            whole=whole,
        ).svg,
    ]


@pytest.mark.once
@pytest.mark.parametrize("lang", Language.values)
def test_words_of_figures_run_over_nothing(chromium: Any, lang: str):
    tab = chromium.new_page(viewport={"width": 420, "height": 900})
    style = "".join((CSS / f"{name}.css").read_text() for name in ("tokens", "base", "figures"))
    tab.set_content(f'<html lang="{lang}"><style>{style}</style>{"".join(drawn(lang))}</html>')
    met = tab.evaluate(MET)
    tab.close()
    assert met == []
