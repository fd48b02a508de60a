"""What people do with recommendations, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.models import RestrictedError

from majlis.dialogue.actions import close_round, show_results
from majlis.dialogue.states import RoundState, StatementState
from majlis.kernel.clock import now
from majlis.kernel.errors import RuleBroken, WrongMove
from majlis.kernel.ledger import acts_on
from majlis.kernel.models import Act
from majlis.kernel.texts import Text, TextStatus
from majlis.recommendations import actions
from majlis.recommendations.models import Adoption, Citation, Recommendation, Review
from majlis.recommendations.queries import Incomplete
from majlis.recommendations.states import TEXT_MOVES, Confidentiality, TextState
from tests.factories.dialogue import (
    ContributionFactory,
    RoundFactory,
    StatementFactory,
    VoteEventFactory,
    counted,
)
from tests.factories.recommendations import (
    DECISION,
    WRITER,
    CitedLinkFactory,
    RecommendationFactory,
    adopted,
    draft_fields,
    drafted,
    in_review,
    on_final_list,
    published,
    review_fields,
)
from tests.factories.series import EditionFactory

pytestmark = pytest.mark.django_db


def test_draft_recommendation_numbers_by_theme_and_never_reuses():
    edition = EditionFactory(slug="tunis-2026")

    ids = [drafted(edition).rec_id for _ in range(3)]
    actions.withdraw(Recommendation.objects.get(rec_id=ids[2]), reason="Too wide", by=WRITER)

    assert [*ids, drafted(edition).rec_id] == [
        "TUN26-T1-001",
        "TUN26-T1-002",
        "TUN26-T1-003",
        "TUN26-T1-004",
    ]


def test_draft_recommendation_gives_two_editions_different_prefixes():
    one, two = EditionFactory(slug="tunis-2026"), EditionFactory(slug="tunis-2026-b")

    assert [drafted(one).rec_id, drafted(two).rec_id, drafted(one).rec_id] == [
        "TUN26-T1-001",
        "TUN26B-T1-001",
        "TUN26-T1-002",
    ]


def test_draft_recommendation_without_what_a_draft_holds_is_refused_and_writes_nothing():
    edition = EditionFactory()
    fields = draft_fields(edition, title=Text(), addressees=[], instrument="", challenges=[])

    with pytest.raises(Incomplete) as refused:
        actions.draft_recommendation(edition, citing=[], fields=fields, by=WRITER)

    assert [lack.field for lack in refused.value.missing] == [
        "title",
        "challenges",
        "addressees",
        "instrument",
        "source_statements",
    ]
    assert list(Recommendation.objects.all()) == []
    assert list(Act.objects.all()) == []


def test_draft_recommendation_freezes_its_sources_and_leaves_one_line():
    edition = EditionFactory(slug="tunis")
    round = RoundFactory(edition=edition, state=RoundState.CLOSED, closed_at=now())
    statement = StatementFactory(round=round, edition=edition)
    for _ in range(6):
        VoteEventFactory(statement=statement)
    counted(round)

    rec = drafted(edition, citing=[statement])

    citation = rec.citations.get()
    assert citation.excerpt["wording"]["fr"]["text"] == "Ouvrir un registre public."
    shown_to_the_room = citation.facts["shown"]["room"]
    assert (shown_to_the_room["total"], citation.facts["shown"]["public"]) == ([6, 0, 0], None)
    assert citation.facts["revision"] == 6
    assert [(act.verb, act.doer) for act in acts_on(rec)] == [
        ("recommendation_drafted", "person:writer")
    ]


def test_draft_recommendation_refuses_a_source_of_another_edition():
    with pytest.raises(RuleBroken, match="same edition"):
        drafted(EditionFactory(), citing=[StatementFactory()])


def test_cite_refuses_a_statement_that_no_longer_stands():
    rec = drafted()
    merged = StatementFactory(
        round__edition=rec.edition, edition=rec.edition, state=StatementState.MERGED
    )

    with pytest.raises(RuleBroken, match="is no longer current"):
        actions.cite(rec, source=merged, by=WRITER)


def test_cite_of_a_statement_that_gave_way_meanwhile_is_refused():
    rec = drafted()
    statement = StatementFactory(round__edition=rec.edition, edition=rec.edition)
    type(statement).objects.filter(pk=statement.pk).update(state=StatementState.MERGED)

    with pytest.raises(RuleBroken, match="is no longer current"):
        actions.cite(rec, source=statement, by=WRITER)


def test_cite_twice_returns_the_first_citation():
    rec = drafted()
    contribution = ContributionFactory(voice__edition=rec.edition)

    first = actions.cite(rec, source=contribution, by=WRITER)

    assert actions.cite(rec, source=contribution, by=WRITER) == first
    assert rec.citations.count() == 2


def test_cite_of_a_contribution_keeps_the_digest_and_not_the_words():
    rec = drafted()
    contribution = ContributionFactory(voice__edition=rec.edition, words="Un secret de table.")

    citation = actions.cite(rec, source=contribution, by=WRITER)

    assert "secret" not in str(citation.excerpt)
    assert len(citation.excerpt["words_digest"]) == 64


def test_cite_refuses_a_round_that_is_open():
    rec = drafted()
    with pytest.raises(RuleBroken, match="have not been shown"):
        actions.cite(rec, source=RoundFactory(edition=rec.edition), by=WRITER)


def test_cite_counts_only_of_a_closed_round():
    rec = drafted()
    statement = StatementFactory(round__edition=rec.edition, edition=rec.edition)
    VoteEventFactory(statement=statement)

    citation = actions.cite(rec, source=statement, by=WRITER)

    assert "shown" not in citation.facts


def test_cite_again_takes_new_counts_and_keeps_both_digests():
    rec = on_final_list()
    citation = rec.citations.get()
    before = citation.digest
    for _ in range(6):
        VoteEventFactory(statement=citation.statement)
    show_results(close_round(citation.statement.round, by=WRITER), by=WRITER)

    actions.cite_again(Citation.objects.get(pk=citation.pk), by=WRITER)

    citation = Citation.objects.get(pk=citation.pk)
    assert citation.facts["shown"]["room"]["total"] == [6, 0, 0]
    assert acts_on(rec).last().facts["digests"] == [before, citation.digest]


def test_take_away_keeps_the_last_statement():
    rec = drafted()
    link = actions.cite(rec, source=CitedLinkFactory(edition=rec.edition), by=WRITER)

    actions.take_away(link, by=WRITER)
    with pytest.raises(RuleBroken, match="at least one statement"):
        actions.take_away(rec.citations.get(), by=WRITER)

    assert Citation.objects.filter(recommendation=rec).count() == 1


def test_put_earlier_swaps_two_footnotes():
    rec = drafted()
    first = rec.citations.get()
    second = actions.cite(rec, source=CitedLinkFactory(edition=rec.edition), by=WRITER)

    actions.put_earlier(second, by=WRITER)

    assert [c.pk for c in rec.citations.order_by("position")] == [second.pk, first.pk]


def test_revise_recommendation_counts_a_new_wording_and_records_from_and_to():
    rec = drafted()

    actions.revise_recommendation(
        rec, fields={"text": Text.of("en", en="Keep a register.")}, by=WRITER
    )

    rec.refresh_from_db()
    before, after = acts_on(rec).last().facts["changes"]["text"]
    assert rec.wording_revision == 2
    assert before["en"]["text"] == "Open a public register of clusters."
    assert after["en"]["text"] == "Keep a register."


def test_revise_recommendation_without_a_change_leaves_no_line():
    rec = drafted()
    actions.revise_recommendation(rec, fields={"instrument": rec.instrument}, by=WRITER)
    assert acts_on(rec).count() == 1


def test_revise_recommendation_cannot_empty_what_a_draft_holds():
    rec = drafted()
    with pytest.raises(Incomplete, match="Instrument"):
        actions.revise_recommendation(rec, fields={"instrument": ""}, by=WRITER)
    rec.refresh_from_db()
    assert rec.instrument == "register"


def test_revise_recommendation_is_refused_from_the_final_list_on():
    rec = on_final_list()
    with pytest.raises(RuleBroken, match="is locked"):
        actions.revise_recommendation(rec, fields={"cost_note": "1 m"}, by=WRITER)


def test_translate_recommendation_is_open_until_publication_and_leaves_the_original():
    rec = adopted()

    actions.translate_recommendation(
        rec,
        lang="fr",
        texts={"title": "Un registre", "text": "Ouvrir un registre."},
        status=TextStatus.REVIEWED,
        by=WRITER,
    )
    actions.translate_recommendation(
        rec, lang="en", texts={"text": "Something else."}, status=TextStatus.DRAFT, by=WRITER
    )

    rec.refresh_from_db()
    assert rec.text["fr"].status == TextStatus.REVIEWED
    assert rec.text["en"].text == "Open a public register of clusters."


def test_translate_recommendation_is_refused_after_publication():
    with pytest.raises(RuleBroken, match="translations"):
        actions.translate_recommendation(
            published(), lang="fr", texts={"title": "X"}, status=TextStatus.DRAFT, by=WRITER
        )


def test_submit_for_review_says_every_field_that_is_missing():
    rec = drafted()

    with pytest.raises(Incomplete) as refused:
        actions.submit_for_review(rec, by=WRITER)

    assert [lack.field for lack in refused.value.missing] == [
        "level",
        "countries",
        "value_chains",
        "problem",
        "rationale",
        "no_evidence_found",
        "certainty",
        "co_actors",
        "legal_basis",
        "decision_needed",
        "cost_range",
        "funding_source",
        "equity",
        "risks",
        "overlap_checked",
    ]
    rec.refresh_from_db()
    assert rec.state == TextState.DRAFTED


def test_submit_for_review_takes_a_cited_document_as_evidence():
    rec = drafted()
    actions.revise_recommendation(rec, fields=review_fields(no_evidence_found=False), by=WRITER)
    with pytest.raises(Incomplete, match="Evidence"):
        actions.submit_for_review(rec, by=WRITER)

    actions.cite(rec, source=CitedLinkFactory(edition=rec.edition), by=WRITER)

    assert actions.submit_for_review(rec, by=WRITER).state == TextState.IN_REVIEW


def test_submit_for_review_refuses_a_duplicate_of_an_open_one():
    rec, other = drafted(), RecommendationFactory()
    actions.revise_recommendation(rec, fields=review_fields(), by=WRITER)
    actions.relate(rec, other=other, kind="duplicates", by=WRITER)

    with pytest.raises(Incomplete, match="says the same"):
        actions.submit_for_review(rec, by=WRITER)


def test_review_asks_for_a_note_when_not_ready():
    rec = in_review()
    with pytest.raises(RuleBroken, match="note"):
        actions.review(rec, is_ready=False, note=" ", by=WRITER)
    assert list(Review.objects.all()) == []


def test_review_of_a_draft_is_refused():
    with pytest.raises(RuleBroken, match="under review"):
        actions.review(drafted(), is_ready=True, note="", by=WRITER)


def test_final_list_needs_a_reader_who_found_this_very_wording_ready():
    rec = in_review()
    actions.review(rec, is_ready=True, note="", by=WRITER)
    actions.revise_recommendation(
        rec, fields={"title": Text.of("en", en="A register", fr="Un r", ar="سجل")}, by=WRITER
    )

    with pytest.raises(Incomplete) as refused:
        actions.put_on_final_list(rec, by=WRITER)

    assert [lack.field for lack in refused.value.missing] == ["is_ready"]


def test_final_list_needs_three_languages_or_a_note():
    rec = in_review(title=Text.of("fr", fr="Registre"), text=Text.of("fr", fr="Ouvrir."))
    actions.review(rec, is_ready=True, note="", by=WRITER)

    with pytest.raises(Incomplete) as refused:
        actions.put_on_final_list(rec, by=WRITER)
    actions.put_on_final_list(rec, language_note="Arabic follows in May.", by=WRITER)

    assert [lack.field for lack in refused.value.missing] == ["text_en"]
    rec.refresh_from_db()
    assert (rec.state, rec.language_note) == (TextState.FINAL_LIST, "Arabic follows in May.")


@pytest.mark.parametrize(
    ("outcome", "without", "asked"),
    [
        (TextState.ADOPTED, "rule", "rule"),
        (TextState.ADOPTED, "body", "body"),
        (TextState.ADOPTED, "decided_on", "decided_on"),
        (TextState.ADOPTED, "n_against", "n_for"),
        (TextState.ADOPTED, "dissent", "dissent"),
        (TextState.ADOPTED_WITH_RESERVATION, "reservation", "reservation"),
        (TextState.NOT_ADOPTED, "n_for", "n_for"),
        (TextState.POSTPONED, "reason", "reason"),
        (TextState.POSTPONED, "next_on", "next_on"),
    ],
)
def test_decide_says_what_the_record_lacks(outcome, without, asked):
    rec = on_final_list()
    facts = DECISION | {"reservation": "R", "reason": "W", "next_on": date(2026, 9, 1)}
    del facts[without]

    with pytest.raises(Incomplete) as refused:
        actions.decide(rec, outcome=outcome, facts=facts, by=WRITER)

    assert [lack.field for lack in refused.value.missing] == [asked]
    assert list(Adoption.objects.all()) == []


def test_decide_takes_none_recorded_and_a_reason_for_not_counting():
    rec = on_final_list()
    facts = DECISION | {
        "n_for": None, "n_against": None, "n_abstaining": None, "dissent": "",
        "count_note": "No objection was raised", "no_dissent_recorded": True,
    }  # fmt: skip

    adoption = actions.decide(rec, outcome=TextState.ADOPTED, facts=facts, by=WRITER)

    assert adoption.n_voting is None


def test_decide_asks_for_first_action_date_and_indicator():
    rec = on_final_list()
    actions.plan_recommendation(
        rec, fields={"first_action": Text(), "due_on": None, "indicator": Text()}, by=WRITER
    )

    with pytest.raises(Incomplete) as refused:
        actions.decide(rec, outcome=TextState.ADOPTED, facts=DECISION, by=WRITER)

    assert [lack.field for lack in refused.value.missing] == ["first_action", "due_on", "indicator"]


def test_postponed_and_not_adopted_ones_can_be_taken_up_again_with_a_reason():
    rec = on_final_list()
    actions.decide(
        rec,
        outcome=TextState.POSTPONED,
        facts=DECISION | {"reason": "Costs unknown", "next_on": date(2026, 9, 1)},
        by=WRITER,
    )
    with pytest.raises(Incomplete, match="Reason"):
        actions.send_back(rec, reason=" ", by=WRITER)

    assert actions.send_back(rec, reason="Costs are in", by=WRITER).state == TextState.DRAFTED


def test_publish_needs_the_attribution_check_and_what_must_be_visible():
    rec = adopted()

    with pytest.raises(Incomplete) as refused:
        actions.publish(rec, attribution_checked=False, by=WRITER)

    assert [lack.field for lack in refused.value.missing] == [
        "attribution_checked",
        "visibility",
        "visibility",
    ]
    rec.refresh_from_db()
    assert rec.published_at is None


def test_supersede_links_to_a_newer_one_of_the_same_series():
    old = published()
    new = adopted(EditionFactory(series=old.edition.series))

    actions.supersede(old, successor=new, by=WRITER)

    old.refresh_from_db()
    assert (old.state, old.superseded_by) == (TextState.SUPERSEDED, new)


@pytest.mark.parametrize("make", [drafted, in_review])
def test_supersede_refuses_a_successor_that_was_not_taken(make):
    old = published()
    with pytest.raises(RuleBroken, match="adopted or published"):
        actions.supersede(old, successor=make(old.edition), by=WRITER)


def test_supersede_keeps_a_rehearsal_among_itself():
    old = published()
    rehearsed = adopted(EditionFactory(series=old.edition.series, is_rehearsal=True))

    with pytest.raises(RuleBroken, match="rehearsal"):
        actions.supersede(old, successor=rehearsed, by=WRITER)


def test_recommendations_can_be_deleted_together_and_a_source_alone_cannot():
    old = published()
    actions.supersede(old, successor=adopted(old.edition), by=WRITER)
    statement = old.citations.get().statement

    with pytest.raises(RestrictedError):
        statement.delete()
    old.edition.recommendations.all().delete()

    assert not Recommendation.objects.exists()


def test_withdraw_keeps_the_reason_and_the_row():
    rec = published()
    actions.withdraw(rec, reason="The law changed.", by=WRITER)
    rec.refresh_from_db()
    assert (rec.state, rec.reason) == (TextState.WITHDRAWN, "The law changed.")


@pytest.mark.parametrize("state", list(TextState))
def test_no_action_makes_a_move_that_the_table_forbids(state):
    def decide(outcome):
        facts = DECISION | {"reservation": "R", "reason": "W", "next_on": date(2026, 9, 1)}
        return lambda rec: actions.decide(rec, outcome=outcome, facts=facts, by=WRITER)

    successor = adopted()
    verbs = {
        TextState.IN_REVIEW: lambda rec: actions.submit_for_review(rec, by=WRITER),
        TextState.DRAFTED: lambda rec: actions.send_back(rec, reason="Why", by=WRITER),
        TextState.FINAL_LIST: lambda rec: actions.put_on_final_list(rec, by=WRITER),
        TextState.PUBLISHED: lambda rec: actions.publish(rec, attribution_checked=True, by=WRITER),
        TextState.WITHDRAWN: lambda rec: actions.withdraw(rec, reason="Why", by=WRITER),
        TextState.SUPERSEDED: lambda rec: actions.supersede(rec, successor=successor, by=WRITER),
        **{outcome: decide(outcome) for outcome in TEXT_MOVES[TextState.FINAL_LIST]},
    }
    for wanted, verb in verbs.items():
        rec = RecommendationFactory(
            edition__series=successor.edition.series,
            state=state,
            superseded_by=successor if state == TextState.SUPERSEDED else None,
            published_at=now() if state == TextState.PUBLISHED else None,
            confidentiality=Confidentiality.PUBLIC,
        )
        if wanted not in TEXT_MOVES[state]:
            with pytest.raises(WrongMove):
                verb(rec)
            rec.refresh_from_db()
            assert rec.state == state
