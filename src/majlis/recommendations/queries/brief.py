"""What a brief says of an edition's recommendations, ready to be set in three languages.

Frozen, and already through the disclosure rule for the public: whoever renders it computes
nothing and asks nothing.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from majlis.kernel.canonical import digest_of
from majlis.kernel.citing import Said
from majlis.kernel.disclosure import Audience, Counts
from majlis.kernel.texts import Text
from majlis.kernel.words import Words
from majlis.recommendations.models import Adoption, Citation, Recommendation, with_sources
from majlis.recommendations.queries.facts import Fact, Named, facts_of
from majlis.recommendations.queries.sources import Support, support_of
from majlis.recommendations.states import TAKEN, TextState
from majlis.series.models import Edition


@dataclass(frozen=True, slots=True)
class Footnote:
    """One source of a recommendation.

    `number` counts through the whole brief, `place` within the recommendation, as on the
    why-page; `anchor` is the part of that page it leads to. `wording` is what may be shown in
    public of the source: the wording of a statement, the title of a round, of a link or of a
    document; a cited contribution shows no words here, only that it is one. `digest` is of
    what may be shown, so that nothing kept back can be guessed from it.
    """

    number: int
    place: int
    anchor: str
    kind: str
    label: Said
    code: str
    wording: Text
    statement_number: int | None = None
    is_demo: bool = False
    support: Support | None = None
    url: str = ""
    shows: str = ""
    shows_in: str = ""
    evidence_kind: Words | None = None
    published_on: date | None = None
    cited_on: date | None = None
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """How it was adopted: rule, body, day, counts, dissent. `n_…` are None when nobody counted.

    All words are in `language`; empty where nobody noted it.
    """

    outcome: TextState
    rule: str
    body: str
    decided_on: date
    n_for: int | None
    n_against: int | None
    n_abstaining: int | None
    dissent: str
    no_dissent_recorded: bool
    reservation: str
    language: str


@dataclass(frozen=True, slots=True)
class BriefRecommendation:
    """One adopted recommendation, with the facts of its sheet that a brief prints."""

    rec_id: str
    is_public: bool
    title: Text
    text: Text
    theme: Named | None
    facts: tuple[Fact, ...]
    decision: Decision | None
    footnotes: tuple[Footnote, ...]


@dataclass(frozen=True, slots=True)
class BriefContent:
    """The recommendations of an edition that a brief carries, in order of theme and identifier.

    `unpublished` names those whose public page is not open yet: a footnote of theirs would lead
    to nothing, so publish them before issuing.
    """

    recommendations: tuple[BriefRecommendation, ...]

    @property
    def themes(self) -> tuple[Named, ...]:
        """Their themes in order, each once."""
        themes = [rec.theme for rec in self.recommendations if rec.theme]
        return tuple({theme.code: theme for theme in themes}.values())

    @property
    def unpublished(self) -> tuple[str, ...]:
        return tuple(rec.rec_id for rec in self.recommendations if not rec.is_public)

    @property
    def footnotes(self) -> tuple[Footnote, ...]:
        """All footnotes of the brief in order."""
        return tuple(note for rec in self.recommendations for note in rec.footnotes)


def brief_content(edition: Edition) -> BriefContent:
    """Everything a brief needs of the edition's adopted and published recommendations.

    A fixed number of queries, whatever the number of recommendations.
    """
    found = (
        Recommendation.objects.filter(edition=edition, state__in=TAKEN)
        .select_related("edition", "theme")
        .prefetch_related("challenges", "addressees", "adoptions", citations_of_all())
        .order_by("theme__position", "theme__code", "rec_id")
    )
    recommendations: list[BriefRecommendation] = []
    number = 1
    for rec in found:
        one = _recommendation(rec, number)
        number += len(one.footnotes)
        recommendations.append(one)
    return BriefContent(tuple(recommendations))


def citations_of_all() -> Prefetch[str, QuerySet[Citation], str]:
    """Citations with their sources, in the order of their footnotes."""
    return Prefetch("citations", with_sources(Citation.objects.order_by("position", "pk")))


def _recommendation(rec: Recommendation, first_number: int) -> BriefRecommendation:
    return BriefRecommendation(
        rec_id=rec.rec_id,
        is_public=rec.is_public,
        title=rec.title,
        text=rec.text,
        theme=Named(rec.theme.code, rec.theme.title) if rec.theme else None,
        facts=tuple(fact for fact in facts_of(rec) if fact.field.in_brief),
        decision=_decision(rec),
        footnotes=footnotes_of(rec, first_number=first_number),
    )


def footnotes_of(rec: Recommendation, *, first_number: int = 1) -> tuple[Footnote, ...]:
    """The sources of a recommendation in order, as the public may be shown them."""
    return tuple(
        _footnote(citation, place=place, number=first_number + place - 1)
        for place, citation in enumerate(rec.citations.all(), start=1)
    )


def _footnote(citation: Citation, *, place: int, number: int) -> Footnote:
    kind, label = citation.citable.kind_of(citation.source)
    told = citation.told
    support = support_of(citation, Audience.PUBLIC)
    return Footnote(
        number=number,
        place=place,
        anchor=f"source-{citation.code}",
        kind=kind,
        label=label,
        code=citation.source.code,
        wording=told.wording,
        statement_number=told.number,
        is_demo=told.is_demo,
        support=support,
        url=told.url,
        shows=told.shows,
        shows_in=told.shows_in,
        evidence_kind=told.tag,
        published_on=told.published_on,
        cited_on=citation.cited_at.astimezone(citation.recommendation.edition.zone).date(),
        digest=_public_digest(citation, support),
    )


def _public_digest(citation: Citation, support: Support | None) -> str:
    """A digest of what the public is shown of a source, and of nothing else.

    From the digest of all that was frozen, counts too small to be shown, or words kept back,
    could be found by trying what they might be.
    """
    shown = support.read if support else None
    return digest_of(
        {
            "kind": citation.citable.kind_of(citation.source)[0],
            "code": citation.source.code,
            "wording": citation.told.wording.as_json(),
            "url": citation.told.url,
            "shows": citation.told.shows,
            "level": shown.level if shown else "",
            "total": _as_list(shown.total) if shown and shown.total else [],
            "cells": [asdict(cell) for cell in shown.cells] if shown else [],
        }
    )


def _as_list(counts: Counts) -> list[int]:
    return [counts.agree, counts.disagree, counts.passed]


def _decision(rec: Recommendation) -> Decision | None:
    """The last decision taken on a recommendation."""
    found = list(rec.adoptions.all())
    if not found:
        return None
    last: Adoption = found[-1]
    return Decision(
        outcome=TextState(last.outcome),
        rule=last.rule,
        body=last.body,
        decided_on=last.decided_on,
        n_for=last.n_for,
        n_against=last.n_against,
        n_abstaining=last.n_abstaining,
        dissent=last.dissent,
        no_dissent_recorded=last.no_dissent_recorded,
        reservation=last.reservation,
        language=last.language,
    )
