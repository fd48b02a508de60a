"""Keep what a sealed edition still shows of turnout and of speakers.

Why      Sealing cuts votes and contributions from people; what was shown must stay (ADR 0049).
Safe     New columns, empty until an edition is sealed.
Cost     None.
Undo     Dropping the columns: sealed editions no longer show turnout and named sources.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dialogue", "0008_note_the_device_of_a_vote"),
        ("registration", "0007_let_a_voice_keep_a_family"),
    ]

    operations = [
        migrations.AddField("round", "turnout", models.JSONField(null=True, blank=True)),
        migrations.AddField("contribution", "told", models.JSONField(default=dict, blank=True)),
        migrations.AddField(
            "contribution",
            "named",
            models.ForeignKey(
                null=True,
                blank=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="registration.registration",
            ),
        ),
    ]
