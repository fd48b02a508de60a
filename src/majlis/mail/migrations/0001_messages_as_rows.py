"""A table of messages.

Why      Email is written in the transaction of what causes it and sent by the tick.
Safe     Additive.
Cost     None: the table is empty.
Undo     Dropping the table.
"""

import majlis.kernel.clock
import majlis.kernel.codes
import majlis.kernel.words
import majlis.mail.states
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Message",
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
                ("recipient", models.CharField(db_index=True, max_length=254, verbose_name="to")),
                ("edition", models.CharField(blank=True, max_length=60)),
                (
                    "language",
                    models.CharField(
                        choices=majlis.kernel.words.Language.pairs,
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                ("subject", models.TextField(verbose_name="subject")),
                ("text", models.TextField(verbose_name="text")),
                ("html", models.TextField()),
                (
                    "attachments",
                    models.JSONField(blank=True, default=list, verbose_name="attachments"),
                ),
                (
                    "state",
                    models.CharField(choices=majlis.mail.states.MessageState.pairs, max_length=10),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("next_at", models.DateTimeField(default=majlis.kernel.clock.now)),
                ("last_answer", models.TextField(blank=True)),
                (
                    "created_at",
                    models.DateTimeField(default=majlis.kernel.clock.now, verbose_name="written"),
                ),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent")),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["next_at"],
                        name="message_due",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["waiting", "sent", "refused", "given_up", "kept"])
                        ),
                        name="message_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", False), ("state", "sent")),
                            models.Q(
                                models.Q(("state", "sent"), _negated=True),
                                ("sent_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="message_sent_at_iff_sent",
                    ),
                ],
            },
        ),
    ]
