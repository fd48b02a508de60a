"""Let a voice keep a main group in the place of its group.

Why      A sealed edition keeps a group only where enough voices of a round share it (ADR 0049).
Safe     A check that allows more than before.
Cost     One pass over the voices, while nobody writes to them.
Undo     Refused while voices of sealed editions keep main groups.
"""

from django.db import migrations, models
from django.db.models import Q

GROUPS = [
    "ministry", "regional", "cluster", "pole", "sme", "large_firm", "association", "bank",
    "donor", "university", "training", "society",
]  # fmt: skip
MAIN_GROUPS = ["authorities", "firms", "finance", "knowledge"]


class Migration(migrations.Migration):
    dependencies = [("registration", "0006_drop_serials_of_links")]

    operations = [
        migrations.RemoveConstraint("voice", "voice_constituency_known"),
        migrations.AddConstraint(
            "voice",
            models.CheckConstraint(
                name="voice_constituency_known",
                condition=Q(constituency="")
                | Q(constituency__in=GROUPS)
                | Q(constituency__in=MAIN_GROUPS),
            ),
        ),
    ]
