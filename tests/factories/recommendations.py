"""Factories of recommendations."""

from __future__ import annotations

from datetime import date
from typing import Any

import factory

from majlis.kernel.texts import Text
from majlis.recommendations import actions
from majlis.recommendations.fields import Kind, asked_at
from majlis.recommendations.models import Addressee, CitedLink, Recommendation
from majlis.recommendations.states import (
    Certainty,
    CostRange,
    EvidenceKind,
    Funding,
    Instrument,
    Level,
    TextState,
)
from tests.factories.dialogue import StatementFactory
from tests.factories.series import (
    ChallengeFactory,
    EditionFactory,
    ThemeFactory,
    fund,
)


class Writer:
    """A doer for tests that are not about who did it."""

    doer = "person:writer"


WRITER = Writer()


class AddresseeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Addressee

    edition = factory.SubFactory(EditionFactory)
    unit = Text.of("en", en="Directorate of industrial policy", fr="Direction", ar="إدارة")
    body = Text.of("en", en="Ministry of industry", fr="Ministère", ar="وزارة الصناعة")
    country = "TN"


class CitedLinkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CitedLink

    edition = factory.SubFactory(EditionFactory)
    title = "Order on the register"
    url = "https://example.org/order"
    evidence_kind = EvidenceKind.LAW_TEXT
    shows = "Registers last up to four years."


class RecommendationFactory(factory.django.DjangoModelFactory):
    """A bare row: for a recommendation that holds what its state asks, see `drafted` and on."""

    class Meta:
        model = Recommendation

    edition = factory.SubFactory(EditionFactory)
    rec_id = factory.Sequence(lambda n: f"TST26-T1-{n + 1:03}")
    title = Text.of("en", en="A public register", fr="Un registre public", ar="سجل عمومي")
    text = Text.of(
        "en",
        en="Open a public register of clusters.",
        fr="Ouvrir un registre public des clusters.",
        ar="إنشاء سجل عمومي للعناقيد الصناعية.",
    )


def draft_fields(edition: Any, **more: Any) -> dict[str, Any]:
    """What a first draft holds."""
    theme = edition.themes.first() or ThemeFactory(edition=edition, code="T1")
    challenge = edition.challenges.first() or ChallengeFactory(edition=edition, code="C1")
    return {
        "title": Text.of("en", en="A public register", fr="Un registre public", ar="سجل عمومي"),
        "text": Text.of(
            "en",
            en="Open a public register of clusters.",
            fr="Ouvrir un registre public des clusters.",
            ar="إنشاء سجل عمومي للعناقيد الصناعية.",
        ),
        "theme": theme,
        "challenges": [challenge],
        "addressees": [edition.addressees.first() or AddresseeFactory(edition=edition)],
        "instrument": Instrument.REGISTER,
    } | more


def review_fields(**more: Any) -> dict[str, Any]:
    """What readers find besides."""
    asked = asked_at(TextState.IN_REVIEW, TextState.ADOPTED)
    words = {
        f.name: Text.of("en", en="Said.") for f in asked if f.kind == Kind.WORDS and not f.answered
    }
    return (
        words
        | {
            "level": Level.NATIONAL,
            "countries": ["TN"],
            "value_chains": ["all"],
            "problem": Text.of("en", en="Programmes cannot tell who is eligible."),
            "rationale": Text.of("en", en="A register tells them apart."),
            "no_evidence_found": True,
            "certainty": Certainty.LOW,
            "co_actors": Text.of("en", en="Business register: hosts it."),
            "no_legal_basis_needed": True,
            "decision_needed": Text.of("en", en="The minister signs the order."),
            "cost_range": CostRange.LOW,
            "funding_source": Funding.EXISTING,
            "equity": Text.of("en", en="Small firms must not be left out."),
            "risks": Text.of("en", en="Thresholds exclude young clusters."),
            "overlap_checked": True,
            "first_action": Text.of("en", en="The draft order is sent for opinion."),
            "due_on": date(2026, 7, 31),
            "indicator": Text.of("en", en="Clusters registered"),
            "indicator_baseline": "0",
        }
        | more
    )


DECISION: dict[str, Any] = {
    "rule": "Simple majority of those voting",
    "body": "Closing plenary",
    "decided_on": date(2026, 3, 25),
    "n_for": 22,
    "n_against": 1,
    "n_abstaining": 3,
    "dissent": "Thresholds are too high for inland regions.",
}


def drafted(edition: Any = None, *, citing: list[Any] | None = None, **fields: Any) -> Any:
    """A first draft that rests on one statement."""
    edition = edition or EditionFactory()
    sources = citing or [StatementFactory(round__edition=edition, edition=edition)]
    return actions.draft_recommendation(
        edition, citing=sources, fields=draft_fields(edition, **fields), by=WRITER
    )


def in_review(edition: Any = None, **options: Any) -> Any:
    """A recommendation under review that lacks nothing."""
    rec = drafted(edition, **options)
    actions.revise_recommendation(rec, fields=review_fields(), by=WRITER)
    return actions.submit_for_review(rec, by=WRITER)


def on_final_list(edition: Any = None, **options: Any) -> Any:
    """A recommendation whose wording is closed."""
    rec = in_review(edition, **options)
    actions.review(rec, is_ready=True, note="", by=WRITER)
    return actions.put_on_final_list(rec, by=WRITER)


def adopted(edition: Any = None, **options: Any) -> Any:
    """A recommendation that was adopted, not yet published."""
    rec = on_final_list(edition, **options)
    actions.decide(rec, outcome=TextState.ADOPTED, facts=DECISION, by=WRITER)
    rec.refresh_from_db()
    return rec


def published(edition: Any = None, **options: Any) -> Any:
    """A recommendation whose public page is open."""
    rec = adopted(edition, **options)
    fund(rec.edition)
    return actions.publish(rec, attribution_checked=True, by=WRITER)
