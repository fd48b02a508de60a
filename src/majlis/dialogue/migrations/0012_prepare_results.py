"""Give rounds the state "results being prepared".

Why      The counts of a large round are made by a job, after votes have stopped (ADR 0064).
Safe     Additive: every round of before satisfies the new constraints.
Cost     On SQLite the table of rounds is written anew; it has a handful of rows.
Undo     Nothing, as long as no round is in the new state.
"""

from django.db import migrations, models

CLOSED = ["closed", "showing", "shown"]


class Migration(migrations.Migration):
    dependencies = [("dialogue", "0011_keep_how_many_were_read_once")]

    operations = [
        migrations.RemoveConstraint(model_name="round", name="round_closed_at_iff_closed"),
        migrations.RemoveConstraint(model_name="round", name="round_state_known"),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(closed_at__isnull=False, state__in=CLOSED)
                | models.Q(models.Q(state__in=CLOSED, _negated=True), closed_at__isnull=True),
                name="round_closed_at_iff_closed",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "open", "closed", "showing", "shown"])),
                name="round_state_known",
            ),
        ),
    ]
