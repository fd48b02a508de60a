"""Strike from letters what lets their reader in.

Why      Whoever read kept or sent letters at the workspace could come in as their reader.
Safe     Letters still to be sent are left as they are. Struck links have been delivered or were
         never handed over; cards and new links replace them.
Cost     One UPDATE per letter; letters are deleted after half a year.
Undo     Nothing brings the struck words back; the column can be dropped.
"""

import re
from typing import Any

from django.db import migrations, models

SECRET = re.compile(r"(/(?:sign-in|register/confirm|v)/)[^/\s\"<]{16,}")  # codes live an hour


def struck(words: str) -> str:
    return SECRET.sub(r"\1•••••", words)


def strike(apps: Any, _schema_editor: Any) -> None:
    for row in apps.get_model("mail", "Message").objects.exclude(state="waiting"):
        row.text, row.html = struck(row.text), struck(row.html)
        row.save(update_fields=["text", "html"])


class Migration(migrations.Migration):
    dependencies = [("mail", "0002_import_kept_letters")]

    operations = [
        migrations.AddField("message", "secrets", models.JSONField(default=list)),
        migrations.RunPython(strike, migrations.RunPython.noop),
    ]
