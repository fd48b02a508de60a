"""Keep the language in which a decision was recorded and a reason given.

Why      Its body, rule and dissenting views stand in one language; readers of the others see which.
Safe     New columns; what was recorded before has no language, and no mark.
Cost     One rewrite of decisions and of recommendations.
Undo     Which language they are in is forgotten.
"""

from django.db import migrations, models

import majlis.kernel.words


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0001_initial")]

    operations = [
        migrations.AddField(
            "adoption",
            "language",
            models.CharField(
                blank=True,
                choices=majlis.kernel.words.Language.pairs,
                default="",
                max_length=2,
            ),
        ),
        migrations.AlterField(
            "adoption",
            "language",
            models.CharField(
                blank=True,
                choices=majlis.kernel.words.Language.pairs,
                default=majlis.kernel.words.language_now,
                max_length=2,
            ),
        ),
        migrations.AddField(
            "recommendation",
            "reason_language",
            models.CharField(
                blank=True,
                choices=majlis.kernel.words.Language.pairs,
                default="",
                max_length=2,
            ),
            preserve_default=False,
        ),
    ]
