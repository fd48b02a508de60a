"""The pieces of one recommendation in a document: plain JSON, every word chosen."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from majlis.briefs.queries import Material
from majlis.briefs.support import support
from majlis.briefs.words import Json, own, plain, words
from majlis.kernel.punctuation import isolated, labelled
from majlis.kernel.texts import Text
from majlis.people.territories import country_name
from majlis.recommendations.fields import Kind
from majlis.recommendations.queries import BriefRecommendation, Decision, Footnote
from majlis.recommendations.queries.facts import Fact, Unit
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
        "votes": _votes(rec.decision),
        "support": [support(note, lang) for note in rec.footnotes if note.support],
    }


def _facts(rec: BriefRecommendation, lang: str) -> list[Json]:
    sheet = [_fact(fact, lang) for fact in rec.facts]
    decision = [
        {"name": name, "label": label, "value": value, "more": []}
        for name, label, value in _decision(rec.decision, lang)
    ]
    return [fact for fact in sheet + decision if fact["value"]["text"]]


def _fact(fact: Fact, lang: str) -> Json:
    """A field with its answer, and beside it what completes the answer."""
    more = [_beside(one) for one in fact.beside if one.field.in_brief]
    if fact.field.kind == Kind.ADDRESSEES and len(fact.value) == 1:
        more = _body(fact.value[0], lang) + more
    value = _answer(fact, lang)
    if more and not value["text"]:
        value = plain(more.pop(0), lang)
    return {"name": fact.field.name, "label": str(fact.field.label), "value": value, "more": more}


def _body(unit: Unit, lang: str) -> list[str]:
    """The body and the country of the unit that is asked to act."""
    country = country_name(unit.country) if unit.country else ""
    return [line for line in (words(unit.body, lang)["text"], country) if line]


def _answer(fact: Fact, lang: str) -> Json:
    match fact.field.kind:
        case Kind.WORDS:
            return words(fact.value or Text(), lang)
        case Kind.ADDRESSEES if len(fact.value) == 1:
            return words(fact.value[0].name, lang)
        case Kind.THING if fact.value:
            return words(fact.value[0].name, lang)
    return plain(fact.said, lang)


def _beside(fact: Fact) -> str:
    if fact.field.kind == Kind.MARK:
        return fact.said
    return labelled(fact.field.label, fact.said)


def _votes(decision: Decision | None) -> Json | None:
    """The votes by which it was decided, where they were counted."""
    if decision is None or decision.n_for is None:
        return None
    return {
        "for": decision.n_for,
        "against": decision.n_against or 0,
        "abstaining": decision.n_abstaining or 0,
    }


def _decision(decision: Decision | None, lang: str) -> list[tuple[str, str, Json]]:
    if decision is None:
        return []
    no_dissent = _("No dissenting view recorded") if decision.no_dissent_recorded else ""
    body = own(decision.body, lang, decision.language)
    return [
        ("decision", _("Decision"), plain(_decided(decision, lang), lang) | {"mark": body["mark"]}),
        ("rule", _("Decision rule"), own(decision.rule, lang, decision.language)),
        (
            "dissent",
            _("Dissenting views"),
            own(decision.dissent, lang, decision.language)
            if decision.dissent
            else plain(no_dissent, lang),
        ),
        ("reservation", _("Reservation"), own(decision.reservation, lang, decision.language)),
    ]


def _decided(decision: Decision, lang: str) -> str:
    said = _("%(outcome)s by %(body)s on %(day)s") % {
        "outcome": decision.outcome.label,
        "body": isolated(decision.body, lang),
        "day": formats.day(decision.decided_on, lang=lang),
    }
    if decision.n_for is None:
        return said
    counted = _("For: %(n_for)s. Against: %(n_against)s. Abstaining: %(n_abstaining)s.") % {
        name: formats.number(getattr(decision, name) or 0, lang=lang)
        for name in ("n_for", "n_against", "n_abstaining")
    }
    return f"{said} ({counted})"


def _why_url(note: Footnote, rec: BriefRecommendation, material: Material) -> str:
    path = reverse("recommendations:why", kwargs={"edition": material.slug, "rec_id": rec.rec_id})
    return f"{material.base_url}{path}#{note.anchor}"


def footnote(note: Footnote, rec: BriefRecommendation, material: Material, lang: str) -> Json:
    """One source, and the address that leads to the words said."""
    told = [str(note.label)]
    if note.is_demo:
        told.append(_("sample statement, not from a participant"))
    if note.evidence_kind:
        told.append(str(note.evidence_kind.label))
    if note.published_on:
        told.append(formats.day(note.published_on, lang=lang))
    if note.cited_on:
        told.append(_("cited on %(day)s") % {"day": formats.day(note.cited_on, lang=lang)})
    named = words(note.wording, lang)
    return {
        "n": note.number,
        "text": named if named["text"] else plain(str(note.label), lang),
        "detail": " · ".join(told),
        "url": _why_url(note, rec, material),
    }
