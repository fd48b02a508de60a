"""Emails to many people."""

import django.db.models.deletion
from django.db import migrations, models

import majlis.circulars.states
import majlis.kernel.clock
import majlis.kernel.codes
import majlis.kernel.texts


class Migration(migrations.Migration):
    initial = True
    dependencies = [("series", "0004_make_editions_in_the_browser")]

    operations = [
        migrations.CreateModel(
            name="Circular",
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
                ("template", models.CharField(blank=True, max_length=80)),
                (
                    "heading",
                    majlis.kernel.texts.TextField(blank=True, default=majlis.kernel.texts.Text),
                ),
                (
                    "words",
                    majlis.kernel.texts.TextField(blank=True, default=majlis.kernel.texts.Text),
                ),
                ("audience", models.JSONField(default=dict)),
                ("is_about_place", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=majlis.circulars.states.CircularState.pairs,
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("made_at", models.DateTimeField(default=majlis.kernel.clock.now)),
                ("begun_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="circulars",
                        to="series.edition",
                    ),
                ),
            ],
            options={
                "ordering": ["-made_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "sending", "done", "stopped"])),
                        name="circular_state_known",
                    )
                ],
            },
        ),
    ]
