"""Count places: in all, for groups and countries; keep a waiting list.

Why      A hall has so many seats, and a group must not fill it.
Safe     A new table, and a column that is empty for everybody who stands.
Cost     One rewrite of registrations on SQLite; none on PostgreSQL.
Undo     Dropping both: numbers of places and the order of the waiting list are lost.
"""

import django.db.models.deletion
import majlis.registration.states
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registration", "0010_keep_answers_to_own_questions"),
        ("series", "0008_let_an_edition_ask_its_own_questions"),
    ]

    operations = [
        migrations.AddField(
            model_name="registration",
            name="listed_at",
            field=models.DateTimeField(
                blank=True, null=True, verbose_name="on the waiting list since"
            ),
        ),
        migrations.CreateModel(
            name="Quota",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=majlis.registration.states.QuotaKind.pairs, max_length=12
                    ),
                ),
                ("key", models.CharField(blank=True, max_length=20)),
                ("most", models.PositiveIntegerField()),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="quotas",
                        to="series.edition",
                    ),
                ),
            ],
            options={
                "ordering": ["kind", "key"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edition", "kind", "key"), name="quota_once_per_key"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["all", "constituency", "country"])),
                        name="quota_kind_known",
                    ),
                ],
            },
        ),
    ]
