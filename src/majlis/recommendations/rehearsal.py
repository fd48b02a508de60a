"""Recommendations of a rehearsal: published, on the final list, under review.

They are demonstrations from the pack; no body has asked or answered them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from majlis.dialogue.models import Round, Statement
from majlis.dialogue.queries import counts_of
from majlis.dialogue.states import RoundState
from majlis.kernel.clock import now
from majlis.kernel.disclosure import Counts
from majlis.kernel.pack import (
    Column,
    PackRow,
    PackTable,
    Translated,
    address,
    line,
    reference,
    several,
    truth,
    whole,
    words,
)
from majlis.kernel.texts import Text
from majlis.ratings.models import Rating
from majlis.ratings.rehearsal import hold_ratings
from majlis.recommendations import actions
from majlis.recommendations.fields import COLUMNS, Field, Kind
from majlis.recommendations.models import (
    Addressee,
    Adoption,
    Citation,
    CitedLink,
    Pair,
    Recommendation,
    Relation,
    Review,
)
from majlis.recommendations.states import TextState
from majlis.series.models import Edition
from majlis.series.rehearsal import Rehearsal, RehearsalPart

CITED = 3  # statements behind each
SHEET = "as on the sheet"


def _column(field: Field) -> Column | None:
    """What the pack holds of a field; nothing for what follows from the edition."""
    match field.kind:
        case Kind.WORDS:
            return Translated(field.name, SHEET, longest=field.letters)
        case Kind.LINE:
            return line(field.name, SHEET)
        case Kind.URL:
            return address(field.name, SHEET)
        case Kind.MARK:
            return truth(field.name, SHEET, empty=False)
        case Kind.CHOICE if field.words:
            return words(field.name, field.words, SHEET, required=False)
        case Kind.CHOICES if field.words:
            return several(field.name, field.words, SHEET)
    return None


FIELDS = tuple(column for field in COLUMNS if (column := _column(field)))
ONE = PackTable(
    "rehearsal/recommendation-1.yaml",
    "a recommendation of a rehearsal; two more stand in files numbered 2 and 3",
    (
        words("state", TextState, "where it stands: in_review, final_list or published"),
        reference("theme", "themes.csv", "theme whose statements it cites", required=True),
        reference("challenge", "challenges.csv", "challenge whose statements come first"),
        *FIELDS,
        Translated("addressee", "unit that is asked to act", required=True, longest=300),
        whole("due_after", "days from the edition to the first action", low=1, high=1000),
        line("rule", "rule of decision"),
        line("body", "body that decided"),
        whole("n_for", "votes for", empty=None),
        whole("n_against", "votes against", empty=None),
        whole("n_abstaining", "abstentions", empty=None),
        line("dissent", "dissent that was recorded"),
    ),
    key="theme",
)
TABLES = tuple(replace(ONE, file=f"rehearsal/recommendation-{n}.yaml") for n in (1, 2, 3))


def _write(rehearsal: Rehearsal) -> None:
    """Write each recommendation for whose theme the closed round has statements; rate them; and
    move each on to where the pack wants it."""
    closed = rehearsal.edition.rounds.filter(state=RoundState.SHOWN).first()
    drafts: list[tuple[Recommendation, PackRow]] = []
    for table in TABLES:
        if closed is not None and rehearsal.has(table):
            row = rehearsal.row(table)
            sources = _strongest(closed, row)
            if sources:
                drafts.append((_drafted(rehearsal, row, sources), row))
    rated = hold_ratings(rehearsal, [rec.rec_id for rec, _row in drafts]) if drafts else None
    for rec, row in drafts:
        _move_on(rehearsal, rec, row, rated)


def _move_on(rehearsal: Rehearsal, rec: Recommendation, row: PackRow, rated: Rating | None) -> None:
    by = rehearsal.by
    actions.submit_for_review(rec, by=by)
    if row["state"] == TextState.IN_REVIEW:
        return
    actions.review(rec, is_ready=True, note="", by=by)
    actions.put_on_final_list(rec, by=by)
    if row["state"] == TextState.PUBLISHED:
        facts = {
            name: row[name]
            for name in ("rule", "body", "n_for", "n_against", "n_abstaining", "dissent")
        }
        today = now().astimezone(rehearsal.edition.zone).date()
        facts |= {"decided_on": today, "rating": rated}
        actions.decide(rec, outcome=TextState.ADOPTED, facts=facts, by=by)
        actions.publish(rec, attribution_checked=True, by=by)


def _strongest(round: Round, row: PackRow) -> list[Statement]:
    """The statements of its theme with most agreement, those of its very challenge first."""
    counts = counts_of(round)
    found = list(
        round.statements.filter(theme__code=row["theme"]).select_related("theme", "challenge")
    )
    found.sort(
        key=lambda s: (
            not (s.challenge and s.challenge.code == row["challenge"]),
            -(counts.get(s.pk, Counts()).agreement or 0.0),
            s.number,
        )
    )
    return found[:CITED]


def _drafted(rehearsal: Rehearsal, row: PackRow, sources: list[Statement]) -> Recommendation:
    edition, by = rehearsal.edition, rehearsal.by
    addressee = actions.name_addressee(
        edition, unit=row["addressee"], body=Text(), country=edition.country, by=by
    )
    fields: Mapping[str, Any] = {  # columns of a recommendation, of many kinds
        "theme": sources[0].theme,
        "challenges": [s.challenge for s in sources if s.challenge][:1],
        "addressees": [addressee],
        "countries": [edition.country],
        "due_on": edition.ends_on + timedelta(days=row["due_after"]),
        **{column.name: row[column.name] for column in FIELDS if row[column.name]},
    }
    return actions.draft_recommendation(edition, citing=sources, fields=fields, by=by)


def _remove(edition: Edition) -> None:
    Citation.objects.filter(recommendation__edition=edition).delete()
    Pair.objects.filter(recommendation__edition=edition).delete()
    edition.recommendations.all().delete()
    edition.cited_links.all().delete()


PART = RehearsalPart(
    copied=(Addressee, Adoption, Citation, Pair, Recommendation, Review),
    left_out=(CitedLink, Relation),
    tables=TABLES,
    copy=_write,
    remove=_remove,
)
