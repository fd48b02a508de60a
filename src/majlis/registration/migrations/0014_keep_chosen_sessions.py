"""Keep with a place the sessions that its holder has chosen.

Why      A selection stayed in one browser, and calendars could not follow it.
Safe     A new column, empty for everybody.
Cost     One rewrite of the registrations on SQLite; none on PostgreSQL.
Undo     Selections kept with a place are lost.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registration", "0013_tell_of_changes_in_pieces")]

    operations = [
        migrations.AddField(
            "registration",
            "chosen",
            models.JSONField(blank=True, default=list, verbose_name="sessions chosen"),
        )
    ]
