"""What this app reads from an edition pack, and writes to one: statements prepared beforehand.

Statements made from what people said are no editorial content: they belong to the record of the
dialogue with their lineage and votes, and travel with a backup, not with a pack.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from majlis.dialogue.models import Contribution, Statement
from majlis.dialogue.models.contributions import MOST_LETTERS
from majlis.dialogue.states import ContributionKind, Grounding, RoundState, StatementOrigin
from majlis.kernel.pack import (
    Binding,
    PackRow,
    PackTable,
    Translated,
    address,
    code,
    line,
    reference,
    words,
)
from majlis.kernel.pack.tables import check_references
from majlis.series.models import Edition, Session
from majlis.series.pack import BINDINGS, PROGRAMME, SeriesPack

STATEMENTS = PackTable(
    "statements.csv",
    "statements prepared before the day",
    (
        code(meaning="identifier of the statement; a new wording is a new one"),
        reference("theme", "themes.csv", "theme of the statement"),
        reference("challenge", "challenges.csv", "challenge it speaks of"),
        words("kind", ContributionKind, "what it is"),
        Translated("wording", "one idea in one sentence", required=True, longest=2 * MOST_LETTERS),
        words("origin", StatementOrigin, "demo: a sample, not from a participant"),
        words("grounding", Grounding, "what it is based on", required=False),
        line("source_note", "what the source says, and how far it goes"),
        address("source_url", "where it was read"),
        address("further_url", "a second source"),
    ),
)
BINDING = Binding(STATEMENTS, Statement, fields={"id": "pack_id"})


@dataclass(frozen=True, slots=True)
class DialoguePack:
    """The app's part of a pack."""

    rows: list[PackRow]


def read(found: SeriesPack) -> DialoguePack:
    """Read the app's part of a pack; everything that is wrong is told to the folder's faults."""
    rows = STATEMENTS.read(found.folder, found.spoken)
    tables = {b.table.file: (b.table, found.rows[b.table.file]) for b in BINDINGS}
    check_references(found.folder, {**tables, STATEMENTS.file: (STATEMENTS, rows)})
    return DialoguePack(rows)


def check_against_house(found: SeriesPack, mine: DialoguePack) -> None:
    """Add a fault where the pack would change what people have answered to or relied on."""
    if found.edition is None:
        return
    edition = Edition.objects.filter(slug=found.edition.id).first()
    if edition is None:
        return
    fixed = {s.pack_id: s for s in put_to_a_round(edition)}
    for row in mine.rows:
        held = fixed.get(row.id)
        if held is None or not row["wording"]:
            continue
        lang = held.wording.original
        if row["wording"].get(lang) != held.wording[lang]:
            row.fault(
                f"wording_{lang}",
                "the statement was put to a round, so its wording stands. "
                "Give the new wording a new identifier.",
            )
    rules = {
        s.code: s.attribution_rule
        for s in Session.objects.filter(
            pk__in=Contribution.objects.filter(edition=edition).values("session")
        )
    }
    for row in found.rows[PROGRAMME.file]:
        if row.id in rules and row["attribution_rule"] not in ("", rules[row.id]):
            row.fault(
                "attribution_rule",
                f"people have spoken in this session under the rule {rules[row.id]}, so it stands.",
            )


def put_to_a_round(edition: Edition) -> QuerySet[Statement]:
    """Prepared statements that stand in a round which has been opened."""
    prepared = Statement.objects.filter(edition=edition).exclude(pack_id="")
    return prepared.filter(round__isnull=False).exclude(round__state=RoundState.DRAFT)


def statements_of(edition: Edition) -> Iterable[Statement]:
    """Statements that a pack brought, in order of their number."""
    prepared = Statement.objects.filter(edition=edition).exclude(pack_id="")
    return prepared.select_related("theme", "challenge").order_by("number")


def written(edition: Edition) -> dict[str, bytes]:
    """The files of this app's part of the edition's pack, by name."""
    return {STATEMENTS.file: STATEMENTS.write([BINDING.cells(s) for s in statements_of(edition)])}
