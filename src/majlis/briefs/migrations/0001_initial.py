"""The first tables of this app.

Why      A new database needs its tables.
Safe     There is nothing before it.
Cost     None: the tables are empty.
Undo     Dropping the tables.
"""

import django.db.models.deletion
import majlis.kernel.clock
import majlis.kernel.codes
import majlis.kernel.words
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("series", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Publication",
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
                ("number", models.PositiveIntegerField()),
                (
                    "authoritative_language",
                    models.CharField(choices=majlis.kernel.words.Language.pairs, max_length=2),
                ),
                ("content", models.JSONField()),
                ("content_digest", models.CharField(max_length=64)),
                ("changes", models.JSONField(default=list)),
                ("issued_at", models.DateTimeField(default=majlis.kernel.clock.now)),
                ("issued_by", models.CharField(max_length=40)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="publications",
                        to="series.edition",
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
            },
        ),
        migrations.CreateModel(
            name="PublicationFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        blank=True, choices=majlis.kernel.words.Language.pairs, max_length=2
                    ),
                ),
                ("format", models.CharField(max_length=8)),
                ("name", models.CharField(max_length=120)),
                ("file", models.FileField(upload_to="publications/")),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveIntegerField()),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="briefs.publication",
                    ),
                ),
            ],
            options={
                "ordering": ["format", "language"],
            },
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.UniqueConstraint(
                fields=("edition", "number"), name="publication_number_once_per_edition"
            ),
        ),
        migrations.AddConstraint(
            model_name="publicationfile",
            constraint=models.UniqueConstraint(
                fields=("publication", "name"), name="publication_file_once_per_name"
            ),
        ),
    ]
