"""What becomes of votes and contributions when an edition is sealed.

Turnout, counts and named sources are frozen. Then each round's votes get fresh voices of their own
that keep a group which enough of them share, and nothing else; contributions are cut from voices.
This is the one exception to votes being appended only (ADR 0049).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext_lazy as _

from majlis.dialogue.models import (
    Contribution,
    PaperBallot,
    QuestionSet,
    ResultsBeingPrepared,
    Round,
    Routing,
    Showing,
    Statement,
    VoteEvent,
)
from majlis.dialogue.queries.rounds import frozen_turnout, rounds_unfinished, voices_for_sure
from majlis.dialogue.queries.showings import COUNTRY, WAYS
from majlis.dialogue.queries.sources import frozen_speakers
from majlis.dialogue.queries.votes import standing_answers, standing_votes
from majlis.dialogue.states import RoundState, Verb
from majlis.kernel.codes import new_code
from majlis.kernel.disclosure import Audience, Cell, Way, counted
from majlis.kernel.errors import RuleBroken
from majlis.kernel.models import Act
from majlis.registration.models import Voice
from majlis.series.models import Edition
from majlis.series.sealing import LOT, SealingPart, day_of, shuffle_keys, start_of

AT_ONCE = 500
NO_CHANNEL = ""
BY_HAND = [Verb.TYPED_BALLOT, Verb.CHECKED_BALLOT, Verb.TYPED_CARD]
"""Lines that say who typed what in when."""


def _require(edition: Edition) -> None:
    """Every round has shown its results, or was never opened: what is cut can be shown no more."""
    list(Round.objects.select_for_update().filter(edition=edition).order_by("pk"))
    for round in rounds_unfinished(edition):
        if round.is_showing:
            raise ResultsBeingPrepared(round)
        raise RuleBroken(
            _(
                "The results of “%(round)s” have not been shown. Nothing was changed. Close it and "
                "show its results first: afterwards they cannot be calculated by group any more."
            ),
            round=round,
        )
    asked = QuestionSet.objects.select_for_update().filter(edition=edition).order_by("pk")
    for one in list(asked):
        if one.state not in {RoundState.DRAFT, RoundState.SHOWN}:
            raise RuleBroken(
                _(
                    "The results of “%(round)s” have not been shown. Nothing was changed. Close it "
                    "and show its results first."
                ),
                round=one,
            )


def _seal(edition: Edition) -> None:
    own = Voice.objects.filter(edition=edition, is_imported=False)
    former = list(own.values_list("pk", flat=True))
    for round in Round.objects.filter(edition=edition, is_imported=False).order_by("pk"):
        round.edition = edition
        if round.is_shown:
            _freeze(round)
            _recast(round)
        PaperBallot.objects.filter(round=round).delete()
    for asked in QuestionSet.objects.filter(edition=edition).order_by("pk"):
        _recast_answers(asked)
    _cut_contributions(edition)
    Routing.objects.filter(round__edition=edition).delete()
    lines = Act.objects.filter(edition=edition.slug)
    lines.filter(doer__startswith="voice:").delete()
    lines.filter(verb__in=BY_HAND).delete()
    for start in range(0, len(former), AT_ONCE):
        Voice.objects.filter(pk__in=former[start : start + AT_ONCE]).delete()


def _freeze(round: Round) -> None:
    """Keep the turnout as it is shown, and counts no finer than they are shown."""
    round.turnout = frozen_turnout(round)
    round.save(update_fields=["turnout"])
    ways = {way.name: way for way in WAYS[round.breakdown]}
    for showing in Showing.objects.filter(statement__round=round):
        way = ways.get(showing.level, EVERYBODY)
        showing.counts = [
            [*_cell(way, label), c.agree, c.disagree, c.passed, c.unread]
            for label, c in sorted(counted(showing.table(), way).items())
        ]
        showing.save(update_fields=["counts"])


def _recast(round: Round) -> None:
    """Replace the votes of a round by those that count, of fresh voices, in an order by lot."""
    votes = list(standing_votes(round).values_list("voice_id", "statement_id", "stance"))
    cells = _cells_of(round, {voice for voice, _statement, _stance in votes})
    VoteEvent.objects.filter(statement__round=round).delete()
    LOT.shuffle(votes)
    fresh = {
        former: Voice(edition=round.edition, constituency=cell[0], country=cell[1])
        for former, cell in cells.items()
    }
    Voice.objects.bulk_create(fresh.values(), batch_size=AT_ONCE)
    codes = dict(Statement.objects.filter(round=round).values_list("pk", "code"))
    at = day_of(round.closed_at or round.made_at, round.edition)
    VoteEvent.objects.bulk_create(
        (
            VoteEvent(
                voice=fresh[voice],
                statement_id=statement,
                stance=stance,
                seq=1,
                key=codes[statement],
                channel=NO_CHANNEL,
                at=at,
            )
            for voice, statement, stance in votes
        ),
        batch_size=AT_ONCE,
    )


def _recast_answers(asked: QuestionSet) -> None:
    """The same for answers to questions; their fresh voices keep no group."""
    answers = list(standing_answers(asked).values_list("voice_id", "question_id", "stance"))
    VoteEvent.objects.filter(question__asked_in=asked).delete()
    LOT.shuffle(answers)
    fresh = {former: Voice(edition=asked.edition) for former in {one[0] for one in answers}}
    Voice.objects.bulk_create(fresh.values(), batch_size=AT_ONCE)
    at = day_of(asked.closed_at or asked.made_at, asked.edition)
    VoteEvent.objects.bulk_create(
        (
            VoteEvent(
                voice=fresh[voice], question_id=question, stance=number, seq=1,
                key=str(question), channel=NO_CHANNEL, at=at,
            )
            for voice, question, number in answers
        ),
        batch_size=AT_ONCE,
    )  # fmt: skip


EVERYBODY = Way("room", lambda _cell: "")


def _cell(way: Way, label: str) -> Cell:
    return ("", label) if way == COUNTRY else (label, "")


def _cells_of(round: Round, voices: Iterable[int]) -> dict[int, Cell]:
    """The group that each voice of a round keeps: the finest one of the round's breakdown at which
    every group, that of unknown ones too, has enough voices; ballots on paper that one person alone
    has read fill none."""
    rows = Voice.objects.filter(edition=round.edition).values_list("pk", "constituency", "country")
    cells = {pk: (constituency, country) for pk, constituency, country in rows}
    cells = {pk: cells[pk] for pk in sorted(set(voices))}
    sure = set(voices_for_sure(round).values_list("pk", flat=True))
    smallest = round.edition.smallest(Audience.PARTICIPANTS)
    way = _finest(WAYS[round.breakdown], cells, sure, smallest)
    return {pk: _cell(way, way.label(cell)) for pk, cell in cells.items()}


def _finest(ways: Sequence[Way], cells: dict[int, Cell], sure: set[int], smallest: int) -> Way:
    for way in ways:
        held = Counter(way.label(cell) for pk, cell in cells.items() if pk in sure)
        if all(held[way.label(cell)] >= smallest for cell in cells.values()):
            return way
    return EVERYBODY


def _cut_contributions(edition: Edition) -> None:
    """Keep of each contribution what may be told of its speaker, and nothing that leads there."""
    offered = list(Contribution.objects.filter(edition=edition).select_related("session"))
    speakers = frozen_speakers(edition, offered)
    for one in offered:
        one.named, one.told = speakers[one.pk]
        one.voice = None
        one.offered_at = start_of(
            one.session.on_date if one.session else edition.starts_on, edition
        )
        one.key, one.channel, one.card_number = new_code(12), NO_CHANNEL, ""
    Contribution.objects.bulk_update(
        offered,
        ["named", "told", "voice", "offered_at", "key", "channel", "card_number"],
        batch_size=AT_ONCE,
    )
    shuffle_keys(Contribution, [one.pk for one in offered])


PART = SealingPart(
    changed=(Contribution, PaperBallot, Round, Routing, Showing, VoteEvent),
    require=_require,
    seal=_seal,
)
