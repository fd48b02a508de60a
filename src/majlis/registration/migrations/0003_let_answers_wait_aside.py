"""Let answers for a known address wait aside; give a place a name of its own.

Why      A form sent by somebody who only knew an address changed a place that was there, and an
         organiser was shown the name by which another edition knows a person.
Safe     Additive. An empty name is read as the person's, as before.
Cost     One UPDATE over the registrations; permissions of withdrawn ones are ended.
Undo     Dropping the table and the column; answers that wait are lost.
"""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

import majlis.kernel.clock
import majlis.kernel.codes
from majlis.kernel.words import Language
from majlis.people.states import Constituency
from majlis.registration.states import Capacity


def write_names(apps: Any, _schema_editor: Any) -> None:
    Person = apps.get_model("people", "Person")
    name = Person.objects.filter(pk=models.OuterRef("person_id")).values("name")
    apps.get_model("registration", "Registration").objects.update(name=models.Subquery(name))


def end_permissions_of_withdrawn_places(apps: Any, _schema_editor: Any) -> None:
    Consent = apps.get_model("registration", "Consent")
    Consent.objects.filter(registration__state="withdrawn").update(is_given=False)


class Migration(migrations.Migration):
    dependencies = [
        ("registration", "0002_write_addresses_in_one_form"),
        ("series", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            "registration",
            "name",
            models.CharField(blank=True, max_length=120, verbose_name="name on the badge"),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name="PendingAnswers",
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
                    "email",
                    models.EmailField(db_index=True, max_length=254, verbose_name="email address"),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "organisation",
                    models.CharField(blank=True, max_length=200, verbose_name="organisation"),
                ),
                (
                    "constituency",
                    models.CharField(
                        choices=Constituency.pairs, max_length=20, verbose_name="stakeholder group"
                    ),
                ),
                ("country", models.CharField(max_length=2, verbose_name="country")),
                (
                    "capacity",
                    models.CharField(
                        choices=Capacity.pairs, max_length=10, verbose_name="capacity"
                    ),
                ),
                ("languages", models.JSONField(default=list, verbose_name="languages")),
                ("consents", models.JSONField(default=list, verbose_name="permissions")),
                (
                    "language",
                    models.CharField(
                        choices=Language.pairs, max_length=2, verbose_name="language of emails"
                    ),
                ),
                (
                    "asked_at",
                    models.DateTimeField(
                        default=majlis.kernel.clock.now, verbose_name="registered on"
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pending_answers",
                        to="series.edition",
                    ),
                ),
            ],
        ),
        migrations.RunPython(write_names, migrations.RunPython.noop),
        migrations.RunPython(end_permissions_of_withdrawn_places, migrations.RunPython.noop),
    ]
