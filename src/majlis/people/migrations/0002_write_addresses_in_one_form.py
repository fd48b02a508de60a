"""Write the addresses of persons in one form.

Why      Addresses are looked up in one form, their domain as people read it, not in punycode.
Safe     Somebody who has two spellings of one address keeps the second as it is.
Cost     One UPDATE per address with a domain in punycode.
Undo     Nothing: both spellings are valid to the code before this.
"""

from typing import Any

from django.db import migrations

from majlis.mail.addresses import normal_address


def write_addresses_in_one_form(apps: Any, _schema_editor: Any) -> None:
    Person = apps.get_model("people", "Person")
    for row in Person.objects.exclude(email=None):
        normal = normal_address(row.email)
        if normal != row.email and not Person.objects.filter(email=normal).exists():
            row.email = normal
            row.save(update_fields=["email"])


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [migrations.RunPython(write_addresses_in_one_form, migrations.RunPython.noop)]
