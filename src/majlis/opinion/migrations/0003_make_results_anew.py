"""Remove results of 0.1; the tick makes those of what is shown now.

Why      They were made of several moments, in two breakdowns (ADR 0035).
Safe     Citations and briefs keep what was frozen with them. Votes and showings are not touched.
Cost     One DELETE, and one analysis for each round whose results are shown.
Undo     Nothing: results are made anew.
"""

from typing import Any

from django.db import migrations


def remove_results(apps: Any, _schema_editor: Any) -> None:  # historical models have no type
    apps.get_model("opinion", "Result").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("dialogue", "0006_keep_one_showing"),
        ("opinion", "0002_keep_what_results_follow"),
    ]

    operations = [migrations.RunPython(remove_results, migrations.RunPython.noop)]
