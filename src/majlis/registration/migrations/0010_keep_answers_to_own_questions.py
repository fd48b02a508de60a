"""Keep what people answer to an edition's own questions.

Why      The organisers put questions on the form; an answer keeps the question as it was asked.
Safe     A new table, and a column that forms sent before do without.
Cost     One column more on answers that wait for a confirmation.
Undo     Dropping both: the answers are lost.
"""

import django.db.models.deletion
from django.db import migrations, models

import majlis.kernel.words


class Migration(migrations.Migration):
    dependencies = [
        ("registration", "0009_invite_guests_and_import_people"),
        ("series", "0008_let_an_edition_ask_its_own_questions"),
    ]

    operations = [
        migrations.AddField(
            model_name="pendinganswers",
            name="more",
            field=models.JSONField(blank=True, null=True, verbose_name="further answers"),
        ),
        migrations.CreateModel(
            name="FormAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("prompt", models.CharField(max_length=300, verbose_name="question")),
                ("value", models.JSONField()),
                ("shown", models.TextField(verbose_name="answer")),
                (
                    "language",
                    models.CharField(
                        choices=majlis.kernel.words.Language.pairs,
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="series.question",
                    ),
                ),
                (
                    "registration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="form_answers",
                        to="registration.registration",
                    ),
                ),
            ],
            options={
                "ordering": ["question__position", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("registration", "question"), name="answer_once_per_question"
                    )
                ],
            },
        ),
    ]
