"""Let guests be invited by a personal email, and lists of people be imported.

Why      Organisers have lists: they invite from them, and want to know who has answered.
Safe     Two new tables; nothing that stands is touched.
Cost     None on existing rows.
Undo     Dropping the tables: guests, their answers and lists that wait are lost.
"""

import django.db.models.deletion
import majlis.kernel.clock
import majlis.kernel.codes
import majlis.kernel.words
import majlis.people.states
import majlis.registration.states
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registration", "0008_keep_the_language_of_reasons"),
        ("series", "0004_make_editions_in_the_browser"),
    ]

    operations = [
        migrations.CreateModel(
            name="Guest",
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
                ("email", models.EmailField(max_length=254, verbose_name="email address")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "organisation",
                    models.CharField(blank=True, max_length=200, verbose_name="organisation"),
                ),
                (
                    "constituency",
                    models.CharField(
                        blank=True,
                        choices=majlis.people.states.Constituency.pairs,
                        max_length=20,
                        verbose_name="stakeholder group",
                    ),
                ),
                ("country", models.CharField(blank=True, max_length=2, verbose_name="country")),
                ("languages", models.JSONField(default=list, verbose_name="languages")),
                (
                    "language",
                    models.CharField(
                        choices=majlis.kernel.words.Language.pairs,
                        max_length=2,
                        verbose_name="language of emails",
                    ),
                ),
                (
                    "added_at",
                    models.DateTimeField(default=majlis.kernel.clock.now, verbose_name="added on"),
                ),
                ("wanted_at", models.DateTimeField(blank=True, null=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="invited on")),
                ("n_sent", models.PositiveSmallIntegerField(default=0)),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=majlis.registration.states.GuestAnswer.pairs,
                        max_length=4,
                        verbose_name="answer",
                    ),
                ),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="answered on"),
                ),
                ("note", models.TextField(blank=True, verbose_name="message")),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="guests",
                        to="series.edition",
                    ),
                ),
                (
                    "registration",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="guest",
                        to="registration.registration",
                    ),
                ),
            ],
            options={
                "ordering": ["added_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edition", "email"), name="guest_once_per_address"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("answer__in", ["", "yes", "no"])),
                        name="guest_answer_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("constituency", ""),
                            (
                                "constituency__in",
                                [
                                    "ministry",
                                    "regional",
                                    "cluster",
                                    "pole",
                                    "sme",
                                    "large_firm",
                                    "association",
                                    "bank",
                                    "donor",
                                    "university",
                                    "training",
                                    "society",
                                ],
                            ),
                            _connector="OR",
                        ),
                        name="guest_constituency_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PeopleImport",
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
                        choices=majlis.registration.states.ImportKind.pairs, max_length=8
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=majlis.registration.states.ImportState.pairs,
                        default="draft",
                        max_length=8,
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("made_by", models.CharField(max_length=40)),
                ("made_at", models.DateTimeField(default=majlis.kernel.clock.now)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("table", models.JSONField(default=dict)),
                ("fields", models.JSONField(default=list)),
                ("defaults", models.JSONField(default=dict)),
                ("n_all", models.PositiveIntegerField(default=0)),
                ("outcome", models.JSONField(default=list)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="imports",
                        to="series.edition",
                    ),
                ),
            ],
            options={
                "ordering": ["-made_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["guests", "places"])),
                        name="people_import_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "running", "done", "undoing", "undone"])
                        ),
                        name="people_import_state_known",
                    ),
                ],
            },
        ),
    ]
