"""Remember forms that were taken, so that their repeats do nothing.

Why      A form pressed twice acted twice.
Safe     Additive: a table of its own.
Cost     None: the table is empty, and is emptied of what is six hours old.
Undo     Dropping the table; forms under way may then act twice.
"""

from django.db import migrations, models

import majlis.kernel.clock


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Press",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("taker", models.CharField(max_length=32)),
                ("at", models.DateTimeField(db_index=True, default=majlis.kernel.clock.now)),
                ("leads_to", models.TextField(blank=True, null=True)),
                ("browser", models.CharField(blank=True, max_length=64)),
                ("cookies", models.JSONField(default=list)),
            ],
        ),
    ]
