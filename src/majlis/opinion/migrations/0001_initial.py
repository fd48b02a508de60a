"""The first tables of this app.

Why      A new database needs its tables.
Safe     There is nothing before it.
Cost     None: the tables are empty.
Undo     Dropping the tables.
"""

import django.db.models.deletion
import majlis.kernel.clock
import majlis.kernel.codes
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("dialogue", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Result",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    majlis.kernel.codes.CodeField(
                        default=majlis.kernel.codes.new_code,
                        editable=False,
                        max_length=12,
                        unique=True,
                    ),
                ),
                ("mode", models.CharField(max_length=8)),
                ("revision", models.PositiveBigIntegerField()),
                ("package_version", models.CharField(max_length=20)),
                ("seed", models.PositiveIntegerField(default=0)),
                ("digest", models.CharField(max_length=64)),
                ("content", models.JSONField()),
                ("made_at", models.DateTimeField(default=majlis.kernel.clock.now)),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="results",
                        to="dialogue.round",
                    ),
                ),
            ],
            options={
                "ordering": ["-revision"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("round", "mode", "revision", "package_version", "seed"),
                        name="result_once_per_revision",
                    )
                ],
            },
        ),
    ]
