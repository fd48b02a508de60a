"""Answer for each message, let letters be worded anew, and keep the mail server that was set.

Why      Letters to many people go to nobody twice and can be stopped; an edition words its own
         letters; a mail server can be set in the workspace.
Safe     New columns with a default, new tables; the list of states only grows.
Cost     One rewrite of the messages, which live for half a year at most.
Undo     Stopped messages have to be deleted first; wordings and the mail server are lost.
"""

from django.db import migrations, models

import majlis.kernel.clock
import majlis.kernel.words
import majlis.mail.states


class Migration(migrations.Migration):
    dependencies = [("mail", "0004_end_what_lets_somebody_in")]

    operations = [
        migrations.CreateModel(
            name="LetterWording",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("edition", models.CharField(max_length=60)),
                ("template", models.CharField(max_length=80)),
                (
                    "language",
                    models.CharField(choices=majlis.kernel.words.Language.pairs, max_length=2),
                ),
                ("heading", models.CharField(max_length=200)),
                ("words", models.TextField()),
                ("changed_at", models.DateTimeField(default=majlis.kernel.clock.now)),
            ],
        ),
        migrations.CreateModel(
            name="MailServer",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(
                        default=1, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("host", models.CharField(max_length=200, verbose_name="server")),
                ("port", models.PositiveIntegerField(default=587, verbose_name="port")),
                (
                    "security",
                    models.CharField(
                        choices=majlis.mail.states.Security.pairs,
                        default="starttls",
                        max_length=10,
                        verbose_name="encryption",
                    ),
                ),
                ("user", models.CharField(blank=True, max_length=200, verbose_name="user name")),
                ("password_locked", models.TextField(blank=True)),
                ("sender", models.EmailField(max_length=254, verbose_name="sender’s address")),
                (
                    "sender_name",
                    models.CharField(blank=True, max_length=120, verbose_name="sender’s name"),
                ),
                ("changed_at", models.DateTimeField(default=majlis.kernel.clock.now)),
            ],
        ),
        migrations.RemoveConstraint("message", "message_state_known"),
        migrations.AddField("message", "batch", models.CharField(
            blank=True, db_index=True, default="", max_length=12,
        ), preserve_default=False),
        migrations.AddField("message", "stop_address", models.TextField(
            blank=True, default="",
        ), preserve_default=False),
        migrations.AddField("message", "template", models.CharField(
            blank=True, default="", max_length=80,
        ), preserve_default=False),
        migrations.AddConstraint(
            "message",
            models.CheckConstraint(
                condition=models.Q(
                    state__in=["waiting", "sent", "refused", "given_up", "kept", "stopped"]
                ),
                name="message_state_known",
            ),
        ),
        migrations.AddConstraint(
            "message",
            models.UniqueConstraint(
                condition=~models.Q(batch=""),
                fields=("batch", "recipient"),
                name="message_once_per_batch",
            ),
        ),
        migrations.AddConstraint(
            "letterwording",
            models.UniqueConstraint(
                fields=("edition", "template", "language"), name="wording_once_per_letter"
            ),
        ),
        migrations.AddConstraint(
            "mailserver",
            models.CheckConstraint(condition=models.Q(id=1), name="mail_server_is_one"),
        ),
        migrations.AddConstraint(
            "mailserver",
            models.CheckConstraint(
                condition=models.Q(security__in=["starttls", "tls", "none"]),
                name="mail_server_security_known",
            ),
        ),
    ]  # fmt: skip
