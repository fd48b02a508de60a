"""Let a question of the registration form ask for a document.

Why      Official delegates bring a letter of their ministry, and it came by email.
Safe     One more word is allowed; old code shows such a question as one line of text.
Cost     One check of the questions, at most forty of an edition.
Undo     Questions of this kind have to be deleted before.
"""

import majlis.series.states
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("series", "0009_keep_documents_of_sessions")]

    operations = [
        migrations.AlterField(
            "question",
            "kind",
            models.CharField(
                choices=majlis.series.states.QuestionKind.pairs, default="text", max_length=8
            ),
        ),
        migrations.RemoveConstraint("question", "question_kind_known"),
        migrations.AddConstraint(
            "question",
            models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["text", "long", "choice", "several", "yesno", "date", "file"])
                ),
                name="question_kind_known",
            ),
        ),
    ]
