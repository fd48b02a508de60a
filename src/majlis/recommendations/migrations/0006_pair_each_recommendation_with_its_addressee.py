"""Write the pair of each recommendation that has an addressee.

Why      The single column goes in 0007.
Safe     Only adds rows.
Cost     One row per recommendation, written five hundred at a time.
Undo     The pairs go; the single column still holds its addressee.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def pair_up(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    recommendations = apps.get_model("recommendations", "Recommendation").objects
    pairs = apps.get_model("recommendations", "Pair").objects
    asked = recommendations.filter(addressee__isnull=False).order_by("pk")
    pairs.bulk_create(
        (
            pairs.model(recommendation_id=rec, addressee_id=addressee)
            for rec, addressee in asked.values_list("pk", "addressee_id")
        ),
        batch_size=500,
    )


def part(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("recommendations", "Pair").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0005_let_a_recommendation_have_several_addressees")]

    operations = [migrations.RunPython(pair_up, part)]
