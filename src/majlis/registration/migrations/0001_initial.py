"""The first tables of this app.

Why      A new database needs its tables.
Safe     There is nothing before it.
Cost     None: the tables are empty.
Undo     Dropping the tables.
"""

import django.db.models.deletion
import majlis.kernel.clock
import majlis.kernel.codes
import majlis.people.states
import majlis.registration.states
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
        ("series", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Invitation",
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
                ("name", models.CharField(blank=True, max_length=120, verbose_name="name")),
                ("kinds", models.JSONField(default=list, verbose_name="roles")),
                ("token_digest", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField(default=majlis.kernel.clock.now)),
                ("expires_at", models.DateTimeField()),
                ("taken_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="series.edition",
                    ),
                ),
            ],
            options={
                "ordering": ["made_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Registration",
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
                    "state",
                    models.CharField(
                        choices=majlis.registration.states.RegistrationState.pairs,
                        default="asked",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                (
                    "constituency",
                    models.CharField(
                        choices=majlis.people.states.Constituency.pairs,
                        max_length=20,
                        verbose_name="stakeholder group",
                    ),
                ),
                ("country", models.CharField(max_length=2, verbose_name="country")),
                (
                    "capacity",
                    models.CharField(
                        choices=majlis.registration.states.Capacity.pairs,
                        default="official",
                        max_length=10,
                        verbose_name="capacity",
                    ),
                ),
                ("languages", models.JSONField(default=list, verbose_name="languages")),
                ("is_walk_in", models.BooleanField(default=False)),
                ("is_simulated", models.BooleanField(default=False)),
                (
                    "asked_at",
                    models.DateTimeField(
                        default=majlis.kernel.clock.now, verbose_name="registered on"
                    ),
                ),
                ("address_confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "arrived_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="arrived on"),
                ),
                (
                    "reason",
                    models.TextField(blank=True, verbose_name="reason given by the organiser"),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="registrations",
                        to="series.edition",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="registrations",
                        to="people.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="registrations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["asked_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Consent",
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
                        choices=majlis.registration.states.ConsentKind.pairs,
                        max_length=16,
                        verbose_name="choice",
                    ),
                ),
                ("is_given", models.BooleanField(default=False, verbose_name="permission given")),
                ("at", models.DateTimeField(default=majlis.kernel.clock.now, verbose_name="since")),
                (
                    "registration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consents",
                        to="registration.registration",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Role",
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
                        choices=majlis.registration.states.RoleKind.pairs,
                        max_length=12,
                        verbose_name="role",
                    ),
                ),
                (
                    "given_at",
                    models.DateTimeField(default=majlis.kernel.clock.now, verbose_name="given on"),
                ),
                (
                    "revoked_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="removed on"),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="roles",
                        to="series.edition",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="roles",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Voice",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=majlis.kernel.codes.new_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
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
                    "constituency",
                    models.CharField(
                        blank=True,
                        choices=majlis.people.states.Constituency.pairs,
                        max_length=20,
                        verbose_name="stakeholder group",
                    ),
                ),
                ("country", models.CharField(blank=True, max_length=2, verbose_name="country")),
                (
                    "capacity",
                    models.CharField(
                        blank=True,
                        choices=majlis.registration.states.Capacity.pairs,
                        max_length=10,
                        verbose_name="capacity",
                    ),
                ),
                ("language", models.CharField(blank=True, max_length=2, verbose_name="language")),
                ("link_serial", models.PositiveIntegerField(default=1)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                ("is_imported", models.BooleanField(default=False)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="voices",
                        to="series.edition",
                    ),
                ),
                (
                    "registration",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="voice",
                        to="registration.registration",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.UniqueConstraint(
                fields=("edition", "person"), name="registration_once_per_person"
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["asked", "waiting", "confirmed", "declined", "withdrawn"])
                ),
                name="registration_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.CheckConstraint(
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
                name="registration_constituency_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "confirmed"), _negated=True),
                    ("confirmed_at__isnull", False),
                    _connector="OR",
                ),
                name="registration_confirmed_has_instant",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.UniqueConstraint(
                fields=("registration", "kind"), name="consent_once_per_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="role",
            constraint=models.UniqueConstraint(
                condition=models.Q(("revoked_at__isnull", True)),
                fields=("edition", "person", "kind"),
                name="role_once_per_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="role",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["organiser", "facilitator", "moderator", "rapporteur"])
                ),
                name="role_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="voice",
            constraint=models.CheckConstraint(
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
                name="voice_constituency_known",
            ),
        ),
    ]
