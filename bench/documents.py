#!/usr/bin/env python3
"""How long documents take: a brief of one recommendation and one of sixty pages, in each format.

    python bench/documents.py [--weasyprint /path/to/its/venv] [--runs 5]

Documents are written down as data, so no database is asked. The HTML of the small brief is also
set by WeasyPrint, in an environment of its own (`pip install weasyprint==70.0`; it needs Pango
from the system), as the peer of the PDF. Writes bench/results/documents.md.
"""

from __future__ import annotations

import argparse
import copy
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
LARGE = 14  # recommendations: sixty pages with cover, summary and sources

PEER = """
import sys, time
import weasyprint
html = open(sys.argv[1], encoding="utf-8").read()
weasyprint.HTML(string=html).write_pdf()
for _ in range(int(sys.argv[2])):
    began = time.process_time()
    weasyprint.HTML(string=html).write_pdf()
    print(time.process_time() - began)
"""


def brief(n: int, lang: str) -> dict[str, Any]:
    """A brief of `n` recommendations, each with every part and four cited statements."""

    def words(text: str, mark: str = "") -> dict[str, str]:
        return {"text": text, "lang": lang, "mark": mark}

    said = {
        "en": "Open a public register of clusters with a three-year validity and a renewal test. ",
        "fr": "Ouvrir un registre public des clusters, valable trois ans, avec un réexamen. ",
        "ar": "إنشاء سجل عمومي للعناقيد الصناعية صالح لثلاث سنوات مع تقييم عند التجديد. ",
    }[lang]
    material = _small(lang)
    names = ("theme", "problem", "rationale", "certainty", "addressee", "instrument",
             "legal_basis", "decision_needed", "first_action", "due_on", "cost_range", "equity",
             "risks", "indicator", "decision", "rule", "dissent")  # fmt: skip
    facts = [
        {"name": name, "label": name.replace("_", " "), "value": words(said * 2), "more": []}
        for name in names
    ]
    recs, notes = [], []
    for place in range(n):
        numbers = list(range(4 * place + 1, 4 * place + 5))
        notes += [
            {"n": k, "text": words(said), "detail": "statement", "url": f"http://a.test/{k}"}
            for k in numbers
        ]
        support = [
            {
                "statement": words(said * 2),
                "n": k,
                "total": {"agree": 38, "disagree": 7, "passed": 2, "answers": 47},
                "figures": [{"title": said[:40], "svg": _SVG, "alt": said[:40]}],
                "sentence": said,
                "header": [],
                "cells": [],
            }
            for k in numbers
        ]
        recs.append(
            {
                "rec_id": f"TUN26-T1-{place:03}",
                "eyebrow": f"{place + 1} / {n}",
                "title": words(said[:60]),
                "text": words(said),
                "footnotes": [{"n": k, "url": f"http://a.test/{k}"} for k in numbers],
                "facts": copy.deepcopy(facts),
                "votes": {"for": 41, "against": 6, "abstaining": 9},
                "support": support,
            }
        )
    return material | {"recommendations": recs, "footnotes": notes}


_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect width="5" height="5"/></svg>'
)


def _small(lang: str) -> dict[str, Any]:
    """A brief of an edition without recommendations, as the product builds it."""
    from zoneinfo import ZoneInfo

    from majlis.briefs.document import Occasion, document, issued
    from majlis.briefs.queries import Material
    from majlis.kernel.texts import Text
    from majlis.recommendations.queries import BriefContent
    from majlis.registration.queries import Census

    title = Text.of("en", en="Maghreb Edition", fr="Édition Maghreb", ar="الدورة المغاربية")
    material = Material(
        base_url="http://a.test", slug="tunis", title=title, series=title, place=title,
        starts_on=date(2026, 3, 25), ends_on=date(2026, 3, 25), zone=ZoneInfo("Africa/Tunis"),
        authoritative_language="en", is_rehearsal=False, is_demo=False, smallest_cell=10,
        organisers=(), emblems=(), funding=None, colophon=(title,),
        census=Census(60, "room", {}, {}), content=BriefContent(()), prose=(),
    )  # fmt: skip
    return issued(document(material, lang), Occasion(date(2026, 3, 27), 1))


def timed(make: Callable[[], bytes], runs: int) -> tuple[list[float], int]:
    """Seconds of processor time of each run after a first one, and the size."""
    size = len(make())
    took = []
    for _ in range(runs):
        began = time.process_time()
        make()
        took.append(time.process_time() - began)
    return took, size


def said(took: list[float]) -> str:
    return f"{statistics.median(took):.3f} ({min(took):.3f}–{max(took):.3f})"


def pages_of(pdf: bytes) -> int:
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        told = subprocess.run(
            ["pdfinfo", file.name], capture_output=True, text=True, check=True
        ).stdout
    return int(told.split("Pages:")[1].split()[0])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--weasyprint", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "majlis.config.settings")
    os.environ.setdefault("MAJLIS_VAR", tempfile.mkdtemp())
    import django

    django.setup()
    from majlis.briefs import render

    lines = ["| Brief | Language | Format | Pages | Seconds of processor time | Size |",
             "|---|---|---|---:|---:|---:|"]  # fmt: skip
    ours = 0.0
    for n, lang in ((1, "en"), (1, "ar"), (LARGE, "en"), (LARGE, "ar")):
        document = brief(n, lang)
        for format, made in render.FORMATS.items():
            took, size = timed(partial(made, document), asked.runs)
            pages = str(pages_of(made(document))) if format == "pdf" else "–"
            name = f"{n} recommendation{'s' if n > 1 else ''}"
            lines.append(
                f"| {name} | {lang} | {format} | {pages} | {said(took)} | {size // 1000} kB |"
            )
            print(lines[-1], flush=True)
            if (n, lang, format) == (1, "en", "pdf"):
                ours = statistics.median(took)
    peer = "WeasyPrint was not asked."
    if asked.weasyprint:
        with tempfile.NamedTemporaryFile("wb", suffix=".html") as page:
            page.write(render.html(brief(1, "en")))
            page.flush()
            python = str(asked.weasyprint / "bin" / "python")
            told = subprocess.run(
                [python, "-c", PEER, page.name, str(asked.runs)],
                capture_output=True, text=True, check=True,
            )  # fmt: skip
        theirs = [float(line) for line in told.stdout.split()]
        ratio = statistics.median(theirs) / ours
        peer = (
            f"WeasyPrint on the HTML of the brief of one recommendation (English), in the same "
            f"run: {said(theirs)} s; the PDF of the same document is set {ratio:.0f} times faster."
        )
    print(peer)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    day = f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores"
    how = f"median (least–most) of {asked.runs} runs after a first one, peak memory {memory} MB"
    head = f"{day}; {how}. `make bench-documents`."
    text = "\n".join(["# Documents", "", head, "", *lines, "", peer, ""])
    (ROOT / "bench" / "results" / "documents.md").write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
