"""Keep until when the secrets of a message open anything.

Why      A message that is kept for want of a mail server forgets them when they open nothing.
Safe     A new column; messages written before keep theirs until they are deleted.
Cost     One rewrite of the messages.
Undo     Kept messages hold their secrets for half a year.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("mail", "0003_strike_what_lets_somebody_in")]

    operations = [
        migrations.AddField(
            "message", "secrets_end_at", models.DateTimeField(null=True, blank=True)
        )
    ]
