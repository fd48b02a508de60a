"""What a reader loses when groups are shown as ranges: on rooms drawn from real conversations.

    python bench/ranges.py [ROOMS]

Draws rooms of people from the public conversations in `../shared/data/opinion/openData`, gives
them the four families of a seminar (35, 30, 20 and 15 %), by lot or with every camp in a family of
its own, and asks for each statement how finely it would be shown. Writes
`bench/results/ranges.md`.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from itertools import product
from pathlib import Path
from statistics import median

import django
import numpy as np
import numpy.typing as npt
from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))
if not settings.configured:
    settings.configure(USE_I18N=False)
    django.setup()

from majlis.kernel.disclosure.counts import Counts, passes  # noqa: E402
from majlis.kernel.disclosure.ranges import leaves_open, ranges_of  # noqa: E402
from opinionspace.export import read_export  # noqa: E402
from opinionspace.polis import analyse  # noqa: E402

DATA = Path(os.environ.get("MAJLIS_SHARED") or ROOT.parent / "shared") / "data/opinion/openData"
CONVERSATIONS = ("15-per-hour-seattle", "brexit-consensus", "scoop-hivemind.ubi")
SIZES = (40, 60, 100, 150)
SHARES = (0.35, 0.30, 0.20, 0.15)
SMALLEST = 5
BANDS = {"5–13": range(5, 14), "14–19": range(14, 20), "20 and more": range(20, 1000)}


def drawn(
    stances: npt.NDArray[np.float64],
    camps: npt.NDArray[np.int64],
    people: int,
    rng: np.random.Generator,
    *,
    by_camp: bool,
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]:
    """A room: the stances of some people, and the family of each."""
    chosen = rng.choice(len(stances), people, replace=False)
    families = np.searchsorted(np.cumsum(SHARES), rng.random(people))
    if by_camp:
        chosen = chosen[np.argsort(camps[chosen], kind="stable")]
        families = np.sort(families)
    return stances[chosen], families


def main(rooms: int) -> None:
    outcomes: dict[tuple[int, str], Counter[str]] = {}
    widths: dict[str, list[float]] = {band: [] for band in BANDS}
    spans: dict[str, list[int]] = {band: [] for band in BANDS}
    rng = np.random.default_rng(1)
    for name in CONVERSATIONS:
        votes = read_export(DATA / name).votes()
        camps = analyse(votes).group_of_voice
        stances = votes.dense()
        active = np.argsort(-(~np.isnan(stances)).sum(axis=1), kind="stable")[:150]
        for people, by_camp, _ in product(SIZES, (False, True), range(rooms)):
            table, families = drawn(stances[active], camps[active], people, rng, by_camp=by_camp)
            key = people, "camps apart" if by_camp else "by lot"
            for column in table.T:
                groups = {
                    str(family): Counts(*(int((column[families == family] == s).sum())
                                          for s in (1, -1, 0)))
                    for family in range(4)
                }  # fmt: skip
                held = {k: one for k, one in groups.items() if one.answers}
                if len(held) < 2 or not passes((c.answers for c in held.values()), SMALLEST):
                    outcome = "too small"
                elif leaves_open(held):
                    outcome = "all words"
                else:
                    outcome = "two words" if leaves_open(held, two=True) else "not shown"
                outcomes.setdefault(key, Counter())[outcome] += 1
                if outcome in {"all words", "two words"}:
                    for one in held.values():
                        shown = ranges_of(one, two=outcome == "two words").agree
                        band = next(b for b, sizes in BANDS.items() if one.answers in sizes)
                        widths[band].append((shown.high - shown.low) / one.answers)
                        spans[band].append(shown.high - shown.low + 1)
    lines = [
        "# What a reader loses by ranges",
        "",
        f"{rooms} rooms a cell and conversation ({', '.join(CONVERSATIONS)}),",
        "smallest cell 5, four families of 35, 30, 20 and 15 %. Shares are of the statements",
        "whose groups are large enough.",
        "",
        "| People | Families | Large enough | All words | Two words | Not shown by the law |",
        "|---|---|---|---|---|---|",
    ]
    for (people, how), found in sorted(outcomes.items()):
        large = sum(found.values()) - found["too small"]
        parts = [f"{found[o] / max(large, 1):.0%}" for o in ("all words", "two words", "not shown")]
        lines.append(
            f"| {people} | {how} | {large / sum(found.values()):.0%} | {' | '.join(parts)} |"
        )
    lines += [
        "",
        "| Answers of a group | Groups shown | Median width of a range | Median of counts in it |",
        "|---|---|---|---|",
        *(
            f"| {band} | {len(found)} | {median(found):.0%} | {median(spans[band]):g} |"
            for band, found in widths.items()
            if found
        ),
    ]
    text = "\n".join(lines) + "\n"
    (ROOT / "bench" / "results" / "ranges.md").write_text(text, encoding="utf-8")
    sys.stdout.write(text)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
