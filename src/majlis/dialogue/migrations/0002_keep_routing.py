"""Keep what is worth asking next in a round.

Why      Statements are drawn for a voice by weights that follow the votes.
Safe     Additive: a table that old code does not know. A round without a row is asked as before.
Cost     None: the table is empty; the tick fills one row for each open round.
Undo     Dropping the table: the weights are made of the votes and are made again.
"""

import django.db.models.deletion
import majlis.dialogue.states
import majlis.kernel.clock
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dialogue", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Routing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        choices=majlis.dialogue.states.RoutingMethod.pairs, max_length=8
                    ),
                ),
                ("weights", models.JSONField()),
                ("revision", models.PositiveBigIntegerField()),
                ("made_at", models.DateTimeField(default=majlis.kernel.clock.now)),
                (
                    "round",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="routing",
                        to="dialogue.round",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("method__in", ["room", "polis"])),
                        name="routing_method_known",
                    )
                ],
            },
        ),
    ]
