"""Keep jobs: long work that was asked for, and how far it is.

Why      The close of a large round held everybody up for seconds (ADR 0064).
Safe     Additive: a table of its own.
Cost     None: the table is empty.
Undo     Dropping the table; results under way are then asked for again by the tick.
"""

import majlis.kernel.clock
import majlis.kernel.models
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0002_remember_forms_that_were_taken"),
    ]

    operations = [
        migrations.CreateModel(
            name="Job",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("subject", models.CharField(max_length=60)),
                ("edition", models.CharField(max_length=60)),
                ("key", models.CharField(max_length=60)),
                (
                    "state",
                    models.CharField(
                        choices=majlis.kernel.models.JobState.pairs,
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("asked_at", models.DateTimeField(default=majlis.kernel.clock.now)),
                ("due_at", models.DateTimeField(default=majlis.kernel.clock.now)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("runner", models.CharField(blank=True, max_length=32)),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                ("done", models.PositiveIntegerField(default=0)),
                ("of", models.PositiveIntegerField(default=0)),
                ("moves", models.PositiveIntegerField(default=1)),
                ("said", models.CharField(blank=True, max_length=80)),
            ],
            options={
                "indexes": [models.Index(fields=["state"], name="job_by_state")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "subject", "key"), name="job_asked_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "running", "done", "failed"])),
                        name="job_state_known",
                    ),
                ],
            },
        ),
    ]
