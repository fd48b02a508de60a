"""Votes of a round: the stances that count, and how many of each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, QuerySet

from majlis.dialogue.models import Round, Statement, VoteEvent
from majlis.dialogue.states import RoundState, Stance
from majlis.kernel.disclosure import Counts
from majlis.people.states import Constituency
from majlis.registration.models import Voice

UNKNOWN = ""  # the cell of voices whose constituency or country is not known


@dataclass(frozen=True, slots=True)
class StatementCounts:
    """How many voices took each stance on one statement, in the whole room and by cell.

    These are facts, not fit to be shown: what may be shown is in `queries.showings`. Voices whose
    constituency or country is not known stand in the cell `""`.
    """

    whole: Counts = field(default_factory=Counts)
    by_constituency: Mapping[str, Counts] = field(default_factory=dict)
    by_family: Mapping[str, Counts] = field(default_factory=dict)
    by_country: Mapping[str, Counts] = field(default_factory=dict)


def standing_votes(round: Round) -> QuerySet[VoteEvent]:
    """The events that count: of each voice and statement the one with the highest `seq`."""
    return standing(VoteEvent.objects.filter(statement__round=round))


def standing(events: QuerySet[VoteEvent]) -> QuerySet[VoteEvent]:
    """Of `events`, those that no later one of the same voice and statement has replaced."""
    later = VoteEvent.objects.filter(
        voice=OuterRef("voice"), statement=OuterRef("statement"), seq__gt=OuterRef("seq")
    )
    return events.filter(~Exists(later)).order_by("pk")


def standing_vote(voice: Voice, statement: Statement) -> VoteEvent | None:
    """The event that counts for one voice on one statement."""
    return VoteEvent.objects.filter(voice=voice, statement=statement).order_by("-seq").first()


def own_votes(round: Round, voice: Voice) -> dict[int, VoteEvent]:
    """The voice's own standing votes in the round, by statement id, first answered first."""
    votes: dict[int, VoteEvent] = {}
    for vote in VoteEvent.objects.filter(voice=voice, statement__round=round).order_by("pk"):
        known = votes.get(vote.statement_id)
        if known is None or vote.seq > known.seq:
            votes[vote.statement_id] = vote  # a changed answer keeps its place
    return votes


def revision(round: Round) -> int:
    """How many vote events the round has: it rises by one with each, and never falls.

    Events are only appended, so equal numbers mean equal votes. The newest primary key would not
    do: on PostgreSQL an event may be committed after one with a higher key.
    """
    return VoteEvent.objects.filter(statement__round=round).count()


def open_votes_in(editions: Collection[str]) -> dict[str, int]:
    """How many vote events the open rounds of each edition have, for live hints. One query.

    Only open rounds are counted, so that past rounds and imports cost nothing; what opens and
    closes a round is in the ledger.
    """
    events = VoteEvent.objects.filter(
        statement__round__edition__slug__in=editions, statement__round__state=RoundState.OPEN
    )
    counted = events.order_by().values_list("statement__round__edition__slug")
    return dict(counted.annotate(Count("pk")))


def counts_of(round: Round) -> dict[int, StatementCounts]:
    """The counts of every statement of a round, by statement id. Two queries."""
    ids = Statement.objects.filter(round=round).order_by("position", "number")
    found = _count(standing_votes(round))
    return {pk: found.get(pk, StatementCounts()) for pk in ids.values_list("pk", flat=True)}


def counts_of_statement(statement: Statement) -> StatementCounts:
    """The counts of one statement. One query."""
    found = _count(standing(VoteEvent.objects.filter(statement=statement)))
    return found.get(statement.pk, StatementCounts())


def _count(votes: QuerySet[VoteEvent]) -> dict[int, StatementCounts]:
    rows = (
        votes.order_by()
        .values("statement_id", "stance", "voice__constituency", "voice__country")
        .annotate(n=Count("pk"))
    )
    cells: dict[int, list[tuple[str, str, Counts]]] = {}
    for row in rows:
        cells.setdefault(row["statement_id"], []).append(
            (row["voice__constituency"], row["voice__country"], _of(row["stance"], row["n"]))
        )
    return {
        statement: StatementCounts(
            whole=sum((counts for *_cell, counts in found), Counts()),
            by_constituency=_summed((where, counts) for where, _country, counts in found),
            by_family=_summed((family_key(where), counts) for where, _country, counts in found),
            by_country=_summed((country, counts) for _where, country, counts in found),
        )
        for statement, found in cells.items()
    }


def family_key(constituency: str) -> str:
    """The family of a stored constituency; unknown stays unknown."""
    return str(Constituency(constituency).family) if constituency else UNKNOWN


def _summed(cells: Iterable[tuple[str, Counts]]) -> dict[str, Counts]:
    total: dict[str, Counts] = {}
    for key, counts in cells:
        total[key] = total.get(key, Counts()) + counts
    return total


_PLACE: dict[int, Callable[[int], Counts]] = {
    Stance.AGREE: lambda n: Counts(agree=n),
    Stance.DISAGREE: lambda n: Counts(disagree=n),
    Stance.PASS: lambda n: Counts(passed=n),
}


def _of(stance: int, n: int) -> Counts:
    return _PLACE[stance](n)
