"""Typing ballots on paper in, and reading them a second time."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from majlis.dialogue.actions.votes import REQUIRE_PAPER, SentVote, write_votes
from majlis.dialogue.models import PaperBallot, Round, Statement, VoteEvent
from majlis.dialogue.queries.rounds import statements_in
from majlis.dialogue.queries.votes import standing_votes
from majlis.dialogue.states import Channel, Stance, Verb
from majlis.kernel import ledger
from majlis.kernel.clock import now
from majlis.kernel.errors import MajlisError, NotFound, RuleBroken
from majlis.kernel.ledger import Doer
from majlis.kernel.locks import held_for_share
from majlis.registration.models import Voice
from majlis.series.sealing import hold_unsealed

Stances = Mapping[str, Stance | int]  # by the code of the statement; a blank is left out


class ReadingsDiffer(RuleBroken):
    """The second reading of a sheet is not the first. It never says where: whoever enters it reads
    the sheet, and must not learn from us what stands on it."""

    def __init__(self) -> None:
        super().__init__(_("The two entries differ. Check every answer against the paper ballot."))


@transaction.atomic
def type_ballot(
    round: Round,
    *,
    number: int,
    stances: Stances,
    voice: Voice | None = None,
    constituency: str = "",
    by: Doer,
) -> PaperBallot:
    """Type one sheet in: for a participant's voice, or as one more voice without a name.

    A vote that the voice has given by phone stands; the sheet fills what the phone left open.
    Sheets are taken from the opening of a round until its results are shown.
    """
    hold_unsealed(round.edition)
    round = _held(round)
    if voice is not None and voice.edition_id != round.edition_id:
        raise NotFound
    is_anonymous = voice is None
    if voice is None:
        voice = Voice.objects.create(edition=round.edition, constituency=constituency)
    ballot = PaperBallot(
        round=round, voice=voice, number=number, is_anonymous=is_anonymous, typed_by=by.doer
    )
    _require_new(ballot)
    try:
        with transaction.atomic():
            ballot.save()
    except IntegrityError:  # somebody else was faster by a moment
        raise RuleBroken(_("This ballot has already been entered.")) from None
    _keep(ballot, stances, reading=1)
    ledger.record(Verb.TYPED_BALLOT, round, by=by, ballot=ballot.code)
    return ballot


@transaction.atomic
def check_ballot(
    ballot: PaperBallot, *, stances: Stances, keep: bool = False, by: Doer
) -> PaperBallot:
    """Note that a second person has read the sheet and found the same.

    Raises `ReadingsDiffer` when the readings are not the same. With `keep` the second one
    counts, until results are shown; an answer that the second reading does not find becomes a
    pass, since a vote cannot be taken back.
    """
    hold_unsealed(ballot.round.edition)
    ballot = PaperBallot.objects.select_for_update().get(pk=ballot.pk)
    ballot.check_by(by.doer, at=now())
    first = _read(ballot)
    second = {code: int(stance) for code, stance in stances.items()}
    by_phone = _codes_by_phone(ballot)
    wrong = [
        s
        for s in statements_in(ballot.round)
        if s.code not in by_phone and first.get(s.code) != second.get(s.code)
    ]
    if wrong and not keep:
        raise ReadingsDiffer
    if wrong:
        _held(ballot.round)
        _keep(ballot, {s.code: second.get(s.code, Stance.PASS) for s in wrong}, reading=2)
    ballot.save(update_fields=["checked_by", "checked_at"])
    ledger.record(
        Verb.CHECKED_BALLOT,
        ballot.round,
        by=by,
        ballot=ballot.code,
        agreed=not wrong,
    )
    return ballot


def _held(round: Round) -> Round:
    """Hold the round so that its results cannot be shown before this transaction ends."""
    held = held_for_share(Round, [round.pk])[round.pk]
    held.require_paper()
    return held


def _require_new(ballot: PaperBallot) -> None:
    there = PaperBallot.objects.filter(round=ballot.round)
    if there.filter(number=ballot.number).exists():
        raise RuleBroken(
            _("Ballot %(number)s has already been entered. Write another number on this one."),
            number=ballot.number,
        )
    if there.filter(voice=ballot.voice).exists():
        raise RuleBroken(_("A ballot from this participant has already been entered."))


def _keep(ballot: PaperBallot, stances: Stances, *, reading: int) -> None:
    standing = _standing(ballot)
    sent = []
    for statement in statements_in(ballot.round):
        stance = stances.get(statement.code)
        vote = standing.get(statement.pk)
        if stance is None or (vote is not None and vote.channel != Channel.PAPER):
            continue
        sent.append(
            SentVote(
                voice=ballot.voice_id,
                asked=statement.pk,
                holder=ballot.round_id,
                stance=int(stance),
                seq=vote.seq + 1 if vote else 1,
                key=f"paper-{ballot.code}-{statement.code}-{reading}",
                channel=Channel.PAPER,
            )
        )
    for answer in write_votes(sent, require=REQUIRE_PAPER):
        if isinstance(answer, MajlisError):
            raise answer


def _standing(ballot: PaperBallot) -> dict[int, VoteEvent]:
    votes = standing_votes(ballot.round).filter(voice=ballot.voice)
    return {vote.statement_id: vote for vote in votes if vote.statement_id}


def _read(ballot: PaperBallot) -> dict[str, int]:
    """The first reading: what stands of the sheet, by the code of the statement."""
    votes = standing_votes(ballot.round).filter(voice=ballot.voice, channel=Channel.PAPER)
    return {vote.asked_code: vote.stance for vote in votes.select_related("statement")}


def _codes_by_phone(ballot: PaperBallot) -> set[str]:
    voted = Statement.objects.filter(
        pk__in=standing_votes(ballot.round)
        .filter(voice=ballot.voice)
        .exclude(channel=Channel.PAPER)
        .values("statement_id")
    )
    return set(voted.values_list("code", flat=True))
