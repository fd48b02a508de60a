"""Lineage, outcomes, and sources on their way to disclosure."""

import pytest

from majlis.dialogue import actions, queries
from majlis.dialogue.actions import Wanted
from majlis.dialogue.states import ContributionKind, RoundState
from majlis.kernel.disclosure import AttributionRule, Audience, shown_source
from majlis.kernel.texts import Text, TextStatus
from majlis.people.states import Constituency
from majlis.registration.models import Consent
from majlis.registration.states import Capacity, ConsentKind
from tests.factories.dialogue import ContributionFactory, RoundFactory, StatementFactory
from tests.factories.people import OrganisationFactory, PersonFactory
from tests.factories.registration import RegistrationFactory, VoiceFactory
from tests.factories.series import EditionFactory, SessionFactory, ThemeFactory

pytestmark = pytest.mark.django_db

WANTED = Wanted("One register.", "en", ContributionKind.PROPOSAL)


@pytest.fixture
def edition():
    return EditionFactory()


@pytest.fixture
def mia():
    return PersonFactory(name="Mia")


def said(edition, **more):
    return ContributionFactory(voice__edition=edition, **more)


def test_lineage_leads_through_split_rewording_merge_and_carrying(edition, mia):
    a, b, c = said(edition, words="A"), said(edition, words="B"), said(edition, words="C")
    part, other = actions.split(a, wanted=[WANTED, WANTED], why="Two.", by=mia)
    reworded = actions.reword(part, wanted=WANTED, why="Shorter.", by=mia)
    merged = actions.merge([reworded, b], wanted=WANTED, why="Same.", by=mia)
    to = RoundFactory(edition=edition, state=RoundState.DRAFT, opened_at=None)
    carried = actions.carry_statement(merged, to=to, by=mia)
    actions.accept_contribution(c, why="Clear.", by=mia)

    lineage = queries.lineage_of(carried)

    assert lineage.contributions == (a, b)
    assert lineage.statements == (merged, reworded, part)
    assert lineage.step.kind == "carried"
    assert [one.step.kind for one in lineage.walk()] == ["carried", "merged", "reworded", "split"]
    assert queries.lineage_of(other).contributions == (a,)


def test_lineage_leaves_undone_steps_out(edition, mia):
    made = actions.accept_contribution(said(edition), why="Clear.", by=mia)
    actions.undo_step(made.edges_in.get().step, by=mia)

    assert queries.lineage_of(made).sources == ()


def test_lineage_of_a_statement_spoken_by_no_one_is_empty():
    lineage = queries.lineage_of(StatementFactory(origin="demo"))

    assert (lineage.step, lineage.sources, lineage.n_contributions) == (None, (), 0)


def test_lineages_cost_the_same_for_one_and_for_many(edition, mia, django_assert_num_queries):
    made = [actions.accept_contribution(said(edition), why="Ok.", by=mia) for _ in range(4)]
    with django_assert_num_queries(2):
        queries.lineages_of(edition, made[:1])
    with django_assert_num_queries(2):
        for lineage in queries.lineages_of(edition, made).values():
            assert lineage.n_contributions == 1


def test_outcome_follows_what_was_made_to_what_stands_today(edition, mia):
    contribution, lonely = said(edition), said(edition)
    first = actions.accept_contribution(contribution, why="Clear.", by=mia)
    today = actions.reword(first, wanted=WANTED, why="Shorter.", by=mia)
    actions.decline([lonely], reason="Off theme.", by=mia)

    outcomes = queries.outcomes_of([contribution, lonely])

    assert outcomes[contribution.pk].step.kind == "accepted"
    assert outcomes[contribution.pk].statements == (today,)
    assert outcomes[lonely.pk].statements == ()


# -- sources ---------------------------------------------------------------------------------


def speaker(edition, *, constituency=Constituency.SME, country="TN", named=False, **more):
    voice = VoiceFactory(
        edition=edition,
        constituency=constituency,
        country=country,
        registration__person__name="Ben Ali",
        registration__organisation=OrganisationFactory(name="Bank of Ben"),
        **more,
    )
    if named:
        Consent.objects.create(
            registration=voice.registration, kind=ConsentKind.NAMED, is_given=True
        )
    return voice


def source_of(
    voice, mia, *, rule=AttributionRule.CHATHAM_HOUSE, audience=Audience.PARTICIPANTS, **more
):
    session = SessionFactory(edition=voice.edition, attribution_rule=rule, code="A08")
    theme = ThemeFactory(edition=voice.edition, code="T1")
    contribution = ContributionFactory(voice=voice, session=session, theme=theme, **more)
    made = actions.accept_contribution(contribution, why="Clear.", by=mia)
    (source,) = queries.sources_of_all(made.edition, [queries.lineage_of(made)], audience)[made.pk]
    return source


def test_source_carries_words_codes_and_translation(edition, mia):
    voice = speaker(edition)
    session = SessionFactory(edition=edition, code="A08")
    contribution = ContributionFactory(voice=voice, session=session, words="Un registre.")
    made = actions.accept_contribution(contribution, why="Clear.", by=mia)
    made = actions.translate_statement(
        made, language="en", text="A register.", status=TextStatus.REVIEWED, by=mia
    )

    (source,) = queries.sources_of_all(
        made.edition, [queries.lineage_of(made)], Audience.PARTICIPANTS
    )[made.pk]

    assert (source.words, source.language, source.kind) == ("Un registre.", "fr", "proposal")
    assert (source.session, source.theme) == ("A08", "")
    assert source.translation["en"].text == "A register."
    assert source.statement == made.wording


@pytest.mark.parametrize("rule", [AttributionRule.CHATHAM_HOUSE, AttributionRule.CLOSED])
def test_shown_source_never_names_anybody_outside_the_record(edition, mia, rule):
    shown = shown_source(source_of(speaker(edition, named=True), mia, rule=rule))

    assert (shown.person, shown.organisation) == ("", "")


def test_shown_source_names_with_consent_on_the_record(edition, mia):
    rule = AttributionRule.PUBLIC

    assert shown_source(source_of(speaker(edition, named=True), mia, rule=rule)).person == "Ben Ali"


def test_shown_source_names_nobody_without_consent_on_the_record(edition, mia):
    shown = shown_source(source_of(speaker(edition), mia, rule=AttributionRule.PUBLIC))

    assert (shown.person, shown.organisation) == ("", "")


def test_source_in_a_personal_capacity_speaks_for_no_organisation(edition, mia):
    voice = speaker(edition, named=True, registration__capacity=Capacity.PERSONAL)

    source = source_of(voice, mia, rule=AttributionRule.PUBLIC)

    assert (source.person, source.organisation) == ("Ben Ali", "")


def test_constituency_passes_from_the_smallest_cell_on_and_not_before(edition, mia):
    voice = speaker(edition)
    RegistrationFactory.create_batch(3, edition=edition)
    first = source_of(voice, mia)
    assert (first.constituency_passes, first.country_passes) == (False, False)
    RegistrationFactory(edition=edition)

    (again,), (public,) = (
        queries.sources_of_all(
            edition, queries.lineages_of(edition, edition.statements.all()).values(), audience
        ).popitem()[1]
        for audience in (Audience.PARTICIPANTS, Audience.PUBLIC)
    )

    assert (again.constituency_passes, again.country_passes) == (True, True)
    assert (public.constituency_passes, public.country_passes) == (False, False)


def test_country_is_not_told_where_both_together_would_tell_who_it_was(edition, mia):
    """Five small firms and six Algerians, and one small firm from Algeria."""
    voice = speaker(edition, country="DZ")
    RegistrationFactory.create_batch(4, edition=edition)
    RegistrationFactory.create_batch(
        5, edition=edition, country="DZ", constituency=Constituency.BANK
    )

    shown = shown_source(source_of(voice, mia))

    assert (shown.constituency, shown.country) == (Constituency.SME, "")


def test_paper_card_has_no_speaker(edition, mia):
    session = SessionFactory(edition=edition)
    card = actions.capture_card(
        edition,
        session=session,
        card_number="12",
        kind=ContributionKind.PROPOSAL,
        words="Un registre.",
        language="fr",
        key="k",
        by=mia,
    )
    made = actions.accept_contribution(card, why="Clear.", by=mia)

    (source,) = queries.sources_of_all(
        made.edition, [queries.lineage_of(made)], Audience.PARTICIPANTS
    )[made.pk]

    assert (source.person, source.constituency, source.country) == ("", "", "")


def test_words_of_a_statement_only_contribution_never_pass_disclosure(edition, mia):
    shown = shown_source(source_of(speaker(edition), mia, only_statement=True))

    assert (shown.words, shown.session, shown.kind) == ("", "", "")
    assert isinstance(shown.statement, Text)


# -- translations ----------------------------------------------------------------------------


def in_english(statement, mia):
    return actions.translate_statement(
        statement, language="en", text="A register.", status=TextStatus.REVIEWED, by=mia
    )


def test_merge_with_unchanged_words_keeps_translations(edition, mia):
    kept = in_english(StatementFactory(edition=edition, wording=Text.of("fr", fr="Tenir.")), mia)
    other = StatementFactory(edition=edition, wording=Text.of("fr", fr="Garder.", en="Keep."))

    made = actions.merge(
        [kept, other], wanted=Wanted("Tenir.", "fr", ContributionKind.PROPOSAL), why="One.", by=mia
    )

    assert made.wording == kept.wording


def test_merge_with_other_words_begins_without_translations(edition, mia):
    sources = [
        in_english(StatementFactory(edition=edition, wording=Text.of("fr", fr=words)), mia)
        for words in ("Tenir.", "Garder.")
    ]

    made = actions.merge(
        sources, wanted=Wanted("Avoir.", "fr", ContributionKind.PROPOSAL), why="One.", by=mia
    )

    assert list(made.wording) == ["fr"]


def test_a_contribution_accepted_again_keeps_its_translations(edition, mia):
    contribution = ContributionFactory(voice__edition=edition)
    first = in_english(actions.accept_contribution(contribution, why="Clear.", by=mia), mia)
    actions.undo_step(first.edges_in.get().step, by=mia)
    contribution.refresh_from_db()

    again = actions.accept_contribution(contribution, why="Clear.", by=mia)

    assert (again.pk == first.pk, again.wording) == (False, first.wording)
