"""A rehearsal begins without briefs; the files of those that were issued go with it."""

from __future__ import annotations

from majlis.briefs.models import Publication, PublicationFile
from majlis.kernel.files import delete_files
from majlis.series.models import Edition
from majlis.series.rehearsal import RehearsalPart


def _remove(edition: Edition) -> None:
    files = PublicationFile.objects.filter(publication__edition=edition)
    delete_files([kept.file for kept in files])


PART = RehearsalPart(left_out=(Publication, PublicationFile), remove=_remove)
