"""Give the welcome desk a role of its own.

Why      Whoever checks people in had to be an organiser, and could read and change everything.
Safe     One more word is allowed; nobody holds it yet.
Cost     One check of the roles, some dozens.
Undo     Roles of this kind have to be removed before.
"""

import majlis.registration.states
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registration", "0015_keep_documents_with_answers")]

    operations = [
        migrations.AlterField(
            "role",
            "kind",
            models.CharField(
                choices=majlis.registration.states.RoleKind.pairs,
                max_length=12,
                verbose_name="role",
            ),
        ),
        migrations.RemoveConstraint("role", "role_kind_known"),
        migrations.AddConstraint(
            "role",
            models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["organiser", "facilitator", "moderator", "rapporteur", "door"])
                ),
                name="role_kind_known",
            ),
        ),
    ]
