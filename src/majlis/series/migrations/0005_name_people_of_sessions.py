"""Say who has a part in a session, and in which languages it is held.

Why      A programme without its speakers, moderators and interpreters is half a programme.
Safe     A new table and three columns with empty lists; old code neither reads nor needs them.
Cost     SQLite copies the table of sessions, some forty rows an edition.
Undo     Photos and speakers are lost; sessions stay as they are.
"""

import django.db.models.deletion
import majlis.kernel.texts
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("series", "0004_make_editions_in_the_browser")]

    operations = [
        *(
            migrations.AddField(
                model_name="session",
                name=name,
                field=models.JSONField(blank=True, default=list),
            )
            for name in ("people", "spoken", "interpreted")
        ),
        migrations.CreateModel(
            name="Speaker",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=12)),
                *(
                    (
                        name,
                        majlis.kernel.texts.TextField(blank=True, default=majlis.kernel.texts.Text),
                    )
                    for name in ("name", "function", "organisation", "biography")
                ),
                ("photo", models.FileField(blank=True, upload_to="photos/")),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("has_agreed", models.BooleanField(default=False)),
                ("photo_agreed", models.BooleanField(default=False)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="speakers",
                        to="series.edition",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "code"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edition", "code"), name="speaker_code_once_per_edition"
                    )
                ],
            },
        ),
    ]
