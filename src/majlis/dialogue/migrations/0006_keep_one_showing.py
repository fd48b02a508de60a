"""Let each statement have one showing at most, and drop what told moments apart.

Why      The database guarantees that counts are shown once (ADR 0035).
Safe     The migration before this one has left one showing of each statement.
Cost     On SQLite the tables of showings and rounds are written anew.
Undo     Restore the backup that was made before the update.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dialogue", "0005_count_closed_rounds_as_shown")]

    operations = [
        migrations.RemoveConstraint(
            model_name="showing", name="showing_once_per_statement_and_horizon"
        ),
        migrations.RemoveField(model_name="showing", name="horizon"),
        migrations.AlterField(
            model_name="showing",
            name="statement",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="showing",
                to="dialogue.statement",
            ),
        ),
        migrations.RemoveField(model_name="round", name="results_shown"),
    ]
