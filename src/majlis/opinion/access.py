"""Results by who asks."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from majlis.dialogue.models import Round
from majlis.kernel import ledger
from majlis.kernel.errors import NotFound, RuleBroken
from majlis.opinion.models import Result
from majlis.opinion.states import Verb
from majlis.registration.access import Place


def shown_round_for(place: Place, code: str) -> Round:
    """A round of the colleague's edition whose results may be seen.

    Raises `NotFound` for another edition's round, and `RuleBroken` while they are not shown.
    """
    round = Round.objects.filter(edition=place.edition, code=code).first()
    if round is None:
        raise NotFound
    round.edition = place.edition
    if not round.is_shown:
        raise RuleBroken(
            _(
                "The results of “%(round)s” have not been shown. Until then everybody sees "
                "only how many voted, you too. Close the vote and show the results."
            ),
            round=round,
        )
    return round


def exported_round_for(place: Place, code: str) -> Round:
    """A round whose answers this organiser has exported.

    Raises `RuleBroken` where they have not: the page says what to know first.
    """
    round = shown_round_for(place, code)
    lines = ledger.acts_on(round).filter(verb=Verb.EXPORTED, doer=place.doer)
    if not lines.exists():
        raise RuleBroken(_("Export the answers from the page of the round’s results."))
    return round


def result_for(round: Round, code: str) -> Result:
    """The kept result of this code among those of the round, or `NotFound`.

    Without a code the newest; raises `RuleBroken` while nothing has been kept.
    """
    kept = Result.objects.filter(round=round).order_by("-pk")
    result = (kept.filter(code=code) if code else kept).first()
    if result is None:
        if code:
            raise NotFound
        raise RuleBroken(
            _(
                "No result of “%(round)s” has been stored yet. Results are stored within seconds "
                "of being shown."
            ),
            round=round,
        )
    result.round = round
    return result
