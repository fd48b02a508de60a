"""From what has been shown of a round to what its votes carry: plain JSON that can be made again.

Groups and axes are found in the votes themselves. Everything said of statements is made from what
each audience may see, and from nothing else, so that no figure tells more than that.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from majlis.dialogue import queries as dialogue
from majlis.dialogue.models import Round, Statement
from majlis.dialogue.states import Stance
from majlis.kernel.disclosure import Audience
from majlis.kernel.lazily import lazily
from majlis.opinion.queries.tables import AudienceTable
from majlis.registration.models import Voice

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    import opinionspace
    import opinionspace.digest as digests
    from opinionspace import Votes, areas, room
    from opinionspace.room import Grouping

    Ids = npt.NDArray[np.int64]
else:
    np = lazily("numpy")
    opinionspace = lazily("opinionspace")
    areas = lazily("opinionspace.areas")
    room = lazily("opinionspace.room")
    digests = lazily("opinionspace.digest")

Json = dict[str, Any]  # plain JSON


@dataclass(frozen=True, slots=True)
class Made:
    """What the maths makes of a round's shown votes.

    `content` is what is kept, and `digest` is taken over it; `places` say where each voice lies,
    for its own eyes, and follow from it and the votes.
    """

    content: Json
    places: list[Json]
    digest: str


def smallest_group(round: Round, audience: Audience) -> int:
    """How large each opinion group must be: large enough too if every voice that one person alone
    has read from paper were in it. Which those are is not known after an edition was sealed."""
    return round.edition.smallest(audience) + round.n_read_once


def made_of(round: Round, *, seed: int) -> Made | None:
    """What a round's shown votes carry; None without any."""
    log = dialogue.shown_log(round)
    if not len(log.stances):
        return None
    codes = codes_in(round)
    votes, voices = votes_of(log)
    found = room.find_groups(votes, seed)
    shown = dialogue.shown_in(round)
    smallest = smallest_group(round, Audience.PARTICIPANTS)
    tables = {
        str(audience): AudienceTable(
            found,
            [dialogue.breakdown(shown.get(pk), audience) for pk in found.statement_ids.tolist()],
            codes.statement,
            round.edition.smallest(audience),
            smallest_group(round, audience),
        ).as_json()
        for audience in Audience
    }
    content = {
        "people": found.n_people,
        "gate": found.gate,
        "manners": [
            one
            for one in room.manners_of(found)
            if int(one.numbers.get("people", smallest)) >= smallest
        ],
        "anchors": [] if found.plane is None else [codes.statement[a] for a in found.plane.anchors],
        "areas": _areas(found),
        "tables": tables,
    }
    places = opinionspace.canonical_json(_places(found, [codes.voice[pk] for pk in voices]))
    text = opinionspace.canonical_json(content)
    return Made(json.loads(text), json.loads(places), digests.digest_of_text(text))


def votes_of(log: dialogue.ShownLog) -> tuple[Votes, Sequence[int]]:
    """The log as the maths takes it, and the voice of each of its rows.

    Voices stand in the order of their answers, whoever they are and whenever they voted: a sealed
    edition has neither, and the same answers must give the same bytes. The log of an imported
    conversation keeps its order, since the recipe of Polis goes by it.
    """
    voices, statements, stances = log.voices, log.statements, log.stances
    if not log.is_imported:
        voices, rows = _by_answers(log)
        order = np.lexsort((statements, rows))
        statements, stances = statements[order], stances[order]
        ids, row = voices, rows[order]
    else:
        ids, row = np.unique(voices, return_inverse=True)
    votes = opinionspace.Votes.from_events(
        row,
        statements,
        stances,
        statements=log.statement_ids,
        mod=dict.fromkeys(log.moderated_out, -1),
    )
    return votes, ids.tolist()


def _by_answers(log: dialogue.ShownLog) -> tuple[Ids, Ids]:
    """The voices of a log in the order of their answers, and the place there of each vote's."""
    ids, row = np.unique(log.voices, return_inverse=True)
    asked, column = np.unique(log.statements, return_inverse=True)
    answers = np.full((len(ids), len(asked)), 2, np.int8)
    answers[row, column] = log.stances
    order = np.lexsort(answers.T[::-1])
    place = np.empty(len(ids), np.int64)
    place[order] = np.arange(len(ids))
    return ids[order], place[row]


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


def _places(found: Grouping, codes: Sequence[str]) -> list[Json]:
    """Where each voice lies, for its own eyes alone; nothing while no axis is real."""
    plane = found.plane
    if plane is None or plane.position is None or plane.lower is None or plane.upper is None:
        return []
    labels = found.groups.table.labels if found.groups is not None else ()
    rows = [
        {
            "code": codes[row],
            "group": labels[group] if group >= 0 else "",
            "at": plane.position[i],
            "low": plane.lower[i],
            "high": plane.upper[i],
        }
        for i, (row, group) in enumerate(
            zip(found.voice_ids.tolist(), found.group_of_voice.tolist(), strict=True)
        )
        if not np.isnan(plane.position[i]).any()
    ]
    return sorted(rows, key=lambda row: str(row["code"]))


def stances_of(round: Round, voice: Voice) -> dict[str, Stance]:
    """A voice's own standing stances in a round, by statement code."""
    own = dialogue.own_votes(voice, round).values()
    codes = dict(Statement.objects.filter(round=round).values_list("pk", "code"))
    return {codes[vote.statement_id]: Stance(vote.stance) for vote in own if vote.statement_id}
