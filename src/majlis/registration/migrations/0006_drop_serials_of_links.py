"""Drop what told old personal links from new ones; each voice has its own code for paper.

Why      Admissions and devices tell now what opens a voice.
Safe     Nothing reads the columns any more.
Cost     On SQLite the table of voices is written anew.
Undo     The columns come back empty: every link must be sent again.
"""

from django.db import migrations

import majlis.kernel.codes


class Migration(migrations.Migration):
    dependencies = [("registration", "0005_admit_holders_of_links")]

    operations = [
        migrations.AlterField("voice", "paper_code", majlis.kernel.codes.CodeField()),
        migrations.RemoveField("voice", "link_serial"),
        migrations.RemoveField("voice", "revoked_at"),
    ]
