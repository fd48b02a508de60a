#!/usr/bin/env python3
"""How long the register of a long series takes, on SQLite.

    python bench/register.py [--editions 100] [--recs 40] [--goal 300]

Fills a database with editions of one series, each with recommendations of one or two addressees,
half of them answered, one in eight going on with one of the edition before. Asks the register
through Django's client, uncached: median of five. Writes bench/results/register.md.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

RUNS = 5
ASKED = ("", "?page=40", "?answer=accepted", "?country=MA&answer=no_answer", "?theme=T2&age=2")


def fill(n_editions: int, n_recs: int) -> str:
    """Write the series in bulk, and give its address."""
    from tests.factories.series import EditionFactory, SeriesFactory

    from majlis.followup.models import Follow
    from majlis.kernel.clock import now
    from majlis.kernel.texts import Text
    from majlis.recommendations.models import Addressee, Pair, Recommendation, Relation
    from majlis.series.models import Edition, Theme

    series = SeriesFactory()
    before: list[Recommendation] = []
    for i in range(n_editions):
        edition: Edition = EditionFactory(series=series, slug=f"edition-{i}")
        day = date(2026, 1, 1) - timedelta(days=90 * (n_editions - i))
        Edition.objects.filter(pk=edition.pk).update(starts_on=day, ends_on=day)
        themes = Theme.objects.bulk_create(
            Theme(edition=edition, code=f"T{t}", title=Text.of("en", en=f"Theme {t}"), position=t)
            for t in (1, 2, 3)
        )
        units = Addressee.objects.bulk_create(
            Addressee(
                edition=edition, unit=Text.of("en", en=f"Directorate {u}"), body=Text(),
                country=("TN", "MA", "DZ")[u % 3],
            )
            for u in range(6)
        )  # fmt: skip
        recs = Recommendation.objects.bulk_create(
            Recommendation(
                edition=edition, rec_id=f"E{i:03}-T1-{r:03}", state="published",
                title=Text.of("en", en=f"A register {r}", fr=f"Un registre {r}"),
                text=Text.of("en", en="Open a public register of clusters."),
                theme=themes[r % 3], instrument="register", countries=["TN"],
                due_on=day + timedelta(days=300), published_at=now(),
            )
            for r in range(n_recs)
        )  # fmt: skip
        pairs = Pair.objects.bulk_create(
            Pair(recommendation=rec, addressee=units[(r + k) % 6])
            for r, rec in enumerate(recs)
            for k in range(1 + r % 2)
        )
        Follow.objects.bulk_create(
            Follow(
                pair=pair, response="accepted" if n % 2 else "awaiting", progress="in_progress",
                sent_on=day, answer_due_on=day + timedelta(days=60), updated_on=day,
            )
            for n, pair in enumerate(pairs)
        )  # fmt: skip
        Relation.objects.bulk_create(
            Relation(recommendation=rec, other=old, kind="continues")
            for rec, old in zip(recs[::8], before[::8], strict=False)
        )
        before = list(recs)
    return str(series.slug)


def main() -> int:
    """Fill, ask, say, and fail above the goal."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--editions", type=int, default=100)
    parser.add_argument("--recs", type=int, default=40)
    parser.add_argument("--goal", type=float, default=300)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"MAJLIS_VAR": folder, "DJANGO_SETTINGS_MODULE": "majlis.config.settings"}
        lines, worst = measured(args.editions, args.recs)
    told = [
        f"# The register of {args.editions} editions with {args.recs} recommendations each",
        "",
        (
            f"`python bench/register.py`, SQLite, {platform.machine()}, "
            f"Python {platform.python_version()}. Median processor time of {RUNS}, uncached."
        ),
        "",
        "| asked | ms | queries | size |",
        "|---|---|---|---|",
        *lines,
        "",
    ]
    (ROOT / "bench/results/register.md").write_text("\n".join(told), encoding="utf-8")
    print("\n".join(told))
    return int(worst > args.goal)


def measured(n_editions: int, n_recs: int) -> tuple[list[str], float]:
    """A line for each address, and the slowest median."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)
    path = f"/en/series/{fill(n_editions, n_recs)}/register/"
    client, lines, worst = Client(), [], 0.0
    for query in ASKED:
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(path + query)
        n_queries = len(asked)
        took = []
        for _ in range(RUNS):
            start = time.process_time()
            client.get(path + query)
            took.append(1000 * (time.process_time() - start))
        middle = statistics.median(took)
        worst = max(worst, middle)
        size = len(answer.content) / 1000
        lines.append(f"| `{query or 'all'}` | {middle:.0f} | {n_queries} | {size:.0f} kB |")
    return lines, worst


if __name__ == "__main__":
    raise SystemExit(main())
