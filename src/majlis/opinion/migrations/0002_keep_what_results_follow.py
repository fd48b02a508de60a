"""Keep from which result another one took the names of its groups.

Why      With it a result can be made again, byte for byte.
Safe     Results of the shape before are removed; the tick makes them anew within seconds.
Cost     One DELETE, and one analysis for each closed round.
Undo     Dropping the column; results are made anew.
"""

from typing import Any

import django.db.models.deletion
import majlis.opinion.states
from django.db import migrations, models


def remove_results(apps: Any, schema_editor: Any) -> None:  # historical models have no type
    apps.get_model("opinion", "Result").objects.using(schema_editor.connection.alias).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("dialogue", "0003_keep_what_has_been_shown"),
        ("opinion", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(remove_results, migrations.RunPython.noop),
        migrations.AddField(
            model_name="result",
            name="previous",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="opinion.result",
            ),
        ),
        migrations.AlterField(
            model_name="result",
            name="mode",
            field=models.CharField(choices=majlis.opinion.states.Mode.pairs, max_length=8),
        ),
        migrations.AddConstraint(
            model_name="result",
            constraint=models.CheckConstraint(
                condition=models.Q(("mode__in", ["room", "polis"])), name="result_mode_known"
            ),
        ),
    ]
