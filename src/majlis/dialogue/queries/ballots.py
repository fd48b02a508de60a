"""What one voice is asked in a round, and what it has answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from majlis.dialogue.models import Round, Statement, VoteEvent
from majlis.dialogue.queries.order import drawn, weights_for
from majlis.dialogue.queries.rounds import statements_in
from majlis.dialogue.queries.votes import own_votes
from majlis.registration.models import Device, Voice

ON_A_PAGE = 60  # cards before and after the one in front that a page brings along


@dataclass(frozen=True, slots=True)
class Card:
    """One statement as one voice stands to it; `place` counts from 1 in the voice's order."""

    statement: Statement
    place: int
    vote: VoteEvent | None = None

    @property
    def code(self) -> str:
        return str(self.statement.code)

    @property
    def next_seq(self) -> int:
        """What the next vote on this statement carries."""
        return self.vote.seq + 1 if self.vote else 1


@dataclass(frozen=True, slots=True)
class Ballot:
    """All cards of one voice in one round: what it answered, and then what it is asked next."""

    round: Round
    cards: Sequence[Card]

    @property
    def n_answered(self) -> int:
        return sum(card.vote is not None for card in self.cards)

    @property
    def n_unanswered(self) -> int:
        return len(self.cards) - self.n_answered

    @property
    def is_done(self) -> bool:
        return self.n_unanswered == 0

    def card(self, code: str) -> Card | None:
        """The card of this statement."""
        return next((card for card in self.cards if card.code == code), None)

    def to_answer(self, *, after: Card | None = None) -> Card | None:
        """The next card without an answer, looking on from `after` and then from the start."""
        start = after.place if after else 0
        ring = [*self.cards[start:], *self.cards[:start]]
        return next((card for card in ring if card.vote is None and card is not after), None)

    def neighbour(self, card: Card, step: int) -> Card | None:
        """The card before (-1) or after (+1) another; none beyond the ends."""
        there = card.place - 1 + step
        return self.cards[there] if 0 <= there < len(self.cards) else None

    @property
    def has_segments(self) -> bool:
        """Whether the line that tells how far one is can show a piece for each card."""
        return len(self.cards) <= ON_A_PAGE

    def page(self, front: Card | None) -> Sequence[Card]:
        """The cards that one page brings along: those around the one in front."""
        at = front.place - 1 if front else len(self.cards)
        return self.cards[max(0, at - ON_A_PAGE) : at + ON_A_PAGE]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one voice has come in one round."""

    round: Round
    n_answered: int
    n_asked: int

    @property
    def is_done(self) -> bool:
        return self.n_answered == self.n_asked


def progress_in(rounds: Sequence[Round], voice: Voice, device: Device) -> list[Progress]:
    """How far the voice has come in each round, as its ballots would say.

    Two queries, however many rounds.
    """
    votes = own_votes(voice, *rounds)
    answered, asked = Counter[int](), Counter[int]()
    of_rounds = Statement.objects.filter(round__in=rounds, is_moderated_out=False)
    for statement, round in of_rounds.values_list("pk", "round_id"):
        vote = votes.get(statement)
        is_asked = vote is None or vote.is_open_to(device)
        asked[round] += is_asked
        answered[round] += is_asked and vote is not None
    return [Progress(one, answered[one.pk], asked[one.pk]) for one in rounds]


def asked_in(round: Round) -> tuple[Statement, ...]:
    """The statements that the round asks everybody. One query."""
    return tuple(s for s in statements_in(round) if not s.is_moderated_out)


def ballot_of(
    round: Round,
    voice: Voice,
    device: Device | None = None,
    asked: Sequence[Statement] | None = None,
) -> Ballot:
    """The voice's ballot; a limited device does not see what was answered elsewhere.

    Three queries, or two where `asked_in` the round is known.
    """
    votes = own_votes(voice, round)
    left = {s.pk: s for s in (asked_in(round) if asked is None else asked)}
    answered = [left.pop(pk) for pk in votes if pk in left]
    shown = [s for s in answered if votes[s.pk].is_open_to(device)]
    shown += drawn(left.values(), voice, weights_for(round, voice))
    return Ballot(
        round,
        tuple(Card(s, place, votes.get(s.pk)) for place, s in enumerate(shown, start=1)),
    )
