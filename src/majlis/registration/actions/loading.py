"""Places and letters worded anew, brought in by an edition pack."""

from __future__ import annotations

from django.db import transaction

from majlis.kernel.ledger import Doer
from majlis.kernel.pack import Merge
from majlis.mail.actions import word_letter
from majlis.registration import pack
from majlis.registration.actions.places import set_quotas
from majlis.registration.pack import PackLetter, PackQuota, RegistrationPack
from majlis.series.actions import keep_digests
from majlis.series.models import Edition


@transaction.atomic
def load_registration(
    mine: RegistrationPack, edition: Edition, *, by: Doer, overwrite: bool = False
) -> Merge:
    """Bring places and letters of the edition to what the pack says, row by row.

    Rows edited at the desk since the last load are kept unless `overwrite`.
    """
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    merge = Merge(dict(edition.pack_digests), overwrite)
    _load_quotas(mine, edition, merge, by)
    there = {one.id: one for one in pack.letters_of(edition)}
    for row in mine.letters:
        if merge.decide(pack.WORDING_BINDING, row, there.get(row.id)).writes:
            letter = PackLetter(row.id)
            assert letter.letter is not None  # noqa: S101 - the pack was checked
            word_letter(
                edition, letter.letter.template, letter.language,
                heading=row["heading"], words=row["words"], by=by,
            )  # fmt: skip
    keep_digests(edition, merge.digests)
    return merge


def _load_quotas(mine: RegistrationPack, edition: Edition, merge: Merge, by: Doer) -> None:
    wanted = {one.id: one for one in pack.quotas_of(edition)}
    changes = [merge.decide(pack.QUOTA_BINDING, row, wanted.get(row.id)) for row in mine.quotas]
    if any(change.writes for change in changes):
        for change in changes:
            if change.writes:
                wanted[change.row.id] = PackQuota(change.row.id, change.row["most"])
        places = {(str(one.kind), one.key): one.most for one in wanted.values()}
        set_quotas(edition, places, by=by)
