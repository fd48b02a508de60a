"""How a cited statement was answered, as a document prints it: the one place for counts."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from majlis.briefs.words import Json, words
from majlis.kernel.disclosure import Counts
from majlis.opinion import drawings
from majlis.opinion.queries import StatementRead
from majlis.recommendations.queries import Footnote
from majlis.ui import formats
from majlis.ui.figures import Drawing, standalone


def support(note: Footnote, lang: str) -> Json:
    """A statement with its counts, its figures and its groups, as far as the public may know."""
    read = note.support.read if note.support else StatementRead("")
    groups = drawings.groups_figure(read, lang)
    return {
        "statement": words(note.wording, lang),
        "n": note.number,
        "total": _counts(read.total) if read.total else None,
        "figures": _figures([drawings.whole_figure(read, lang), groups], lang),
        "sentence": _sentence(read.total, lang),
        "header": list(groups.table.head) if groups else [],
        "cells": [
            dict(zip(("label", "agree", "disagree", "answers"), row, strict=True))
            for row in groups.table.rows[1:]  # the first is all participants
        ]
        if groups
        else [],
    }


def _figures(drawn: Sequence[Drawing | None], lang: str) -> list[Json]:
    """The figures of the page of results, with the colours and letters of paper."""
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
        return _("Too few answers to publish the results.")
    return _(
        "Agree: %(agree)s. Disagree: %(disagree)s. Pass: %(passed)s. Answers: %(answers)s "
        "(%(share)s agree)."
    ) % {
        "agree": formats.number(total.agree, lang=lang),
        "disagree": formats.number(total.disagree, lang=lang),
        "passed": formats.number(total.passed, lang=lang),
        "answers": formats.number(total.answers, lang=lang),
        "share": formats.percent(total.agreement or 0.0, lang=lang),
    }
