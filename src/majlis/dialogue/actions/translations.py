"""Entering translations of statements. The original wording is never touched."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from majlis.dialogue.models import Statement
from majlis.dialogue.models.contributions import as_said
from majlis.dialogue.states import Verb
from majlis.kernel import ledger
from majlis.kernel.errors import RuleBroken
from majlis.kernel.ledger import Doer
from majlis.kernel.texts import TextStatus


@transaction.atomic
def translate_statement(
    statement: Statement,
    *,
    language: str,
    text: str,
    status: TextStatus,
    by: Doer,
    seen: str | None = None,
) -> Statement:
    """Enter or edit the translation of a statement into one language.

    `seen` is the translation the translator had before their eyes; when it has changed since,
    the change is refused, so that nobody's work is lost unread.
    """
    statement = Statement.objects.select_for_update(no_key=True).get(pk=statement.pk)
    if language == statement.wording.original:
        raise RuleBroken(
            _(
                "The original wording cannot be changed. To change it, reword the statement: this"
                " creates a new one."
            )
        )
    if status == TextStatus.ORIGINAL:
        raise RuleBroken(_("A translation is a draft, edited or reviewed."))
    there = statement.wording.get(language)
    if seen is not None and seen != (there.text if there else ""):
        raise RuleBroken(
            _(
                "Another person changed this translation while you were writing. Nothing was "
                "saved. Go back, copy your text, and open the page again to see the new version."
            )
        )
    statement.wording = statement.wording.with_translation(language, as_said(text), status)
    statement.save(update_fields=["wording"])
    ledger.record(
        Verb.TRANSLATED,
        statement,
        by=by,
        language=language,
        status=status,
    )
    return statement
