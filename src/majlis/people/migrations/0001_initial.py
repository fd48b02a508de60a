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
import majlis.people.states
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
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
                    "email",
                    models.EmailField(
                        blank=True,
                        max_length=254,
                        null=True,
                        unique=True,
                        verbose_name="email address",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "language",
                    models.CharField(
                        choices=majlis.kernel.words.Language.pairs,
                        default="en",
                        max_length=2,
                        verbose_name="language of emails",
                    ),
                ),
                ("created_at", models.DateTimeField(default=majlis.kernel.clock.now)),
                ("erased_at", models.DateTimeField(blank=True, null=True)),
                ("is_active", models.BooleanField(default=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Organisation",
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
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "constituency",
                    models.CharField(
                        choices=majlis.people.states.Constituency.pairs,
                        max_length=20,
                        verbose_name="stakeholder group",
                    ),
                ),
                ("country", models.CharField(max_length=2, verbose_name="country")),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("name", "country"), name="organisation_once_per_country"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
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
                            )
                        ),
                        name="organisation_constituency_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SignInLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token_digest", models.CharField(max_length=64, unique=True)),
                ("code_digest", models.CharField(blank=True, max_length=64)),
                ("wrong_codes", models.PositiveSmallIntegerField(default=0)),
                ("made_at", models.DateTimeField(default=majlis.kernel.clock.now)),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                ("next_path", models.CharField(blank=True, max_length=200)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sign_in_links",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
    ]
