"""Publishing a changed programme, and writing in pieces to those whom it concerns."""

from __future__ import annotations

from itertools import islice

from django.db import transaction

from majlis.kernel import ledger
from majlis.kernel.clock import now
from majlis.kernel.ledger import Doer
from majlis.mail.actions import stop_batch, write_batch
from majlis.registration.letters.changes import TEMPLATE, letters_to_places, letters_to_speakers
from majlis.registration.models import ProgrammeNotice
from majlis.registration.queries import notices
from majlis.registration.states import Told, Verb
from majlis.series import programme
from majlis.series.actions import publish_programme
from majlis.series.models import Edition, ProgrammeVersion

AT_ONCE = 50  # letters of one piece


@transaction.atomic
def publish_and_tell(
    edition: Edition, *, told: str = Told.NOBODY, by: Doer
) -> tuple[ProgrammeVersion | None, int]:
    """Publish the programme; return its version, or None, and how many emails will be written.

    The tick writes them (`write_notices`). Nobody gets two. A first version changes nothing for
    anybody.
    """
    version = publish_programme(edition, by=by)
    changes = programme.changes_of(version) if version else []
    n = notices.readers_of(edition, changes).get(told, 0) if changes else 0
    if version is None or not n:
        return version, 0
    ProgrammeNotice.objects.create(version=version, told=told)
    ledger.record(Verb.TOLD_CHANGES, edition, by=by, n=n)
    return version, n


def write_notices() -> None:
    """Write the next emails of every notice that is under way; for the tick.

    Each piece is one transaction. Whoever has an email gets no other, so a crash loses nothing
    and repeats nothing.
    """
    for pk in notices.notices_under_way().values_list("pk", flat=True):
        _write_piece(pk)


@transaction.atomic
def _write_piece(pk: int) -> None:
    notice = _locked(pk)
    if not notice.is_under_way:
        return
    edition, changes = notice.version.edition, programme.changes_of(notice.version)
    written = set(notices.addresses_of(notice))
    speakers = [s for s in notices.concerned_speakers(edition, changes) if s.email not in written]
    piece = list(islice(letters_to_speakers(speakers, changes), AT_ONCE))
    if not piece and notice.told == Told.EVERYBODY:
        left = notices.confirmed_readers(edition).exclude(
            person__email__in=notices.addresses_of(notice)
        )
        piece = list(letters_to_places(left[:AT_ONCE], edition, changes))
    if piece:
        write_batch(notice.code, piece, edition=edition.slug, template=TEMPLATE)
        return
    notice.end(at=now())
    notice.save(update_fields=["ended_at"])


@transaction.atomic
def stop_notice(notice: ProgrammeNotice, *, by: Doer) -> int:
    """Write and send no more of it; return how many emails that were written are held back."""
    notice = _locked(notice.pk)
    n = stop_batch(notice.code)
    if notice.is_under_way or n:
        notice.end(at=now())
        notice.save(update_fields=["ended_at"])
        ledger.record(Verb.STOPPED_TELLING, notice.version.edition, by=by, held_back=n)
    return n


def _locked(pk: int) -> ProgrammeNotice:
    return (
        ProgrammeNotice.objects.select_for_update(of=("self",))
        .select_related("version__edition__series")
        .get(pk=pk)
    )
