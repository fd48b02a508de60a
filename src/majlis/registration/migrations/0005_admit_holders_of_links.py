"""Let those in who hold a personal link of 0.1, and keep their codes for paper.

Why      Letters are in people's mail and cards are printed.
Safe     A link of 0.1 connects three devices, which see nothing that was said before: the
         organiser's sheet of cards holds the same links. One that was replaced or disabled stays
         closed. The first letters of a printed card stay good for paper ballots.
Cost     One row per voice.
Undo     Nothing.
"""

from typing import Any

from django.db import migrations, models


def admit_holders_of_links(apps: Any, _schema_editor: Any) -> None:
    Voice = apps.get_model("registration", "Voice")
    Admission = apps.get_model("registration", "Admission")
    Voice.objects.update(paper_code=models.F("code"))
    with_link = Voice.objects.filter(
        registration__isnull=False, revoked_at__isnull=True, edition__is_sealed=False
    )
    for voice in with_link.iterator():
        # A link that was never replaced holds this code; for the others a card can be printed.
        code = {"code": voice.code} if voice.link_serial == 1 else {}
        Admission.objects.create(voice=voice, kind="card", left=3, given_by="clock", **code)


class Migration(migrations.Migration):
    dependencies = [("registration", "0004_admit_devices")]

    operations = [migrations.RunPython(admit_holders_of_links, migrations.RunPython.noop)]
