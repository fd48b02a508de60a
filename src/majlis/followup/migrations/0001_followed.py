"""Keep what becomes of recommendations: links of focal points, answers, plans, progress, proof.

Why      A recommendation is answered and carried out long after the day, by each addressee.
Safe     New tables only.
Cost     None: they are empty.
Undo     All that was answered and noted is forgotten.
"""

import django.db.models.deletion
import majlis.followup.states
import majlis.kernel.clock
import majlis.kernel.codes
import majlis.kernel.words
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("recommendations", "0007_drop_the_single_addressee"),
    ]

    operations = [
        migrations.CreateModel(
            name="PlannedAction",
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
                ("what", models.CharField(max_length=300, verbose_name="what")),
                ("who", models.CharField(max_length=200, verbose_name="who")),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        choices=majlis.kernel.words.Language.pairs,
                        default=majlis.kernel.words.language_now,
                        max_length=2,
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True)),
                ("due_on", models.DateField()),
                ("done_on", models.DateField(blank=True, null=True)),
                ("made_at", models.DateTimeField(default=majlis.kernel.clock.now)),
                (
                    "pair",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="planned",
                        to="recommendations.pair",
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Entry",
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
                ("axis", models.CharField(choices=majlis.followup.states.Axis.pairs, max_length=8)),
                ("state", models.CharField(max_length=22)),
                ("on", models.DateField()),
                ("at", models.DateTimeField(default=majlis.kernel.clock.now)),
                ("note", models.TextField(blank=True)),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        choices=majlis.kernel.words.Language.pairs,
                        default=majlis.kernel.words.language_now,
                        max_length=2,
                    ),
                ),
                (
                    "channel",
                    models.CharField(choices=majlis.followup.states.Channel.pairs, max_length=6),
                ),
                ("by", models.CharField(max_length=40)),
                ("proof_url", models.URLField(blank=True, max_length=400)),
                ("proof", models.FileField(blank=True, upload_to="proofs/")),
                ("proof_ending", models.CharField(blank=True, max_length=5)),
                ("is_proof_public", models.BooleanField(default=False)),
                (
                    "pair",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entries",
                        to="recommendations.pair",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("axis__in", ["response", "progress"])),
                        name="entry_axis_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("channel__in", ["link", "letter", "team"])),
                        name="entry_channel_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FocalLink",
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
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("email", models.EmailField(max_length=254, verbose_name="email address")),
                (
                    "language",
                    models.CharField(
                        choices=majlis.kernel.words.Language.pairs,
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                ("secret_digest", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField(default=majlis.kernel.clock.now)),
                ("opened_at", models.DateTimeField(blank=True, null=True)),
                ("reminded_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "addressee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="recommendations.addressee",
                    ),
                ),
                (
                    "after",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="followup.focallink",
                    ),
                ),
            ],
            options={
                "ordering": ["made_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("addressee",),
                        name="focal_link_one_open",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Follow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "response",
                    models.CharField(
                        choices=majlis.followup.states.Response.pairs,
                        default="not_sent",
                        max_length=20,
                    ),
                ),
                (
                    "progress",
                    models.CharField(
                        choices=majlis.followup.states.Progress.pairs,
                        default="not_started",
                        max_length=22,
                    ),
                ),
                ("sent_on", models.DateField(blank=True, null=True)),
                ("answer_due_on", models.DateField(blank=True, null=True)),
                ("answered_on", models.DateField(blank=True, null=True)),
                ("updated_on", models.DateField(blank=True, null=True)),
                ("declared_by", models.CharField(blank=True, max_length=40)),
                ("verified_by", models.CharField(blank=True, max_length=40)),
                (
                    "pair",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="follow",
                        to="recommendations.pair",
                    ),
                ),
                (
                    "redirected_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="redirected_from",
                        to="recommendations.pair",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "response__in",
                                [
                                    "accepted",
                                    "awaiting",
                                    "not_sent",
                                    "partially_accepted",
                                    "redirected",
                                    "rejected",
                                ],
                            )
                        ),
                        name="follow_response_stored",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "progress__in",
                                [
                                    "not_started",
                                    "planned",
                                    "in_progress",
                                    "blocked",
                                    "declared_implemented",
                                    "verified",
                                    "closed",
                                    "will_not_implement",
                                    "no_longer_applicable",
                                ],
                            )
                        ),
                        name="follow_progress_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("response", "awaiting"), _negated=True),
                            models.Q(("answer_due_on__isnull", False), ("sent_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="follow_awaiting_has_dates",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verified_by", ""),
                            models.Q(("verified_by", models.F("declared_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="follow_verified_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("progress", "verified"), _negated=True),
                            models.Q(("verified_by", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="follow_verified_has_verifier",
                    ),
                ],
            },
        ),
    ]
