"""Keep with an edition what its pack says of rehearsals.

Why      Invented people, rounds and recommendations stood in the code of one edition.
Safe     Additive. Old code ignores the column.
Cost     One column with an empty default; an edition is loaded again to fill it.
Undo     Dropping the column.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("series", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="edition",
            name="rehearsal",
            field=models.JSONField(blank=True, default=dict),
        ),
    ]
