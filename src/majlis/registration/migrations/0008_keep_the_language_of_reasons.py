"""Keep the language in which an organiser gave a reason.

Why      A reason stands in one language; the person and colleagues see which.
Safe     A new column; reasons given before have no language, and no mark.
Cost     One rewrite of registrations.
Undo     Which language a reason is in is forgotten.
"""

from django.db import migrations, models

import majlis.kernel.words


class Migration(migrations.Migration):
    dependencies = [("registration", "0007_let_a_voice_keep_a_family")]

    operations = [
        migrations.AddField(
            "registration",
            "reason_language",
            models.CharField(
                blank=True,
                choices=majlis.kernel.words.Language.pairs,
                default="",
                max_length=2,
            ),
            preserve_default=False,
        )
    ]
