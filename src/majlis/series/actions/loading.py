"""Loading the pack of an edition."""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Model

from majlis.kernel import ledger
from majlis.kernel.clock import now
from majlis.kernel.errors import RuleBroken
from majlis.kernel.ledger import Doer
from majlis.kernel.pack import Binding, Merge, PackRow, RowChange
from majlis.kernel.pack.merging import Digests, by_id
from majlis.series import pack
from majlis.series.actions.programme import publish_programme
from majlis.series.models import Edition, PackUpload, Series
from majlis.series.models.pages import PictureSlot
from majlis.series.pack import SeriesPack
from majlis.series.states import Verb


@transaction.atomic
def load_pack(found: SeriesPack, *, by: Doer, overwrite: bool = False) -> tuple[Edition, Merge]:
    """Bring series and edition to what the pack says, row by row; the pack must be sound.

    Rows edited at the desk since the last load are kept unless `overwrite`. Nothing is deleted.
    A load that changes nothing writes nothing, not even to the audit log.
    """
    if found.folder.faults or found.series is None or found.edition is None:
        raise RuleBroken("A pack with faults is never loaded.")
    held = Edition.objects.select_for_update().filter(slug=found.edition.id).first()
    merge = Merge(dict(held.pack_digests) if held else {}, overwrite)
    series = _load_series(merge, found.series)
    edition = _load_edition(merge, found.edition, series, held)
    things: dict[tuple[str, str], Model] = {
        ("editions", one.slug): one for one in Edition.objects.all()
    }
    for binding in pack.BINDINGS:
        _load_table(merge, binding, found, edition, things)
    _note(edition, merge, by=by)
    publish_programme(edition, by=by)
    return edition, merge


def _load_series(merge: Merge, row: PackRow) -> Series:
    held = Series.objects.select_for_update().filter(slug=row.id).first()
    change = merge.decide(pack.SERIES_BINDING, row, held)
    series = held or Series()
    if change.writes or held is None:
        pack.SERIES_BINDING.apply(row, series, {})
        series.save()
    return series


def _load_edition(merge: Merge, row: PackRow, series: Series, held: Edition | None) -> Edition:
    change = merge.decide(pack.EDITION_BINDING, row, held)
    edition = held or Edition()
    if change.writes or held is None or edition.series_id != series.pk:
        edition.series = series
        if change.writes or held is None:
            pack.EDITION_BINDING.apply(row, edition, {})
        edition.save()
    return edition


def _load_table(
    merge: Merge,
    binding: Binding,
    found: SeriesPack,
    edition: Edition,
    things: dict[tuple[str, str], Model],
) -> None:
    held = by_id(binding, pack.things_of(binding, edition))
    for row in found.rows[binding.table.file]:
        change = merge.decide(binding, row, held.get(row.id))
        thing: Any = change.thing
        if change.writes:
            thing = thing or binding.model(edition=edition)
            binding.apply(row, thing, things)
            thing.save()
        if thing is not None:
            held[row.id] = thing
        if isinstance(thing, PictureSlot):
            picture = found.pictures.get((row.file, row.id))
            _fill_picture(thing, picture, change, overwrite=merge.overwrite)
    things.update({(binding.table.file, id): thing for id, thing in held.items()})


def _fill_picture(
    thing: PictureSlot, picture: bytes | None, change: RowChange, *, overwrite: bool
) -> None:
    if picture is None or not (change.writes or overwrite):
        return
    slot: Any = getattr(thing, thing.picture_field)
    if thing.picture_name:
        with slot.open("rb") as there:
            if there.read() == picture:
                return
    of: Any = thing
    slot.save(f"{of.edition.slug}-{change.row[thing.picture_field]}", ContentFile(picture))


@transaction.atomic
def keep_digests(edition: Edition, digests: Digests) -> None:
    """Remember what each row of the pack was when it was loaded."""
    if digests != edition.pack_digests:
        edition.pack_digests = digests
        edition.save(update_fields=["pack_digests"])


@transaction.atomic
def keep_rehearsal(edition: Edition, cells: dict[str, dict[str, str]], *, by: Doer) -> None:
    """Keep what the pack says of rehearsals, by file."""
    if cells != edition.rehearsal:
        edition.rehearsal = cells
        edition.save(update_fields=["rehearsal"])
        ledger.record(Verb.LOADED_PACK, edition, by=by, rows=sorted(cells))


def _note(edition: Edition, merge: Merge, *, by: Doer) -> None:
    keep_digests(edition, merge.digests)
    rows = [f"{c.row.file}:{c.row.id}" for c in merge.changes if c.writes]
    if rows:
        ledger.record(Verb.LOADED_PACK, edition, by=by, rows=rows)


@transaction.atomic
def keep_upload(edition: Edition, content: bytes) -> None:
    """Keep a pack that was handed in until it is loaded; one that was kept before goes."""
    PackUpload.objects.update_or_create(
        edition=edition, defaults={"content": content, "made_at": now()}
    )


@transaction.atomic
def drop_upload(edition: Edition) -> None:
    """Forget the pack that was handed in."""
    PackUpload.objects.filter(edition=edition).delete()
