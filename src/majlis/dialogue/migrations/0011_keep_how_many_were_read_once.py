"""Keep how many voices were known by one reading of a sheet when results were shown.

Why      They fill no smallest cell of an opinion group, also after an edition was sealed.
Safe     A new column with a default; rounds shown before keep what they show.
Cost     One rewrite of the rounds.
Undo     Opinion groups count them again.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dialogue", "0010_keep_the_language_of_reasons")]

    operations = [
        migrations.AddField("round", "n_read_once", models.PositiveIntegerField(default=0))
    ]
