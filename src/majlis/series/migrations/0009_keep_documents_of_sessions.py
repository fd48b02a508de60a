"""Keep documents and slides of sessions.

Why      Participants asked for the slides, and they went round by email.
Safe     A new table; old code does not know it.
Cost     None.
Undo     The documents are lost.
"""

import django.db.models.deletion
import majlis.kernel.clock
import majlis.kernel.codes
import majlis.series.states
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("series", "0008_let_an_edition_ask_its_own_questions")]

    operations = [
        migrations.CreateModel(
            name="SessionFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        default=majlis.kernel.codes.new_code, max_length=12, unique=True
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("file", models.FileField(upload_to="documents/")),
                ("ending", models.CharField(max_length=5)),
                ("size", models.PositiveIntegerField()),
                (
                    "audience",
                    models.CharField(
                        choices=majlis.series.states.FileAudience.pairs, max_length=12
                    ),
                ),
                ("added_at", models.DateTimeField(default=majlis.kernel.clock.now)),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="series.session",
                    ),
                ),
            ],
            options={
                "ordering": ["added_at", "code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("audience__in", ["public", "participants", "colleagues"])
                        ),
                        name="file_audience_known",
                    )
                ],
            },
        ),
    ]
