"""Tell people in pieces how the programme has changed.

Why      Thousands of emails were written while somebody waited for the page.
Safe     A new table, empty at first.
Cost     None.
Undo     Emails that were not written yet are not written.
"""

import django.db.models.deletion
from django.db import migrations, models

import majlis.kernel.clock
import majlis.kernel.codes
import majlis.registration.states


class Migration(migrations.Migration):
    dependencies = [
        ("registration", "0012_let_people_end_emails"),
        ("series", "0009_keep_documents_of_sessions"),
    ]

    operations = [
        migrations.CreateModel(
            name="ProgrammeNotice",
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
                (
                    "told",
                    models.CharField(choices=majlis.registration.states.Told.pairs, max_length=12),
                ),
                ("begun_at", models.DateTimeField(default=majlis.kernel.clock.now)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notice",
                        to="series.programmeversion",
                    ),
                ),
            ],
            options={
                "ordering": ["begun_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("told__in", ["nobody", "speakers", "everybody"])),
                        name="notice_told_known",
                    )
                ],
            },
        ),
    ]
