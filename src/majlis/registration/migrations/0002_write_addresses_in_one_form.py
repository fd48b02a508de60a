"""Write the addresses of invitations in one form.

Why      Addresses are looked up in one form, their domain as people read it, not in punycode.
Safe     An address that is in that form already is not touched.
Cost     One UPDATE per address with a domain in punycode.
Undo     Nothing: both spellings are valid to the code before this.
"""

from typing import Any

from django.db import migrations

from majlis.mail.addresses import normal_address


def write_addresses_in_one_form(apps: Any, _schema_editor: Any) -> None:
    Invitation = apps.get_model("registration", "Invitation")
    for row in Invitation.objects.exclude(email=None):
        normal = normal_address(row.email)
        if normal != row.email:
            row.email = normal
            row.save(update_fields=["email"])


class Migration(migrations.Migration):
    dependencies = [("registration", "0001_initial")]

    operations = [migrations.RunPython(write_addresses_in_one_form, migrations.RunPython.noop)]
