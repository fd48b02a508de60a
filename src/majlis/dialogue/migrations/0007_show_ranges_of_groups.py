"""Keep for each showing one detail for every audience, instead of a way for each.

Why      Groups are shown as ranges, and the public sees the same range as the room or nothing
         (ADR 0036).
Safe     The detail is what the room could see. Counts are not touched.
Cost     One pass over the showings.
Undo     Restore the backup that was made before the update.
"""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def keep_the_level_of_the_room(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    Showing = apps.get_model("dialogue", "Showing")
    showings = list(Showing.objects.all())
    for showing in showings:
        showing.level = showing.ways["room"] or "room"
    Showing.objects.bulk_update(showings, ["level"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("dialogue", "0006_keep_one_showing")]

    operations = [
        migrations.AddField("showing", "level", models.CharField(max_length=12, default="room")),
        migrations.AddField("showing", "two_words", models.BooleanField(default=False)),
        migrations.RunPython(keep_the_level_of_the_room),
        migrations.AlterField("showing", "level", models.CharField(max_length=12)),
        migrations.RemoveField("showing", "ways"),
    ]
