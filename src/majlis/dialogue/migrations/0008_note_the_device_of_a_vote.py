"""Note which device cast a vote.

Why      A device that came by a new card sees and changes only what it answered itself.
Safe     A new column without an index; votes given before have none.
Cost     None. A vote is written as fast as before.
Undo     Which device gave an answer is forgotten.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dialogue", "0007_show_ranges_of_groups"),
        ("registration", "0006_drop_serials_of_links"),
    ]

    operations = [
        migrations.AddField(
            "voteevent",
            "device",
            models.ForeignKey(
                null=True,
                blank=True,
                db_index=False,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="votes",
                to="registration.device",
            ),
        ),
    ]
