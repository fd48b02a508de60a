"""Fill an installation with one open round of any size; prints JSON. Run inside it by refresh.py.

VOICES STATEMENTS VOTES PHONES: the last of the voices keep some statements to vote on.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT), str(ROOT / "bench")]
os.environ["DJANGO_SETTINGS_MODULE"] = "majlis.config.settings"

import django  # noqa: E402

django.setup()

from conversations import conversation  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from tests.factories.dialogue import RoundFactory, StatementFactory  # noqa: E402
from tests.factories.registration import VoiceFactory, connect  # noqa: E402

from majlis.dialogue.models import Statement, VoteEvent  # noqa: E402
from majlis.kernel.clock import now  # noqa: E402
from majlis.people.states import Constituency  # noqa: E402
from majlis.registration.models import Voice  # noqa: E402

FIELDS = ("voice_id", "statement_id", "stance", "seq", "key", "channel", "at")


@transaction.atomic
def fill(n_voices: int, n_statements: int, n_votes: int, n_phones: int) -> dict[str, object]:
    """Make the round, and say what a phone must know of it."""
    round = RoundFactory()
    edition = round.edition
    Statement.objects.bulk_create(
        StatementFactory.build(round=round, edition=edition, number=n + 1, position=n + 1)
        for n in range(n_statements)
    )
    groups = list(Constituency)
    Voice.objects.bulk_create(
        (
            Voice(edition=edition, constituency=groups[n % len(groups)], country="TN")
            for n in range(n_voices)
        ),
        batch_size=500,
    )
    statements = list(Statement.objects.filter(round=round).order_by("number"))
    voices = list(Voice.objects.filter(edition=edition).order_by("pk"))
    phones = [VoiceFactory(edition=edition) for _ in range(n_phones)]
    log = conversation(n_voices, n_statements, n_votes)
    keys = [statement.pk for statement in statements]
    people = [voice.pk for voice in voices]
    at = now()
    insert(
        (people[v], keys[s], stance, 1, f"fill-{s}", "phone", at)
        for v, s, stance in zip(
            log.voice.tolist(), log.statement.tolist(), log.stance.tolist(), strict=True
        )
    )
    return {
        "edition": edition.slug,
        "round": round.code,
        "n_events": len(log.voice),
        "statements": [s.code for s in statements],
        "tokens": [connect(voice) for voice in phones],
        "voices": [voice.code for voice in phones],
    }


def insert(rows) -> None:  # type: ignore[no-untyped-def]
    """Write vote events as fast as the database takes them."""
    table, names = VoteEvent._meta.db_table, ", ".join(FIELDS)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(FIELDS))
            text = [(*row[:-1], str(row[-1].replace(tzinfo=None))) for row in rows]
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", text)


if __name__ == "__main__":
    facts = fill(*map(int, sys.argv[1:5]))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(json.dumps(facts))
