"""Let a session end in the night after the day it begins on.

Why      A reception from 22:00 to 00:30 could not be put into the programme.
Safe     The rule only becomes wider; old code writes nothing that it refuses.
Cost     One constraint made anew; SQLite copies the table, some forty rows an edition.
Undo     Sessions that end after midnight must go first.
"""

from datetime import time

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("series", "0002_keep_what_rehearsals_say")]

    operations = [
        migrations.RemoveConstraint(model_name="session", name="session_ends_after_start"),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends__gt", models.F("starts")),
                    models.Q(("ends__lt", models.F("starts")), ("ends__lte", time(6, 0))),
                    _connector="OR",
                ),
                name="session_ends_after_start",
            ),
        ),
    ]
