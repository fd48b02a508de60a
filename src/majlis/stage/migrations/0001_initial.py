"""The first tables of this app.

Why      A new database needs its tables.
Safe     There is nothing before it.
Cost     None: the tables are empty.
Undo     Dropping the tables.
"""

import django.db.models.deletion
import majlis.kernel.clock
import majlis.kernel.words
import majlis.stage.models
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("dialogue", "0001_initial"),
        ("series", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Stage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key_serial", models.PositiveIntegerField(default=1)),
                (
                    "scene",
                    models.CharField(
                        choices=majlis.stage.models.Scene.pairs, default="blank", max_length=12
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=majlis.kernel.words.Language.pairs, default="en", max_length=2
                    ),
                ),
                ("page", models.PositiveSmallIntegerField(default=1)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("changed_at", models.DateTimeField(default=majlis.kernel.clock.now)),
                (
                    "edition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stage",
                        to="series.edition",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="dialogue.round",
                    ),
                ),
            ],
        ),
    ]
