"""Keep what the team has ticked of its check list, and its answers before inviting.

Why      What to do when stood in a document beside the product, and was forgotten.
Safe     Two new tables; old code neither reads nor needs them.
Cost     None.
Undo     Ticks and answers are lost.
"""

from typing import Any

import django.db.models.deletion
import majlis.kernel.clock
import majlis.kernel.constraints
import majlis.series.states
from django.db import migrations, models

CHECKS = [
    "questions", "map", "evidence", "funding", "announced", "call", "paper", "texts", "programme",
    "invited", "sent", "team", "rehearsed", "attended", "cleaned", "returned", "brief", "addressed",
    "answered", "planned", "surveyed",
]  # fmt: skip
QUESTIONS = ["priority", "discussed", "informed", "fair", "rules", "followed"]


def _table(
    name: str, related: str, column: list[str], known: Any, *more: Any
) -> migrations.CreateModel:
    return migrations.CreateModel(
        name=name,
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("code", models.CharField(choices=known.pairs, max_length=16)),
            *more,
            (
                "edition",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name=related,
                    to="series.edition",
                ),
            ),
        ],
        options={
            "constraints": [
                models.UniqueConstraint(
                    fields=("edition", "code"), name=f"{name.lower()}_once_per_edition"
                ),
                models.CheckConstraint(
                    condition=models.Q(code__in=column), name=f"{name.lower()}_known"
                ),
            ]
        },
    )


class Migration(migrations.Migration):
    dependencies = [("series", "0005_name_people_of_sessions")]

    operations = [
        _table(
            "Tick",
            "ticks",
            CHECKS,
            majlis.series.states.Check,
            ("ticked_at", models.DateTimeField(default=majlis.kernel.clock.now)),
        ),
        _table(
            "Readiness",
            "readiness",
            QUESTIONS,
            majlis.series.states.Question,
            ("answer", models.TextField()),
        ),
    ]
