"""Give rounds one breakdown, the state "results shown", and the choice to show at the close.

Why      Counts are shown once, in one breakdown (ADR 0035).
Safe     Additive: every round of before satisfies the new constraints.
Cost     On SQLite the table of rounds is written anew; it has a handful of rows.
Undo     Dropping the columns, as long as no round is in the new state.
"""

import majlis.dialogue.states
from django.db import migrations, models

CLOSED = ["closed", "shown"]


class Migration(migrations.Migration):
    dependencies = [("dialogue", "0003_keep_what_has_been_shown")]

    operations = [
        migrations.AddField(
            model_name="round",
            name="breakdown",
            field=models.CharField(
                choices=majlis.dialogue.states.BrokenDownBy.pairs,
                default="constituency",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="round",
            name="shows_at_close",
            field=models.BooleanField(default=False),
        ),
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
                condition=models.Q(("state__in", ["draft", "open", "closed", "shown"])),
                name="round_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("breakdown__in", ["constituency", "country"])),
                name="round_breakdown_known",
            ),
        ),
    ]
