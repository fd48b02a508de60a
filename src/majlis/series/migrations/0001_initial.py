"""The first tables of this app.

Why      A new database needs its tables.
Safe     There is nothing before it.
Cost     None: the tables are empty.
Undo     Dropping the tables.
"""

import django.db.models.deletion
import majlis.kernel.clock
import majlis.kernel.disclosure
import majlis.kernel.texts
import majlis.kernel.words
import majlis.series.models
import majlis.series.states
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Series",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=60, unique=True)),
                (
                    "title",
                    majlis.kernel.texts.TextField(blank=True, default=majlis.kernel.texts.Text),
                ),
                (
                    "about",
                    majlis.kernel.texts.TextField(blank=True, default=majlis.kernel.texts.Text),
                ),
            ],
            options={
                "verbose_name_plural": "series",
            },
        ),
        migrations.CreateModel(
            name="Edition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=60, unique=True)),
                (
                    "title",
                    majlis.kernel.texts.TextField(blank=True, default=majlis.kernel.texts.Text),
                ),
                (
                    "place",
                    majlis.kernel.texts.TextField(blank=True, default=majlis.kernel.texts.Text),
                ),
                ("country", models.CharField(max_length=2)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("time_zone", models.CharField(default="UTC", max_length=40)),
                ("languages", models.JSONField(default=majlis.series.models.all_languages)),
                (
                    "authoritative_language",
                    models.CharField(
                        choices=majlis.kernel.words.Language.pairs, default="en", max_length=2
                    ),
                ),
                ("smallest_cell_room", models.PositiveSmallIntegerField(default=5)),
                ("smallest_cell_public", models.PositiveSmallIntegerField(default=10)),
                ("is_rehearsal", models.BooleanField(default=False)),
                ("is_demo", models.BooleanField(default=False)),
                ("is_sealed", models.BooleanField(default=False)),
                ("registration_open", models.BooleanField(default=True)),
                ("pack_digests", models.JSONField(blank=True, default=dict)),
                ("made_at", models.DateTimeField(default=majlis.kernel.clock.now)),
                (
                    "series",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="editions",
                        to="series.series",
                    ),
                ),
            ],
            options={
                "ordering": ["-starts_on", "slug"],
            },
        ),
        migrations.CreateModel(
            name="Theme",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=12)),
                (
                    "title",
                    majlis.kernel.texts.TextField(blank=True, default=majlis.kernel.texts.Text),
                ),
                (
                    "about",
                    majlis.kernel.texts.TextField(blank=True, default=majlis.kernel.texts.Text),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="themes",
                        to="series.edition",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "code"],
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=12)),
                ("on_date", models.DateField()),
                ("starts", models.TimeField()),
                ("ends", models.TimeField()),
                (
                    "kind",
                    models.CharField(choices=majlis.series.states.SessionType.pairs, max_length=24),
                ),
                ("parallel_group", models.CharField(blank=True, max_length=12)),
                (
                    "title",
                    majlis.kernel.texts.TextField(blank=True, default=majlis.kernel.texts.Text),
                ),
                (
                    "method",
                    majlis.kernel.texts.TextField(blank=True, default=majlis.kernel.texts.Text),
                ),
                (
                    "roles",
                    majlis.kernel.texts.TextField(blank=True, default=majlis.kernel.texts.Text),
                ),
                (
                    "artefact_in",
                    majlis.kernel.texts.TextField(blank=True, default=majlis.kernel.texts.Text),
                ),
                (
                    "artefact_out",
                    majlis.kernel.texts.TextField(blank=True, default=majlis.kernel.texts.Text),
                ),
                ("room", models.CharField(blank=True, max_length=80)),
                (
                    "attribution_rule",
                    models.CharField(
                        choices=majlis.kernel.disclosure.AttributionRule.pairs,
                        default="chatham_house",
                        max_length=16,
                    ),
                ),
                ("source_note", models.TextField(blank=True)),
                ("source_url", models.URLField(blank=True, max_length=400)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to="series.edition",
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="sessions",
                        to="series.theme",
                    ),
                ),
            ],
            options={
                "ordering": ["on_date", "starts", "code"],
            },
        ),
        migrations.CreateModel(
            name="Challenge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=12)),
                (
                    "title",
                    majlis.kernel.texts.TextField(blank=True, default=majlis.kernel.texts.Text),
                ),
                (
                    "about",
                    majlis.kernel.texts.TextField(blank=True, default=majlis.kernel.texts.Text),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="challenges",
                        to="series.edition",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "code"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edition", "code"), name="challenge_code_once_per_edition"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EditionLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=24)),
                (
                    "direction",
                    models.CharField(
                        choices=majlis.series.states.LinkDirection.pairs, max_length=8
                    ),
                ),
                (
                    "title",
                    majlis.kernel.texts.TextField(blank=True, default=majlis.kernel.texts.Text),
                ),
                (
                    "about",
                    majlis.kernel.texts.TextField(blank=True, default=majlis.kernel.texts.Text),
                ),
                ("website", models.URLField(blank=True, max_length=400)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="series.edition",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="links_from_others",
                        to="series.edition",
                    ),
                ),
            ],
            options={
                "ordering": ["direction", "position", "code"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edition", "code"), name="link_code_once_per_edition"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("direction__in", ["fed_by", "feeds"])),
                        name="link_direction_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GlossaryTerm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=12)),
                ("category", models.CharField(max_length=24)),
                (
                    "term",
                    majlis.kernel.texts.TextField(blank=True, default=majlis.kernel.texts.Text),
                ),
                ("variants", models.TextField(blank=True)),
                ("definition", models.TextField(blank=True)),
                ("source", models.CharField(blank=True, max_length=400)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="glossary",
                        to="series.edition",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "code"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edition", "code"), name="term_code_once_per_edition"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Partner",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=24)),
                (
                    "name",
                    majlis.kernel.texts.TextField(blank=True, default=majlis.kernel.texts.Text),
                ),
                (
                    "about",
                    majlis.kernel.texts.TextField(blank=True, default=majlis.kernel.texts.Text),
                ),
                (
                    "role",
                    models.CharField(choices=majlis.series.states.PartnerRole.pairs, max_length=12),
                ),
                ("website", models.URLField(blank=True, max_length=400)),
                ("emblem", models.FileField(blank=True, upload_to="emblems/")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("is_confirmed", models.BooleanField(default=True)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="partners",
                        to="series.edition",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "code"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edition", "code"), name="partner_code_once_per_edition"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("role__in", ["organiser", "host", "partner", "funder"])
                        ),
                        name="partner_role_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProgrammeVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("published_at", models.DateTimeField(default=majlis.kernel.clock.now)),
                ("note", models.TextField(blank=True)),
                ("content", models.JSONField()),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="programme_versions",
                        to="series.edition",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edition", "number"), name="programme_version_once_per_edition"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PublicText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(choices=majlis.series.states.TextKind.pairs, max_length=16),
                ),
                ("code", models.CharField(max_length=24)),
                (
                    "title",
                    majlis.kernel.texts.TextField(blank=True, default=majlis.kernel.texts.Text),
                ),
                (
                    "body",
                    majlis.kernel.texts.TextField(blank=True, default=majlis.kernel.texts.Text),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("is_confirmed", models.BooleanField(default=True)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="texts",
                        to="series.edition",
                    ),
                ),
            ],
            options={
                "ordering": ["kind", "position", "code"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edition", "code"), name="text_code_once_per_edition"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                name="edition_ends_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("smallest_cell_public__gte", 10), ("smallest_cell_room__gte", 5)
                ),
                name="edition_never_lowers_smallest_cell",
            ),
        ),
        migrations.AddConstraint(
            model_name="theme",
            constraint=models.UniqueConstraint(
                fields=("edition", "code"), name="theme_code_once_per_edition"
            ),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.UniqueConstraint(
                fields=("edition", "code"), name="session_code_once_per_edition"
            ),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends__gt", models.F("starts"))),
                name="session_ends_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=models.Q(("attribution_rule__in", ["public", "chatham_house", "closed"])),
                name="session_rule_known",
            ),
        ),
    ]
