"""Keep which organisations were asked to endorse a recommendation, and what they confirmed.

Why      Support by a named body is confirmed by a person of theirs, and public.
Safe     A new table only.
Cost     None: it is empty.
Undo     Endorsements are forgotten.
"""

import django.db.models.deletion
import majlis.followup.states
import majlis.kernel.clock
import majlis.kernel.codes
import majlis.kernel.words
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("followup", "0001_followed"),
        ("recommendations", "0007_drop_the_single_addressee"),
    ]

    operations = [
        migrations.CreateModel(
            name="Endorsement",
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
                ("organisation", models.CharField(max_length=200, verbose_name="organisation")),
                ("email", models.EmailField(max_length=254, verbose_name="email address")),
                ("secret_digest", models.CharField(max_length=64, unique=True)),
                ("asked_at", models.DateTimeField(default=majlis.kernel.clock.now)),
                (
                    "support",
                    models.CharField(
                        blank=True, choices=majlis.followup.states.Support.pairs, max_length=11
                    ),
                ),
                ("reservation", models.TextField(blank=True)),
                (
                    "language",
                    models.CharField(
                        blank=True, choices=majlis.kernel.words.Language.pairs, max_length=2
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="name")),
                ("function", models.CharField(blank=True, max_length=200, verbose_name="function")),
                ("confirmed_on", models.DateField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="endorsements",
                        to="recommendations.recommendation",
                    ),
                ),
            ],
            options={
                "ordering": ["asked_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("support", ""),
                            ("support__in", ["full", "reservation", "abstains"]),
                            _connector="OR",
                        ),
                        name="endorsement_support_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_on__isnull", True), ("support", "")),
                            models.Q(
                                models.Q(("support", ""), _negated=True),
                                ("confirmed_on__isnull", False),
                                models.Q(("name", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="endorsement_confirmed_by_somebody",
                    ),
                ],
            },
        ),
    ]
