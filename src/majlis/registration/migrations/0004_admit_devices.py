"""Keep what lets devices in to a voice, which are in, and a code for paper ballots.

Why      A card was a key to everything its voice said. Now it connects one device and is spent;
         a ballot on paper names a voice by a code that opens nothing.
Safe     New tables and an empty column.
Cost     None.
Undo     Every link must be sent again.
"""

import django.db.models.deletion
from django.db import migrations, models

import majlis.kernel.clock
import majlis.kernel.codes
import majlis.kernel.constraints
from majlis.registration.states import AdmissionKind


def key() -> models.BigAutoField:  # type: ignore[type-arg]
    return models.BigAutoField(
        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
    )


class Migration(migrations.Migration):
    dependencies = [("registration", "0003_let_answers_wait_aside")]

    operations = [
        migrations.AddField(
            "voice",
            "paper_code",
            majlis.kernel.codes.CodeField(default=None, null=True, unique=False),
        ),
        migrations.AddField("voice", "is_address_own", models.BooleanField(default=True)),
        migrations.CreateModel(
            name="Admission",
            fields=[
                ("id", key()),
                ("code", majlis.kernel.codes.CodeField()),
                ("kind", models.CharField(choices=AdmissionKind.pairs, max_length=8)),
                ("left", models.PositiveSmallIntegerField(default=1)),
                ("opens_earlier", models.BooleanField(default=False)),
                ("is_again", models.BooleanField(default=False)),
                ("given_by", models.CharField(max_length=40)),
                ("given_at", models.DateTimeField(default=majlis.kernel.clock.now)),
                ("expires_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "voice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="admissions",
                        to="registration.voice",
                    ),
                ),
            ],
            options={
                "ordering": ["given_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        name="admission_kind_known",
                        condition=majlis.kernel.constraints.one_of("kind", AdmissionKind),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Device",
            fields=[
                ("id", key()),
                ("code", majlis.kernel.codes.CodeField()),
                ("secret_digest", models.CharField(max_length=64, unique=True)),
                ("press_digest", models.CharField(max_length=64)),
                ("is_limited", models.BooleanField(default=False)),
                ("label", models.CharField(blank=True, max_length=60, verbose_name="device")),
                (
                    "admitted_at",
                    models.DateTimeField(
                        default=majlis.kernel.clock.now, verbose_name="connected on"
                    ),
                ),
                ("known_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ended_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="disconnected on"),
                ),
                ("disowned_at", models.DateTimeField(blank=True, null=True)),
                ("seen_at", models.DateTimeField(blank=True, null=True)),
                (
                    "admission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="devices",
                        to="registration.admission",
                    ),
                ),
                (
                    "voice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="devices",
                        to="registration.voice",
                    ),
                ),
            ],
            options={
                "ordering": ["admitted_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["admission", "press_digest"], name="device_once_per_press"
                    )
                ],
            },
        ),
    ]
