"""Let people end emails that are not about their own place.

Why      Whoever writes to many people must offer a way to end that.
Safe     A new column, empty for everybody: nobody has ended anything yet.
Cost     One rewrite of the registrations.
Undo     Those who ended such emails get them again.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registration", "0011_count_places")]

    operations = [
        migrations.AddField(
            "registration",
            "emails_ended_at",
            models.DateTimeField(blank=True, null=True, verbose_name="other emails stopped on"),
        )
    ]
