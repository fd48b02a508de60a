"""Import the letters that were kept as files in `var/mail`.

Why      Kept letters are rows now; the desk no longer reads files.
Safe     A backup with the files is made before; a file is deleted once its rows are committed.
Cost     One INSERT per letter.
Undo     The rows go with their table; the files are in the backup made before the migration.
"""

import re
from datetime import UTC, datetime
from email import message_from_bytes, policy
from functools import partial
from typing import Any

from django.conf import settings
from django.db import migrations, transaction
from django.utils.html import linebreaks

from majlis.kernel.clock import now
from majlis.mail.addresses import normal_address

RULE = re.compile(rb"^-{79}\n?", re.MULTILINE)


def _written_at(letter: Any) -> datetime:
    at = letter["Date"].datetime if letter["Date"] else now()
    return at.replace(tzinfo=at.tzinfo or UTC)  # “-0000” is read as no zone


def import_kept_letters(apps: Any, _schema_editor: Any) -> None:
    Message = apps.get_model("mail", "Message")
    for path in sorted((settings.VAR / "mail").glob("*.log")):
        for part in RULE.split(path.read_bytes()):
            if part.strip():
                letter = message_from_bytes(part.lstrip(b"\n"), policy=policy.default)
                body = letter.get_body(("plain",))
                text = f"{body.get_content().strip()}\n" if body is not None else ""
                Message.objects.create(
                    recipient=normal_address(str(letter["To"] or "")),
                    edition=str(letter["X-Majlis-Edition"] or ""),
                    language=str(letter["Content-Language"] or "en"),
                    subject=str(letter["Subject"] or ""),
                    text=text,
                    html=linebreaks(text, autoescape=True),
                    state="kept",
                    created_at=_written_at(letter),
                )
        transaction.on_commit(partial(path.unlink, missing_ok=True))


class Migration(migrations.Migration):
    dependencies = [("mail", "0001_messages_as_rows")]

    operations = [migrations.RunPython(import_kept_letters, migrations.RunPython.noop)]
