"""Keep the language in which a moderator gave a reason.

Why      A reason stands in one language; readers of the others see which.
Safe     A new column; reasons given before have no language, and no mark.
Cost     One rewrite of contributions and of the steps of moderators.
Undo     Which language a reason is in is forgotten.
"""

from django.db import migrations, models

import majlis.kernel.words


class Migration(migrations.Migration):
    dependencies = [("dialogue", "0009_freeze_what_a_sealed_edition_shows")]

    operations = [
        migrations.AddField(
            "contribution",
            "reason_language",
            models.CharField(
                blank=True,
                choices=majlis.kernel.words.Language.pairs,
                default="",
                max_length=2,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "lineagestep",
            "language",
            models.CharField(
                blank=True,
                choices=majlis.kernel.words.Language.pairs,
                default="",
                max_length=2,
            ),
        ),
        migrations.AlterField(
            "lineagestep",
            "language",
            models.CharField(
                blank=True,
                choices=majlis.kernel.words.Language.pairs,
                default=majlis.kernel.words.language_now,
                max_length=2,
            ),
        ),
    ]
