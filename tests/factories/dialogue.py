"""Factories of the dialogue."""

import factory
from django.db.models import Max

from majlis.dialogue.actions.showings import keep_showings
from majlis.dialogue.models import Contribution, PaperBallot, Round, Statement, VoteEvent
from majlis.dialogue.queries import ballot_of
from majlis.dialogue.states import ContributionKind, RoundState, Stance
from majlis.kernel.clock import now
from majlis.kernel.texts import Text
from tests.factories.registration import VoiceFactory
from tests.factories.series import EditionFactory


class ContributionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Contribution

    voice = factory.SubFactory(VoiceFactory)
    edition = factory.SelfAttribute("voice.edition")
    kind = ContributionKind.PROPOSAL
    words = "Un registre public des clusters."
    language = "fr"
    key = factory.Sequence(lambda n: f"key-{n}")


class RoundFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Round

    edition = factory.SubFactory(EditionFactory)
    title = Text.of("en", en="Table round", fr="Tour de table", ar="جولة الطاولة")
    state = RoundState.OPEN
    opened_at = factory.LazyFunction(now)


def next_number(edition):
    """The number after the last one of the edition, as the desk gives it."""
    last = Statement.objects.filter(edition=edition).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


class StatementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Statement

    round = factory.SubFactory(RoundFactory)
    edition = factory.SelfAttribute("round.edition")
    number = factory.LazyAttribute(lambda made: next_number(made.edition))
    kind = ContributionKind.PROPOSAL
    wording = Text.of("fr", fr="Ouvrir un registre public.", en="Open a public register.")


class VoteEventFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = VoteEvent

    statement = factory.SubFactory(StatementFactory)
    voice = factory.SubFactory(VoiceFactory, edition=factory.SelfAttribute("..statement.edition"))
    stance = Stance.AGREE
    seq = 1
    key = factory.Sequence(lambda n: f"vote-{n}")


def asked_of(voice, round):
    """The statements of a round in the order in which a voice goes through them."""
    return [card.statement for card in ballot_of(round, voice).cards]


def counted(round):
    """The round with its results shown, however it stood before."""
    round.state, round.closed_at = RoundState.SHOWN, round.closed_at or now()
    round.save()
    keep_showings(round)
    return round


class PaperBallotFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PaperBallot

    round = factory.SubFactory(RoundFactory)
    voice = factory.SubFactory(
        VoiceFactory, edition=factory.SelfAttribute("..round.edition"), registration=None
    )
    number = factory.Sequence(lambda n: n + 1)
    typed_by = "someone"
