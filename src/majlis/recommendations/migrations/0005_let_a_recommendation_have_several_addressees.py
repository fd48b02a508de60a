"""Link recommendations to several addressees by a table of pairs.

Why      A recommendation may ask several units, and each answers and acts for itself.
Safe     A new table; the single column stays until 0007.
Cost     None: the table is empty.
Undo     The pairs are forgotten.
"""

import django.db.models.deletion
from django.db import migrations, models

import majlis.kernel.codes


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0004_cite_ratings")]

    operations = [
        migrations.AlterModelOptions("addressee", options={"ordering": ["pk"]}),
        migrations.AlterField(
            "recommendation",
            "addressee",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="+",
                to="recommendations.addressee",
            ),
        ),
        migrations.CreateModel(
            "Pair",
            [
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    majlis.kernel.codes.CodeField(
                        default=majlis.kernel.codes.new_code,
                        editable=False,
                        max_length=12,
                        unique=True,
                    ),
                ),
                (
                    "addressee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="pairs",
                        to="recommendations.addressee",
                    ),
                ),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pairs",
                        to="recommendations.recommendation",
                    ),
                ),
            ],
            options={"ordering": ["pk"]},
        ),
        migrations.AddConstraint(
            "pair",
            models.UniqueConstraint(fields=("recommendation", "addressee"), name="pair_once"),
        ),
        migrations.AddField(
            "recommendation",
            "addressees",
            models.ManyToManyField(
                blank=True,
                related_name="recommendations",
                through="recommendations.Pair",
                to="recommendations.addressee",
            ),
        ),
    ]
