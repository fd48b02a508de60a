"""The first tables of this app.

Why      A new database needs its tables.
Safe     There is nothing before it.
Cost     None: the tables are empty.
Undo     Dropping the tables.
"""

import majlis.kernel.clock
import majlis.kernel.codes
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Act",
            fields=[
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
                ("at", models.DateTimeField(default=majlis.kernel.clock.now)),
                ("edition", models.CharField(blank=True, max_length=60)),
                ("doer", models.CharField(max_length=40)),
                ("verb", models.CharField(max_length=60)),
                ("object_kind", models.CharField(max_length=40)),
                ("object_code", models.CharField(max_length=60)),
                ("facts", models.JSONField(default=dict)),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [
                    models.Index(fields=["edition", "object_kind", "object_code"], name="act_of")
                ],
            },
        ),
    ]
