"""Keep the language of a review, of a note on languages and of what a document shows.

Why      Each stands in one language; readers of the others see which.
Safe     New columns; what was written before has no language, and no mark.
Cost     One rewrite of reviews, recommendations and cited documents.
Undo     Which language they are in is forgotten.
"""

from django.db import migrations, models

import majlis.kernel.words

LANGUAGES = majlis.kernel.words.Language.pairs


def _kept(**more: object) -> models.Field:  # type: ignore[type-arg]
    return models.CharField(blank=True, choices=LANGUAGES, max_length=2, **more)  # type: ignore[arg-type]


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0002_keep_the_language_of_decisions")]

    operations = [
        migrations.AddField(
            "recommendation", "language_note_language", _kept(default=""), preserve_default=False
        ),
        migrations.AddField("review", "language", _kept(default="")),
        migrations.AlterField(
            "review", "language", _kept(default=majlis.kernel.words.language_now)
        ),
        migrations.AddField("citedlink", "language", _kept(default="")),
        migrations.AlterField(
            "citedlink", "language", _kept(default=majlis.kernel.words.language_now)
        ),
    ]
