"""The first tables of this app.

Why      A new database needs its tables.
Safe     There is nothing before it.
Cost     None: the tables are empty.
Undo     Dropping the tables.
"""

import django.db.models.deletion
import majlis.kernel.clock
import majlis.kernel.codes
import majlis.kernel.texts
import majlis.recommendations.states
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("dialogue", "0001_initial"),
        ("series", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Addressee",
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
                (
                    "unit",
                    majlis.kernel.texts.TextField(blank=True, default=majlis.kernel.texts.Text),
                ),
                (
                    "body",
                    majlis.kernel.texts.TextField(blank=True, default=majlis.kernel.texts.Text),
                ),
                ("country", models.CharField(blank=True, max_length=2)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="addressees",
                        to="series.edition",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CitedLink",
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
                ("title", models.CharField(max_length=300)),
                ("url", models.URLField(blank=True, max_length=400)),
                ("is_document", models.BooleanField(default=False)),
                (
                    "evidence_kind",
                    models.CharField(
                        choices=majlis.recommendations.states.EvidenceKind.pairs, max_length=14
                    ),
                ),
                ("published_on", models.DateField(blank=True, null=True)),
                ("country", models.CharField(blank=True, max_length=2)),
                ("shows", models.TextField()),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cited_links",
                        to="series.edition",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Recommendation",
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
                ("rec_id", models.CharField(max_length=32, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=majlis.recommendations.states.TextState.pairs,
                        default="drafted",
                        max_length=26,
                    ),
                ),
                (
                    "title",
                    majlis.kernel.texts.TextField(blank=True, default=majlis.kernel.texts.Text),
                ),
                (
                    "text",
                    majlis.kernel.texts.TextField(blank=True, default=majlis.kernel.texts.Text),
                ),
                (
                    "level",
                    models.CharField(
                        blank=True, choices=majlis.recommendations.states.Level.pairs, max_length=12
                    ),
                ),
                ("countries", models.JSONField(blank=True, default=list)),
                ("value_chains", models.JSONField(blank=True, default=list)),
                (
                    "problem",
                    majlis.kernel.texts.TextField(blank=True, default=majlis.kernel.texts.Text),
                ),
                (
                    "rationale",
                    majlis.kernel.texts.TextField(blank=True, default=majlis.kernel.texts.Text),
                ),
                ("no_evidence_found", models.BooleanField(default=False)),
                (
                    "certainty",
                    models.CharField(
                        blank=True,
                        choices=majlis.recommendations.states.Certainty.pairs,
                        max_length=14,
                    ),
                ),
                (
                    "co_actors",
                    majlis.kernel.texts.TextField(blank=True, default=majlis.kernel.texts.Text),
                ),
                (
                    "instrument",
                    models.CharField(
                        blank=True,
                        choices=majlis.recommendations.states.Instrument.pairs,
                        max_length=20,
                    ),
                ),
                (
                    "legal_basis",
                    majlis.kernel.texts.TextField(blank=True, default=majlis.kernel.texts.Text),
                ),
                ("legal_basis_url", models.URLField(blank=True, max_length=400)),
                ("no_legal_basis_needed", models.BooleanField(default=False)),
                (
                    "decision_needed",
                    majlis.kernel.texts.TextField(blank=True, default=majlis.kernel.texts.Text),
                ),
                (
                    "first_action",
                    majlis.kernel.texts.TextField(blank=True, default=majlis.kernel.texts.Text),
                ),
                ("due_on", models.DateField(blank=True, null=True)),
                (
                    "due_precision",
                    models.CharField(
                        choices=majlis.recommendations.states.DuePrecision.pairs,
                        default="day",
                        max_length=8,
                    ),
                ),
                (
                    "cost_range",
                    models.CharField(
                        blank=True,
                        choices=majlis.recommendations.states.CostRange.pairs,
                        max_length=8,
                    ),
                ),
                ("cost_note", models.CharField(blank=True, max_length=200)),
                (
                    "funding_source",
                    models.CharField(
                        blank=True,
                        choices=majlis.recommendations.states.Funding.pairs,
                        max_length=10,
                    ),
                ),
                (
                    "indicator",
                    majlis.kernel.texts.TextField(blank=True, default=majlis.kernel.texts.Text),
                ),
                ("indicator_baseline", models.CharField(blank=True, max_length=120)),
                ("indicator_target", models.CharField(blank=True, max_length=120)),
                ("baseline_missing", models.BooleanField(default=False)),
                (
                    "equity",
                    majlis.kernel.texts.TextField(blank=True, default=majlis.kernel.texts.Text),
                ),
                (
                    "risks",
                    majlis.kernel.texts.TextField(blank=True, default=majlis.kernel.texts.Text),
                ),
                ("overlap_checked", models.BooleanField(default=False)),
                ("language_note", models.TextField(blank=True)),
                (
                    "confidentiality",
                    models.CharField(
                        choices=majlis.recommendations.states.Confidentiality.pairs,
                        default="participants",
                        max_length=12,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("made_at", models.DateTimeField(default=majlis.kernel.clock.now)),
                ("made_by", models.CharField(blank=True, max_length=40)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("wording_revision", models.PositiveIntegerField(default=1)),
                (
                    "addressee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="recommendations",
                        to="recommendations.addressee",
                    ),
                ),
                (
                    "challenges",
                    models.ManyToManyField(
                        blank=True, related_name="recommendations", to="series.challenge"
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recommendations",
                        to="series.edition",
                    ),
                ),
                (
                    "superseded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="supersedes",
                        to="recommendations.recommendation",
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="recommendations",
                        to="series.theme",
                    ),
                ),
            ],
            options={
                "ordering": ["rec_id"],
            },
        ),
        migrations.CreateModel(
            name="Citation",
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
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("excerpt", models.JSONField(default=dict)),
                ("facts", models.JSONField(default=dict)),
                ("digest", models.CharField(max_length=64)),
                ("cited_at", models.DateTimeField(default=majlis.kernel.clock.now)),
                ("cited_by", models.CharField(max_length=40)),
                (
                    "contribution",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="citations",
                        to="dialogue.contribution",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="citations",
                        to="dialogue.round",
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="citations",
                        to="dialogue.statement",
                    ),
                ),
                (
                    "link",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="citations",
                        to="recommendations.citedlink",
                    ),
                ),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="recommendations.recommendation",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Adoption",
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
                (
                    "outcome",
                    models.CharField(
                        choices=majlis.recommendations.states.TextState.pairs, max_length=26
                    ),
                ),
                ("rule", models.TextField()),
                ("body", models.CharField(max_length=200)),
                ("decided_on", models.DateField()),
                ("n_for", models.PositiveIntegerField(blank=True, null=True)),
                ("n_against", models.PositiveIntegerField(blank=True, null=True)),
                ("n_abstaining", models.PositiveIntegerField(blank=True, null=True)),
                ("count_note", models.CharField(blank=True, max_length=300)),
                ("dissent", models.TextField(blank=True)),
                ("no_dissent_recorded", models.BooleanField(default=False)),
                ("reservation", models.TextField(blank=True)),
                ("reason", models.TextField(blank=True)),
                ("next_on", models.DateField(blank=True, null=True)),
                ("recorded_by", models.CharField(max_length=40)),
                ("recorded_at", models.DateTimeField(default=majlis.kernel.clock.now)),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="adoptions",
                        to="recommendations.recommendation",
                    ),
                ),
            ],
            options={
                "ordering": ["recorded_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Relation",
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
                        choices=majlis.recommendations.states.RelationKind.pairs, max_length=12
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="relations_in",
                        to="recommendations.recommendation",
                    ),
                ),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="relations",
                        to="recommendations.recommendation",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Review",
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
                ("by", models.CharField(max_length=40)),
                ("at", models.DateTimeField(default=majlis.kernel.clock.now)),
                (
                    "is_ready",
                    models.BooleanField(default=False, verbose_name="ready for the final list"),
                ),
                ("note", models.TextField(blank=True)),
                ("wording_revision", models.PositiveIntegerField(default=1)),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reviews",
                        to="recommendations.recommendation",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="recommendation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "drafted",
                            "in_review",
                            "final_list",
                            "adopted",
                            "adopted_with_reservation",
                            "postponed",
                            "not_adopted",
                            "published",
                            "superseded",
                            "withdrawn",
                        ],
                    )
                ),
                name="recommendation_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="recommendation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "superseded"), _negated=True),
                    ("superseded_by__isnull", False),
                    _connector="OR",
                ),
                name="recommendation_superseded_has_successor",
            ),
        ),
        migrations.AddConstraint(
            model_name="recommendation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "published"), _negated=True),
                    ("published_at__isnull", False),
                    _connector="OR",
                ),
                name="recommendation_published_has_instant",
            ),
        ),
        migrations.AddConstraint(
            model_name="citation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("contribution__isnull", False),
                        ("link__isnull", True),
                        ("round__isnull", True),
                        ("statement__isnull", True),
                    ),
                    models.Q(
                        ("contribution__isnull", True),
                        ("link__isnull", True),
                        ("round__isnull", True),
                        ("statement__isnull", False),
                    ),
                    models.Q(
                        ("contribution__isnull", True),
                        ("link__isnull", True),
                        ("round__isnull", False),
                        ("statement__isnull", True),
                    ),
                    models.Q(
                        ("contribution__isnull", True),
                        ("link__isnull", False),
                        ("round__isnull", True),
                        ("statement__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="citation_has_exactly_one_source",
            ),
        ),
        migrations.AddConstraint(
            model_name="citation",
            constraint=models.UniqueConstraint(
                fields=("recommendation", "contribution"), name="citation_of_contribution_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="citation",
            constraint=models.UniqueConstraint(
                fields=("recommendation", "statement"), name="citation_of_statement_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="citation",
            constraint=models.UniqueConstraint(
                fields=("recommendation", "round"), name="citation_of_round_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="citation",
            constraint=models.UniqueConstraint(
                fields=("recommendation", "link"), name="citation_of_link_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="adoption",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "outcome__in",
                        ["adopted", "adopted_with_reservation", "not_adopted", "postponed"],
                    )
                ),
                name="adoption_outcome_is_a_decision",
            ),
        ),
        migrations.AddConstraint(
            model_name="relation",
            constraint=models.UniqueConstraint(
                fields=("recommendation", "other"), name="relation_once_per_pair"
            ),
        ),
        migrations.AddConstraint(
            model_name="relation",
            constraint=models.CheckConstraint(
                condition=models.Q(("recommendation", models.F("other")), _negated=True),
                name="relation_to_another",
            ),
        ),
    ]
