"""From a footnote back to the words said, and what never leaves."""

from __future__ import annotations

import pytest
from django.utils import translation

from majlis.dialogue import actions as dialogue
from majlis.dialogue.actions import Wanted
from majlis.dialogue.models import Statement
from majlis.dialogue.states import ContributionKind, LineageKind
from majlis.kernel.disclosure import AttributionRule
from majlis.kernel.texts import Text
from majlis.people.models import Organisation
from majlis.people.states import Constituency
from majlis.recommendations.queries import why_of
from majlis.registration.models import Consent
from tests.factories.dialogue import ContributionFactory
from tests.factories.people import OrganisationFactory
from tests.factories.recommendations import WRITER, drafted
from tests.factories.registration import VoiceFactory
from tests.factories.series import EditionFactory, SessionFactory

pytestmark = pytest.mark.django_db


def said(edition, rule, words, *, consents=True, constituency=Constituency.POLE, **more):
    """Something said by Zohra Ben Salah of Pole Sud in a session under a rule."""
    voice = VoiceFactory(
        edition=edition,
        constituency=constituency,
        country="MR",
        registration__person__name="Zohra Ben Salah",
        registration__organisation=Organisation.objects.filter(name="Pole Sud").first()
        or OrganisationFactory(name="Pole Sud"),
    )
    if consents:
        Consent.objects.create(registration=voice.registration, kind="named", is_given=True)
    session = SessionFactory(edition=edition, attribution_rule=rule)
    return ContributionFactory(
        voice=voice, edition=edition, session=session, words=words, language="fr", **more
    )


def wanted(text):
    return Wanted(text=text, language="fr", kind=ContributionKind.PROPOSAL)


def traced(edition, statement):
    """The first footnote of a draft that cites a statement."""
    rec = drafted(edition, citing=[Statement.objects.get(pk=statement.pk)])
    return why_of(rec)[0]


def test_why_of_leads_through_a_merge_and_a_rewording_to_the_words_said():
    edition = EditionFactory()
    one = said(edition, AttributionRule.PUBLIC, "Un registre.")
    two = said(edition, AttributionRule.CHATHAM_HOUSE, "Une liste.")
    merged = dialogue.merge([one, two], wanted=wanted("Un registre public."), why="", by=WRITER)
    last = dialogue.reword(merged, wanted=wanted("Ouvrir un registre."), why="Clair", by=WRITER)

    note = traced(edition, last)

    assert [word.words for word in note.words] == ["Un registre.", "Une liste."]
    assert [(step.kind, step.number) for step in note.steps] == [
        (LineageKind.REWORDED, last.number),
        (LineageKind.MERGED, merged.number),
    ]
    assert note.steps[0].from_numbers == (merged.number,)
    assert note.steps[1].n_said == 2


def test_why_of_on_the_record_names_those_who_consent():
    edition = EditionFactory()
    statement = dialogue.accept_contribution(
        said(edition, AttributionRule.PUBLIC, "Un registre."), why="", by=WRITER
    )

    word = traced(edition, statement).words[0]

    assert (word.person, word.organisation) == ("Zohra Ben Salah", "Pole Sud")


def test_why_of_on_the_record_without_consent_names_nobody():
    edition = EditionFactory()
    statement = dialogue.accept_contribution(
        said(edition, AttributionRule.PUBLIC, "Un registre.", consents=False), why="", by=WRITER
    )

    word = traced(edition, statement).words[0]

    assert (word.words, word.person, word.organisation) == ("Un registre.", "", "")


@pytest.mark.parametrize(("n_others", "constituency"), [(8, ""), (9, Constituency.POLE.label)])
def test_why_of_under_the_chatham_house_rule_tells_a_constituency_only_from_ten_on(
    n_others, constituency
):
    edition = EditionFactory()
    for _ in range(n_others):
        VoiceFactory(edition=edition, constituency=Constituency.POLE)
    statement = dialogue.accept_contribution(
        said(edition, AttributionRule.CHATHAM_HOUSE, "Un registre."), why="", by=WRITER
    )

    word = traced(edition, statement).words[0]

    assert (word.words, word.person, word.organisation, word.country) == (
        "Un registre.",
        "",
        "",
        "",
    )
    assert word.constituency == str(constituency)


@pytest.mark.parametrize(
    ("rule", "only_statement"),
    [
        pytest.param(AttributionRule.CLOSED, False, id="closed session"),
        pytest.param(AttributionRule.PUBLIC, True, id="only the statement asked"),
    ],
)
def test_why_of_what_was_closed_gives_its_number_and_nothing_else(rule, only_statement):
    edition = EditionFactory()
    secret = said(edition, rule, "Ma banque, la Zitouna, refuse.", only_statement=only_statement)
    first = dialogue.accept_contribution(secret, why="Zitouna le dit", by=WRITER)
    last = dialogue.reword(first, wanted=wanted("Ouvrir."), why="Sans la Zitouna", by=WRITER)

    note = traced(edition, last)

    assert (note.n_sources, note.n_hidden, note.shown) == (1, 1, ())
    assert "Zitouna" not in repr(note)
    assert "Zohra" not in repr(note)


def test_why_of_a_contribution_cited_directly_never_tells_who():
    edition = EditionFactory()
    rec = drafted(edition)
    from majlis.recommendations import actions

    actions.cite(rec, source=said(edition, AttributionRule.PUBLIC, "Un registre."), by=WRITER)

    word = why_of(rec)[1].words[0]

    assert (word.words, word.person, word.constituency) == ("Un registre.", "", "")


def test_why_of_says_when_a_frozen_source_was_tampered_with():
    edition = EditionFactory()
    rec = drafted(edition)
    citation = rec.citations.get()
    citation.excerpt = citation.excerpt | {"number": 999}
    citation.save()

    assert [note.is_intact for note in why_of(rec)] == [False]


@pytest.mark.parametrize(("lang", "is_translated"), [("fr", False), ("en", True), ("ar", False)])
def test_quote_is_not_its_own_translation(lang, is_translated):
    edition = EditionFactory()
    one = said(edition, AttributionRule.PUBLIC, "Un registre.")
    made = dialogue.accept_contribution(one, why="", by=WRITER)
    made.wording = Text.of("fr", fr="Un registre.", en="A register.")
    made.save()
    [word] = traced(edition, made).shown

    with translation.override(lang):
        assert word.is_translated == is_translated
