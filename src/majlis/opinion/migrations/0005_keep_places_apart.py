"""Keep where voices lie apart from what a result says, and make results anew.

Why      A result keeps its bytes when its edition is sealed, and nobody's place does (ADR 0049).
Safe     Citations and briefs keep what was frozen with them. Votes and showings are not touched.
Cost     One DELETE, and one analysis for each round whose results are shown.
Undo     Dropping the column; results are made anew.
"""

from typing import Any

from django.db import migrations, models


def remove_results(apps: Any, _schema_editor: Any) -> None:  # historical models have no type
    apps.get_model("opinion", "Result").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("opinion", "0004_forget_earlier_results")]

    operations = [
        migrations.RunPython(remove_results, migrations.RunPython.noop),
        migrations.AddField("result", "places", models.JSONField(default=list)),
    ]
