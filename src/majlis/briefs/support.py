"""How the room answered a cited statement, as a document prints it: the one place for counts."""

from __future__ import annotations

from django.utils.translation import gettext as _

from majlis.briefs.words import Json, words
from majlis.dialogue.views.labels import cell_label
from majlis.kernel.disclosure import Breakdown, Counts
from majlis.opinion import drawings
from majlis.recommendations.queries import Footnote
from majlis.ui import formats
from majlis.ui.figures import standalone


def support(note: Footnote, lang: str) -> Json:
    """A statement with its counts, its figures and its breakdown, as far as the public may know."""
    shown: Breakdown | None = note.support.breakdown if note.support else None
    total = shown.total if shown else None
    return {
        "statement": words(note.wording, lang),
        "n": note.number,
        "total": _counts(total) if total else None,
        "figures": _figures(note, lang),
        "sentence": _sentence(total, lang),
        "header": [_("Group"), _("Agree"), _("Disagree"), _("Pass"), _("Answers")],
        "cells": [
            {"label": cell_label(shown.level, key), **_counts(counts)}
            for key, counts in sorted(shown.cells.items())
        ]
        if shown
        else [],
    }


def _figures(note: Footnote, lang: str) -> list[Json]:
    """The figures of the page of results, with the colours and letters of paper."""
    read = note.support.read if note.support else None
    drawn = [drawings.whole_figure(read, lang), drawings.groups_figure(read, lang)] if read else []
    fonts = ("Amiri, Libertinus Serif" if lang == "ar" else "Libertinus Serif, Amiri") + ", serif"
    return [
        {"title": one.title, "svg": standalone(one.svg, fonts=fonts), "alt": one.said}
        for one in drawn
        if one is not None
    ]


def _counts(counts: Counts) -> Json:
    return {
        "agree": counts.agree,
        "disagree": counts.disagree,
        "passed": counts.passed,
        "answers": counts.answers,
    }


def _sentence(total: Counts | None, lang: str) -> str:
    if total is None:
        return _("Too few answers to be shown in public.")
    return _(
        "%(agree)s agree, %(disagree)s disagree, %(passed)s pass; %(answers)s answers "
        "(%(share)s agree)."
    ) % {
        "agree": formats.number(total.agree, lang=lang),
        "disagree": formats.number(total.disagree, lang=lang),
        "passed": formats.number(total.passed, lang=lang),
        "answers": formats.number(total.answers, lang=lang),
        "share": formats.percent(total.agreement or 0.0, lang=lang),
    }
