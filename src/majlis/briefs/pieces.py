"""The pieces of one recommendation in a document: plain JSON, every word chosen."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from majlis.briefs.queries import Material
from majlis.briefs.support import support
from majlis.briefs.words import Json, own, plain, words
from majlis.recommendations.queries import BriefRecommendation, Footnote
from majlis.ui import formats


def recommendation(rec: BriefRecommendation, material: Material, lang: str) -> Json:
    """One recommendation with its facts, and the support for what it stands on."""
    return {
        "rec_id": rec.rec_id,
        "title": words(rec.title, lang),
        "text": words(rec.text, lang),
        "footnotes": [
            {"n": note.number, "url": _why_url(note, rec, material)} for note in rec.footnotes
        ],
        "facts": _facts(rec, lang),
        "support": [support(note, lang) for note in rec.footnotes if note.support],
    }


def _facts(rec: BriefRecommendation, lang: str) -> list[Json]:
    decision = rec.decision
    rows: list[tuple[str, Json]] = [
        (_("Theme"), words(rec.theme.name, lang) if rec.theme else plain("", lang)),
        (_("Problem"), words(rec.problem, lang)),
        (_("Addressee"), words(rec.addressee_unit, lang)),
        (_("Instrument"), plain(rec.instrument.labels[lang] if rec.instrument else "", lang)),
        (_("Legal basis"), words(rec.legal_basis, lang)),
        (_("Decision required"), words(rec.decision_needed, lang)),
        (_("First action"), words(rec.first_action, lang)),
        (_("Due"), plain(formats.day(rec.due_on, lang=lang) if rec.due_on else "", lang)),
        (_("Indicator"), words(rec.indicator, lang)),
        (_("Evidence"), plain(_("No evidence found") if rec.no_evidence_found else "", lang)),
        (_("Certainty"), plain(rec.certainty.labels[lang] if rec.certainty else "", lang)),
    ]
    if decision is not None:
        rows.append((_("Decision"), plain(_decided(rec, lang), lang)))
        rows.append((_("Rule"), own(decision.rule, lang)))
        dissent = decision.dissent or (_("None recorded") if decision.no_dissent_recorded else "")
        rows.append((_("Dissent"), own(dissent, lang)))
        rows.append((_("Reservation"), own(decision.reservation, lang)))
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


def _why_url(note: Footnote, rec: BriefRecommendation, material: Material) -> str:
    path = reverse("recommendations:why", kwargs={"edition": material.slug, "rec_id": rec.rec_id})
    return f"{material.base_url}{path}#{note.anchor}"


def footnote(note: Footnote, rec: BriefRecommendation, material: Material, lang: str) -> Json:
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
        "text": named if named["text"] else plain(note.labels[lang], lang),
        "detail": " · ".join(told),
        "url": _why_url(note, rec, material),
    }
