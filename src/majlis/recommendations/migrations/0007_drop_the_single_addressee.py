"""Drop the column of the single addressee, which 0006 has copied into pairs.

Why      One fact has one place.
Safe     Code older than 0005 can no longer run on this database.
Cost     One rewrite of recommendations on SQLite.
Undo     The column comes back empty; 0006 knows no way to fill it from several.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0006_pair_each_recommendation_with_its_addressee")]

    operations = [migrations.RemoveField("recommendation", "addressee")]
