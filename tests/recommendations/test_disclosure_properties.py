"""Whatever is said and voted, under whatever rules: nothing leaves that the rule keeps back."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from majlis.dialogue import actions as dialogue
from majlis.dialogue.actions import Wanted
from majlis.dialogue.models import Statement, VoteEvent
from majlis.dialogue.states import ContributionKind, RoundState
from majlis.kernel.clock import now
from majlis.kernel.disclosure import AttributionRule
from majlis.people.states import Constituency
from majlis.recommendations.queries import brief_content, why_of
from majlis.registration.models import Consent, Registration
from tests.conftest import examples
from tests.factories.dialogue import ContributionFactory, RoundFactory, counted
from tests.factories.people import OrganisationFactory
from tests.factories.recommendations import WRITER, published
from tests.factories.registration import VoiceFactory
from tests.factories.series import EditionFactory, SessionFactory

CONSTITUENCIES = [Constituency.SME, Constituency.CLUSTER, Constituency.BANK, Constituency.MINISTRY]
SMALLEST = 10

sayings = st.lists(
    st.fixed_dictionaries(
        {
            "rule": st.sampled_from(list(AttributionRule)),
            "consents": st.booleans(),
            "only_statement": st.booleans(),
            "constituency": st.sampled_from(CONSTITUENCIES),
            "country": st.sampled_from(["TN", "MR"]),
        }
    ),
    min_size=1,
    max_size=4,
)
votes = st.lists(
    st.tuples(st.sampled_from(CONSTITUENCIES), st.sampled_from([1, -1, 0])), max_size=40
)

quick = settings(max_examples=examples(12), deadline=None, suppress_health_check=list(HealthCheck))


def say(edition, n, facts):
    """Something said by a person, for an organisation, in words that cannot be mistaken."""
    voice = VoiceFactory(
        edition=edition,
        constituency=facts["constituency"],
        country=facts["country"],
        registration__person__name=f"Zohra{n}Zed",
        registration__organisation=OrganisationFactory(name=f"Firme{n}Zed"),
    )
    if facts["consents"]:
        Consent.objects.create(registration=voice.registration, kind="named", is_given=True)
    return ContributionFactory(
        voice=voice,
        edition=edition,
        session=SessionFactory(edition=edition, attribution_rule=facts["rule"]),
        words=f"Paroles{n}Zed",
        only_statement=facts["only_statement"],
    )


class Outputs(TestCase):
    @quick
    @given(sayings, votes, st.booleans())
    def test_public_outputs_keep_back_what_the_rules_keep_back(self, sayings, votes, twice):
        edition = EditionFactory()
        said = [say(edition, n, facts) for n, facts in enumerate(sayings)]
        statement = one_of(said, twice)
        put_to_vote(edition, statement, votes)
        rec = published(edition, citing=[Statement.objects.get(pk=statement.pk)])

        content = brief_content(edition)
        pages = {
            name: self.client.get(f"/en/e/{edition.slug}/recommendations/{path}").content.decode()
            for name, path in {
                "list": "",
                "page": f"{rec.rec_id}/",
                "why": f"{rec.rec_id}/why/",
                "matrix": "matrix.csv",
            }.items()
        } | {"brief": repr(content)}

        for n, facts in enumerate(sayings):
            is_hidden = facts["only_statement"] or facts["rule"] == AttributionRule.CLOSED
            may_name = (
                facts["rule"] == AttributionRule.PUBLIC and facts["consents"] and not is_hidden
            )
            for name, shown in pages.items():
                assert (f"Paroles{n}Zed" in shown) == (name == "why" and not is_hidden)
                assert (f"Zohra{n}Zed" in shown) == (name == "why" and may_name)
                assert (f"Firme{n}Zed" in shown) == (name == "why" and may_name)
        sizes = sizes_of(edition)
        words = why_of(rec)[0].words
        assert len(words) == len(sayings)
        for word in words:
            if word.person or word.is_hidden:
                continue
            assert not word.constituency or sizes[word.constituency] >= SMALLEST
        for note in content.footnotes:
            if note.support is not None:
                read = note.support.read
                assert all(cell.answers >= SMALLEST for cell in read.cells)
                assert read.total is None or read.total.answers >= SMALLEST


def one_of(said, twice):
    """One statement made of everything said, in one step or in two."""
    wanted = Wanted("Ouvrir un registre.", "fr", ContributionKind.PROPOSAL)
    if len(said) == 1:
        made = dialogue.accept_contribution(said[0], why="Clair.", by=WRITER)
        return dialogue.reword(made, wanted=wanted, why="Court.", by=WRITER)
    made = dialogue.merge(said, wanted=wanted, why="Pareil.", by=WRITER)
    return dialogue.reword(made, wanted=wanted, why="Court.", by=WRITER) if twice else made


def put_to_vote(edition, statement, votes):
    round = RoundFactory(edition=edition, state=RoundState.CLOSED, closed_at=now())
    Statement.objects.filter(pk=statement.pk).update(round=round)
    for n, (constituency, stance) in enumerate(votes):
        voice = VoiceFactory(edition=edition, constituency=constituency)
        VoteEvent.objects.create(
            statement=statement, voice=voice, stance=stance, seq=1, key=f"k{n}"
        )
    counted(round)


def sizes_of(edition):
    """Confirmed participants by the label of their constituency."""
    sizes: dict[str, int] = {}
    for code in Registration.objects.filter(edition=edition).values_list("constituency", flat=True):
        label = str(Constituency(code).label)
        sizes[label] = sizes.get(label, 0) + 1
    return sizes
