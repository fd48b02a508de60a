"""From what has been shown of a round to what its votes carry: plain JSON that can be made again.

Groups and axes are found in the votes themselves. Everything said of statements is made from what
each audience may see, and from nothing else, so that no figure tells more than that.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

import opinionspace
from majlis.dialogue import queries as dialogue
from majlis.dialogue.models import Round, Statement
from majlis.dialogue.states import Stance
from majlis.kernel.disclosure import Audience
from majlis.opinion.queries.tables import AudienceTable
from majlis.registration.models import Voice
from opinionspace import Votes, areas, room
from opinionspace.room import Grouping

Json = dict[str, Any]  # plain JSON


def content_of(round: Round, *, seed: int) -> Json | None:
    """What a round's shown votes carry; None without any."""
    log = dialogue.shown_log(round)
    if not len(log.stances):
        return None
    codes = codes_in(round)
    found = room.find_groups(votes_of(log), seed)
    shown = dialogue.shown_in(round)
    tables = {
        str(audience): AudienceTable(
            found,
            [dialogue.breakdown(shown.get(pk), audience) for pk in found.statement_ids.tolist()],
            codes.statement,
            round.edition.smallest(audience),
        ).as_json()
        for audience in Audience
    }
    content = {
        "people": found.n_people,
        "gate": found.gate,
        "anchors": [] if found.plane is None else [codes.statement[a] for a in found.plane.anchors],
        "areas": _areas(found),
        "voices": _voices(found, codes),
        "tables": tables,
    }
    return dict(json.loads(opinionspace.canonical_json(content)))


def votes_of(log: dialogue.ShownLog) -> Votes:
    """The log as the maths takes it."""
    return Votes.from_events(
        log.voices,
        log.statements,
        log.stances,
        statements=log.statement_ids,
        mod=dict.fromkeys(log.moderated_out, -1),
    )


@dataclass(frozen=True, slots=True)
class Codes:
    """Public codes by id; numbers of rows never leave the server."""

    voice: Mapping[int, str]
    statement: Mapping[int, str]


def codes_in(round: Round) -> Codes:
    """The codes of the round's statements, and of all voices that may have voted on them."""
    voices = Voice.objects.filter(edition=round.edition_id)
    statements = Statement.objects.filter(round=round)
    return Codes(dict(voices.values_list("pk", "code")), dict(statements.values_list("pk", "code")))


def _areas(found: Grouping) -> Json:
    """Where people lie, without anybody's place: an ellipse a group, or bands along one axis."""
    plane = found.plane
    if plane is None or plane.position is None:
        return {}
    if found.groups is not None:
        return {
            label: asdict(areas.ellipse(plane.position[found.group_of_voice == row]))
            for row, label in enumerate(found.groups.table.labels)
        }
    placed = plane.position[~np.isnan(plane.position[:, 0]), 0]
    return {"": areas.bands(placed), "people": len(placed)}


def _voices(found: Grouping, codes: Codes) -> list[Json]:
    """Where each voice lies, for its own eyes alone; nothing while no axis is real."""
    plane = found.plane
    if plane is None or plane.position is None or plane.lower is None or plane.upper is None:
        return []
    labels = found.groups.table.labels if found.groups is not None else ()
    rows = [
        {
            "code": codes.voice[pk],
            "group": labels[group] if group >= 0 else "",
            "at": plane.position[i],
            "low": plane.lower[i],
            "high": plane.upper[i],
        }
        for i, (pk, group) in enumerate(
            zip(found.voice_ids.tolist(), found.group_of_voice.tolist(), strict=True)
        )
        if not np.isnan(plane.position[i]).any()
    ]
    return sorted(rows, key=lambda row: str(row["code"]))


def stances_of(round: Round, voice: Voice) -> dict[str, Stance]:
    """A voice's own standing stances in a round, by statement code."""
    own = dialogue.own_votes(round, voice).values()
    codes = dict(Statement.objects.filter(round=round).values_list("pk", "code"))
    return {codes[vote.statement_id]: Stance(vote.stance) for vote in own}
