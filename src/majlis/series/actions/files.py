"""Adding documents to sessions, and taking them away."""

from __future__ import annotations

from django.core.files.base import ContentFile
from django.db import transaction

from majlis.kernel import ledger
from majlis.kernel.files import delete_files
from majlis.kernel.ledger import Doer
from majlis.series.models import Session, SessionFile
from majlis.series.states import Verb
from majlis.ui.documents import Document


@transaction.atomic
def add_file(
    session: Session, *, title: str, document: Document, audience: str, by: Doer
) -> SessionFile:
    """Keep a document under a name that nobody can guess."""
    size = len(document.content)
    file = SessionFile(
        session=session, title=title, ending=document.ending, size=size, audience=audience
    )
    file.file.save(f"{file.code}{document.ending}", ContentFile(document.content), save=False)
    file.save(force_insert=True)
    ledger.record(Verb.ADDED_FILE, session, by=by, file=file.code, audience=audience)
    return file


@transaction.atomic
def remove_file(file: SessionFile, *, by: Doer) -> None:
    """Delete a document for good."""
    delete_files([file.file])
    ledger.record(Verb.REMOVED_FILE, file.session, by=by, file=file.code)
    file.delete()
