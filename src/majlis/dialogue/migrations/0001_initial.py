"""The first tables of this app.

Why      A new database needs its tables.
Safe     There is nothing before it.
Cost     None: the tables are empty.
Undo     Dropping the tables.
"""

import django.db.models.deletion
import majlis.dialogue.states
import majlis.kernel.clock
import majlis.kernel.codes
import majlis.kernel.texts
import majlis.kernel.words
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("registration", "0001_initial"),
        ("series", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Contribution",
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
                    "kind",
                    models.CharField(
                        choices=majlis.dialogue.states.ContributionKind.pairs, max_length=12
                    ),
                ),
                ("words", models.TextField()),
                (
                    "language",
                    models.CharField(choices=majlis.kernel.words.Language.pairs, max_length=2),
                ),
                ("only_statement", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=majlis.dialogue.states.ContributionState.pairs,
                        default="captured",
                        max_length=12,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                (
                    "channel",
                    models.CharField(
                        choices=majlis.dialogue.states.Channel.pairs, default="phone", max_length=8
                    ),
                ),
                ("card_number", models.CharField(blank=True, max_length=12)),
                ("offered_at", models.DateTimeField(default=majlis.kernel.clock.now)),
                ("key", models.CharField(max_length=40)),
                (
                    "challenge",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contributions",
                        to="series.challenge",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contributions",
                        to="series.edition",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contributions",
                        to="series.session",
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contributions",
                        to="series.theme",
                    ),
                ),
                (
                    "voice",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="contributions",
                        to="registration.voice",
                    ),
                ),
            ],
            options={
                "ordering": ["offered_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="LineageStep",
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
                    "kind",
                    models.CharField(
                        choices=majlis.dialogue.states.LineageKind.pairs, max_length=12
                    ),
                ),
                ("by", models.CharField(max_length=40)),
                ("at", models.DateTimeField(default=majlis.kernel.clock.now)),
                ("why", models.TextField(blank=True)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                ("undone_by", models.CharField(blank=True, max_length=40)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lineage_steps",
                        to="series.edition",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Round",
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
                    "title",
                    majlis.kernel.texts.TextField(blank=True, default=majlis.kernel.texts.Text),
                ),
                (
                    "state",
                    models.CharField(
                        choices=majlis.dialogue.states.RoundState.pairs,
                        default="draft",
                        max_length=10,
                    ),
                ),
                (
                    "results_shown",
                    models.CharField(default="after_close", max_length=16),
                ),
                ("is_imported", models.BooleanField(default=False)),
                ("made_at", models.DateTimeField(default=majlis.kernel.clock.now)),
                ("opened_at", models.DateTimeField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rounds",
                        to="series.edition",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rounds",
                        to="series.session",
                    ),
                ),
            ],
            options={
                "ordering": ["made_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="PaperBallot",
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
                ("is_anonymous", models.BooleanField(default=True)),
                ("typed_by", models.CharField(max_length=40)),
                ("typed_at", models.DateTimeField(default=majlis.kernel.clock.now)),
                ("checked_by", models.CharField(blank=True, max_length=40)),
                ("checked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "voice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paper_ballots",
                        to="registration.voice",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="paper_ballots",
                        to="dialogue.round",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="Statement",
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
                ("number", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=majlis.dialogue.states.ContributionKind.pairs, max_length=12
                    ),
                ),
                (
                    "wording",
                    majlis.kernel.texts.TextField(blank=True, default=majlis.kernel.texts.Text),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=majlis.dialogue.states.StatementOrigin.pairs,
                        default="room",
                        max_length=8,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=majlis.dialogue.states.StatementState.pairs,
                        default="captured",
                        max_length=12,
                    ),
                ),
                ("pack_id", models.CharField(blank=True, max_length=24)),
                (
                    "grounding",
                    models.CharField(
                        blank=True, choices=majlis.dialogue.states.Grounding.pairs, max_length=10
                    ),
                ),
                ("source_note", models.TextField(blank=True)),
                ("source_url", models.URLField(blank=True, max_length=400)),
                ("further_url", models.URLField(blank=True, max_length=400)),
                ("is_moderated_out", models.BooleanField(default=False)),
                ("made_at", models.DateTimeField(default=majlis.kernel.clock.now)),
                (
                    "challenge",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="series.challenge",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="statements",
                        to="series.edition",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="statements",
                        to="dialogue.round",
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="series.theme",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="LineageEdge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("was_state", models.CharField(blank=True, max_length=12)),
                (
                    "contribution",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="edges_out",
                        to="dialogue.contribution",
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="edges",
                        to="dialogue.lineagestep",
                    ),
                ),
                (
                    "was_round",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="edges_left",
                        to="dialogue.round",
                    ),
                ),
                (
                    "made",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="edges_in",
                        to="dialogue.statement",
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="edges_out",
                        to="dialogue.statement",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="VoteEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stance",
                    models.SmallIntegerField(choices=[(1, "agree"), (-1, "disagree"), (0, "pass")]),
                ),
                ("seq", models.PositiveIntegerField()),
                ("key", models.CharField(max_length=40)),
                (
                    "channel",
                    models.CharField(
                        choices=majlis.dialogue.states.Channel.pairs, default="phone", max_length=8
                    ),
                ),
                ("at", models.DateTimeField(default=majlis.kernel.clock.now)),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="votes",
                        to="dialogue.statement",
                    ),
                ),
                (
                    "voice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="votes",
                        to="registration.voice",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.UniqueConstraint(
                fields=("edition", "key"), name="contribution_once_per_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.UniqueConstraint(
                condition=models.Q(("card_number", ""), _negated=True),
                fields=("session", "card_number"),
                name="contribution_card_once_per_session",
            ),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["captured", "taken_up", "merged", "declined", "withdrawn"])
                ),
                name="contribution_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["challenge", "practice", "proposal", "question"])),
                name="contribution_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", False), ("state", "closed")),
                    models.Q(
                        models.Q(("state", "closed"), _negated=True), ("closed_at__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="round_closed_at_iff_closed",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "open", "closed"])),
                name="round_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="paperballot",
            constraint=models.UniqueConstraint(
                fields=("round", "number"), name="paper_ballot_number_once_per_round"
            ),
        ),
        migrations.AddConstraint(
            model_name="paperballot",
            constraint=models.UniqueConstraint(
                fields=("round", "voice"), name="paper_ballot_once_per_voice_and_round"
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.UniqueConstraint(
                fields=("edition", "number"), name="statement_number_once_per_edition"
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("pack_id", ""), _negated=True),
                fields=("edition", "pack_id"),
                name="statement_pack_id_once_per_edition",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["captured", "merged", "replaced", "withdrawn", "undone"])
                ),
                name="statement_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="lineageedge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("contribution__isnull", False), ("statement__isnull", True)),
                    models.Q(("contribution__isnull", True), ("statement__isnull", False)),
                    _connector="OR",
                ),
                name="lineage_edge_has_exactly_one_source",
            ),
        ),
        migrations.AddConstraint(
            model_name="voteevent",
            constraint=models.UniqueConstraint(
                fields=("voice", "statement", "seq"), name="vote_seq_once_per_voice_and_statement"
            ),
        ),
        migrations.AddConstraint(
            model_name="voteevent",
            constraint=models.UniqueConstraint(
                fields=("voice", "key"), name="vote_key_once_per_voice"
            ),
        ),
        migrations.AddConstraint(
            model_name="voteevent",
            constraint=models.CheckConstraint(
                condition=models.Q(("stance__in", [1, -1, 0])), name="vote_stance_known"
            ),
        ),
    ]
