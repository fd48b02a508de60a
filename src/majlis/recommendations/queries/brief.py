"""What a brief says of an edition's recommendations, ready to be set in three languages.

Frozen, and already through the disclosure rule for the public: whoever renders it computes
nothing and asks nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.utils import translation

from majlis.kernel.disclosure import Audience
from majlis.kernel.texts import Text
from majlis.kernel.words import Language
from majlis.recommendations.models import Adoption, Citation, Recommendation
from majlis.recommendations.queries.sources import Support, support_of
from majlis.recommendations.states import (
    TAKEN,
    Certainty,
    CostRange,
    EvidenceKind,
    Funding,
    Instrument,
    Level,
    SourceKind,
    TextState,
    ValueChain,
)
from majlis.series.models import Edition

Labels = Mapping[str, str]
"""One label in every language of the house: `{"en": …, "fr": …, "ar": …}`."""


@dataclass(frozen=True, slots=True)
class Named:
    """A thing with a code and a name in several languages."""

    code: str
    name: Text


@dataclass(frozen=True, slots=True)
class Chosen:
    """A stored word with its label in every language of the house."""

    code: str
    labels: Labels


@dataclass(frozen=True, slots=True)
class Footnote:
    """One source of a recommendation.

    `number` counts through the whole brief, `place` within the recommendation, as on the
    why-page; `anchor` is the part of that page it leads to. `wording` is what may be shown in
    public of the source: the wording of a statement, the title of a round, of a link or of a
    document; a cited contribution shows no words here, only that it is one.
    """

    number: int
    place: int
    anchor: str
    kind: SourceKind
    labels: Labels
    code: str
    wording: Text
    is_demo: bool = False
    support: Support | None = None
    url: str = ""
    shows: str = ""
    evidence_kind: Chosen | None = None
    published_on: date | None = None
    cited_on: date | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """How it was adopted: rule, body, day, counts, dissent. `n_…` are None when not counted."""

    outcome: Chosen
    rule: str
    body: str
    decided_on: date
    n_for: int | None
    n_against: int | None
    n_abstaining: int | None
    n_voting: int | None
    count_note: str
    dissent: str
    no_dissent_recorded: bool
    reservation: str


@dataclass(frozen=True, slots=True)
class BriefRecommendation:
    """One adopted recommendation. Texts carry their status per language."""

    rec_id: str
    state: Chosen
    is_public: bool
    title: Text
    text: Text
    theme: Named | None
    challenges: tuple[Named, ...]
    level: Chosen | None
    countries: tuple[str, ...]
    value_chains: tuple[Chosen, ...]
    problem: Text
    rationale: Text
    addressee_unit: Text
    addressee_body: Text
    addressee_country: str
    co_actors: Text
    instrument: Chosen | None
    legal_basis: Text
    legal_basis_url: str
    no_legal_basis_needed: bool
    decision_needed: Text
    first_action: Text
    due_on: date | None
    due_is_quarter: bool
    cost_range: Chosen | None
    cost_note: str
    funding_source: Chosen | None
    indicator: Text
    indicator_baseline: str
    indicator_target: str
    baseline_missing: bool
    equity: Text
    risks: Text
    certainty: Chosen | None
    no_evidence_found: bool
    language_note: str
    decision: Decision | None
    footnotes: tuple[Footnote, ...]

    @property
    def supports(self) -> tuple[tuple[Footnote, Support], ...]:
        """The cited statements that were put to a vote, with the counts of the room."""
        return tuple((note, note.support) for note in self.footnotes if note.support is not None)


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
        .select_related("edition", "theme", "addressee")
        .prefetch_related("challenges", "adoptions", citations_of_all())
        .order_by("theme__position", "theme__code", "rec_id")
    )
    recommendations: list[BriefRecommendation] = []
    number = 1
    for rec in found:
        one = brief_recommendation(rec, first_number=number)
        number += len(one.footnotes)
        recommendations.append(one)
    return BriefContent(tuple(recommendations))


def citations_of_all() -> Prefetch[str, QuerySet[Citation], str]:
    """Citations with their sources, in the order of their footnotes."""
    return Prefetch(
        "citations",
        Citation.objects.select_related(
            "statement", "contribution__session", "round", "link", "recommendation__edition"
        ).order_by("position", "pk"),
    )


def brief_recommendation(rec: Recommendation, *, first_number: int = 1) -> BriefRecommendation:
    """One recommendation as a document carries it."""
    addressee = rec.addressee
    notes = footnotes_of(rec, first_number=first_number)
    return BriefRecommendation(
        rec_id=rec.rec_id,
        state=chosen(TextState, rec.state),
        is_public=rec.is_public,
        title=rec.title,
        text=rec.text,
        theme=Named(rec.theme.code, rec.theme.title) if rec.theme else None,
        challenges=tuple(Named(c.code, c.title) for c in rec.challenges.all()),
        level=chosen(Level, rec.level) if rec.level else None,
        countries=tuple(rec.countries),
        value_chains=tuple(chosen(ValueChain, code) for code in rec.value_chains),
        problem=rec.problem,
        rationale=rec.rationale,
        addressee_unit=addressee.unit if addressee else Text(),
        addressee_body=addressee.body if addressee else Text(),
        addressee_country=addressee.country if addressee else "",
        co_actors=rec.co_actors,
        instrument=chosen(Instrument, rec.instrument) if rec.instrument else None,
        legal_basis=rec.legal_basis,
        legal_basis_url=rec.legal_basis_url,
        no_legal_basis_needed=rec.no_legal_basis_needed,
        decision_needed=rec.decision_needed,
        first_action=rec.first_action,
        due_on=rec.due_on,
        due_is_quarter=rec.due_precision == "quarter",
        cost_range=chosen(CostRange, rec.cost_range) if rec.cost_range else None,
        cost_note=rec.cost_note,
        funding_source=chosen(Funding, rec.funding_source) if rec.funding_source else None,
        indicator=rec.indicator,
        indicator_baseline=rec.indicator_baseline,
        indicator_target=rec.indicator_target,
        baseline_missing=rec.baseline_missing,
        equity=rec.equity,
        risks=rec.risks,
        certainty=chosen(Certainty, rec.certainty) if rec.certainty else None,
        no_evidence_found=rec.no_evidence_found,
        language_note=rec.language_note,
        decision=decision_of(rec),
        footnotes=notes,
    )


def footnotes_of(rec: Recommendation, *, first_number: int = 1) -> tuple[Footnote, ...]:
    """The sources of a recommendation in order, as the public may be shown them."""
    return tuple(
        _footnote(citation, place=place, number=first_number + place - 1)
        for place, citation in enumerate(rec.citations.all(), start=1)
    )


def _footnote(citation: Citation, *, place: int, number: int) -> Footnote:
    kind = citation.kind
    link = citation.link
    return Footnote(
        number=number,
        place=place,
        anchor=f"source-{citation.code}",
        kind=kind,
        labels=labels(SourceKind, kind),
        code=citation.source.code,
        wording=_wording(citation),
        is_demo=bool(citation.statement and citation.statement.origin == "demo"),
        support=support_of(citation, Audience.PUBLIC),
        url=link.url if link else "",
        shows=link.shows if link else "",
        evidence_kind=chosen(EvidenceKind, link.evidence_kind) if link else None,
        published_on=link.published_on if link else None,
        cited_on=citation.cited_at.astimezone(citation.recommendation.edition.zone).date(),
    )


def _wording(citation: Citation) -> Text:
    """Titles and wordings as frozen; of a contribution nothing but that it is one."""
    kept = citation.excerpt
    if citation.statement_id:
        return Text.from_json(kept.get("wording"))
    if citation.round_id:
        return Text.from_json(kept.get("title"))
    if citation.link:
        return Text.of(citation.recommendation.title.original, **_same_words(citation))
    return Text()


def _same_words(citation: Citation) -> dict[str, str]:
    return {citation.recommendation.title.original: str(citation.excerpt.get("title", ""))}


def decision_of(rec: Recommendation) -> Decision | None:
    """The last decision taken on a recommendation."""
    found = list(rec.adoptions.all())
    if not found:
        return None
    last: Adoption = found[-1]
    return Decision(
        outcome=chosen(TextState, last.outcome),
        rule=last.rule,
        body=last.body,
        decided_on=last.decided_on,
        n_for=last.n_for,
        n_against=last.n_against,
        n_abstaining=last.n_abstaining,
        n_voting=last.n_voting,
        count_note=last.count_note,
        dissent=last.dissent,
        no_dissent_recorded=last.no_dissent_recorded,
        reservation=last.reservation,
    )


def chosen(words: type, code: str) -> Chosen:
    """A stored word with its labels."""
    return Chosen(str(code), labels(words, code))


def labels(words: type, code: str) -> Labels:
    """The label of a stored word in every language of the house."""
    found: dict[str, str] = {}
    for lang in Language.values:
        with translation.override(lang):
            found[lang] = str(words(code).label)
    return found
