"""Rounds, their statements and turnout."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from majlis.dialogue.models import PaperBallot, Round, Statement, VoteEvent
from majlis.dialogue.queries.votes import family_key, unread_ballots, unread_sheets
from majlis.dialogue.states import Channel, RoundState, Verb
from majlis.kernel.disclosure import Audience, shown_sizes, steps_of
from majlis.kernel.models import Act
from majlis.registration.models import Registration, Voice
from majlis.registration.states import RegistrationState
from majlis.series.models import Edition


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many have voted in a round, never what.

    `voted` of `of` confirmed participants gave at least one vote; `paper` anonymous sheets came
    on top. Of an imported conversation only `voted` is known, and `of` is None.
    """

    voted: int
    of: int | None
    paper: int = 0

    @property
    def share(self) -> float | None:
        return min(1.0, self.voted / self.of) if self.of else None


@dataclass(frozen=True, slots=True)
class TurnoutBreakdown:
    """Who voted, of how many participants, by group; empty where a group is too small.

    `voted` is rounded down to a step of the smallest cell, and nothing finer leaves this module.
    """

    level: str = "room"
    voted: Mapping[str, int] = field(default_factory=dict)
    of: Mapping[str, int] = field(default_factory=dict)


def rounds_of(edition: Edition) -> QuerySet[Round]:
    """Every round of an edition with `n_statements`, oldest first."""
    return (
        Round.objects.filter(edition=edition)
        .select_related("session", "edition")
        .annotate(n_statements=Count("statements"))
        .order_by("made_at", "pk")
    )


def rounds_shown(edition: Edition) -> list[Round]:
    """Rounds participants are shown: those open now first, then the closed, newest first."""
    rounds = rounds_of(edition).exclude(state=RoundState.DRAFT)
    still_open = [r for r in rounds if r.is_open]
    closed = [r for r in rounds if not r.is_open]
    return still_open + sorted(closed, key=lambda r: (r.closed_at, r.pk), reverse=True)


def open_rounds(edition: Edition) -> QuerySet[Round]:
    """Rounds that take votes now."""
    return rounds_of(edition).filter(state=RoundState.OPEN)


def rounds_unfinished(edition: Edition) -> QuerySet[Round]:
    """Rounds that were opened and have not shown their results, oldest first."""
    return rounds_of(edition).exclude(state__in=[RoundState.DRAFT, RoundState.SHOWN])


def statements_in(round: Round) -> QuerySet[Statement]:
    """The statements of a round in the order the desk gave them."""
    return (
        Statement.objects.filter(round=round)
        .select_related("theme", "challenge", "edition")
        .order_by("position", "number")
    )


def turnout(round: Round) -> Turnout:
    """How many voices have voted, out of how many confirmed participants."""
    return turnouts([round])[round.pk]


def turnouts(rounds: Collection[Round]) -> dict[int, Turnout]:
    """Turnout of rounds of one edition, by id. Two queries, however many rounds."""
    counted = _voted_in([one for one in rounds if one.turnout is None])
    n_confirmed = _confirmed(next(iter(rounds)).edition).count() if counted else 0
    found: dict[int, Turnout] = {}
    for one in rounds:
        if one.turnout is not None:
            found[one.pk] = Turnout(*(one.turnout[name] for name in ("voted", "of", "paper")))
        elif one.is_imported:
            found[one.pk] = Turnout(counted[one.pk][0], None)
        else:
            voted, paper = counted[one.pk]
            found[one.pk] = Turnout(voted - paper, n_confirmed, paper)
    return found


def _voted_in(rounds: Collection[Round]) -> dict[int, tuple[int, int]]:
    """How many voices have voted in each round, and how many of them on anonymous paper."""
    known = {one.pk: _SHOWN[key] for one in rounds if (key := _final(one)) in _SHOWN}
    asked = {one.pk: one for one in rounds if one.pk not in known}
    if len(_SHOWN) > MOST_SHOWN:
        _SHOWN.clear()
    for pk, *counts in _counted(asked) if asked else ():
        known[pk] = (counts[0], counts[1])
        if key := _final(asked[pk]):
            _SHOWN[key] = known[pk]
    return known


# Of rounds that take no more votes, in whatever edition: a few numbers each, and counted anew when
# there are too many. Not on the shelf, since no change of the edition makes them others.
_SHOWN: dict[object, tuple[int, int]] = {}
MOST_SHOWN = 2_000


def _final(round: Round) -> object:
    """A name for the votes of a round that takes no more, never used again; else nothing."""
    return (round.code, round.closed_at) if round.is_shown and not round.is_imported else None


def _counted(rounds: Collection[int]) -> Iterable[tuple[int, int, int]]:
    """Of each round, the voices that have voted and those of them on anonymous paper.

    Whoever has no vote at all is left out first: looking for one under each statement is slow.
    """
    votes = VoteEvent.objects.filter(voice=OuterRef("pk"))
    here = votes.filter(statement__round=OuterRef(OuterRef("pk")))
    voted = Voice.objects.filter(edition=OuterRef("edition")).filter(Exists(votes), Exists(here))
    paper = voted.filter(paper_ballots__round=OuterRef("pk"), paper_ballots__is_anonymous=True)
    counted = Round.objects.filter(pk__in=rounds).annotate(n=_n_of(voted), n_paper=_n_of(paper))
    return counted.values_list("pk", "n", "n_paper")


def _n_of(voices: QuerySet[Voice]) -> Coalesce:
    """How many voices a row has, beside the row."""
    n = voices.order_by().values("edition").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(n), 0)


def turnout_breakdown(round: Round, audience: Audience) -> TurnoutBreakdown:
    """Turnout of participants by constituency or family, whichever has large enough groups.

    Ballots on paper that nobody has entered a second time are left out.
    """
    if round.is_imported:
        return TurnoutBreakdown()
    if round.turnout is not None:
        return TurnoutBreakdown(
            *(round.turnout[name] for name in ("level", "by_group", "of_group"))
        )
    smallest, of = round.edition.smallest(audience), _sizes(_confirmed(round.edition))
    level, sizes = shown_sizes([("constituency", of), ("family", _rolled(of))], smallest=smallest)
    named = PaperBallot.objects.filter(voice=OuterRef("pk"), round=round, is_anonymous=True)
    voted = _sizes(voices_for_sure(round).exclude(Exists(named)))
    voted = _rolled(voted) if level == "family" else voted
    return TurnoutBreakdown(
        level, {key: steps_of(voted.get(key, 0), smallest) for key in sizes}, sizes
    )


def frozen_turnout(round: Round) -> dict[str, Any]:
    """Turnout as plain JSON, as a sealed edition keeps it."""
    whole, parts = turnout(round), turnout_breakdown(round, Audience.PARTICIPANTS)
    return {
        "voted": whole.voted,
        "of": whole.of,
        "paper": whole.paper,
        "level": parts.level,
        "by_group": dict(parts.voted),
        "of_group": dict(parts.of),
    }


def voices_for_sure(round: Round) -> QuerySet[Voice]:
    """Voices with a vote in the round that is more than one person's word."""
    votes = VoteEvent.objects.filter(voice=OuterRef("pk"))
    read = votes.filter(statement__round=round).exclude(
        Q(channel=Channel.PAPER) & Exists(unread_ballots(round))
    )
    return Voice.objects.filter(Exists(votes), Exists(read))


def n_read_once(round: Round) -> int:
    """How many voices are known by sheets alone that nobody has entered a second time."""
    return unread_sheets(round).exclude(voice__in=voices_for_sure(round)).count()


def _confirmed(edition: Edition) -> QuerySet[Registration]:
    return Registration.objects.filter(edition=edition, state=RegistrationState.CONFIRMED)


def _sizes(rows: QuerySet[Voice] | QuerySet[Registration]) -> dict[str, int]:
    found = rows.order_by().values("constituency").annotate(n=Count("pk"))
    return {row["constituency"]: row["n"] for row in found}


def _rolled(sizes: Mapping[str, int]) -> dict[str, int]:
    total: dict[str, int] = {}
    for key, n in sizes.items():
        total[family_key(key)] = total.get(family_key(key), 0) + n
    return total


def n_answered(round: Round, voice: Voice) -> int:
    """On how many statements of the round the voice has voted."""
    votes = VoteEvent.objects.filter(voice=voice, statement__round=round)
    return votes.values("statement").distinct().count()


def imported_before(edition: Edition, digest: str) -> Round | None:
    """The round that was made of this very source, when it is there still."""
    acts = Act.objects.filter(
        edition=edition.slug, verb=Verb.IMPORTED, facts__digest=digest, object_kind="round"
    )
    return edition.rounds.filter(code__in=acts.values("object_code")).first()
