"""Keep the document that answers a question.

Why      Official delegates bring a letter of their ministry, and it came by email.
Safe     A new column, empty for every answer that is there.
Cost     One rewrite of the answers.
Undo     The documents are lost, and their answers are names of files without any.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registration", "0014_keep_chosen_sessions"),
        ("series", "0010_let_a_question_ask_for_a_document"),
    ]

    operations = [
        migrations.AddField(
            "formanswer", "file", models.FileField(blank=True, upload_to="answers/")
        )
    ]
