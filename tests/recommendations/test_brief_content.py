"""What a brief is given of the recommendations of an edition."""

from __future__ import annotations

import pytest

from majlis.dialogue.states import RoundState, Stance, StatementOrigin
from majlis.kernel.citing import Frozen
from majlis.kernel.clock import now
from majlis.kernel.disclosure import Amount, Counts, Range
from majlis.people.states import Constituency
from majlis.recommendations import actions
from majlis.recommendations.models import Recommendation
from majlis.recommendations.queries import brief_content
from majlis.recommendations.queries.brief import footnotes_of
from tests.factories.dialogue import (
    ContributionFactory,
    RoundFactory,
    StatementFactory,
    VoteEventFactory,
    counted,
)
from tests.factories.recommendations import (
    WRITER,
    CitedLinkFactory,
    adopted,
    drafted,
    on_final_list,
    published,
)
from tests.factories.registration import VoiceFactory
from tests.factories.series import EditionFactory, ThemeFactory

pytestmark = pytest.mark.django_db


def voted(edition, **stances):
    """A statement of a closed round with some votes by constituency: `sme=(8, 2, 1)`."""
    round = RoundFactory(edition=edition, state=RoundState.CLOSED, closed_at=now())
    statement = StatementFactory(round=round, edition=edition)
    for constituency, (agree, disagree, passed) in stances.items():
        for stance, n in (
            (Stance.AGREE, agree),
            (Stance.DISAGREE, disagree),
            (Stance.PASS, passed),
        ):
            for _ in range(n):
                voice = VoiceFactory(edition=edition, constituency=Constituency(constituency))
                VoteEventFactory(statement=statement, voice=voice, stance=stance)
    counted(round)
    return statement


def test_brief_content_holds_adopted_and_published_ones_in_order_of_theme():
    edition = EditionFactory(slug="tunis-2026")
    first = ThemeFactory(edition=edition, code="T1", position=1)
    second = ThemeFactory(edition=edition, code="T2", position=2)
    drafted(edition)
    on_final_list(edition)
    later = adopted(edition, theme=second)
    earlier = published(edition, theme=first)

    content = brief_content(edition)

    assert [rec.rec_id for rec in content.recommendations] == [earlier.rec_id, later.rec_id]
    assert content.unpublished == (later.rec_id,)
    assert [theme.code for theme in content.themes] == ["T1", "T2"]


def test_brief_content_numbers_footnotes_through_and_within():
    edition = EditionFactory()
    for _ in range(2):
        rec = drafted(edition)
        actions.cite(rec, source=CitedLinkFactory(edition=edition), by=WRITER)
        adopt(rec)

    notes = brief_content(edition).footnotes

    assert [(note.number, note.place) for note in notes] == [(1, 1), (2, 2), (3, 1), (4, 2)]
    assert [note.kind for note in notes[:2]] == ["statement", "link"]


def adopt(rec):
    from majlis.recommendations.states import TextState
    from tests.factories.recommendations import DECISION, review_fields

    actions.revise_recommendation(rec, fields=review_fields(), by=WRITER)
    actions.submit_for_review(rec, by=WRITER)
    actions.review(rec, is_ready=True, note="", by=WRITER)
    actions.put_on_final_list(rec, by=WRITER)
    actions.decide(rec, outcome=TextState.ADOPTED, facts=DECISION, by=WRITER)


def test_brief_content_breaks_support_down_at_the_finest_level_that_passes():
    edition = EditionFactory()
    statement = voted(edition, sme=(8, 2, 1), cluster=(3, 0, 1), bank=(5, 4, 2))
    adopted(edition, citing=[statement])

    support = brief_content(edition).recommendations[0].footnotes[0].support

    assert support is not None
    assert support.total == Counts(16, 6, 4)
    assert support.read.level == "family"
    told = {c.key: (c.answers, c.agree.counts, c.disagree.counts) for c in support.read.cells}
    assert told == {
        "firms": (15, Range(9, 15, Amount.MOST), Range(0, 5, Amount.FEW)),
        "finance": (11, Range(0, 5, Amount.HALF_OR_FEWER), Range(0, 5, Amount.HALF_OR_FEWER)),
    }


def test_brief_content_keeps_counts_of_a_small_room_back():
    edition = EditionFactory()
    adopted(edition, citing=[voted(edition, sme=(4, 3, 2))])

    support = brief_content(edition).recommendations[0].footnotes[0].support

    assert support is not None
    assert (support.total, support.read.cells) == (None, ())


def test_brief_content_shows_the_counts_frozen_and_not_the_living_ones():
    edition = EditionFactory()
    statement = voted(edition, sme=(12, 0, 0))
    adopted(edition, citing=[statement])
    VoteEventFactory(statement=statement)

    support = brief_content(edition).recommendations[0].footnotes[0].support

    assert support is not None
    assert support.total == Counts(12, 0, 0)


def test_brief_content_never_holds_the_words_of_a_contribution():
    edition = EditionFactory()
    contribution = ContributionFactory(voice__edition=edition, words="Ma banque refuse.")
    rec = drafted(edition)
    actions.cite(rec, source=contribution, by=WRITER)
    adopt(rec)

    content = brief_content(edition)

    assert "banque" not in repr(content)
    assert content.footnotes[1].kind == "contribution"


def test_brief_content_marks_statements_that_nobody_spoke():
    edition = EditionFactory()
    statement = StatementFactory(
        round__edition=edition, edition=edition, origin=StatementOrigin.DEMO
    )
    adopted(edition, citing=[statement])

    assert brief_content(edition).footnotes[0].is_demo


def test_digest_of_a_footnote_tells_nothing_of_counts_kept_back():
    """Who tries every count that might stand behind a digest must not find the true one."""
    edition = EditionFactory()
    rec = drafted(edition, citing=[voted(edition, sme=(3, 1, 0))])
    citation = rec.citations.get()
    before = footnotes_of(rec)[0].digest

    assert citation.facts["shown"] == {}
    citation.facts["revision"] = 4
    citation.digest = Frozen(citation.excerpt, citation.facts).digest
    citation.save()

    assert footnotes_of(Recommendation.objects.get(pk=rec.pk))[0].digest == before
