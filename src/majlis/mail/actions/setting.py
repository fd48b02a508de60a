"""An edition's own words for letters, and the mail server of the workspace."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from majlis.kernel import ledger
from majlis.kernel.clock import now
from majlis.kernel.ledger import Doer
from majlis.mail import queries
from majlis.mail.models import LetterWording, MailServer
from majlis.mail.states import Verb


@transaction.atomic
def word_letter(
    edition: Any, template: str, language: str, *, heading: str, words: str, by: Doer
) -> None:
    """Let an edition say a letter in its own words, in one language."""
    ledger.record(Verb.WORDED, edition, by=by, template=template, language=language)
    LetterWording.objects.update_or_create(
        edition=edition.slug,
        template=template,
        language=language,
        defaults={"heading": heading, "words": words, "changed_at": now()},
    )


@transaction.atomic
def copy_wordings(source: str, edition: Any, *, by: Doer) -> None:
    """Let an edition say its letters in the words of another one."""
    for one in queries.wordings_of(source):
        said = {"heading": one.heading, "words": one.words}
        word_letter(edition, one.template, one.language, **said, by=by)


@transaction.atomic
def unword_letter(edition: Any, template: str, language: str, *, by: Doer) -> None:
    """Let a letter say what the software says."""
    ledger.record(Verb.UNWORDED, edition, by=by, template=template, language=language)
    queries.wordings_of(edition.slug).filter(template=template, language=language).delete()


@transaction.atomic
def set_server(values: Mapping[str, Any], *, password: str | None, by: Doer) -> MailServer:
    """Send through this mail server from now on. Without a `password` the one that is there stays,
    unless server or user changed: a password goes to no other server than it was given for."""
    server = queries.mail_server() or MailServer()
    was = (server.host, server.port, server.security, server.user)
    for name, value in values.items():
        setattr(server, name, value)
    if password is not None:
        server.password = password
    elif was != (server.host, server.port, server.security, server.user):
        server.password = ""
    server.changed_at = now()
    server.save()
    ledger.record(Verb.SET_SERVER, server, by=by, edition="")
    return server


@transaction.atomic
def remove_server(*, by: Doer) -> None:
    """Send through what the installation names, or keep messages here."""
    server = queries.mail_server()
    if server is not None:
        ledger.record(Verb.REMOVED_SERVER, server, by=by, edition="")
        server.delete()
