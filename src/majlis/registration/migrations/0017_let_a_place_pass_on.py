"""Let a place pass on to somebody whom a participant names.

Why      Ministries send a colleague in somebody's stead, and the organisers had to start anew.
Safe     A new column, empty for every guest who is there.
Cost     One rewrite of the guests on SQLite; none on PostgreSQL.
Undo     Who came in whose place is lost; both registrations stay.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registration", "0016_give_the_welcome_desk_a_role")]

    operations = [
        migrations.AddField(
            "guest",
            "instead_of",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="substitutes",
                to="registration.registration",
            ),
        )
    ]
