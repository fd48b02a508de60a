"""Keep the counts of statements as they became visible.

Why      Two looks at a round, before and after a late vote, must not tell whose vote it was.
Safe     Additive. The tick keeps a first showing of every closed round that has none.
Cost     None: the table is empty.
Undo     Dropping the table; what was shown before is then not known any more.
"""

import django.db.models.deletion
import majlis.kernel.clock
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dialogue", "0002_keep_routing"),
    ]

    operations = [
        migrations.CreateModel(
            name="Showing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("horizon", models.BigIntegerField()),
                ("revision", models.PositiveBigIntegerField()),
                ("counts", models.JSONField()),
                ("ways", models.JSONField()),
                ("made_at", models.DateTimeField(default=majlis.kernel.clock.now)),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="showings",
                        to="dialogue.statement",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("statement", "horizon"),
                        name="showing_once_per_statement_and_horizon",
                    )
                ],
            },
        ),
    ]
