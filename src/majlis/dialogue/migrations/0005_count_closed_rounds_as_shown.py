"""Bring rounds of 0.1 to results that are shown once.

Why      In 0.1 closing showed results, some rounds showed them while open, and a round could be
         reopened and shown again. Now each statement has one showing at most (ADR 0035).
Safe     A closed round counts as shown, with the newest showing of each statement; older ones go.
         A round that is open stays open, and what it had shown goes: it will show once. Rounds in
         preparation and open ones show at their close, as they did in 0.1. Of groups and
         countries, shown side by side in 0.1, the groups stay. Votes are not touched.
Cost     One pass over the showings; an edition has a few hundred.
Undo     Restore the backup that was made before the update: older showings are gone.
"""

from typing import Any

from django.db import migrations

GROUPS = {"constituency", "family"}


def show_once(apps: Any, _schema_editor: Any) -> None:  # historical models have no type
    Round = apps.get_model("dialogue", "Round")
    Showing = apps.get_model("dialogue", "Showing")
    Round.objects.filter(state__in=["draft", "open"]).update(shows_at_close=True)
    Round.objects.filter(state="closed").update(state="shown")
    newest = {}
    for showing in Showing.objects.filter(statement__round__state="shown").order_by("pk"):
        newest[showing.statement_id] = showing
    Showing.objects.exclude(pk__in=[showing.pk for showing in newest.values()]).delete()
    for showing in newest.values():
        showing.ways = {
            audience: None if ways is None else next((w for w in ways if w in GROUPS), "room")
            for audience, ways in showing.ways.items()
        }
    Showing.objects.bulk_update(newest.values(), ["ways"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("dialogue", "0004_choose_how_results_are_shown")]

    operations = [migrations.RunPython(show_once)]
