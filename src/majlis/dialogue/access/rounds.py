"""Rounds and ballots by who asks."""

from __future__ import annotations

from majlis.dialogue.models import NotVotedOn, PaperBallot, Round, Statement
from majlis.dialogue.states import RoundState
from majlis.kernel.fetching import found_in
from majlis.registration.access import Place
from majlis.registration.models import Voice


def round_for(holder: Voice | Place, code: str) -> Round:
    """The round of this code at the holder's edition, or `NotFound`.

    Participants do not see a round in preparation.
    """
    rounds = Round.objects.filter(edition=holder.edition, code=code)
    if isinstance(holder, Voice):
        rounds = rounds.exclude(state=RoundState.DRAFT)
    return found_in(rounds.select_related("edition", "session"))


def round_by_code(edition: str, code: str) -> Round:
    """The round with this secret code, not in preparation, or `NotFound`.

    For what it tells everybody on whose phone it is open: whether it takes votes.
    """
    rounds = Round.objects.filter(edition__slug=edition, code=code)
    return found_in(rounds.exclude(state=RoundState.DRAFT).select_related("edition"))


def votable_for(voice: Voice, round: Round, code: str) -> Statement:
    """The statement of this code in a round the voice may see, or `NotFound`.

    `NotVotedOn` where it was taken out of the vote since.
    """
    statement = found_in(
        Statement.objects.filter(edition=voice.edition, round=round, code=code).select_related(
            "edition", "round"
        )
    )
    if statement.is_moderated_out:
        raise NotVotedOn
    return statement


def paper_ballot_for(place: Place, round: Round, code: str) -> PaperBallot:
    """The paper ballot of this code in a round of the colleague's edition, or `NotFound`."""
    return found_in(
        PaperBallot.objects.filter(round=round, round__edition=place.edition, code=code)
    )
