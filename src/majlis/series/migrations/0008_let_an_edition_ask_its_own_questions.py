"""Let an edition ask its own questions when people register.

Why      A seminar needs to know who eats what, who needs a visa, which interpretation to book.
Safe     A new table, empty for every edition that stands.
Cost     None on existing rows.
Undo     Dropping the table: the questions are lost, and the answers have to go before.
"""

import django.db.models.deletion
import majlis.kernel.texts
import majlis.series.states
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("series", "0007_take_packs_in_the_browser"),
    ]

    operations = [
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=24)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "kind",
                    models.CharField(
                        choices=majlis.series.states.QuestionKind.pairs,
                        default="text",
                        max_length=8,
                    ),
                ),
                (
                    "prompt",
                    majlis.kernel.texts.TextField(blank=True, default=majlis.kernel.texts.Text),
                ),
                (
                    "hint",
                    majlis.kernel.texts.TextField(blank=True, default=majlis.kernel.texts.Text),
                ),
                (
                    "options",
                    majlis.kernel.texts.TextField(blank=True, default=majlis.kernel.texts.Text),
                ),
                ("is_required", models.BooleanField(default=False)),
                ("until", models.DateField(blank=True, null=True)),
                ("asked_if", models.CharField(blank=True, max_length=240)),
                (
                    "readers",
                    models.CharField(
                        choices=majlis.series.states.Readers.pairs,
                        default="organisers",
                        max_length=12,
                    ),
                ),
                ("is_sensitive", models.BooleanField(default=False)),
                ("purge_on", models.DateField(blank=True, null=True)),
                ("is_retired", models.BooleanField(default=False)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="series.edition",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "code"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edition", "code"), name="question_code_once_per_edition"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["text", "long", "choice", "several", "yesno", "date"])
                        ),
                        name="question_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_sensitive", False), ("purge_on__isnull", False), _connector="OR"
                        ),
                        name="question_sensitive_has_purge_date",
                    ),
                ],
            },
        ),
    ]
