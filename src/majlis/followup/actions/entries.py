"""Writing a line into the history of a pair, with its proof."""

from __future__ import annotations

from datetime import date

from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _

from majlis.followup.models import Entry, FocalLink, Follow, Note
from majlis.followup.states import Axis, Channel
from majlis.kernel.clock import now
from majlis.kernel.errors import RuleBroken
from majlis.kernel.ledger import Doer
from majlis.recommendations.models import Pair
from majlis.recommendations.states import TAKEN


def locked(pair: Pair, *, by: Doer) -> Follow:
    """Where the pair stands, held until the end of the transaction; a link must still be open."""
    if isinstance(by, FocalLink):
        FocalLink.objects.get(pk=by.pk).require_open()
    Pair.objects.select_for_update(of=("self",)).get(pk=pair.pk)
    Follow.objects.get_or_create(pair=pair)
    rows = Follow.objects.select_for_update(of=("self",))
    follow = rows.select_related("pair__recommendation__edition", "pair__addressee").get(pair=pair)
    if follow.pair.recommendation.state not in TAKEN:
        raise RuleBroken(
            _("Follow-up begins when a recommendation is adopted, and ends when it is replaced.")
        )
    return follow


def today_of(pair: Pair) -> date:
    """Today where the edition was held."""
    return now().astimezone(pair.recommendation.edition.zone).date()


def require_past(day: date, pair: Pair) -> None:
    if day > today_of(pair):
        raise RuleBroken(_("This day lies in the future. Nothing was saved."))


def channel_of(by: Doer, *, is_letter: bool) -> Channel:
    if by.doer.startswith("link:"):
        return Channel.LINK
    return Channel.LETTER if is_letter else Channel.TEAM


def write_entry(pair: Pair, axis: Axis, state: str, note: Note, *, by: Doer) -> Entry:
    """Add one line; a file is kept under a name that nobody can guess."""
    proof = note.proof
    entry = Entry(
        pair=pair,
        axis=axis,
        state=state,
        on=note.on,
        note=note.words.strip(),
        channel=channel_of(by, is_letter=note.is_letter),
        by=by.doer,
        proof_url=proof.url,
        is_proof_public=bool(proof) and proof.is_public,
    )
    if proof.document is not None:
        entry.proof_ending = proof.document.ending
        content = ContentFile(proof.document.content)
        entry.proof.save(f"{entry.code}{proof.document.ending}", content, save=False)
    entry.save(force_insert=True)
    return entry
