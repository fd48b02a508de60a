"""The pieces of one recommendation in a document: plain JSON, every word chosen."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from majlis.dialogue.views.results import cell_label
from majlis.kernel.disclosure import Breakdown, Counts
from majlis.kernel.texts import Text, TextStatus
from majlis.opinion import drawings
from majlis.recommendations.queries import BriefRecommendation, Footnote
from majlis.ui import formats
from majlis.ui.figures import standalone
from majlis.ui.languages import facts as language_facts

Json = dict[str, Any]  # a document is plain JSON


def recommendation(rec: BriefRecommendation, lang: str, *, base_url: str) -> Json:
    """One recommendation with its facts, and the support for what it stands on."""
    why = base_url + rec.why_paths[lang]
    return {
        "rec_id": rec.rec_id,
        "title": words(rec.title, lang),
        "text": words(rec.text, lang),
        "footnotes": [{"n": n.number, "url": f"{why}#{n.anchor}"} for n in rec.footnotes],
        "facts": _facts(rec, lang),
        "support": [_support(note, lang) for note in rec.footnotes if note.support is not None],
    }


def _facts(rec: BriefRecommendation, lang: str) -> list[Json]:
    decision = rec.decision
    rows: list[tuple[str, Json]] = [
        (_("Theme"), words(rec.theme.name, lang) if rec.theme else _plain("", lang)),
        (_("Problem"), words(rec.problem, lang)),
        (_("Addressee"), words(rec.addressee_unit, lang)),
        (_("Instrument"), _plain(rec.instrument.labels[lang] if rec.instrument else "", lang)),
        (_("Legal basis"), words(rec.legal_basis, lang)),
        (_("Decision required"), words(rec.decision_needed, lang)),
        (_("First action"), words(rec.first_action, lang)),
        (_("Due"), _plain(formats.day(rec.due_on, lang=lang) if rec.due_on else "", lang)),
        (_("Indicator"), words(rec.indicator, lang)),
        (_("Evidence"), _plain(_("No evidence found") if rec.no_evidence_found else "", lang)),
        (_("Certainty"), _plain(rec.certainty.labels[lang] if rec.certainty else "", lang)),
    ]
    if decision is not None:
        rows.append((_("Decision"), _plain(_decided(rec, lang), lang)))
        rows.append((_("Rule"), _own(decision.rule, lang)))
        dissent = decision.dissent or (_("None recorded") if decision.no_dissent_recorded else "")
        rows.append((_("Dissent"), _own(dissent, lang)))
        rows.append((_("Reservation"), _own(decision.reservation, lang)))
    return [{"label": label, "value": value} for label, value in rows if value["text"]]


def _decided(rec: BriefRecommendation, lang: str) -> str:
    decision = rec.decision
    if decision is None:
        return ""
    said = _("%(outcome)s by %(body)s on %(day)s") % {
        "outcome": decision.outcome.labels[lang],
        "body": decision.body,
        "day": formats.day(decision.decided_on, lang=lang),
    }
    if decision.n_for is None:
        return said
    counted = _("%(n_for)s for, %(n_against)s against, %(n_abstaining)s abstaining") % {
        "n_for": formats.number(decision.n_for, lang=lang),
        "n_against": formats.number(decision.n_against or 0, lang=lang),
        "n_abstaining": formats.number(decision.n_abstaining or 0, lang=lang),
    }
    return f"{said} ({counted})"


def _support(note: Footnote, lang: str) -> Json:
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


def footnote(note: Footnote, rec: BriefRecommendation, lang: str, *, base_url: str) -> Json:
    """One source, and the address that leads to the words said."""
    told = [note.labels[lang]]
    if note.is_demo:
        told.append(_("demo statement, spoken by no one"))
    if note.evidence_kind:
        told.append(note.evidence_kind.labels[lang])
    if note.published_on:
        told.append(formats.day(note.published_on, lang=lang))
    if note.cited_on:
        told.append(_("cited on %(day)s") % {"day": formats.day(note.cited_on, lang=lang)})
    named = words(note.wording, lang)
    return {
        "n": note.number,
        "text": named if named["text"] else _plain(note.labels[lang], lang),
        "detail": " · ".join(told),
        "url": f"{base_url}{rec.why_paths[lang]}#{note.anchor}",
    }


def words(text: Text, lang: str) -> Json:
    """A text as the document carries it; `mark` says when it is not in the reader's language."""
    shown = text.shown(lang)
    mark = ""
    if shown.text and shown.is_fallback:
        mark = _("original, in %(language)s") % {"language": language_facts(shown.lang).name}
    elif shown.status == TextStatus.DRAFT:
        mark = _("draft translation")
    return {"text": shown.text, "lang": shown.lang, "mark": mark}


def _plain(text: object, lang: str) -> Json:
    return {"text": str(text), "lang": lang, "mark": ""}


def _own(text: str, lang: str) -> Json:
    """Text that the desk wrote in one language only: its script tells its direction."""
    is_arabic = any("\u0600" <= letter <= "\u06ff" for letter in text)
    own = "ar" if is_arabic else ("en" if lang == "ar" else lang)
    return {"text": text, "lang": own, "mark": ""}
