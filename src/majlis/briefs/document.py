"""From an edition's recommendations to one document a language: plain JSON, every word chosen.

Nothing is computed here but words: counts have passed the disclosure rule for the public before
they arrive, and come with the level at which they may be broken down.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from majlis.briefs.models import Publication
from majlis.dialogue.views.results import cell_label
from majlis.kernel.disclosure import Audience, Breakdown, Counts
from majlis.kernel.texts import Text, TextStatus
from majlis.kernel.words import Language
from majlis.opinion import drawings
from majlis.recommendations.queries import (
    BriefContent,
    BriefRecommendation,
    Footnote,
    brief_content,
)
from majlis.registration.queries import census
from majlis.series.models import Edition
from majlis.series.queries import text_of
from majlis.series.states import PartnerRole, TextKind
from majlis.ui import formats
from majlis.ui.figures import standalone
from majlis.ui.languages import facts as language_facts

Json = dict[str, Any]  # a document is plain JSON


@dataclass(frozen=True, slots=True)
class Change:
    """What differs from the publication before: a recommendation came, went or was changed."""

    kind: str
    rec_id: str


@dataclass(frozen=True, slots=True)
class Occasion:
    """What a document says of its own issue."""

    number: int
    issued_at: datetime
    base_url: str
    changes: Sequence[Change] = ()
    is_preview: bool = False


def documents(edition: Edition, occasion: Occasion) -> dict[str, Json]:
    """The brief in every language of the house."""
    content = brief_content(edition)
    found = {}
    for lang in Language.values:
        with translation.override(lang):
            found[lang] = _document(edition, content, occasion, lang)
    return found


def fingerprint(edition: Edition) -> dict[str, Json]:
    """What each recommendation says, by identifier, for telling one publication from the next."""
    return {
        rec.rec_id: {
            "title": rec.title.as_json(),
            "text": rec.text.as_json(),
            "state": rec.state.code,
            "addressee": rec.addressee_unit.as_json(),
            "footnotes": [note.digest for note in rec.footnotes],
        }
        for rec in brief_content(edition).recommendations
    }


def changes_between(before: Mapping[str, Json], after: Mapping[str, Json]) -> list[Change]:
    """What came, went, was reworded or changed otherwise, in order of identifier."""
    found = []
    for rec_id in sorted({*before, *after}):
        old, new = before.get(rec_id), after.get(rec_id)
        if old is None:
            found.append(Change("added", rec_id))
        elif new is None:
            found.append(Change("removed", rec_id))
        elif old != new:
            same_words = (old["title"], old["text"]) == (new["title"], new["text"])
            found.append(Change("changed" if same_words else "reworded", rec_id))
    return found


def changes_since(publication: Publication) -> list[Change]:
    """What differs between an issued brief and what would be issued now."""
    before = publication.content["fingerprint"]
    return changes_between(before, fingerprint(publication.edition))


def _document(edition: Edition, content: BriefContent, occasion: Occasion, lang: str) -> Json:
    issued = occasion.issued_at.astimezone(edition.zone)
    series = edition.series.title.shown(lang).text
    title = _("%(edition)s: recommendations") % {"edition": edition.title.shown(lang).text}
    place = f"{edition.place.shown(lang).text} · " + formats.day_range(
        edition.starts_on, edition.ends_on, lang=lang
    )
    return {
        "lang": lang,
        "dir": "rtl" if lang == "ar" else "ltr",
        "title": title,
        "series": series,
        "subtitle": place,
        "authors": _bodies(edition, PartnerRole.ORGANISER, lang),
        "keywords": [theme.name.shown(lang).text for theme in content.themes],
        "issued": {"year": issued.year, "month": issued.month, "day": issued.day},
        "running_title": f"{series} · {edition.title.shown(lang).text}",
        "running_footer": _issue_line(occasion, issued, lang),
        "mark": _mark(edition, occasion),
        "summary": _summary(edition, content),
        "notices": _notices(edition, lang),
        "changes": [_change(change) for change in occasion.changes],
        "labels": _labels(),
        "recommendations": [
            _recommendation(rec, occasion, lang) for rec in content.recommendations
        ],
        "footnotes": [
            _note(note, rec, occasion, lang)
            for rec in content.recommendations
            for note in rec.footnotes
        ],
        "method": _method(edition, lang),
        "participants": _participants(edition, lang),
        "colophon": _colophon(edition, occasion, issued, lang),
    }


def _bodies(edition: Edition, role: PartnerRole, lang: str) -> list[str]:
    partners = edition.partners.filter(role=role, is_confirmed=True)
    return [partner.name.shown(lang).text for partner in partners]


def _issue_line(occasion: Occasion, issued: datetime, lang: str) -> str:
    if occasion.is_preview:
        return _("Preview, not issued")
    return _("Brief %(number)s, issued on %(day)s") % {
        "number": formats.number(occasion.number, lang=lang),
        "day": formats.day(issued, lang=lang),
    }


def _mark(edition: Edition, occasion: Occasion) -> str:
    if edition.is_rehearsal:
        return _("Rehearsal: the people, words and votes here are invented.")
    return _("Preview, not issued") if occasion.is_preview else ""


def _summary(edition: Edition, content: BriefContent) -> list[str]:
    n = len(content.recommendations)
    said = translation.ngettext(
        "This brief carries %(n)s recommendation taken by the dialogue.",
        "This brief carries %(n)s recommendations taken by the dialogue.",
        n,
    ) % {"n": formats.number(n)}
    return [
        said,
        _(
            "Each one can be followed back: the numbers behind its text lead to the sources below, "
            "and from there to the words said in the room, as far as the rule of the session lets "
            "them be shown."
        ),
    ]


def _notices(edition: Edition, lang: str) -> list[str]:
    notices = []
    if lang != edition.authoritative_language:
        name = language_facts(edition.authoritative_language).name
        notices.append(_("The authoritative text is the one in %(language)s.") % {"language": name})
        notices.append(_("A text that has no translation stands in its original, and says so."))
    if edition.is_demo:
        notices.append(
            _("A demonstration: statements, votes and answers here were made by no real person.")
        )
    return notices


def _change(change: Change) -> str:
    said = {
        "added": _("%(rec)s is new."),
        "removed": _("%(rec)s is no longer carried."),
        "reworded": _("%(rec)s has another wording or another translation."),
        "changed": _("%(rec)s has other facts or sources; its wording is the same."),
    }[change.kind]
    return said % {"rec": change.rec_id}


def _labels() -> Json:
    return {
        "changes": _("Changes since the brief before"),
        "recommendations": _("Recommendations"),
        "none": _("No recommendation has been adopted yet."),
        "support": _("Support for the statements it stands on"),
        "footnotes": _("Sources"),
        "footnotes_intro": _(
            "Where each recommendation comes from. The address leads to the words said in the "
            "room, under the rule of the session in which they were said."
        ),
        "method": _("How it came about"),
        "group": _("Group"),
        "persons": _("Participants"),
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


def _recommendation(rec: BriefRecommendation, occasion: Occasion, lang: str) -> Json:
    why = occasion.base_url + rec.why_paths[lang]
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


def _own(text: str, lang: str) -> Json:
    """Text that the desk wrote in one language only: its script tells its direction."""
    is_arabic = any("\u0600" <= letter <= "\u06ff" for letter in text)
    own = "ar" if is_arabic else ("en" if lang == "ar" else lang)
    return {"text": text, "lang": own, "mark": ""}


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


def _counts(counts: Counts) -> Json:
    return {
        "agree": counts.agree,
        "disagree": counts.disagree,
        "passed": counts.passed,
        "answers": counts.answers,
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


def _note(note: Footnote, rec: BriefRecommendation, occasion: Occasion, lang: str) -> Json:
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
        "url": f"{occasion.base_url}{rec.why_paths[lang]}#{note.anchor}",
    }


def _method(edition: Edition, lang: str) -> list[str]:
    found = census(edition, Audience.PUBLIC)
    return [
        translation.ngettext(
            "%(n)s participant was confirmed.",
            "%(n)s participants were confirmed.",
            found.n_confirmed,
        )
        % {"n": formats.number(found.n_confirmed, lang=lang)},
        _(
            "Participants offered contributions in their own words; moderators made statements of "
            "them, step by step and on record; the room voted on statements; rapporteurs wrote "
            "recommendations that cite them. Votes never move from one wording to another."
        ),
        _(
            "Counts are those of the people who answered. They are degrees of support, not a claim "
            "that participants agreed. A breakdown stands only where every group in it has at "
            "least %(n)s answers."
        )
        % {"n": formats.number(edition.smallest(Audience.PUBLIC), lang=lang)},
    ]


def _participants(edition: Edition, lang: str) -> list[Json]:
    found = census(edition, Audience.PUBLIC)
    return [
        {"label": cell_label(found.level, key), "n": n} for key, n in sorted(found.sizes.items())
    ]


def _colophon(edition: Edition, occasion: Occasion, issued: datetime, lang: str) -> list[str]:
    lines = [_issue_line(occasion, issued, lang)]
    for kind in (TextKind.FUNDING, TextKind.DISCLAIMER):
        text = text_of(edition, kind)
        if text is None:
            continue
        lines.append(" ".join(text.body.shown(lang).text.split()))
    return lines
