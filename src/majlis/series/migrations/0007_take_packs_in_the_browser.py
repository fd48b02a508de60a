"""Keep a pack that was handed in until it is loaded.

Why      What a pack would change is shown before it does, so it waits somewhere in between.
Safe     A new table; old code neither reads nor needs it.
Cost     None.
Undo     Packs that were handed in and not loaded are lost.
"""

import django.db.models.deletion
import majlis.kernel.clock
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("series", "0006_keep_the_check_list")]

    operations = [
        migrations.CreateModel(
            name="PackUpload",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("content", models.BinaryField()),
                ("made_at", models.DateTimeField(default=majlis.kernel.clock.now)),
                (
                    "edition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pack_upload",
                        to="series.edition",
                    ),
                ),
            ],
        ),
    ]
