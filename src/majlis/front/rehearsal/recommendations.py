"""Three invented recommendations: one published, one on the final list, one under review.

They are demonstrations, written for this product; no body has asked or answered them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from majlis.dialogue.models import Round, Statement
from majlis.dialogue.queries import counts_of
from majlis.kernel.clock import now
from majlis.kernel.disclosure import Counts
from majlis.kernel.ledger import Doer
from majlis.kernel.texts import Text
from majlis.recommendations import actions
from majlis.recommendations.models import Recommendation
from majlis.recommendations.states import (
    Certainty,
    CostRange,
    Funding,
    Instrument,
    Level,
    TextState,
)
from majlis.series.models import Edition

CITED = 3  # statements behind each


@dataclass(frozen=True, slots=True)
class Idea:
    """What one recommendation says, in three languages, and by what means."""

    theme: str
    challenge: str
    title: Text
    text: Text
    problem: Text
    unit: Text
    decision: Text
    first_action: Text
    indicator: Text
    instrument: Instrument


IDEAS: Sequence[Idea] = (
    Idea(
        theme="T1",
        challenge="C1",
        title=Text.of(
            "en",
            en="Public register of clusters",
            fr="Registre public des clusters",
            ar="سجل عمومي للعناقيد الصناعية",
        ),
        text=Text.of(
            "en",
            en="Open a public register of clusters with a three-year validity and a renewal test.",
            fr="Ouvrir un registre public des clusters d'une validité de trois ans, avec examen "
            "au renouvellement.",
            ar="إنشاء سجل عمومي للعناقيد الصناعية صالح لثلاث سنوات مع تقييم عند التجديد.",
        ),
        problem=Text.of(
            "en",
            en="Programmes cannot tell who is eligible, because clusters borrow other forms.",
            fr="Les programmes ne peuvent pas dire qui est éligible, car les clusters empruntent "
            "d'autres formes juridiques.",
            ar="لا تستطيع البرامج تحديد المستفيدين لأن العناقيد تتخذ أشكالا قانونية أخرى.",
        ),
        unit=Text.of(
            "en",
            en="Unit in charge of industrial policy",
            fr="Unité chargée de la politique industrielle",
            ar="الوحدة المكلفة بالسياسة الصناعية",
        ),
        decision=Text.of(
            "en",
            en="The minister signs the order and names the committee.",
            fr="Le ministre signe l'arrêté et nomme le comité.",
            ar="يوقع الوزير القرار ويعيّن اللجنة.",
        ),
        first_action=Text.of(
            "en",
            en="The draft order is sent for opinion.",
            fr="Le projet d'arrêté est transmis pour avis.",
            ar="يُحال مشروع القرار لإبداء الرأي.",
        ),
        indicator=Text.of(
            "en",
            en="Clusters registered",
            fr="Clusters inscrits au registre",
            ar="عدد العناقيد المسجلة",
        ),
        instrument=Instrument.REGISTER,
    ),
    Idea(
        theme="T2",
        challenge="C3",
        title=Text.of(
            "en",
            en="Guarantee line for collaborative projects",
            fr="Ligne de garantie pour les projets collaboratifs",
            ar="خط ضمان للمشاريع التعاونية",
        ),
        text=Text.of(
            "en",
            en="Open a guarantee line for loans to projects carried by several firms of a cluster.",
            fr="Ouvrir une ligne de garantie pour les prêts aux projets portés par plusieurs "
            "entreprises d'un cluster.",
            ar="فتح خط ضمان للقروض الموجهة إلى المشاريع التي تحملها عدة مؤسسات من عنقود واحد.",
        ),
        problem=Text.of(
            "en",
            en="Banks find no borrower when a project belongs to several firms.",
            fr="Les banques ne trouvent pas d'emprunteur lorsqu'un projet appartient à plusieurs "
            "entreprises.",
            ar="لا تجد البنوك مقترضا واضحا حين يعود المشروع إلى عدة مؤسسات.",
        ),
        unit=Text.of(
            "en",
            en="Management of the national guarantee fund",
            fr="Direction du fonds national de garantie",
            ar="إدارة الصندوق الوطني للضمان",
        ),
        decision=Text.of(
            "en",
            en="The board of the fund opens the line and fixes its share of the risk.",
            fr="Le conseil du fonds ouvre la ligne et fixe sa part du risque.",
            ar="يفتح مجلس الصندوق الخط ويحدد حصته من المخاطر.",
        ),
        first_action=Text.of(
            "en",
            en="A note on eligible projects is put to the board.",
            fr="Une note sur les projets éligibles est soumise au conseil.",
            ar="تُعرض على المجلس مذكرة حول المشاريع المؤهلة.",
        ),
        indicator=Text.of(
            "en",
            en="Collaborative projects guaranteed",
            fr="Projets collaboratifs garantis",
            ar="عدد المشاريع التعاونية المضمونة",
        ),
        instrument=Instrument.GUARANTEE,
    ),
    Idea(
        theme="T3",
        challenge="C2",
        title=Text.of(
            "en",
            en="Industrial doctorates in clusters",
            fr="Thèses en entreprise dans les clusters",
            ar="دكتوراه في الوسط الصناعي داخل العناقيد",
        ),
        text=Text.of(
            "en",
            en="Reserve a yearly call of industrial doctorates for topics set by clusters.",
            fr="Réserver un appel annuel de thèses en entreprise aux sujets que fixent les "
            "clusters.",
            ar="تخصيص طلب مشاريع سنوي لدكتوراه الوسط الصناعي حول مواضيع تحددها العناقيد.",
        ),
        problem=Text.of(
            "en",
            en="Firms of a cluster share research needs that no single one can carry.",
            fr="Les entreprises d'un cluster ont des besoins de recherche communs qu'aucune ne "
            "peut porter seule.",
            ar="تتقاسم مؤسسات العنقود حاجات بحثية لا تقدر أي منها على حملها بمفردها.",
        ),
        unit=Text.of(
            "en",
            en="Agency for research promotion, doctoral programmes desk",
            fr="Agence de promotion de la recherche, bureau des programmes doctoraux",
            ar="وكالة النهوض بالبحث، مكتب برامج الدكتوراه",
        ),
        decision=Text.of(
            "en",
            en="The agency opens the call and names the selection panel.",
            fr="L'agence ouvre l'appel et nomme le jury de sélection.",
            ar="تفتح الوكالة طلب المشاريع وتعيّن لجنة الاختيار.",
        ),
        first_action=Text.of(
            "en",
            en="Clusters are asked for their topics.",
            fr="Les clusters sont invités à proposer leurs sujets.",
            ar="تُدعى العناقيد إلى اقتراح مواضيعها.",
        ),
        indicator=Text.of(
            "en",
            en="Doctorates begun on topics set by clusters",
            fr="Thèses commencées sur des sujets fixés par les clusters",
            ar="عدد أطروحات الدكتوراه المنطلقة حول مواضيع العناقيد",
        ),
        instrument=Instrument.GRANT,
    ),
)

OVER_TO_THE_ROOM = Text.of(
    "en",
    en="The room named this problem, and its statements ask for this answer.",
    fr="La salle a nommé ce problème et ses énoncés demandent cette réponse.",
    ar="سمّت القاعة هذه المشكلة، وتطلب بياناتها هذا الجواب.",
)
CO_ACTORS = Text.of(
    "en",
    en="Cluster organisations: give their opinion.",
    fr="Structures d'animation de clusters : donnent leur avis.",
    ar="هيئات تسيير العناقيد: تبدي رأيها.",
)
EQUITY = Text.of(
    "en",
    en="Inland regions and small firms must not be left out.",
    fr="Les régions de l'intérieur et les petites entreprises ne doivent pas être exclues.",
    ar="يجب ألا تُقصى الجهات الداخلية والمؤسسات الصغرى.",
)
RISKS = Text.of(
    "en",
    en="Thresholds may exclude young clusters; a two-step entry answers this.",
    fr="Des seuils peuvent exclure les jeunes clusters ; une entrée en deux temps y répond.",
    ar="قد تقصي العتبات العناقيد الناشئة، والجواب دخول على مرحلتين.",
)


def write_recommendations(edition: Edition, round: Round, *, by: Doer) -> list[Recommendation]:
    """One recommendation for each theme that the closed round has statements of."""
    written = []
    for idea in IDEAS:
        sources = _strongest(round, idea)
        if sources:
            written.append(_drafted(edition, idea, sources, by=by))
    for place, rec in enumerate(written):
        actions.submit_for_review(rec, by=by)
        if place < len(written) - 1:
            actions.review(rec, is_ready=True, note="", by=by)
            actions.put_on_final_list(rec, by=by)
        if place == 0:
            actions.decide(rec, outcome=TextState.ADOPTED, facts=_decision(edition), by=by)
            actions.publish(rec, attribution_checked=True, by=by)
    return written


def _strongest(round: Round, idea: Idea) -> list[Statement]:
    """The statements of its theme with most agreement, those of its very challenge first."""
    counts = counts_of(round)
    found = [
        s
        for s in round.statements.select_related("theme", "challenge")
        if s.theme and s.theme.code == idea.theme
    ]
    found.sort(
        key=lambda s: (
            not (s.challenge and s.challenge.code == idea.challenge),
            -(counts.get(s.pk, Counts()).agreement or 0.0),
            s.number,
        )
    )
    return found[:CITED]


def _drafted(
    edition: Edition, idea: Idea, sources: Sequence[Statement], *, by: Doer
) -> Recommendation:
    addressee = actions.name_addressee(
        edition, unit=idea.unit, body=Text(), country=edition.country, by=by
    )
    challenges = [s.challenge for s in sources if s.challenge]
    fields: Mapping[str, Any] = {  # columns of a recommendation, of many kinds
        "title": idea.title,
        "text": idea.text,
        "theme": sources[0].theme,
        "challenges": challenges[:1],
        "addressee": addressee,
        "instrument": idea.instrument,
        "level": Level.NATIONAL,
        "countries": [edition.country],
        "value_chains": ["all"],
        "problem": idea.problem,
        "rationale": OVER_TO_THE_ROOM,
        "no_evidence_found": True,
        "certainty": Certainty.OPINION_ONLY,
        "co_actors": CO_ACTORS,
        "no_legal_basis_needed": True,
        "decision_needed": idea.decision,
        "cost_range": CostRange.LOW,
        "funding_source": Funding.EXISTING,
        "equity": EQUITY,
        "risks": RISKS,
        "overlap_checked": True,
        "first_action": idea.first_action,
        "due_on": edition.ends_on + timedelta(days=120),
        "indicator": idea.indicator,
        "indicator_baseline": "0",
    }
    return actions.draft_recommendation(edition, citing=list(sources), fields=fields, by=by)


def _decision(edition: Edition) -> Mapping[str, Any]:
    return {
        "rule": "Simple majority of those voting, by show of hands (rehearsal)",
        "body": "Closing plenary (rehearsal)",
        "decided_on": now().astimezone(edition.zone).date(),
        "n_for": 41,
        "n_against": 6,
        "n_abstaining": 9,
        "dissent": "Thresholds are too high for inland regions.",
    }
